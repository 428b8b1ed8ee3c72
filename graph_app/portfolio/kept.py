"""The portfolios that were read last, kept for a minute or until the next load: a reader turns many pages of one."""

from datetime import date
from threading import Lock
from time import monotonic

from graph_app.exploration.overview import last_load
from graph_app.graph.store import Store
from graph_app.portfolio.instruments import Portfolio, portfolio

_SECONDS = 60.0  # so that what another program writes to the graph is seen, too
_DAYS = 4  # how many are kept


class Kept:
    """Portfolios by day, forgotten after each load. Safe for several threads."""

    def __init__(self) -> None:
        self._found: dict[tuple[date, str], tuple[float, Portfolio]] = {}
        self._lock = Lock()

    def on(self, store: Store, day: date) -> Portfolio:
        """Return the portfolio as it stands on ``day``; see ``instruments.portfolio``."""
        load = last_load(store)
        key = day, str(load["run"]) if load else ""
        with self._lock:
            read, found = self._found.get(key, (0.0, None))
        if found is None or monotonic() - read > _SECONDS:
            found = portfolio(store, day)
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[date, str], found: Portfolio) -> None:
        with self._lock:
            others = [one for one in self._found.items() if one[0][1] == key[1] and one[0] != key]
            self._found = dict([*others[-(_DAYS - 1) :], (key, (monotonic(), found))])

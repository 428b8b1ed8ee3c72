"""The portfolios that were read last, kept while the graph holds what it held: a reader turns many pages of one."""

from collections import OrderedDict
from datetime import date
from threading import Lock
from time import monotonic

from graph_app.graph.content import content
from graph_app.graph.store import Store
from graph_app.portfolio.instruments import Portfolio, portfolio

_SECONDS = 60.0  # what is changed in the graph by hand shows after this at the latest
_DAYS = 4  # how many are kept


class Shelf:
    """Portfolios by day and by what the graph held. Safe for several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[date, str], tuple[float, Portfolio]] = OrderedDict()
        self._lock = Lock()

    def on(self, store: Store, day: date) -> Portfolio:
        """Return the portfolio as it stands on ``day``; see ``instruments.portfolio``."""
        held = content(store)
        key = day, held or ""
        with self._lock:
            at, found = self._kept.get(key, (0.0, None))
        if found is not None and monotonic() - at <= _SECONDS:
            return found
        found = portfolio(store, day)
        if held:
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[date, str], found: Portfolio) -> None:
        with self._lock:
            self._kept[key] = monotonic(), found
            self._kept.move_to_end(key)
            while len(self._kept) > _DAYS:
                self._kept.popitem(last=False)

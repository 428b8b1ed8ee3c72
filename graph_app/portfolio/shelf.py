"""The portfolios that were read last, kept while the graph holds what it held: a reader turns many pages of one."""

from collections import OrderedDict
from datetime import date
from threading import Lock
from time import monotonic

from graph_app.graph.content import content, lasting
from graph_app.graph.store import Store
from graph_app.portfolio.instruments import Portfolio, portfolio

_LEAST = 60.0  # seconds for which one is kept, however soon it was read
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
            until, found = self._kept.get(key, (0.0, None))
        begin = monotonic()
        if found is not None and begin < until:
            return found
        found = portfolio(store, day)
        if held:
            self._keep(key, found, monotonic() - begin)
        return found

    def _keep(self, key: tuple[date, str], found: Portfolio, took: float) -> None:
        with self._lock:
            self._kept[key] = monotonic() + max(_LEAST, lasting(took)), found
            self._kept.move_to_end(key)
            while len(self._kept) > _DAYS:
                self._kept.popitem(last=False)

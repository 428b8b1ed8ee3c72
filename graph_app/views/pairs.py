"""The pairs that wait for a decision, looked for in the background: on a large graph that takes a minute."""

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread

from graph_app.errors import PeyvandError
from graph_app.graph.store import Store
from loaders import syncing
from loaders.aliases import in_effect
from loaders.decisions import Decisions
from loaders.duplicates.queue import Waiting, waiting, with_people
from loaders.syncing import State

_PATIENCE = 8.0  # seconds that a page waits for the search


@dataclass
class _Found:
    """What one search found in the graph as it was then."""

    state: State
    pairs: list[Waiting]


class Pairs:
    """The pairs of one graph. What was found counts until the graph is loaded again."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = Lock()
        self._found: _Found | None = None
        self._search: Thread | None = None
        self._problem: PeyvandError | None = None

    def open(self, decisions: Decisions, patience: float = _PATIENCE) -> list[Waiting] | None:
        """Return the pairs about which nobody has decided, the likeliest first; None while they are looked for.

        Parameters
        ----------
        decisions
            What was decided.
        patience
            Seconds to wait for the search.

        Raises
        ------
        PeyvandError
            If the search failed; the next call searches again.

        """
        return self._open(self._now(patience), decisions)

    def found(self, decisions: Decisions) -> list[Waiting] | None:
        """Return the same if the last search was in this graph, else None; nothing is searched for."""
        found = self._found
        return self._open(found if found and found.state == syncing.state(self.store) else None, decisions)

    def look(self) -> None:
        """Begin to look for the pairs of this graph, unless they are known; nobody waits or is told of errors."""
        with suppress(PeyvandError):
            self._now(0)

    def _open(self, found: _Found | None, decisions: Decisions) -> list[Waiting] | None:
        if found is None:
            return None
        queue = with_people(found.pairs, decisions.standing(), in_effect(self.store))
        return [one for one in queue if not one.is_decided]

    def known(self, first: str, second: str) -> Waiting | None:
        """Return the pair if the last search found it in this graph; nothing is searched for."""
        found, ids = self._found, {first, second}
        if found is None or found.state != syncing.state(self.store):
            return None
        return next((one for one in found.pairs if {one.candidate.first.id, one.candidate.second.id} == ids), None)

    def merged(self, before: State, gone: str) -> None:
        """Take note that ``gone`` was merged into another: the rest is not looked for again because of that."""
        with self._lock:
            if self._found and self._found.state == before:
                left = [one for one in self._found.pairs if gone not in _ids(one)]
                self._found = _Found(syncing.state(self.store), left)

    def _now(self, patience: float) -> _Found | None:
        state = syncing.state(self.store)
        with self._lock:
            if self._found and self._found.state == state:
                return self._found
            if self._search is None or not self._search.is_alive():
                self._problem = None
                self._search = Thread(target=self._look, args=(state,), daemon=True)
                self._search.start()
        self._search.join(patience)
        if self._problem:
            raise self._problem
        return self._found if self._found and self._found.state == state else None

    def _look(self, state: State) -> None:
        try:
            self._found = _Found(state, waiting(self.store, decided=True))
        except PeyvandError as error:
            self._problem = error


def _ids(one: Waiting) -> set[str]:
    return {one.candidate.first.id, one.candidate.second.id}

"""How many free-hand statements run at once: few in all, fewer of one user; each on a line of its own."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread

from graph_app.errors import N_, GateError
from graph_app.graph.pools import Line
from graph_app.graph.reading import Reading

MOST, MOST_OF_ONE = 4, 2


@dataclass
class Place:
    """A place: its line to the server, and what was read on it, which may go on after we gave up."""

    user: str
    line: Line
    readings: list[Reading] = field(default_factory=list)

    @property
    def running(self) -> list[Reading]:
        """What the server has not ended yet."""
        return [reading for reading in self.readings if reading.sent and not reading.ended.is_set()]


class Places:
    """The places that there are. One is free again when the server has ended the statement, not when we gave up.

    Parameters
    ----------
    opened
        Opens a line to the server. Lines are kept for who comes next, but those that were given up.

    """

    def __init__(self, opened: Callable[[], Line]) -> None:
        self._opened = opened
        self._lines: list[Line] = []
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def taken(self, user: str) -> Iterator[Place]:
        """Hold a place of ``user``.

        Raises
        ------
        GateError
            If there is none.

        """
        with self._lock:
            if self._taken.total() >= MOST or self._taken[user] >= MOST_OF_ONE:
                message = N_("Other statements are still running. Wait until they have ended and ask again.")
                raise GateError(message)
            self._taken[user] += 1
            line = self._lines.pop() if self._lines else None
        place = Place(user, line or self._opened())
        try:
            yield place
        finally:
            if place.running:
                Thread(target=self._leave_later, args=(place,), name="gate", daemon=True).start()
            else:
                self._leave(place)

    def _leave(self, place: Place) -> None:
        with self._lock:
            self._taken[place.user] -= 1
            self._taken = +self._taken
            if not place.line.lost:
                self._lines.append(place.line)

    def _leave_later(self, place: Place) -> None:
        for reading in place.running:
            reading.ended.wait()
        self._leave(place)

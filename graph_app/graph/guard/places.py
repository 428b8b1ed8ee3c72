"""How many free-hand statements run at once: few in all, fewer of one user."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread

from graph_app.errors import N_, GateError
from graph_app.graph.reading import Reading

MOST, MOST_OF_ONE = 4, 2


class Places:
    """The places that there are. One is free again when the server has ended the statement, not when we gave up."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def taken(self, user: str, reading: Reading) -> Iterator[None]:
        """Hold a place of ``user`` for ``reading``.

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
        try:
            yield
        finally:
            if reading.ended.is_set() or not reading.sent:
                self._leave(user)
            else:
                Thread(target=self._leave_later, args=(user, reading), name="gate", daemon=True).start()

    def _leave(self, user: str) -> None:
        with self._lock:
            self._taken[user] -= 1
            self._taken = +self._taken

    def _leave_later(self, user: str, reading: Reading) -> None:
        reading.ended.wait()
        self._leave(user)

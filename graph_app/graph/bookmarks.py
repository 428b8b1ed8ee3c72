"""Read your writes in a cluster: what was written last, as bookmarks, which every reading waits for.

A member of a cluster may lag behind the one that takes writes. A reading that brings a bookmark waits there until the
member has what the bookmark stands for. Bookmarks of this process are kept in memory; with a board they are shared with
all processes of one application database. A single server (``bolt://``) has no members that lag, and no bookmarks.
"""

import logging
from collections.abc import Callable, Collection
from threading import Lock
from time import monotonic
from typing import Protocol

from neo4j.api import BookmarkManager

LASTS = 300.0  # seconds for which a bookmark counts: a member lags less, and one of a graph that is no more ends so
_LOG = logging.getLogger("peyvand.store")


class Board(Protocol):
    """Where processes leave bookmarks for each other."""

    def read(self) -> Collection[str]:
        """Return the bookmarks that count."""

    def replace(self, old: Collection[str], new: Collection[str]) -> None:
        """Put ``new`` in the place of ``old``, which they follow; what others left meanwhile stays."""


class Written(BookmarkManager):
    """The bookmarks of those who write. Safe for several threads.

    Parameters
    ----------
    clock
        Seconds that only grow.

    Attributes
    ----------
    board
        Where they are shared; None if this process is alone.

    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.board: Board | None = None
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, float] = {}

    def update_bookmarks(self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]) -> None:
        """Keep what a transaction ended with. The driver calls this before it says that the commit came through."""
        if not new_bookmarks:
            return
        with self._lock:
            for bookmark in previous_bookmarks:
                self._known.pop(bookmark, None)
            self._known |= dict.fromkeys(new_bookmarks, self._clock())
        if self.board:
            self._shared(self.board, previous_bookmarks, new_bookmarks)

    def get_bookmarks(self) -> Collection[str]:
        """Return what a transaction has to wait for."""
        with self._lock:
            oldest = self._clock() - LASTS
            self._known = {one: at for one, at in self._known.items() if at >= oldest}
            mine = set(self._known)
        return mine | self._others(self.board) if self.board else mine

    def _others(self, board: Board) -> set[str]:
        """Return what the board holds; without it a reading does not wait for others, which beats no reading."""
        try:
            return set(board.read())
        except Exception:  # noqa: BLE001 - whatever the database raises
            _LOG.exception("what other processes wrote is not known; for a moment it may not show here")
            return set()

    def _shared(self, board: Board, old: Collection[str], new: Collection[str]) -> None:
        """Share what is written already; if that fails, the write stands all the same, and only this process knows."""
        try:
            board.replace(old, new)
        except Exception:  # noqa: BLE001 - whatever the database raises, the commit came through
            _LOG.exception("other processes are not told of a write; they may read what was before it, for a moment")


class Read(BookmarkManager):
    """The bookmarks of those who read: they wait for what was written, and leave nothing that others wait for."""

    def __init__(self, written: Written) -> None:
        self._written = written

    def update_bookmarks(self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]) -> None:
        """Keep nothing."""

    def get_bookmarks(self) -> Collection[str]:
        """Return what a transaction has to wait for."""
        return self._written.get_bookmarks()

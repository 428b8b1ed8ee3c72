"""The journal: lines of the audit are taken at once and written by a thread, so that no page waits or fails for it.

What is done at the same time is written together, and so is what is done within a few hundredths of a second after a
line was written, unless somebody waits for it: a page that answers a program has no use for a writer at work beside it
each time. While the database does not take them the lines wait, up to a
limit; what cannot be kept goes to the log, so that it is not gone without a word.
"""

import json
import logging
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from threading import Condition, Thread, current_thread
from time import monotonic
from typing import Any

from sqlalchemy import String, delete, func, insert, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from graph_app.database.lines import EMPTY, fitting
from graph_app.database.tables.audit import CUT, AuditLine
from graph_app.database.tables.base import now

MOST = 10_000  # lines that wait
_BATCH = 500
_PAUSE = 1.0  # seconds before another try
_TOGETHER = 0.05  # seconds after writing in which lines gather, unless somebody waits until they are written
_CLOSE_WITHIN = 5.0
_AWAY = (OperationalError, InterfaceError, PoolTimeoutError)  # the database is away, busy or full: later it may do
_log = logging.getLogger("peyvand.audit")

Line = dict[str, Any]


class Journal:
    """Writes lines of the audit, in the order in which they came.

    Parameters
    ----------
    writing
        Gives a session whose changes are kept at the end of the ``with``.
    days
        After how many a line is removed, by a cut that stays; 0 is never.

    """

    def __init__(self, writing: Callable[[], AbstractContextManager[Session]], *, days: int = 0) -> None:
        self.lost = 0  # lines that only the log has
        self._writing = writing
        self._days = days
        self._swept: date | None = None
        self._waiting: deque[Line] = deque()
        self._change = Condition()
        self._writer: Thread | None = None
        self._busy = self._closed = False
        self._awaited = 0
        self._written = 0.0

    @property
    def waiting(self) -> int:
        """How many lines are not written yet."""
        return len(self._waiting)

    def record(self, line: Line) -> None:
        """Take a line, with values by the names of ``AuditLine``; it is written soon. Too long a text is cut."""
        line = {"at": now()} | {name: fitting(value, _WIDTHS.get(name)) for name, value in line.items()}
        with self._change:
            if self._closed or len(self._waiting) >= MOST:
                self._lose([line])
                return
            self._waiting.append(line)
            if self._writer is None:
                self._writer = Thread(target=self._work, name="audit", daemon=True)
                self._writer.start()
            if len(self._waiting) in {1, _BATCH}:  # between these the writer knows enough
                self._change.notify_all()

    def settle(self, within: float = _CLOSE_WITHIN) -> bool:
        """Wait until all that was recorded is written; say whether it is."""
        with self._change:
            self._awaited += 1
            self._change.notify_all()
            try:
                return self._change.wait_for(lambda: not self._waiting and not self._busy, within)
            finally:
                self._awaited -= 1

    def close(self) -> None:
        """Write what waits, and end. What cannot be written by then goes to the log."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        if self._writer is current_thread():  # an app that nobody holds any more is cleared away wherever memory is
            return  # it writes what waits, and ends
        if self._writer:
            self._writer.join(_CLOSE_WITHIN)
        with self._change:
            self._lose(list(self._waiting))
            self._waiting.clear()

    def _work(self) -> None:
        while lines := self._next():
            try:
                self._write(lines)
            except _AWAY as error:
                if self._wait_after(error):
                    continue
                return
            except Exception:  # noqa: BLE001 - a line that cannot be written must not keep the others
                self._write_each(lines)
            with self._change:
                for _ in lines:
                    self._waiting.popleft()
                self._busy, self._written = False, monotonic()
                self._change.notify_all()

    def _hurried(self) -> bool:
        return bool(self._awaited) or self._closed or len(self._waiting) >= _BATCH

    def _next(self) -> list[Line]:
        """Return the lines to write next, once there are any; none at the end."""
        with self._change:
            self._change.wait_for(lambda: self._waiting or self._closed)
            self._change.wait_for(self._hurried, self._written + _TOGETHER - monotonic())
            lines = [self._waiting[place] for place in range(min(_BATCH, len(self._waiting)))]
            self._busy = bool(lines)
            return lines

    def _write_each(self, lines: list[Line]) -> None:
        for line in lines:
            try:
                self._write([line])
            except Exception:  # noqa: BLE001
                _log.exception("a line of the audit cannot be written")
                self._lose([line])

    def _wait_after(self, error: Exception) -> bool:
        """Wait before the next try; say whether there is one."""
        _log.warning("the audit cannot be written, %s lines wait: %s", len(self._waiting), error)
        with self._change:
            self._busy = False
            return not self._change.wait_for(lambda: self._closed, _PAUSE)

    def _write(self, lines: list[Line]) -> None:
        """Write lines in one transaction; the first of a day also removes what is too old."""
        with self._writing() as session:
            session.execute(insert(AuditLine), [{**EMPTY, **line} for line in lines])
        if self._days and self._swept != now().date():
            cut(self._writing, self._days)
            self._swept = now().date()

    def _lose(self, lines: list[Line]) -> None:
        self.lost += len(lines)
        for line in lines:
            _log.error("a line of the audit is not kept: %s", json.dumps(line, ensure_ascii=False, default=str))


_WIDTHS = {column.name: column.type.length for column in AuditLine.__table__.columns if isinstance(column.type, String)}


def cut(writing: Callable[[], AbstractContextManager[Session]], days: int) -> int:
    """Remove the lines that are older than ``days``, after a line that says so and stays; return how many."""
    moment = now()
    until = moment - timedelta(days=days)
    old = (AuditLine.at < until, AuditLine.until.is_(None))
    with writing() as session:
        count = session.scalar(select(func.count()).select_from(AuditLine).where(*old)) or 0
        if count:
            line = AuditLine(at=moment, kind=CUT, who="peyvand", means="setting", until=until, details={"lines": count})
            session.add(line)
            session.flush()
            session.execute(delete(AuditLine).where(*old), execution_options={"synchronize_session": False})
    return count

"""What was loaded into the graph: runs, the files they read, every change with its images, and rejected rows.

The ledger and the graph name each other: ``Installation`` is who we are, a graph of ours says so in its ``:Sync`` node,
and ``KnownGraph`` keeps how many loads we know of it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now

STATES = ("running", "done", "failed", "undone")
_LOAD = "loads.number"


class Installation(Base):
    """Who we are, in the one row, and who is loading just now, for the sentence that others get."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="alone"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str] = mapped_column(String(32))
    holder: Mapped[str | None] = mapped_column(String(200))
    held_since: Mapped[datetime | None]


class KnownGraph(Base):
    """One graph that was loaded from here: its key, and the number of loads of which this ledger knows."""

    __tablename__ = "graphs"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    serial: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime] = mapped_column(default=now)


class Load(Base):
    """One run. ``undoes`` names the run that it takes back; ``rules`` is the digest of its mapping.

    ``plan`` is the digest of its plan; ``totals`` says how many things a run that came to its end made, changed and
    removed.

    The serials are those of the graph: how many loads it had before and after.
    """

    __tablename__ = "loads"
    __table_args__ = (CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    run: Mapped[str] = mapped_column(String(40), unique=True)
    graph: Mapped[str] = mapped_column(String(32), index=True)
    mapping: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    rules: Mapped[str] = mapped_column(String(64))
    plan: Mapped[str] = mapped_column(String(64), index=True)
    undoes: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[dict[str, Any] | None] = mapped_column(Document)
    who: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    balance: Mapped[dict[str, int]] = mapped_column(Document)
    serial_before: Mapped[int]
    serial_after: Mapped[int | None]
    totals: Mapped[dict[str, int] | None] = mapped_column(Document)


class LoadFile(Base):
    """One file that a run read, and how it was written."""

    __tablename__ = "load_files"

    load: Mapped[int] = mapped_column(ForeignKey(_LOAD, ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(400), primary_key=True)
    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    encoding: Mapped[str | None] = mapped_column(String(40))
    delimiter: Mapped[str | None] = mapped_column(String(10))
    rows: Mapped[int]


class LoadChange(Base):
    """One thing that a run changed. ``before`` is null for a new thing, ``after`` for a removed one."""

    __tablename__ = "load_changes"
    __table_args__ = (Index(None, "key"), Index(None, "start"), Index(None, "end"))

    load: Mapped[int] = mapped_column(ForeignKey(_LOAD, ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    type: Mapped[str | None] = mapped_column(String(40))
    start: Mapped[str | None] = mapped_column(Text)
    end: Mapped[str | None] = mapped_column(Text)
    labels: Mapped[list[str] | None] = mapped_column(Document)
    had: Mapped[list[str] | None] = mapped_column(Document)
    before: Mapped[dict[str, Any] | None] = mapped_column(Document)
    after: Mapped[dict[str, Any] | None] = mapped_column(Document)


class LoadReject(Base):
    """One row that a run did not load. ``reason`` is a sentence that can still be said in either language."""

    __tablename__ = "load_rejects"

    load: Mapped[int] = mapped_column(ForeignKey(_LOAD, ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(String(400))
    line: Mapped[int]
    column: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    reason: Mapped[dict[str, Any]] = mapped_column(Document)
    header: Mapped[list[str]] = mapped_column(Document)
    cells: Mapped[list[str]] = mapped_column(Document)

"""The rows of exports that were loaded, each with what it asserts; and the files that were seen to change nothing.

A row that changes is another row: the earlier one is gone with the load in which it changed, so that a load can be
taken back. ``raw`` and ``content`` are empty where the graph may say something else than the row: then it is read anew.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now

_LOAD = "loads.number"


class LoadRow(Base):
    """One row of one table. ``claims`` are the ids of the ties and evidence ties that it asserts, between spaces.

    ``first``, ``last`` and ``gone`` are the loads that brought it, that met it last, and in which it was missing or had
    changed. Without ``first`` it was found to be in the graph already.
    """

    __tablename__ = "load_rows"
    __table_args__ = (Index(None, "graph", "mapping", "table"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    graph: Mapped[str] = mapped_column(String(32))
    mapping: Mapped[str] = mapped_column(String(80))
    table: Mapped[str] = mapped_column(String(200))
    identity: Mapped[bytes] = mapped_column(LargeBinary(16))
    raw: Mapped[bytes] = mapped_column(LargeBinary(16))
    content: Mapped[bytes] = mapped_column(LargeBinary(16))
    file: Mapped[str] = mapped_column(String(400))
    line: Mapped[int]
    repeated: Mapped[bool]
    claims: Mapped[str] = mapped_column(Text)
    first: Mapped[int | None] = mapped_column(Integer, ForeignKey(_LOAD))
    last: Mapped[int | None] = mapped_column(Integer, ForeignKey(_LOAD))
    gone: Mapped[int | None] = mapped_column(Integer, ForeignKey(_LOAD))


class LoadScan(Base):
    """Files that had nothing to change when the graph had had ``serial`` loads; ``digest`` is of all their bytes.

    It belongs to ``load`` until that comes to its end, and has no serial before.
    """

    __tablename__ = "load_scans"

    graph: Mapped[str] = mapped_column(String(32), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    load: Mapped[int | None] = mapped_column(Integer, ForeignKey(_LOAD))
    serial: Mapped[int | None]
    balance: Mapped[dict[str, int]] = mapped_column(Document)
    rejects: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    seen_at: Mapped[datetime] = mapped_column(default=now)

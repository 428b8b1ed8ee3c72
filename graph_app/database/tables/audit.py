"""Who saw, asked, took away, loaded, changed or shared what: lines that are added and never altered.

Triggers, which the migration makes, refuse to change or remove a line on SQLite and PostgreSQL alike. The one way out
is a line of the kind ``cut``: what is older than the moment that it names may then be removed, and the cut stays.
A later migration may add columns, but not write the table anew: SQLite would lose the triggers.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now

CUT = "cut"


class AuditLine(Base):
    """One thing that somebody did.

    ``user`` is the number of an account without being tied to it, since a tie would let a line change with an account.
    """

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until <= at", name="until"),
        Index(None, "at"),
        Index(None, "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[str] = mapped_column(String(20))
    who: Mapped[str] = mapped_column(String(254), default="")
    user: Mapped[int | None]
    means: Mapped[str] = mapped_column(String(10))
    about: Mapped[str] = mapped_column(String(400), default="")
    route: Mapped[str] = mapped_column(String(80), default="")
    details: Mapped[dict[str, Any] | None] = mapped_column(Document)
    address: Mapped[str] = mapped_column(String(45), default="")
    request: Mapped[str] = mapped_column(String(64), default="")
    outcome: Mapped[str] = mapped_column(String(10), default="done")
    until: Mapped[datetime | None]

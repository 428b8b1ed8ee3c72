"""What people decided about pairs of entities that may be one thing."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now

DECISIONS = ("same", "different", "later")


class Decision(Base):
    """One decision about the pair ``first`` and ``second``, the smaller id first, or about two groups of merged ones.

    ``kept`` is the id under which the two go on, if they are the same. ``evidence`` has what was known of both, by id:
    if that changes, they are proposed again. ``run`` is the run that merged them. Nothing is deleted: a decision that
    was taken back has ``undone_at``.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(f"decision IN ({', '.join(map(repr, DECISIONS))})", name="decision"),
        Index(None, "first"),
        Index(None, "second"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str] = mapped_column(Text)
    second: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(String(10))
    kept: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)
    evidence: Mapped[dict[str, Any]] = mapped_column(Document)
    run: Mapped[str | None] = mapped_column(String(40))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(200))
    undone_run: Mapped[str | None] = mapped_column(String(40))

    @property
    def pair(self) -> frozenset[str]:
        """The two ids."""
        return frozenset((self.first, self.second))

    @property
    def merged(self) -> str | None:
        """The id that went into the one that is kept."""
        if self.kept is None:
            return None
        return self.second if self.kept == self.first else self.first

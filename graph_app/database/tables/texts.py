"""Texts from which people take facts, line by line."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, now


class KeptText(Base):
    """The text of one source in one graph.

    ``source`` is the key of the source, without the label before it. ``run`` wrote the source, if it was not there.
    ``sha256`` is that of its letters, so that the same text is found in any spelling of them.
    """

    __tablename__ = "texts"
    __table_args__ = (UniqueConstraint("graph", "source"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    graph: Mapped[str] = mapped_column(String(32))
    source: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    who: Mapped[str] = mapped_column(String(200))
    run: Mapped[str | None] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(default=now)

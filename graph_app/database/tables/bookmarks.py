"""What was written to the graph last, for processes that share a Neo4j cluster: see ``graph.bookmarks``."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, now


class Bookmark(Base):
    """One bookmark of the Neo4j database ``graph``, and when it was left."""

    __tablename__ = "bookmarks"

    bookmark: Mapped[str] = mapped_column(Text, primary_key=True)
    graph: Mapped[str] = mapped_column(String(63))
    left_at: Mapped[datetime] = mapped_column(default=now, index=True)

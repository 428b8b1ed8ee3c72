"""Pictures that people keep: how each was built, and what it showed when it was kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now


class SavedView(Base):
    """One picture with a name. ``key`` stands in its address; without an owner it was kept before there were accounts.

    ``address`` is the query of the explorer, with stable ids only; ``steps`` are the words for how it was built, and
    ``seen`` is what stood in it, to say later what changed.
    """

    __tablename__ = "views"

    key: Mapped[str] = mapped_column(String(22), primary_key=True)
    owner: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(Text)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    seen: Mapped[dict[str, Any]] = mapped_column(Document)
    shared: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

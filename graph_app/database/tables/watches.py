"""What people watch: a saved question with its values, or an entity; and what it showed when they last looked."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now


class Watch(Base):
    """One watch of its ``owner``; without an owner it was made before there were accounts.

    ``question`` is a saved question with the texts ``given`` for its values, or empty; then ``given`` names the entity.
    ``seen`` are the rows that were there when it was last marked as seen.
    """

    __tablename__ = "watches"

    key: Mapped[str] = mapped_column(String(22), primary_key=True)
    owner: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(200))
    given: Mapped[dict[str, Any]] = mapped_column(Document)
    seen: Mapped[dict[str, Any]] = mapped_column(Document)
    seen_at: Mapped[datetime] = mapped_column(default=now)

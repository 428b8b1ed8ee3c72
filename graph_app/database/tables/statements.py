"""Statements that people asked in words of their own: those they keep under a name, and the last ones besides."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now


class OwnStatement(Base):
    """One statement of its ``owner``; without an owner it was asked before there were accounts.

    Kept ones have a ``name`` and may be ``shared``; those without one are the history. ``given`` has for each
    parameter the text that was typed, or its texts by field with what is said of the parameter (``catalog.drafted``).
    """

    __tablename__ = "statements"

    key: Mapped[str] = mapped_column(String(22), primary_key=True)
    owner: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    given: Mapped[dict[str, Any]] = mapped_column(Document)
    shared: Mapped[bool]
    asked_at: Mapped[datetime] = mapped_column(default=now)

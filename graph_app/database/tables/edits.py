"""What people recorded in the app, as they recorded it: enough to load it again into an empty graph."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now


class Edit(Base):
    """One edit of the kind ``kind`` about the entity ``about``, if it is about one that was there.

    ``tables`` are its rows by the name of their table. ``plan`` is the digest of the plan by which it was written: the
    run with that plan says whether it stands or was undone.
    """

    __tablename__ = "edits"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    plan: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str | None] = mapped_column(Text, index=True)
    who: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    tables: Mapped[dict[str, Any]] = mapped_column(Document)
    made_at: Mapped[datetime] = mapped_column(default=now)

"""What people say of an item and who takes it, and which reminders somebody has set aside.

An item is an entity, by its id, or a reminder, by its key: see ``reminders.due``.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, now

_USER = "users.id"


class Comment(Base):
    """One comment on the entity ``about``, perhaps on one ``reminder`` of it; empty if on none.

    ``author`` is the account that wrote it; without one it was written before there were accounts, or the account is
    gone. ``name`` stays what the author was called.
    """

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(Text, index=True)
    reminder: Mapped[str] = mapped_column(Text, index=True)
    author: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]


class Taker(Base):
    """Who takes an item: the account ``person`` called ``name``, and who said so. An item has one at most."""

    __tablename__ = "takers"

    item: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    said_by: Mapped[str] = mapped_column(String(200))
    taken_at: Mapped[datetime] = mapped_column(default=now)


class Settled(Base):
    """That its ``owner`` is done with a reminder; without an owner that was before there were accounts."""

    __tablename__ = "settled"
    __table_args__ = (UniqueConstraint("owner", "reminder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    reminder: Mapped[str] = mapped_column(Text)
    settled_at: Mapped[datetime] = mapped_column(default=now)

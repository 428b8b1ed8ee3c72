"""What was found in what people watch, through which channels they are told of it, and what was sent to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, Document, now

_CASCADE = "CASCADE"


class Glance(Base):
    """What a watch showed when it was last looked at after a load; the next look is compared with this.

    ``mark`` tells what the graph held then. After a failure ``look_at`` says when to look again, and ``problem`` why.
    """

    __tablename__ = "glances"

    watch: Mapped[str] = mapped_column(ForeignKey("watches.key", ondelete=_CASCADE), primary_key=True)
    seen: Mapped[dict[str, Any]] = mapped_column(Document)
    mark: Mapped[str] = mapped_column(Text)
    looked_at: Mapped[datetime] = mapped_column(default=now)
    failures: Mapped[int] = mapped_column(default=0)
    look_at: Mapped[datetime | None]
    problem: Mapped[dict[str, Any] | None] = mapped_column(Document)


class Finding(Base):
    """What one look found in one watch. Findings are added, never changed.

    ``told`` is all that is needed to tell it without the graph: titles, columns, changes, how many there were.
    """

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    watch: Mapped[str] = mapped_column(ForeignKey("watches.key", ondelete=_CASCADE), index=True)
    found_at: Mapped[datetime] = mapped_column(default=now)
    told: Mapped[dict[str, Any]] = mapped_column(Document)


class Channel(Base):
    """One way in which somebody is told: a feed, e-mail or a webhook.

    Parameters
    ----------
    address
        The e-mail address, or the address that is posted to; empty for a feed.
    secret
        What posts are signed with; it must be known to sign, so it is kept as it is.
    digest
        The SHA-256 of the secret in the address of a feed.
    site
        Where its owner reaches the app, for links.

    """

    __tablename__ = "channels"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    owner: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete=_CASCADE), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(Text)
    secret: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    site: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Telling(Base):
    """That a watch is told through a channel, and the last of its findings that was put on its way there."""

    __tablename__ = "tellings"

    watch: Mapped[str] = mapped_column(ForeignKey("watches.key", ondelete=_CASCADE), primary_key=True)
    channel: Mapped[int] = mapped_column(ForeignKey("channels.id", ondelete=_CASCADE), primary_key=True, index=True)
    upto: Mapped[int]


class Delivery(Base):
    """One mail or post: the findings in it, how often it was tried, how it ended.

    ``state`` is ``waiting``, ``sending``, ``sent`` or ``failed``. Until ``next_at`` nobody tries; who dies while
    sending leaves it to the next after that.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "state", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    channel: Mapped[int] = mapped_column(ForeignKey("channels.id", ondelete=_CASCADE), index=True)
    findings: Mapped[list[int]] = mapped_column(Document)
    made_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    problem: Mapped[dict[str, Any] | None] = mapped_column(Document)

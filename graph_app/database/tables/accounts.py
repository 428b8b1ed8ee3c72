"""People who may sign in, and what lets them in: sessions, tokens, one-time links; and who guessed wrong lately.

Secrets are never kept. What stands in a ``digest`` column is the SHA-256 of a secret of 256 random bits; passwords,
which people choose, are argon2 hashes.
"""

from datetime import datetime
from typing import cast

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from graph_app.confidentiality import HIGHEST, Clearance
from graph_app.database.tables.base import Base, now
from graph_app.roles import ROLES, Right

_DIGEST = String(64)
_CASCADE = "CASCADE"


class User(UserMixin, Base):
    """One person. ``fs_uniquifier`` is what a session names its user by; a new one ends all sessions at once."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint(f"role IN ({', '.join(repr(name) for name in ROLES)})", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    clearance: Mapped[int] = mapped_column(SmallInteger, default=HIGHEST.value, server_default=str(HIGHEST.value))
    language: Mapped[str | None] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(default=now)
    signed_in_at: Mapped[datetime | None]

    sessions: Mapped[list["LoginSession"]] = relationship(back_populates="user", passive_deletes=True)
    tokens: Mapped[list["Token"]] = relationship(back_populates="user", passive_deletes=True)

    @property
    def roles(self) -> list[RoleMixin]:
        """The user's one role, as Flask-Security asks for it: rights stand in code, not in rows."""
        return cast("list[RoleMixin]", [ROLES[self.role]])

    @roles.setter
    def roles(self, roles: list[RoleMixin]) -> None:
        (self.role,) = (role.name for role in roles)

    @property
    def sees(self) -> Clearance:
        """What the user may see of the graph."""
        return ROLES[self.role].seen_with(Clearance(self.clearance))

    @property
    def rights(self) -> frozenset[Right]:
        """What the user may do."""
        return ROLES[self.role].rights_with(Clearance(self.clearance))


class LoginSession(Base):
    """One browser in which somebody is signed in. ``data`` is what Flask keeps in its session, as JSON."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete=_CASCADE), index=True)
    data: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    address: Mapped[str] = mapped_column(String(45))
    agent: Mapped[str] = mapped_column(String(200))

    user: Mapped[User] = relationship(back_populates="sessions")


class Token(Base):
    """A key with which a program acts for a user, within its scope, until it expires or is revoked."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(_DIGEST, unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete=_CASCADE), index=True)
    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="tokens")


class Link(Base):
    """A link that works once: to make the first administrator (no user yet), or to choose a password."""

    __tablename__ = "links"

    digest: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete=_CASCADE), index=True)
    expires_at: Mapped[datetime]

    user: Mapped[User | None] = relationship()


class Attempt(Base):
    """How often signing in failed lately for an account, an address, or both together, and until when to wait.

    ``key`` is the SHA-256 of what is counted, so that the table does not list which accounts were guessed.
    ``trusted_at`` is when somebody last signed in to that account from that address.
    """

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "failed_at"),)

    key: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]
    wait_until: Mapped[datetime | None]
    trusted_at: Mapped[datetime | None]

"""The second factor of an account: what its codes are made from, and codes for when that is lost."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from graph_app.database.tables.base import Base, now

_USER = "users.id"
_CASCADE = "CASCADE"


class SecondFactor(Base):
    """The secret that an account shares with an authenticator app, sealed for this account.

    ``counter`` is the step of time of the last code that was taken: neither it nor an earlier one is taken again.
    """

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey(_USER, ondelete=_CASCADE), primary_key=True, autoincrement=False)
    secret: Mapped[str] = mapped_column(Text)
    counter: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands for the second factor once. ``digest`` is the SHA-256 of 120 random bits."""

    __tablename__ = "recovery_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(_USER, ondelete=_CASCADE), index=True)

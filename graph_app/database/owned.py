"""Whose a row is: somebody's with an account, or of the machine's one reader before there are accounts."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True)
class Owner:
    """Whose rows are asked for: the id of the account, none before there are accounts."""

    user: int | None

    def owns(self, column: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
        """Return the condition that a row with the owner in ``column`` is theirs."""
        return column.is_(None) if self.user is None else column == self.user

"""What follows from a plan, as it is told."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Twinning:
    """A tie between sister cities that the plan makes or ends, and the agreement behind it."""

    change: Literal["made", "changed", "ended"]
    agreement: str
    start: str
    end: str


@dataclass(frozen=True)
class StatusChange:
    """An agreement whose periods change, with its status today before and after; None: it is not there."""

    agreement: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Following:
    """What follows from a plan; not ``known`` if it was not rehearsed."""

    twinnings: tuple[Twinning, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    known: bool = True

    def __bool__(self) -> bool:
        return bool(self.twinnings or self.statuses or not self.known)


def turns(following: Following) -> dict[tuple[str | None, str | None], int]:
    """Return how many agreements turn from one status into another today."""
    return dict(Counter((one.before, one.after) for one in following.statuses if one.before != one.after))

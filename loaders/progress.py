"""How far a load has come: for the terminal, and as events for a page."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from graph_app.errors import N_

Phase = Literal["read", "files", "keep", "import", "entities", "ties", "remove", "derive", "verify", "save"]
PHASES: dict[Phase, str] = {  # in the order in which they come
    "read": N_("Reading and checking the files"),
    "files": N_("Writing the files for the import"),
    "keep": N_("Writing the ledger"),
    "import": N_("Importing"),
    "remove": N_("Removing"),
    "entities": N_("Writing entities"),
    "ties": N_("Writing ties"),
    "derive": N_("Deriving statuses and sister cities"),
    "verify": N_("Checking what was written"),
    "save": N_("Writing the backup"),
}


@dataclass(frozen=True)
class Progress:
    """One step of a load.

    Parameters
    ----------
    phase
        What is being done; ``PHASES`` has the sentence.
    done, total
        How many things of this phase, out of how many.
    seconds
        Since the phase began.

    """

    phase: Phase
    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float | None:
        """Things a second, None before anything is done."""
        return self.done / self.seconds if self.done and self.seconds > 0 else None

    @property
    def left(self) -> float | None:
        """Seconds that the rest of the phase takes at this rate, None if that is not known yet."""
        return (self.total - self.done) / self.rate if self.rate else None


Watch = Callable[[Progress], None]
_T = TypeVar("_T")
_STEP = 2000  # things that are counted at once


def nobody(_progress: Progress) -> None:
    """Watch nothing."""


class Meter:
    """Counts one phase, and tells ``watch`` at its beginning and at every step."""

    def __init__(self, watch: Watch, phase: Phase, total: int) -> None:
        self._watch, self._phase, self._total = watch, phase, total
        self._done, self._begin = 0, time.monotonic()
        self.add(0)

    def add(self, count: int) -> None:
        """Tell that ``count`` more are done."""
        self._done += count
        self._watch(Progress(self._phase, self._done, self._total, time.monotonic() - self._begin))


def counted(watch: Watch, phase: Phase, things: Sequence[_T]) -> Iterator[_T]:
    """Yield ``things``, and tell ``watch`` how many were."""
    meter = Meter(watch, phase, len(things))
    for at in range(0, len(things), _STEP):
        some = things[at : at + _STEP]
        yield from some
        meter.add(len(some))

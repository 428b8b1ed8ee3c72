"""One row of an export, sound or not."""

from dataclasses import dataclass
from typing import NamedTuple

from graph_app.errors import PeyvandError


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be used, and the place of the cell at fault, counted from 0; None if it is the whole row."""

    reason: PeyvandError
    place: int | None = None


class Row(NamedTuple):
    """One row: ``line`` is the physical line, or the row of the sheet, on which it begins, counted from 1.

    A row with a fault has the cells that could be told apart, or its whole text as the only one.
    """

    line: int
    cells: tuple[str, ...]
    fault: Fault | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the row."""
        return self.fault is None and not any(cell and not cell.isspace() for cell in self.cells)

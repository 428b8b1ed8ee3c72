"""One row of an export, sound or not."""

from dataclasses import dataclass
from typing import NamedTuple

from graph_app.errors import N_, LoadError, PeyvandError
from loaders.reading import encoding

BETWEEN = "\x1f"
_UNREADABLE = "\ufffd"


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


def sound(row: Row) -> Row:
    """Return ``row``, with a fault if it has bytes that its encoding does not have, or NUL characters."""
    text = BETWEEN.join(row.cells)
    if encoding.DAMAGED in text:
        fault = _fault_at(row, encoding.DAMAGED, LoadError(N_("Bytes are damaged here; letters are lost.")))
        cells = tuple(cell.replace(encoding.DAMAGED, _UNREADABLE) for cell in row.cells)
        return Row(row.line, cells, row.fault or fault)
    if "\0" in text:
        fault = _fault_at(row, "\0", LoadError(N_("A NUL character stands here; the file may have been cut off.")))
        return Row(row.line, tuple(cell.replace("\0", _UNREADABLE) for cell in row.cells), row.fault or fault)
    return row


def _fault_at(row: Row, sign: str, reason: PeyvandError) -> Fault:
    return Fault(reason, next(place for place, cell in enumerate(row.cells) if sign in cell))

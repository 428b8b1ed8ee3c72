"""One column of an answer against another: how often, or how much."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_app.figures.columns import Shape, key_of

LEVELS = 5  # shades


@dataclass(frozen=True)
class Matrix:
    """A table of sums.

    Parameters
    ----------
    down, across
        Positions of the columns that its rows and its columns come from.
    value
        Position of the column that is added up; None counts rows.
    rows, columns
        The values at the heads, by their keys.
    cells
        Keys of row and column to the sum.

    """

    down: int
    across: int
    value: int | None
    rows: Mapping[Any, Any] = field(hash=False)
    columns: Mapping[Any, Any] = field(hash=False)
    cells: Mapping[tuple[Any, Any], float] = field(hash=False)

    def level(self, value: float) -> int:
        """Return how dark a cell is, 0 for nothing to 5 for the greatest value."""
        most = max(self.cells.values(), default=0)
        return max(1, round(LEVELS * value / most)) if value > 0 and most > 0 else 0


def matrix(found: Shape) -> Matrix | None:
    """Return the matrix of an answer; None if it does not have two columns of names."""
    down = found.first("name")
    across = None if down is None else found.first("name", but=(down,))
    if down is None or across is None:
        return None
    value = found.first("number")
    rows: dict[Any, Any] = {}
    columns: dict[Any, Any] = {}
    cells: dict[tuple[Any, Any], float] = defaultdict(int)
    for row in found.table.rows:
        key = key_of(row[down]), key_of(row[across])
        rows.setdefault(key[0], row[down])
        columns.setdefault(key[1], row[across])
        cells[key] += 1 if value is None else row[value] or 0
    return Matrix(down, across, value, rows, columns, dict(cells))

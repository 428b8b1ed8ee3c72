"""The rows of an answer by the day that they speak of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from graph_app.figures.columns import Shape, day_of


@dataclass(frozen=True)
class Moment:
    """One row, and its day: the first one that its date can mean."""

    day: date
    row: tuple[Any, ...]


@dataclass(frozen=True)
class Timeline:
    """The rows that have a day, the oldest first, by column ``at``; and how many have none."""

    at: int
    moments: tuple[Moment, ...]
    undated: int

    def years(self, year: Callable[[date], str]) -> Iterator[tuple[str, list[Moment]]]:
        """Yield each year, as ``year`` calls it, with its rows."""
        for name, moments in groupby(self.moments, key=lambda moment: year(moment.day)):
            yield name, list(moments)


def timeline(found: Shape) -> Timeline | None:
    """Return the timeline of an answer; None if no column holds days."""
    at = found.first("day")
    if at is None:
        return None
    dated = [(day_of(row[at]), row) for row in found.table.rows]
    moments = sorted((Moment(day, row) for day, row in dated if day), key=lambda moment: moment.day)
    return Timeline(at, tuple(moments), len(dated) - len(moments))

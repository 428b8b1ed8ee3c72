"""What the columns of an answer hold, and so which pictures of it there are."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from graph_app.dates import DateError, parse
from graph_app.graph.results import Node, Position, Table

Kind = Literal["number", "day", "name", "list", "nothing"]
_LOOKED_AT = 200  # rows
_MOST_ACROSS, _MOST_DOWN = 30, 60
_DATED = re.compile(r"[\d۰-۹X]{4}(?:[-/]|$)")


@dataclass(frozen=True)
class Shape:
    """What the columns of a table hold, and the order in which they are looked through.

    Parameters
    ----------
    table
        The answer as rows.
    kinds
        One for each column.
    order
        Positions of columns: those that the header of the question names as ``axes``, then the others.

    """

    table: Table
    kinds: tuple[Kind, ...]
    order: tuple[int, ...]

    def first(self, *kinds: Kind, but: Sequence[int] = ()) -> int | None:
        """Return the first column of one of ``kinds``; None if there is none."""
        return next((at for at in self.order if self.kinds[at] in kinds and at not in but), None)

    def column(self, at: int) -> list[Any]:
        """Return the values of one column."""
        return [row[at] for row in self.table.rows]

    @property
    def views(self) -> list[str]:
        """The pictures that can be made, besides the table."""
        ways: dict[str, Callable[[], bool]] = {
            "network": lambda: any(True for _ in nodes_in(self.table.rows)),
            "map": lambda: any(placed(node) for node in nodes_in(self.table.rows)),
            "chart": lambda: self.first("number") is not None and self.first("name", "day") is not None,
            "timeline": lambda: self.first("day") is not None,
            "matrix": self._crossed,
        }
        return [view for view, there in ways.items() if self.table.rows and there()]

    def _crossed(self) -> bool:
        down = self.first("name")
        across = self.first("name", but=() if down is None else (down,))
        if down is None or across is None:
            return False
        ways = [len({key_of(value) for value in self.column(at)}) for at in (down, across)]
        few = ways[0] <= _MOST_DOWN and ways[1] <= _MOST_ACROSS
        return few and min(ways) > 1 and max(ways) < max(len(self.table.rows), 2)


def shape(table: Table, axes: Sequence[str] = ()) -> Shape:
    """Return what the columns of ``table`` hold; ``axes`` are the columns that pictures are made of first."""
    kinds = tuple(_kind([row[at] for row in table.rows[:_LOOKED_AT]]) for at in range(len(table.columns)))
    wanted = [table.columns.index(name) for name in axes if name in table.columns]
    return Shape(table, kinds, tuple(dict.fromkeys([*wanted, *range(len(table.columns))])))


def day_of(value: Any) -> date | None:  # noqa: ANN401 - any cell
    """Return the day of a cell: the first one that a written date can mean; None if it is none."""
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case str() if _DATED.match(value):
            try:
                bounds = parse(value).bounds
            except DateError:
                return None
            return bounds[0] if bounds else None
    return None


def key_of(value: Any) -> Any:  # noqa: ANN401 - any cell
    """Return what tells one value from another: the id of an entity, else the value."""
    match value:
        case Node():
            return value.id
        case list():
            return tuple(map(key_of, value))
    return value


def nodes_in(value: Any) -> Iterator[Node]:  # noqa: ANN401 - rows, or a cell of one
    """Yield the entities in a value, in their order."""
    if isinstance(value, Node):
        yield value
    elif isinstance(value, list | tuple) and not isinstance(value, Position):
        for item in value:
            yield from nodes_in(item)


def placed(node: Node) -> Position | None:
    """Return where an entity lies, if that is recorded."""
    found = node.properties.get("position")
    return found if isinstance(found, Position) else None


def _kind(values: Sequence[Any]) -> Kind:
    known = [value for value in values if value not in (None, "", [])]
    if not known:
        return "nothing"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return "number"
    if all(day_of(value) is not None for value in known):
        return "day"
    return "name" if all(isinstance(value, Node | str | bool) for value in known) else "list"

"""Values of the graph as cells and back again, to the letter: nothing is cleaned, guessed or left out.

An empty cell is no value, a lone apostrophe the empty text. What a spreadsheet would take for a formula has an
apostrophe in front (``guarding``), which is no part of the value. Lists are JSON.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, Literal

from graph_app.errors import N_, PeyvandError
from graph_app.graph.images import packed, unpacked
from graph_app.graph.results import Position
from loaders.guarding import bare, guarded

Kind = Literal["text", "integer", "decimal", "boolean", "date", "datetime", "time", "point", "list"]
Exact = str | int | float | bool | date | datetime | time | Position | tuple[Any, ...]

_EMPTY = "'"
_INTEGER = re.compile(r"-?[0-9]+")
KINDS: Mapping[type, Kind] = {
    str: "text",
    bool: "boolean",
    int: "integer",
    float: "decimal",
    datetime: "datetime",
    date: "date",
    time: "time",
    Position: "point",
    list: "list",
    tuple: "list",
}


class ExactError(PeyvandError):
    """A cell is not what its column says, or a value is none that a cell can hold."""


def kind_of(item: object) -> Kind:
    """Return what kind of value ``item`` is.

    Raises
    ------
    ExactError
        If no column can hold it.

    """
    if found := KINDS.get(type(item)):
        return found
    raise ExactError(N_("A value of the type %(type)s cannot stand in a cell."), type=type(item).__name__)


def cell_of(item: object) -> str:
    """Return the cell that holds ``item``; errors as for ``kind_of``.

    Examples
    --------
    >>> cell_of(""), cell_of("=1+1"), cell_of(-0.5), cell_of(["علي", "b"])
    ("'", "'=1+1", '-0.5', '["علي", "b"]')

    """
    match kind_of(item):
        case "text":
            return guarded(str(item)) or _EMPTY
        case "boolean":
            return "true" if item else "false"
        case "integer" | "decimal":
            return repr(item)
        case "list":
            return guarded(json.dumps(packed(item), ensure_ascii=False))
        case "point":
            return json.dumps(packed(item)["point"])
    return str(packed(item)[kind_of(item)])


def value_of(cell: str, kind: Kind) -> Exact | None:
    """Return the value that ``cell`` holds; None if it is empty.

    Raises
    ------
    ExactError
        If it does not hold a value of ``kind``.

    Examples
    --------
    >>> value_of("'", "text"), value_of(" a ", "text"), value_of("", "text"), value_of('["a", ""]', "list")
    ('', ' a ', None, ('a', ''))

    """
    if not cell:
        return None
    if kind == "text":
        return bare(cell)
    try:
        return _READERS[kind](bare(cell))
    except (ValueError, TypeError, KeyError) as error:
        message = N_("“%(text)s” is not a value of the type %(type)s as it is exported.")
        raise ExactError(message, text=cell, type=kind) from error


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


def _point(text: str) -> Position:
    latitude, longitude = map(float, json.loads(text))
    return Position(latitude, longitude)


def _list(text: str) -> tuple[Any, ...]:
    found = json.loads(text)
    if not isinstance(found, list):
        raise TypeError(text)
    return tuple(unpacked(found))


_READERS: Mapping[str, Callable[[str], Exact]] = {
    "integer": _integer,
    "decimal": float,
    "boolean": _boolean,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "point": _point,
    "list": _list,
}

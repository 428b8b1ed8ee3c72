"""The things that a first load makes, as files for the import tool of Neo4j: some thousands of one kind in each.

A file has the columns that its things have, each with its type. A thing that has another type where others of its kind
have one, or a line break in a text, goes into a file of its own sort. Nodes are numbered as they come, and ties name
the numbers of their ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph_app.errors import N_, LoadError
from graph_app.graph.results import Position

_MOST = 50_000  # rows of one file
_BETWEEN = "\x1f"  # the items of a list
_FORM = ("--id-type=integer", f"--array-delimiter=U+{ord(_BETWEEN):04X}")
_TYPES: Mapping[type, str] = {
    str: "string",
    bool: "boolean",
    int: "long",
    float: "double",
    date: "date",
    datetime: "datetime",
    time: "localtime",
    Position: "point{crs:WGS-84}",
}
Properties = Mapping[str, Any]
_Cells = dict[str, str]


@dataclass
class _Part:
    """Rows of one file: the leading cells of each, what its columns hold, and whether texts have line breaks."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, _Cells]] = field(default_factory=list)

    def takes(self, columns: Mapping[str, str]) -> bool:
        """Whether a row with these types can stand among the others."""
        own = self.columns
        return all(own.get(name, type_) == type_ for name, type_ in columns.items())


class ImportFiles:
    """Files in ``folder``, written as things are added."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self._open: dict[tuple[str, str, bool], list[_Part]] = {}
        self._groups: list[str] = []
        self._broken: list[str] = []  # files with line breaks in texts
        self._count = 0

    def node(self, labels: Iterable[str], properties: Properties, id_: str | None = None) -> None:
        """Add a node; ties find it by ``id_``."""
        number = len(self._numbers)
        self._numbers[id_ or f"\0{number}"] = number
        self._add("nodes", ":".join(sorted(labels)), str(number), properties)

    def tie(self, type_: str, start: str, end: str, properties: Properties) -> None:
        """Add a tie between nodes that were added before."""
        self._add("relationships", type_, f"{self._numbers[start]},{self._numbers[end]}", properties)

    def close(self) -> list[str]:
        """Write the rest, and return the options that tell the tool what there is and how it is written."""
        for (sort, kind, broken), parts in self._open.items():
            for part in parts:
                self._write(sort, kind, part, broken=broken)
        self._open.clear()
        several = (
            ["--multiline-fields-format=v2", f"--multiline-fields={','.join(self._broken)}"] if self._broken else []
        )
        return [*_FORM, *several, *self._groups]

    def _add(self, sort: str, kind: str, head: str, properties: Properties) -> None:
        columns: dict[str, str] = {}
        cells: _Cells = {}
        for name, item in properties.items():
            if item is None:
                continue
            columns[name], cells[name] = ("string", _quoted(item)) if type(item) is str else _cell(item)
        broken = any("\n" in cell or "\r" in cell for cell in cells.values())
        parts = self._open.setdefault((sort, kind, broken), [])
        part = next((one for one in parts if one.takes(columns)), None)
        if part is None:
            self._count += 1
            part = _Part(f"{self._count}.csv")
            parts.append(part)
        part.columns.update(columns)
        part.rows.append((head, cells))
        if len(part.rows) == _MOST:
            self._write(sort, kind, part, broken=broken)
            parts.remove(part)

    def _write(self, sort: str, kind: str, part: _Part, *, broken: bool) -> None:
        names = list(part.columns)
        head = [":ID"] if sort == "nodes" else [":START_ID", ":END_ID"]
        header = ",".join((*head, *(_quoted(f"{name}:{type_}") for name, type_ in part.columns.items())))
        with (self._folder / part.name).open("w", encoding="utf-8", newline="") as stream:
            stream.write(f"{header}\n")
            stream.writelines(f"{head_},{','.join([cells.get(n, '') for n in names])}\n" for head_, cells in part.rows)
        self._groups.append(f"--{sort}={kind}={part.name}")
        if broken:
            self._broken.append(part.name)


def _cell(item: Any) -> tuple[str, str]:  # noqa: ANN401 - any property
    """Return the type of a value, as the tool names it, and its cell."""
    if type(item) in {list, tuple}:
        return _texts(tuple(item)) if set(map(type, item)) == {str} else _list(item)
    return _day(item) if type(item) is date else _single(item)


@lru_cache(maxsize=1 << 12)
def _day(item: date) -> tuple[str, str]:
    return _single(item)


def _single(item: Any) -> tuple[str, str]:  # noqa: ANN401
    return _TYPES[type(item)], _quoted(_plain(item)) if isinstance(item, Position) else _plain(item)


@lru_cache(maxsize=1 << 12)
def _texts(items: tuple[str, ...]) -> tuple[str, str]:
    return _list(items)


def _list(items: Sequence[Any]) -> tuple[str, str]:
    types, texts = {_TYPES[type(one)] for one in items} or {"string"}, list(map(_plain, items))
    if len(types) > 1 or any(_BETWEEN in text for text in texts):
        message = N_("A list of several types or with control characters cannot be loaded in bulk: %(items)s")
        raise LoadError(message, N_("Load these files with peyvand load apply."), items=", ".join(texts))
    return f"{types.pop()}[]", _quoted(_BETWEEN.join(texts))


def _plain(item: Any) -> str:  # noqa: ANN401
    match item:
        case str():
            return item
        case bool():
            return "true" if item else "false"
        case Position():
            return f"{{latitude:{item.latitude!r},longitude:{item.longitude!r}}}"
        case date() | datetime() | time():
            return item.isoformat()
    return repr(item)


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else '"' + text.replace('"', '""') + '"'

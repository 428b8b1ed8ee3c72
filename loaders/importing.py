"""The things that a first load makes, as files for the import tool of Neo4j: some thousands of one kind in each.

A file has the columns that its things have, each with its type. A thing that has another type where others of its kind
have one, or a line break in a text, goes into a file of its own sort. Nodes and the ends of ties go by the ids of the
entities, so that nothing has to be remembered of a node once it is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph_app.errors import N_, LoadError
from graph_app.graph.results import Position
from graph_app.keys import KEYS
from loaders.facts import SET_ASIDE, set_aside
from loaders.plan import TieChange

_MOST = 20_000  # rows of one file, which wait in memory
_BETWEEN = "\x1f"  # the items of a list
_EMPTY: tuple[Any, ...] = ([], ())
LISTS: Mapping[str, tuple[str, ...]] = {  # that ties of these types always have, be they empty
    "EVIDENCED_BY": ("properties",),
}
_FORM = ("--id-type=string", f"--array-delimiter=U+{ord(_BETWEEN):04X}")
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
_INDEXED = ("id", "source", "iso_country", "merged_from", *KEYS)
_LONGEST = 8000  # characters, of up to four bytes: an index of Neo4j takes no more than some 32,000 bytes
_LARGEST = 1 << 63  # the number from which on one needs more than the 64 bits that the graph has for it
_CHANGE_BY_CHANGE = N_("Load these files with peyvand load apply.")
Properties = Mapping[str, Any]
_Cells = dict[str, str]


class UnfitError(LoadError):
    """A value that the import tool cannot take, or an index that is made at once; a usual load tells it of its row."""


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


@dataclass(frozen=True)
class Written:
    """Files that are ready: what the tool is to be told of each, and those that have line breaks in texts.

    ``hollow`` are the types of ties that lack a list because it is empty: the tool takes that for no list.
    """

    groups: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    hollow: set[str] = field(default_factory=set)


def options(written: Iterable[Written]) -> list[str]:
    """Return the options that tell the tool what files there are, and how they are written."""
    groups, broken = list[str](), list[str]()
    for one in written:
        groups += one.groups
        broken += one.broken
    several = ["--multiline-fields-format=v2", f"--multiline-fields={','.join(broken)}"] if broken else []
    return [*_FORM, *several, *groups]


def tie_of(change: TieChange, run: str) -> tuple[str, str, str, Properties]:
    """Return type, ends and properties of a tie that ``run`` makes, as ``ImportFiles.tie`` takes them."""
    type_, aside = (SET_ASIDE, {"type": change.type}) if set_aside(change.after) else (change.type, {})
    return type_, change.start, change.end, {**change.after, "run": run, **aside}


class ImportFiles:
    """Files in ``folder`` with names that begin with ``prefix``, written as things are added."""

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self._folder, self._prefix = folder, prefix
        self._open: dict[tuple[str, str, bool], list[_Part]] = {}
        self._fitting: dict[tuple[Any, ...], _Part] = {}
        self._groups: list[str] = []
        self._hollow: set[str] = set()
        self._broken: list[str] = []  # files with line breaks in texts
        self._count = self._unnamed = 0

    def node(self, labels: Iterable[str], properties: Properties, id_: str | None = None) -> None:
        """Add a node; ties find it by ``id_``, and none leads to one without."""
        self._unnamed += id_ is None
        self._add("nodes", ":".join(sorted(labels)), _quoted(id_ or f"{_BETWEEN}{self._unnamed}"), properties)

    def tie(self, type_: str, start: str, end: str, properties: Properties) -> None:
        """Add a tie between nodes with these ids."""
        self._add("relationships", type_, f"{_quoted(start)},{_quoted(end)}", properties)

    def written(self) -> Written:
        """Write the rest, and return what there is."""
        for (sort, kind, broken), parts in self._open.items():
            for part in parts:
                self._write(sort, kind, part, broken=broken)
        self._open.clear()
        self._fitting.clear()
        return Written(self._groups, self._broken, self._hollow)

    def _add(self, sort: str, kind: str, head: str, properties: Properties) -> None:
        columns: dict[str, str] = {}
        cells: _Cells = {}
        for name, item in properties.items():
            if item is None or (item in _EMPTY and self._left_out(kind, name)):
                continue
            columns[name], cells[name] = ("string", _quoted(item)) if type(item) is str else _cell(item)
        text = "".join(cells.values())
        if len(text) > _LONGEST:
            _refuse_long(properties)
        broken = "\n" in text or "\r" in text
        like = (sort, kind, broken, tuple(columns.items()))
        part = self._fitting.get(like) or self._fitting.setdefault(like, self._part(like[:3], columns))
        part.rows.append((head, cells))
        if len(part.rows) == _MOST:
            self._write(sort, kind, part, broken=broken)
            self._open[like[:3]].remove(part)
            self._fitting = {one: other for one, other in self._fitting.items() if other is not part}

    def _left_out(self, kind: str, name: str) -> bool:
        """Keep that an empty list is left out, if it can be told afterwards where one was."""
        if name not in LISTS.get(kind, ()):
            message = N_("An empty list cannot be loaded in bulk: %(name)s of %(kind)s.")
            raise UnfitError(message, _CHANGE_BY_CHANGE, name=name, kind=kind)
        self._hollow.add(kind)
        return True

    def _part(self, like: tuple[str, str, bool], columns: Mapping[str, str]) -> _Part:
        """Return a part that takes such rows."""
        parts = self._open.setdefault(like, [])
        part = next((one for one in parts if one.takes(columns)), None)
        if part is None:
            self._count += 1
            part = _Part(f"{self._prefix}{self._count}.csv")
            parts.append(part)
        part.columns.update(columns)
        return part

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


def _refuse_long(properties: Properties) -> None:
    """Refuse what the indexes could not take, once all is there."""
    for name in _INDEXED:
        if len(str(properties.get(name, ""))) > _LONGEST:
            message = N_("A text of more than %(count)s characters cannot be loaded in bulk: %(name)s, %(start)s…")
            raise UnfitError(message, _CHANGE_BY_CHANGE, count=_LONGEST, name=name, start=str(properties[name])[:40])


def _cell(item: Any) -> tuple[str, str]:  # noqa: ANN401 - any property
    """Return the type of a value, as the tool names it, and its cell."""
    if type(item) in {list, tuple}:
        return _texts(tuple(item)) if set(map(type, item)) == {str} else _list(item)
    return _day(item) if type(item) is date else _single(item)


@lru_cache(maxsize=1 << 12)
def _day(item: date) -> tuple[str, str]:
    return _single(item)


def _single(item: Any) -> tuple[str, str]:  # noqa: ANN401
    if type(item) is int and not -_LARGEST <= item < _LARGEST:
        raise UnfitError(N_("A number of more than 64 bits cannot be loaded in bulk."), _CHANGE_BY_CHANGE)
    return _TYPES[type(item)], _quoted(_plain(item)) if isinstance(item, Position) else _plain(item)


@lru_cache(maxsize=1 << 12)
def _texts(items: tuple[str, ...]) -> tuple[str, str]:
    return _list(items)


def _list(items: Sequence[Any]) -> tuple[str, str]:
    types, texts = {_TYPES[type(one)] for one in items} or {"string"}, list(map(_plain, items))
    if len(types) > 1 or any(_BETWEEN in text for text in texts):
        message = N_("A list of several types or with control characters cannot be loaded in bulk: %(items)s")
        raise UnfitError(message, _CHANGE_BY_CHANGE, items=", ".join(texts))
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

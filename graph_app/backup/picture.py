"""The graph in a backup: one line for each entity with all that leaves it, and what the graph says of its loads."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from graph_app.backup.manifest import GraphMark, Mark, Sum
from graph_app.errors import N_, BackupError
from graph_app.graph import schema
from graph_app.graph.images import packed, unpacked
from graph_app.graph.store import Store
from graph_app.graph.writer import BATCH, Writer, writable
from graph_app.vocabulary import vocabulary
from loaders.digest import Sums, derived
from loaders.statements import labelled, statement

_READ = 1000
_REMOVED = 5000
_SECONDS = 600.0
_RESTORED = "restore"
_PERIOD = "HAD_STATUS"
Row = Mapping[str, Any]
Count = Callable[[int], None]
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Image:
    """The digests of a graph, of which one line after the other is told."""

    def __init__(self) -> None:
        self._lines, self._facts, self._ties = Sum(), Sums(), 0
        self._derived = frozenset(derived())

    def add(self, line: str, row: Row) -> None:
        """Count an entity: its ``line``, and what stands in it."""
        self._lines.add(line)
        self._facts.add({**row, "ties": [tie for tie in row["ties"] if tie[0] not in self._derived]})
        self._ties += len(row["ties"])

    def mark(self) -> GraphMark:
        """Return what is kept of it."""
        return GraphMark(digest=self._facts.digest().digest, image=self._lines.mark(), ties=self._ties)


def lines(store: Store, image: Image, count: Count | None = None) -> Iterator[str]:
    """Yield the graph of ``store`` line by line, and tell each to ``image``."""
    after = ""
    while rows := list(store.table(statement("image"), {"after": after, "batch": _READ}, rows=_READ, seconds=_SECONDS)):
        for row in rows:
            line = _line(row)
            image.add(line, row)
            yield line
        after = rows[-1]["id"]
        if count:
            count(len(rows))


def read(line: str) -> dict[str, Any]:
    """Return the entity in a line.

    Raises
    ------
    ValueError, TypeError, KeyError
        If it holds anything else.

    """
    said = json.loads(line)
    return {
        "id": _text(said["id"]),
        "labels": list(map(_text, said["labels"])),
        "properties": _values(said["properties"]),
        "ties": [[_text(type_), _text(end), _values(held)] for type_, end, held in said["ties"]],
        "periods": [[_text(end), _values(held)] for end, held in said["periods"]],
    }


def marks(store: Store) -> list[str]:
    """Return what the graph says of itself, as lines."""
    found = store.table(statement("marks"), rows=2)
    return [_encode({"label": row["label"], "properties": packed(row["properties"])}) for row in found]


def extent(store: Store) -> dict[str, int]:
    """Return how many ``entities`` and ``ties`` there are, and how many nodes are none of ours (``strangers``)."""
    return next(iter(store.table(statement("extent"), seconds=_SECONDS)))


def clear(store: Store, count: Count) -> None:
    """Remove all that is ours, but for what the graph says of its loads."""
    writer, removed = Writer(store), _REMOVED
    while removed == _REMOVED:
        removed = writer.transaction(
            lambda open_: int(open_.run(statement("clear"), batch=_REMOVED).single(strict=True)["removed"])
        )
        count(removed)


def close(store: Store) -> None:
    """Say that the graph is not whole: until ``write_marks`` no installation loads it."""
    Writer(store).once(statement("mark_sync"), {"properties": {"installation": _RESTORED, "running": _RESTORED}})


def unmark(store: Store) -> None:
    """Let an empty graph say nothing of itself again."""
    Writer(store).once(statement("unmark"), {})


def write_marks(store: Store, lines: Iterable[str]) -> None:
    """Let the graph say of itself what ``lines`` say: the last that is written."""
    found = {said["label"]: _values(said["properties"]) for said in map(json.loads, lines)}
    if "Sync" not in found:
        unmark(store)
    for label, name in (("Keys", "mark_keys"), ("Sync", "mark_sync")):
        if label in found:
            Writer(store).once(statement(name), {"properties": writable(found[label])})


def write_entities(store: Store, rows: Iterable[Row], count: Count) -> None:
    """Write the entities of ``rows`` into a graph that is empty, and the statuses that they had.

    Raises
    ------
    BackupError
        If one has a label that this version does not know.

    """
    schema.apply(store)
    writer, merging = Writer(store), statement("write_entities")
    waiting: dict[frozenset[str], list[Row]] = defaultdict(list)
    statuses: set[str] = set()

    def write(labels: frozenset[str]) -> None:
        batch = waiting.pop(labels)
        writer.new(_known(labelled, "create_entities_of", labels), merging, batch)
        count(len(batch))

    for row in rows:
        labels = frozenset(row["labels"])
        found = {"id": row["id"], "properties": writable(row["properties"]), "labels": row["labels"], "lost": []}
        statuses.update(end for end, _ in row["periods"])
        waiting[labels].append(found)
        if len(waiting[labels]) == BATCH:
            write(labels)
    for labels in list(waiting):
        write(labels)
    writer.rows(statement("status_nodes"), ({"id": status} for status in sorted(statuses)))


def write_ties(store: Store, rows: Iterable[Row], count: Count) -> None:
    """Write the ties of ``rows``, whose entities are there, and when they had which status."""
    writer = Writer(store)
    waiting: dict[str, list[Row]] = defaultdict(list)

    def write(type_: str) -> None:
        batch = waiting.pop(type_)
        writer.new(*_tie_statements(type_), batch)
        count(len(batch))

    for row in rows:
        found = [*row["ties"], *([_PERIOD, end, held] for end, held in row["periods"])]
        for type_, end, held in found:
            waiting[type_].append({"id": held.get("id"), "start": row["id"], "end": end, "properties": writable(held)})
            if len(waiting[type_]) == BATCH:
                write(type_)
    for type_ in list(waiting):
        write(type_)


def _tie_statements(type_: str) -> tuple[str, str]:
    if type_ == _PERIOD:  # leads to a status, which is no entity
        return statement("create_periods"), statement("write_periods")
    return _known(statement, "create_ties", type_), _known(statement, "write_ties", type_)


def _known(text_of: Callable[..., str], *names: object) -> str:
    """Return the statement for labels or a type; those of another vocabulary are refused."""
    try:
        return text_of(*names)
    except KeyError as error:
        message = N_("The backup holds things of a kind that this version does not know: %(kind)s.")
        raise BackupError(message, kind=", ".join(map(str, error.args))) from error


def foreign_kinds(row: Row) -> set[str]:
    """Return the labels and types of an entity that this version does not know."""
    words = vocabulary()
    labels = set(row["labels"]) - words.labels.keys() - {"Entity"}
    return labels | ({type_ for type_, *_ in row["ties"]} - words.types.keys())


def _line(row: Row) -> str:
    ties = sorted(([type_, end, packed(held)] for type_, end, held in row["ties"]), key=_encode)
    periods = sorted(([end, packed(held)] for end, held in row["periods"]), key=_encode)
    said = {"id": row["id"], "labels": sorted(row["labels"]), "properties": packed(row["properties"])}
    return _encode({**said, "ties": ties, "periods": periods})


def _values(said: Any) -> dict[str, Any]:  # noqa: ANN401 - checked here
    if not isinstance(said, dict):
        raise TypeError
    return {_text(name): unpacked(item) for name, item in said.items()}


def _text(said: Any) -> str:  # noqa: ANN401 - checked here
    if not isinstance(said, str):
        raise TypeError
    return said


def compared(store: Store, wanted: Mark) -> bool:
    """Return whether the graph is the one with the mark ``wanted``, to the last property."""
    image = Image()
    for _ in lines(store, image):
        pass
    return image.mark().image == wanted

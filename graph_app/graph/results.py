"""What comes back from Neo4j, as plain typed values that know nothing of the driver."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

import neo4j.graph
import neo4j.spatial
import neo4j.time


class Position(NamedTuple):
    """A point on the earth, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Node:
    """An entity as the graph holds it.

    Parameters
    ----------
    id
        Stable id such as ``place:mashhad``; never Neo4j's internal one.
    labels
        All labels, sorted, ``Entity`` included.
    properties
        Plain values: text, numbers, booleans, dates, positions and lists of them.

    """

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True)
class Tie:
    """A relationship as the graph holds it: one claim of one source, from ``start`` to ``end`` (stable ids)."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True)
class Table:
    """Rows under named columns. ``cut`` says that there were more rows than the limit let through."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    cut: bool = False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Subgraph:
    """Entities and the ties between them, each once. ``cut`` says that the limit left some out."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    cut: bool = False

    def without(self, ids: Collection[str], ties: Collection[str] = ()) -> "Subgraph":
        """Return the subgraph without these entities and their ties, and without these ``ties``."""
        nodes = tuple(node for node in self.nodes if node.id not in ids)
        left = (tie for tie in self.ties if tie.start not in ids and tie.end not in ids and tie.id not in ties)
        return Subgraph(nodes, tuple(left), self.cut)


PLAIN = frozenset({str, int, float, bool, type(None)})  # most of what comes: told apart before all else


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a question returns
    """Return a driver value as a plain one: dates as ``datetime`` values, points as ``Position``, paths as lists."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if made := _MADE.get(kind):
        return made(value)
    match value:
        case neo4j.graph.Relationship():  # the driver makes a class of each type
            return _tie(value)
        case neo4j.graph.Path():
            return [plain(part) for part in _steps(value)]
        case neo4j.spatial.Point():
            return _position(value)
        case list() | tuple():
            return _list(value)
        case dict():
            return _dict(value)
    return value


def plain_rows(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return rows of driver values as ``plain`` does, with an entity that stands in many of them made once."""
    made: dict[int, Node] = {}  # the driver has one object of each node, and ``rows`` hold it

    def once(value: Any) -> Any:  # noqa: ANN401 - whatever a question returns
        kind = type(value)
        if kind is neo4j.graph.Node:
            return made.get(id(value)) or made.setdefault(id(value), _node(value))
        if kind is list:
            return [item if type(item) in PLAIN else once(item) for item in value]
        return plain(value)

    return [tuple([value if type(value) in PLAIN else once(value) for value in row]) for row in rows]


def weight(value: Any) -> int:  # noqa: ANN401 - a driver value
    """Return about how many bytes a driver value takes on its way."""
    match value:
        case str():
            return len(value) if value.isascii() else len(value.encode())
        case list() | tuple():
            return 4 + sum(map(weight, value))
        case dict():
            return 4 + sum(len(key) + weight(item) for key, item in value.items())
        case neo4j.graph.Path():
            return sum(map(weight, _steps(value)))
        case neo4j.graph.Node() | neo4j.graph.Relationship():
            return 64 + sum(len(key) + weight(item) for key, item in value.items())
        case bytes() | bytearray():
            return len(value)
    return 8


def subgraph(values: Iterable[Any], elements: int) -> Subgraph:
    """Return all nodes and ties found anywhere in ``values``, at most ``elements`` nodes.

    Ties whose ends are not both among the nodes are left out: a stroke without an end cannot be drawn.
    """
    nodes: dict[str, Node] = {}
    ties: dict[str, Tie] = {}
    for value in _leaves(values):
        if isinstance(value, Node):
            nodes.setdefault(value.id, value)
        else:
            ties.setdefault(value.id, value)
    kept = dict(list(nodes.items())[:elements])
    inner = tuple(tie for tie in ties.values() if tie.start in kept and tie.end in kept)
    return Subgraph(tuple(kept.values()), inner, len(nodes) > elements)


def as_json(value: Any) -> Any:  # noqa: ANN401 - mirrors ``plain``
    """Return a plain value as JSON can write it: dates in ISO form, positions as latitude and longitude."""
    if type(value) in PLAIN:
        return value
    match value:
        case Node():
            return {
                "id": value.id,
                "labels": list(value.labels),
                "properties": as_json(dict(value.properties)),
            }
        case Tie():
            ends = {"id": value.id, "type": value.type, "start": value.start, "end": value.end}
            return {**ends, "properties": as_json(dict(value.properties))}
        case Position():
            return {"latitude": value.latitude, "longitude": value.longitude}
        case date() | datetime() | time():
            return value.isoformat()
        case list() | tuple():
            return [as_json(item) for item in value]
        case dict():
            return {key: as_json(item) for key, item in value.items()}
    return value


def _list(value: Iterable[Any]) -> list[Any]:
    return [item if type(item) in PLAIN else plain(item) for item in value]


def _dict(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item if type(item) in PLAIN else plain(item) for key, item in value.items()}


def _properties(entity: neo4j.graph.Entity) -> dict[str, Any]:
    return {key: value if type(value) in PLAIN else plain(value) for key, value in entity.items()}


@lru_cache(maxsize=1000)
def _sorted(labels: frozenset[str]) -> tuple[str, ...]:
    """Return the labels in their order; most nodes of an answer have the same ones."""
    return tuple(sorted(labels))


def _node(node: neo4j.graph.Node) -> Node:
    properties = _properties(node)
    return Node(str(properties.get("id", node.element_id)), _sorted(node.labels), properties)


def _tie(tie: neo4j.graph.Relationship) -> Tie:
    properties = _properties(tie)
    start, end = (str(node.get("id", node.element_id)) if node is not None else "" for node in tie.nodes)
    return Tie(str(properties.get("id", tie.element_id)), tie.type, start, end, properties)


def _steps(path: neo4j.graph.Path) -> Iterator[Any]:
    yield path.nodes[0]
    for tie, node in zip(path.relationships, path.nodes[1:], strict=True):
        yield tie
        yield node


def _position(point: neo4j.spatial.Point) -> Any:  # noqa: ANN401 - points that are not on the earth stay lists
    if isinstance(point, neo4j.spatial.WGS84Point):
        return Position(point.latitude, point.longitude)
    return list(point)


_MADE: Mapping[type, Callable[[Any], Any]] = {
    neo4j.graph.Node: _node,
    neo4j.time.Date: neo4j.time.Date.to_native,
    neo4j.time.DateTime: neo4j.time.DateTime.to_native,
    neo4j.time.Time: neo4j.time.Time.to_native,
    neo4j.time.Duration: neo4j.time.Duration.iso_format,
    neo4j.spatial.WGS84Point: _position,
    list: _list,
    dict: _dict,
}


def _leaves(values: Iterable[Any]) -> Iterator[Node | Tie]:
    for value in values:
        if isinstance(value, Node | Tie):
            yield value
        elif isinstance(value, dict):
            yield from _leaves(value.values())
        elif isinstance(value, list | tuple) and not isinstance(value, Position):
            yield from _leaves(value)

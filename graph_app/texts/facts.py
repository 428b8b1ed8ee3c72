"""What was taken from a text, line by line: each row of an export is one fact, told by its most telling ties."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph_app.exploration.sources import SourcePage, Stated
from graph_app.graph.results import Node

Part = tuple[Node, str, Node | None]


@dataclass(frozen=True)
class Fact:
    """One fact: where it stands, and as parts of who, by which type of tie, with whom."""

    line: int | None
    quote: str
    certainty: str
    run: str
    parts: tuple[Part, ...]
    deprecated: bool = False


def facts(page: SourcePage) -> list[Fact]:
    """Return what the source of ``page`` states, in the order of its lines, without what it says of itself."""
    rows: dict[tuple[Any, ...], list[Stated]] = {}
    for item in page.stated:
        if item.object or item.subject.id != page.node.id:
            rows.setdefault(tuple(item.claim.get(name) for name in ("run", "file", "row_line")), []).append(item)
    found = [_fact(items) for items in rows.values()]
    return sorted(found, key=lambda one: (one.line is None, one.line or 0))


def _fact(items: list[Stated]) -> Fact:
    best = next((item for item in items if item.object), items[0])
    quote, certainty, run = (str(best.claim.get(name) or "") for name in ("quote", "certainty", "run"))
    deprecated = all(item.claim.deprecated for item in items)
    return Fact(best.line, quote, certainty, run, tuple(_parts(items)), deprecated)


def _parts(items: list[Stated]) -> Iterable[Part]:
    ties: list[Part] = [(item.subject, item.claim.tie.type, item.object) for item in items if item.object]
    if not ties:
        return [(item.subject, "", None) for item in items]
    return dict.fromkeys(_told(ties))


def _told(ties: list[Part]) -> Iterator[Part]:
    """Yield the ties; an appointment is told as who came to which post, since nobody calls it by a name of its own."""
    persons = {start.id: end for start, type_, end in ties if type_ == "APPOINTS"}
    for start, type_, end in ties:
        if type_ == "TO_POST" and start.id in persons:
            yield persons[start.id] or start, type_, end
        elif type_ != "APPOINTS":
            yield start, type_, end

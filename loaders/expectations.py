"""What a mapping says of itself: a row of cells and what must come of it, checked without a database.

    tests:
      - row: {شهر خواهرخوانده: بيرمنگام, کشور: انگلستان, تاریخ امضا: ١٣٧٩/٢/٣١}
        expect: {partner.name_fa: بیرمنگام, deal.signed_on: 2000-05-20, signer: ""}
        ties: [partner PARTY_TO deal]
      - row: {شهر خواهرخوانده: بیرمنگام, کشور: انگلستان, تاریخ امضا: بهار}
        reject: تاریخ امضا

Columns that a row does not name are empty, but for the source (``source``) and its certainty (``stated``). In
``expect``, ``node.property`` is a property, ``node.id`` and ``node.labels`` are what they say, and an empty text means
that there is none; a node's name alone with an empty text means that the row makes no such node. A date is its day, or
its first and last day with two dots between. ``ties`` lists all ties of the row, with their own ends or whole ids.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field, model_validator

from graph_app.graph.results import Position
from loaders.column_rules import Entry, Listed
from loaders.facts import EntityClaim, Reject, RowFacts
from loaders.rules import TableRule

NOTHING = "–"
_DATES = ("_earliest", "_latest")
_TIE = 3  # words: start, type, end


class Expectation(Entry):
    """One row and what must come of it: properties, ties, or a reject because of a column."""

    table: str | None = None
    about: str | None = None
    row: Mapping[str, str] = Field(min_length=1)
    expect: Mapping[str, Listed] = Field(default_factory=dict)
    ties: Listed | None = None
    reject: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "Expectation":
        made = bool(self.expect) or self.ties is not None
        if made == (self.reject is not None):
            raise ValueError("a test has expect and ties, or reject")
        for tie in self.ties or ():
            if len(tie.split()) != _TIE:
                raise ValueError(f"“{tie}” is not a tie such as “city PARTY_TO deal”")
        return self


@dataclass(frozen=True)
class Difference:
    """Something that came out otherwise than expected; ``what`` is a property, a tie, a node or a reject."""

    what: str
    expected: str
    found: str


def check_expectation(test: Expectation, tables: Iterable[TableRule]) -> None:
    """Refuse a test of a table, node or tie that the mapping does not have."""
    known = {table.file: table for table in tables}
    if test.table is None and len(known) != 1:
        raise ValueError("a test must name its table")
    table = known.get(test.table or next(iter(known)))
    if table is None:
        raise ValueError(f"a test names the table {test.table}, which is not defined")
    nodes = {node.name for node in table.nodes}
    for name in test.expect:
        if name.partition(".")[0] not in nodes:
            raise ValueError(f"a test of {table.file} names the node {name.partition('.')[0]}, which is not defined")


def differences(test: Expectation, found: RowFacts | Reject, nodes: Mapping[str, EntityClaim]) -> Iterator[Difference]:
    """Yield what came out otherwise than ``test`` says.

    Parameters
    ----------
    test
        A row and what is expected of it.
    found
        What came of it; the columns of ``test`` and of a reject are named alike.
    nodes
        What the row says of each of its nodes, by the name of the node.

    """
    if isinstance(found, Reject):
        if test.reject != found.column:
            yield Difference("reject", test.reject or NOTHING, f"{found.column or NOTHING} ({found.reason})")
        return
    if test.reject is not None:
        yield Difference("reject", test.reject, NOTHING)
        return
    for name, wanted in test.expect.items():
        expected, came = tuple(filter(None, wanted)), _came(name, nodes)
        if came != expected:
            yield Difference(name, " | ".join(expected) or NOTHING, " | ".join(came) or NOTHING)
    if test.ties is not None:
        yield from _tie_differences(test.ties, found, {name: claim.id for name, claim in nodes.items()})


def _came(name: str, nodes: Mapping[str, EntityClaim]) -> tuple[str, ...]:
    node, _, property_ = name.partition(".")
    if node not in nodes:
        return ()
    match property_:
        case "" | "id":
            return (nodes[node].id,)
        case "labels":
            return tuple(sorted(nodes[node].labels - {"Entity"}))
    return shown(property_, nodes[node].properties)


def shown(name: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the property ``name`` as tests write it; nothing if there is none."""
    first, last = (properties.get(name + bound) for bound in _DATES)
    if isinstance(first, date) and isinstance(last, date):
        return (first.isoformat() if first == last else f"{first}..{last}",)
    item = properties.get(name, properties.get(f"{name}_written"))
    match item:
        case None:
            return ()
        case bool():
            return ("yes" if item else "no",)
        case list():
            return tuple(map(str, item))
        case Position():
            return (f"{item.latitude}, {item.longitude}",)
    return (str(item),)


def _tie_differences(wanted: Iterable[str], found: RowFacts, nodes: Mapping[str, str]) -> Iterator[Difference]:
    names = {made: name for name, made in nodes.items()}
    came = {f"{tie.start} {tie.type} {tie.end}" for tie in found.ties}
    expected = {_whole(tie, nodes) for tie in wanted}
    for tie in sorted(expected ^ came):
        start, type_, end = tie.split()
        told = f"{names.get(start, start)} {type_} {names.get(end, end)}"
        yield Difference("tie", told, NOTHING) if tie in expected else Difference("tie", NOTHING, told)


def _whole(tie: str, nodes: Mapping[str, str]) -> str:
    start, type_, end = tie.split()
    return f"{nodes.get(start, start)} {type_} {nodes.get(end, end)}"

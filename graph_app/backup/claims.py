"""The graph as its export has it: a row for each claim of one source about an entity or a tie, with all that it keeps.

Nothing here lists the properties of the graph: whatever a claim holds becomes a cell. Left out, and counted, is what no
load can make: what somebody wrote into Neo4j by hand, without a source.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple

from graph_app.keys import KEYS
from graph_app.vocabulary import vocabulary
from loaders.aliases import END, START
from loaders.current import claim as claim_of
from loaders.digest import Sums
from loaders.exact import ExactError, Kind, kind_of
from loaders.facts import DEPRECATED, SET_ASIDE, entity_id
from loaders.folding import Claim, facts

Part = Literal["own", "value", "said", "further"]
Entity = Mapping[str, Any]  # as the digest takes it: id, labels, properties, ties
SAID: Mapping[str, type] = {  # what evidence consists of, in the order of its columns
    "source": str,
    "source_line": int,
    "quote": str,
    "certainty": str,
    "note": str,
    "reported_on": date,
    "rank": str,
    "rank_reason": str,
    "credibility": int,
    "basis": str,
    "mapping": str,
    "file": str,
    "row_line": int,
}
_NEEDED = ("source", "certainty", "mapping")
_OF_TIE = frozenset({"id", "run", START, END})
_EVIDENCE = "EVIDENCED_BY"


class Place(NamedTuple):
    """Where a value stands in a table: the part of the row, its name, and what kind of value it is."""

    part: Part
    name: str
    kind: Kind


@dataclass(frozen=True)
class Row:
    """One claim: the name of its table, a label or a type, and its values."""

    table: str
    cells: Mapping[Place, Any]


@dataclass
class Outline:
    """What is in a graph: the columns and the number of rows of each table, and what is not exported.

    ``unsourced`` are entities of which no source speaks, ``by_hand`` counts claims that no load has made, ``differing``
    entities that are not as their sources say.
    """

    columns: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))
    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    merged: dict[str, str] = field(default_factory=dict)
    unsourced: set[str] = field(default_factory=set)
    by_hand: int = 0
    differing: int = 0
    digest: str = ""


def outlined(entities: Iterable[Entity]) -> Outline:
    """Return the outline of a graph, of which ``entities`` are all."""
    outline, sums = Outline(), Sums()
    for entity in entities:
        sums.add(entity)
        claims = _claims(entity)
        described = [_entity_row(entity["id"], claim) for claim in claims]
        for row in (*described, *_tie_rows(entity)):
            if row is None:
                outline.by_hand += 1
            elif any(described):
                outline.columns[row.table].update(row.cells)
                outline.rows[row.table] += 1
        outline.merged |= {claim.original: entity["id"] for claim in claims if claim and claim.original}
        if not any(described):
            outline.unsourced.add(entity["id"])
        elif not _as_claimed(entity, claims):
            outline.differing += 1
    outline.digest = sums.digest().digest
    return outline


def rows_of(entity: Entity, unsourced: frozenset[str] | set[str]) -> Iterator[Row]:
    """Yield the claims about ``entity`` and those that leave it, but for those that lead to what is ``unsourced``."""
    if entity["id"] in unsourced:
        return
    for claim in _claims(entity):
        if row := _entity_row(entity["id"], claim):
            yield row
    for (_, end, _), row in zip(_ties(entity), _tie_rows(entity), strict=True):
        if row and end not in unsourced:
            yield row


def _claims(entity: Entity) -> list[Claim | None]:
    """Return what is claimed about ``entity`` itself; None for evidence that no load has made."""
    labels = frozenset(entity["labels"])
    return [
        claim_of(entity["properties"], labels, source, {name: item for name, item in tie.items() if name != "type"})
        if {"id", "properties", "mapping", "certainty"} <= tie.keys() and _well_placed(type_, tie)
        else None
        for type_, source, tie in entity["ties"]
        if _of_entity(type_, tie)
    ]


def _ties(entity: Entity) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [one for one in entity["ties"] if not _of_entity(one[0], one[2])]


def _of_entity(type_: str, tie: Mapping[str, Any]) -> bool:
    """Whether a tie says what a source says of the entity, and does not merely mention it."""
    evidence = type_ == _EVIDENCE or (type_ == SET_ASIDE and tie.get("type") == _EVIDENCE)
    return evidence and tie.get("evidence_kind") is None


def _well_placed(type_: str, tie: Mapping[str, Any]) -> bool:
    return (type_ == SET_ASIDE) == (tie.get("rank") == DEPRECATED) and tie.get("rank") != "normal"


def _entity_row(entity: str, claim: Claim | None) -> Row | None:
    if claim is None:
        return None
    named = claim.original or entity
    label, known = _bases().get(named.partition(":")[0]), vocabulary().labels
    refining = sorted(claim.labels - {"Entity", label})
    if label is None or any(one not in known or known[one].of != label for one in refining):
        return None
    own = {"id": named, "labels": refining or None, "merged_into": entity if claim.original else None}
    said = {**claim.evidence, "mapping": claim.mapping, "reported_on": claim.reported_on, "source": claim.source}
    return _row(f"entities-{label}", own, claim.properties, said)


def _tie_rows(entity: Entity) -> list[Row | None]:
    return [_tie_row(entity["id"], *tie) for tie in _ties(entity)]


def _tie_row(start: str, type_: str, end: str, tie: Mapping[str, Any]) -> Row | None:
    aside = type_ == SET_ASIDE
    named = str(tie.get("type")) if aside else type_
    ends = (tie.get(START, start), tie.get(END, end))
    known = named in vocabulary().types and all(str(one).partition(":")[0] in _bases() for one in ends)
    if not known or not isinstance(tie.get("id"), str) or not _well_placed(type_, tie):
        return None
    values = {name: item for name, item in tie.items() if name not in _OF_TIE and not (aside and name == "type")}
    said = {name: values.pop(name) for name in SAID if name in values}
    return _row(f"ties-{named}", {"id": tie["id"], "from": ends[0], "to": ends[1]}, values, said)


def _row(table: str, own: Mapping[str, Any], values: Mapping[str, Any], said: Mapping[str, Any]) -> Row | None:
    """Return a row; None if it is not one of a claim that a load has made."""
    known = {name: item for name, item in said.items() if name in SAID and item is not None}
    if not all(known.get(name) for name in _NEEDED) or any(type(known[name]) is not SAID[name] for name in known):
        return None
    parts: dict[Part, Mapping[str, Any]] = {
        "own": own,
        "value": values,
        "said": known,
        "further": {name: item for name, item in said.items() if name not in SAID},
    }
    try:
        return Row(
            table,
            {
                Place(part, name, kind_of(item)): item
                for part, found in parts.items()
                for name, item in found.items()
                if item is not None
            },
        )
    except ExactError:
        return None


def _as_claimed(entity: Entity, claims: Iterable[Claim | None]) -> bool:
    """Whether the entity is what its claims add up to, so that it comes out the same when they are loaded."""
    held = {name: item for name, item in entity["properties"].items() if name not in KEYS}
    return facts(entity["id"], [claim for claim in claims if claim]) == (frozenset(entity["labels"]), held)


@cache
def _bases() -> Mapping[str, str]:
    """Return the base labels by what ids of them begin with."""
    labels = vocabulary().labels
    return {entity_id(label, "").removesuffix(":"): label for label, one in labels.items() if not one.of}

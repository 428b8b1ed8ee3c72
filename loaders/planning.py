"""The difference between what the files say and what the graph holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph_app.graph.store import Store
from loaders import current
from loaders.facts import RowFacts, TieClaim, told
from loaders.folding import Claim, Folded, fold
from loaders.gathering import Gathered, gather
from loaders.mapping import MappingFile
from loaders.plan import Balance, Change, EntityChange, Outcome, Plan, TieChange
from loaders.reading import Export, read


def plan(store: Store, files: Sequence[Path], mapping: MappingFile) -> Plan:
    """Return what loading ``files`` would change in the graph of ``store``. Nothing is written.

    Raises
    ------
    LoadError
        If a file cannot be read or does not have the columns of its table in ``mapping``.
    StoreError
        If the graph cannot be read.

    """
    exports = {path.name: read(path) for path in files}
    gathered = gather(store, exports, mapping)
    published = _publication_days(store, gathered)
    folded, present = _fold(store, gathered, published)
    entity_changes = [change for item in folded.values() if (change := _entity_change(item, present.get(item.id)))]
    held = {made: tie for entity in present.values() for made, tie in entity.evidence.items()}
    tie_changes = [
        *_differing(_evidence_ties(folded.values()), held),
        *_tie_changes(store, _claimed_ties(gathered.ties.values(), published)),
    ]
    outcomes = _outcomes(entity_changes, tie_changes)
    balance = _balance(exports.values(), gathered, outcomes)
    names = tuple(export.name for export in exports.values())
    rejects = tuple(gathered.rejects)
    return Plan(mapping.mapping, names, tuple(entity_changes), tuple(tie_changes), rejects, balance)


def _publication_days(store: Store, gathered: Gathered) -> dict[str, date]:
    sources = {fact.evidence.source for row, _ in gathered.rows for fact in row.facts}
    days = current.publication_days(store, sorted(sources))
    for claim in gathered.claims.values():
        if claim.id in sources and "issued_latest" in claim.properties:
            days[claim.id] = claim.properties["issued_latest"]
    return days


def _fold(
    store: Store, gathered: Gathered, published: Mapping[str, date]
) -> tuple[dict[str, Folded], dict[str, current.Present]]:
    claims: dict[str, dict[tuple[str, str], Claim]] = defaultdict(dict)
    present = current.entities(store, dict.fromkeys(key[0] for key in gathered.claims))
    for entity, found in present.items():
        claims[entity] |= {(claim.source, claim.mapping): claim for claim in found.claims}
    for (entity, source, mapping), made in gathered.claims.items():
        evidence = made.evidence.properties
        reported = published.get(source)
        claims[entity][source, mapping] = Claim(source, mapping, made.labels, made.properties, evidence, reported)
    return {entity: fold(entity, by_source.values()) for entity, by_source in claims.items()}, present


def _entity_change(item: Folded, present: current.Present | None) -> EntityChange | None:
    if present is None:
        return EntityChange(item.id, item.labels, frozenset(), None, item.properties)
    if present.labels == item.labels and dict(present.properties) == dict(item.properties):
        return None
    return EntityChange(item.id, item.labels, present.labels - item.labels, present.properties, item.properties)


def _evidence_ties(folded: Iterable[Folded]) -> Iterable[TieChange]:
    for item in folded:
        for made, source, properties in item.evidence:
            yield TieChange(made, "EVIDENCED_BY", item.id, source, None, properties)


def _claimed_ties(ties: Iterable[TieClaim], published: Mapping[str, date]) -> Iterable[TieChange]:
    for tie in ties:
        source = tie.evidence.source
        properties = {**tie.properties, **tie.evidence.properties, "id": tie.id, "source": source}
        if source in published:
            properties["reported_on"] = published[source]
        yield TieChange(tie.id, tie.type, tie.start, tie.end, None, properties)


def _tie_changes(store: Store, desired: Iterable[TieChange]) -> Iterator[TieChange]:
    by_type: dict[str, list[TieChange]] = defaultdict(list)
    for tie in desired:
        by_type[tie.type].append(tie)
    for type_, wanted in by_type.items():
        yield from _differing(wanted, current.ties(store, type_, [tie.id for tie in wanted]))


def _differing(wanted: Iterable[TieChange], held: Mapping[str, Mapping[str, Any]]) -> Iterator[TieChange]:
    """Yield the ties that the graph lacks or holds otherwise."""
    for tie in sorted(wanted, key=lambda tie: (tie.start, tie.end, tie.id)):
        before = held.get(tie.id)
        if before is None or told(before) != told(tie.after):
            yield TieChange(tie.id, tie.type, tie.start, tie.end, before, tie.after)


def _outcomes(entities: Iterable[EntityChange], ties: Iterable[TieChange]) -> dict[str, Outcome]:
    changes: list[Change] = [*entities, *ties]
    return {change.id: "created" if change.before is None else "updated" for change in changes}


def _balance(exports: Iterable[Export], gathered: Gathered, outcomes: Mapping[str, Outcome]) -> Balance:
    counts = dict.fromkeys(("created", "updated", "unchanged", "duplicate"), 0)
    for row, new in gathered.rows:
        counts[_row_outcome(row, outcomes) if new else "duplicate"] += 1
    blank = sum(export.blank for export in exports)
    read_rows = sum(len(export.rows) for export in exports) + blank
    return Balance(read_rows, **counts, rejected=len(gathered.rejects), ignored=blank)


def _row_outcome(row: RowFacts, outcomes: Mapping[str, Outcome]) -> Outcome:
    """Return what a row does: it creates if anything in it is new, it updates if anything in it differs."""
    found = {outcomes.get(fact.id, "unchanged") for fact in row.facts}
    if "created" in found:
        return "created"
    return "updated" if "updated" in found else "unchanged"

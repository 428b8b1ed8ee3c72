"""The difference between what the files say and what the graph holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.text import canonical
from loaders import aliases, current
from loaders.aliases import Aliases
from loaders.facts import RowFacts, TieClaim, told
from loaders.folding import Claim, Folded, fold
from loaders.gathering import Gathered, gather
from loaders.mapping import MappingFile
from loaders.plan import Balance, Change, EntityChange, Outcome, Plan, TieChange
from loaders.reading import NOTHING_SAID, Export, Guidance, read


def plan(
    store: Store,
    files: Sequence[Path],
    mapping: MappingFile,
    said: Guidance = NOTHING_SAID,
    decided: Aliases = aliases.NONE,
) -> Plan:
    """Return what loading ``files`` would change in the graph of ``store``. Nothing is written.

    Parameters
    ----------
    store
        The graph as it is now.
    files
        Files of tables of ``mapping``.
    mapping
        What they mean.
    said
        How to read them, where a person knows better than the reader.
    decided
        Which entities are to be merged into which, as people decided.

    Raises
    ------
    LoadError
        If a file cannot be read or does not have the columns of its table in ``mapping``.
    StoreError
        If the graph cannot be read.

    """
    exports = read_exports(files, mapping, said)
    merged = aliases.in_effect(store, decided)
    gathered = gather(store, exports, mapping, merged)
    published = _publication_days(store, gathered)
    folded, present = _fold(store, gathered, published, merged)
    rewritten: set[str] = set()
    entity_changes = [
        change for item in folded.values() if (change := _entity_change(item, present.get(item.id), rewritten))
    ]
    held = {made: tie for entity in present.values() for made, tie in entity.evidence.items()}
    tie_changes = [
        *_differing(_evidence_ties(folded.values()), held, rewritten),
        *_tie_changes(store, _claimed_ties(gathered.ties.values(), published, merged), rewritten),
    ]
    outcomes = _outcomes(entity_changes, tie_changes, rewritten)
    outcomes |= {named: outcomes[kept] for named, kept in merged.items() if kept in outcomes}
    balance = _balance(exports.values(), gathered, outcomes)
    names = tuple(export.name for export in exports.values())
    rejects = tuple(gathered.rejects)
    readings = tuple(export.reading for export in exports.values())
    return Plan(mapping.mapping, names, tuple(entity_changes), tuple(tie_changes), rejects, balance, readings)


def read_exports(files: Iterable[Path], mapping: MappingFile, said: Guidance = NOTHING_SAID) -> dict[str, Export]:
    """Return the exports in ``files``, by the name that the file of their table has in ``mapping``.

    Raises
    ------
    LoadError
        If a file cannot be read, or two files hold the same table.

    """
    found: dict[str, Export] = {}
    for path in files:
        table = mapping.table_of(path.name)
        if table is None:
            message = N_("The mapping %(mapping)s has no table for %(file)s.")
            raise LoadError(message, mapping=mapping.mapping, file=path.name)
        export = read(path, mapping.guidance(table, said))
        if table.file in found:
            message = N_("%(file)s and %(other)s hold the same table; keep one.")
            raise LoadError(message, file=export.name, other=found[table.file].name)
        found[table.file] = export
    return found


def _publication_days(store: Store, gathered: Gathered) -> dict[str, date]:
    sources = {fact.evidence.source for row, _ in gathered.rows for fact in row.facts}
    days = current.publication_days(store, sorted(sources))
    for claim in gathered.claims.values():
        if claim.id in sources and "issued_latest" in claim.properties:
            days[claim.id] = claim.properties["issued_latest"]
    return days


def _fold(
    store: Store, gathered: Gathered, published: Mapping[str, date], merged: Aliases
) -> tuple[dict[str, Folded], dict[str, current.Present]]:
    claims: dict[str, dict[tuple[str | None, str, str], Claim]] = defaultdict(dict)
    present = current.entities(store, dict.fromkeys(merged.get(key[0], key[0]) for key in gathered.claims))
    for entity, found in present.items():
        claims[entity] |= {(claim.original, claim.source, claim.mapping): claim for claim in found.claims}
    for (named, source, mapping), made in gathered.claims.items():
        kept, original = merged.get(named, named), named if named in merged else None
        claim = Claim(
            source, mapping, made.labels, made.properties, made.evidence.properties, published.get(source), original
        )
        claims[kept][original, source, mapping] = claim
    return {entity: fold(entity, by_source.values()) for entity, by_source in claims.items()}, present


def _entity_change(item: Folded, present: current.Present | None, rewritten: set[str]) -> EntityChange | None:
    if present is None:
        return EntityChange(item.id, item.labels, frozenset(), None, item.properties)
    if present.labels == item.labels and _alike(item.id, present.properties, item.properties, rewritten):
        return None
    return EntityChange(item.id, item.labels, present.labels, present.properties, item.properties)


def _alike(name: str, before: Mapping[str, Any], after: Mapping[str, Any], rewritten: set[str]) -> bool:
    """Whether both say the same, be it in other letters and digits; if so, note it: the graph keeps its own."""
    if dict(before) == dict(after):
        return True
    if before.keys() != after.keys() or any(_canonical(before[key]) != _canonical(after[key]) for key in after):
        return False
    rewritten.add(name)
    return True


def _canonical(item: object) -> object:
    if isinstance(item, str):
        return canonical(item)
    return sorted(map(str, map(_canonical, item))) if isinstance(item, list) else item


def _evidence_ties(folded: Iterable[Folded]) -> Iterable[TieChange]:
    for item in folded:
        for made, source, properties in item.evidence:
            yield TieChange(made, "EVIDENCED_BY", item.id, source, None, properties)


def _claimed_ties(ties: Iterable[TieClaim], published: Mapping[str, date], merged: Aliases) -> Iterable[TieChange]:
    for tie in ties:
        source = tie.evidence.source
        start, end, given = aliases.moved(tie.start, tie.end, merged)
        properties = {**tie.properties, **tie.evidence.properties, **given, "id": tie.id, "source": source}
        if source in published:
            properties["reported_on"] = published[source]
        yield TieChange(tie.id, tie.type, start, end, None, properties)


def _tie_changes(store: Store, desired: Iterable[TieChange], rewritten: set[str]) -> Iterator[TieChange]:
    by_type: dict[str, list[TieChange]] = defaultdict(list)
    for tie in desired:
        by_type[tie.type].append(tie)
    for type_, wanted in by_type.items():
        yield from _differing(wanted, current.ties(store, type_, [tie.id for tie in wanted]), rewritten)


def _differing(
    wanted: Iterable[TieChange], held: Mapping[str, Mapping[str, Any]], rewritten: set[str]
) -> Iterator[TieChange]:
    """Yield the ties that the graph lacks or holds otherwise."""
    for tie in sorted(wanted, key=lambda tie: (tie.start, tie.end, tie.id)):
        before = held.get(tie.id)
        if before is None or not _alike(tie.id, told(before), told(tie.after), rewritten):
            yield TieChange(tie.id, tie.type, tie.start, tie.end, before, tie.after)


def _outcomes(
    entities: Iterable[EntityChange], ties: Iterable[TieChange], rewritten: Iterable[str]
) -> dict[str, Outcome]:
    changes: list[Change] = [*entities, *ties]
    outcomes: dict[str, Outcome] = dict.fromkeys(rewritten, "reformatted")
    return outcomes | {change.id: "created" if change.before is None else "updated" for change in changes}


def _balance(exports: Iterable[Export], gathered: Gathered, outcomes: Mapping[str, Outcome]) -> Balance:
    counts = dict.fromkeys(("created", "updated", "reformatted", "unchanged", "duplicate"), 0)
    for row, new in gathered.rows:
        counts[_row_outcome(row, outcomes) if new else "duplicate"] += 1
    blank = sum(export.blank for export in exports)
    read_rows = sum(export.reading.rows for export in exports) + blank
    return Balance(read_rows, **counts, rejected=len(gathered.rejects), ignored=blank)


def _row_outcome(row: RowFacts, outcomes: Mapping[str, Outcome]) -> Outcome:
    """Return what a row does: it creates if anything in it is new, it updates if anything in it differs, and so on."""
    found = {outcomes.get(fact.id, "unchanged") for fact in row.facts}
    order: tuple[Outcome, ...] = ("created", "updated", "reformatted")
    return next((outcome for outcome in order if outcome in found), "unchanged")

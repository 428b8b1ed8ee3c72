"""The difference between what the files say and what the graph holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from loaders import aliases
from loaders.aliases import Aliases
from loaders.blank import seen
from loaders.companions import gone
from loaders.desired import Desired, desired, publication_days, republished
from loaders.differing import entity_change, evidence_changes, tie_changes, without_evidence
from loaders.gathering import Gathered, gather
from loaders.guards import blocks
from loaders.known import Known
from loaders.mapping import MappingFile
from loaders.plan import Change, EntityChange, Outcome, Plan, TieChange
from loaders.reading import NOTHING_SAID, Export, Guidance, read
from loaders.recognising import Recognition
from loaders.resting import uncollected
from loaders.retiring import removals, retired
from loaders.rows import RowRecord
from loaders.tallying import row_work, tally, unclaimed

NOTHING_LEAVES: Mapping[str, bool] = MappingProxyType({})


def plan(
    store: Store,
    files: Sequence[Path],
    mapping: MappingFile,
    said: Guidance = NOTHING_SAID,
    known: Known | None = None,
    *,
    decided: Aliases = aliases.NONE,
    thorough: bool = False,
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
    known
        The rows that were loaded before; without them every row is compared with the graph, and none is absent.
    decided
        Which entities are to be merged into which, as people decided.
    thorough
        Whether rows that are known are compared with the graph too.

    Raises
    ------
    LoadError
        If a file cannot be read or does not have the columns of its table in ``mapping``.
    StoreError
        If the graph cannot be read.

    """
    merged = aliases.in_effect(store, decided)
    return planned(store, read_exports(files, mapping, said), mapping, known, merged, thorough=thorough)


@uncollected()
def planned(
    store: Store,
    exports: Mapping[str, Export],
    mapping: MappingFile,
    known: Known | None = None,
    merged: Aliases = aliases.NONE,
    *,
    thorough: bool = False,
    partial: bool = False,
) -> Plan:
    """Return the plan for ``exports`` by the name of their table; ``partial`` ones say nothing of what is absent.

    ``merged`` tells under which id the graph keeps what was merged. Rows and their claims go by the ids of the files.
    """
    store, recognition = seen(store), Recognition(exports, mapping, known, thorough=thorough)
    gathered = gather(store, recognition, merged, partial=partial)
    if not thorough and recognition.met and (gathered.upset or republished(store, gathered)):
        return planned(store, exports, mapping, known, merged, thorough=True, partial=partial)
    return _compared(store, mapping, recognition, gathered, partial=partial)


def without_claims(
    store: Store, mapping: MappingFile, claims: Mapping[str, bool], merged: Aliases = aliases.NONE
) -> Plan:
    """Return the plan that takes ``claims`` out, and with them what nobody else speaks of; the value says: delete."""
    store, recognition = seen(store), Recognition({}, mapping, None, thorough=True)
    return _compared(store, mapping, recognition, gather(store, recognition, merged), claims)


def _compared(
    store: Store,
    mapping: MappingFile,
    recognition: Recognition,
    gathered: Gathered,
    leaving: Mapping[str, bool] = NOTHING_LEAVES,
    *,
    partial: bool = False,
) -> Plan:
    merged, published = gathered.merged, publication_days(store, gathered)
    accepted, spoken = _taken(recognition, gathered)
    lost = gone(recognition, accepted, gathered.rejects, partial=partial)
    claims = {**unclaimed(lost, gathered), **leaving}
    joining = gathered.held - {claim for one in lost for row in one.gone for claim in row.claims}
    going, rewritten = retired(store, claims), set[str]()
    wanted = desired(store, gathered, published, going, joining, merged)
    made = _made(wanted, rewritten)
    evidence = list(evidence_changes(wanted.folded.values(), wanted.present, rewritten))
    ties = [*tie_changes(store, gathered.ties.values(), published, joining, rewritten, merged), *going.ties]
    removed, without, held = _removals(store, wanted, [*ties, *evidence] if leaving else ties)  # sources go, too
    entities, all_ties = (*made, *removed), (*evidence, *without, *ties)
    outcomes = _outcomes(entities, all_ties, rewritten, merged)
    rows = [(file, "duplicate" if ids is None else _row_outcome(ids, outcomes)) for file, ids in spoken]
    balance, tables = tally(recognition, gathered.rejects, rows, lost)
    exports = [one.export for one in recognition.tables.values()]
    return Plan(
        mapping.mapping,
        tuple(export.name for export in exports),
        entities,
        all_ties,
        tuple(gathered.rejects),
        balance,
        tuple(export.reading for export in exports),
        tables,
        blocks(mapping, tables),
        tuple(held),
        row_work(recognition, _speaking(accepted, merged), lost, _evidence_of(wanted, held))
        if recognition.known
        else None,
    )


def _taken(recognition: Recognition, gathered: Gathered) -> tuple[list[RowRecord], list[tuple[str, list[str] | None]]]:
    """Return the records of the rows, and by file of what each speaks if that is new; their cells are let go of."""
    records = [recognition.record(row, new=new) for row, new in gathered.rows]
    spoken = [(row.file, [fact.id for fact in row.facts] if new else None) for row, new in gathered.rows]
    gathered.rows.clear()
    recognition.forget()
    return records, spoken


def _made(wanted: Desired, rewritten: set[str]) -> list[EntityChange]:
    """Return what changes of the entities themselves; those that are only written anew go into ``rewritten``."""
    changes = (entity_change(item, wanted.present.get(item.id), rewritten) for item in wanted.folded.values())
    return [change for change in changes if change]


def _removals(
    store: Store, wanted: Desired, ties: Sequence[TieChange]
) -> tuple[list[EntityChange], list[TieChange], list[str]]:
    """Return the entities of which nobody speaks any more, the evidence that goes with them, and those that stay."""
    there = wanted.present
    emptied = {
        name: EntityChange(name, frozenset(), there[name].labels, there[name].properties, {}) for name in wanted.emptied
    }
    evidence = [tie for name in emptied for tie in without_evidence(name, there[name])]
    return removals(store, emptied, evidence, ties)


def _speaking(records: Iterable[RowRecord], merged: Aliases) -> Iterator[RowRecord]:
    """Yield ``records`` with the entities of the graph of which they speak."""
    if not merged:
        yield from records
        return
    for record in records:
        yield replace(record, entities=tuple(merged.get(name, name) for name in record.entities))


def _evidence_of(wanted: Desired, entities: Iterable[str]) -> set[str]:
    return {made for name in entities for made in wanted.present[name].evidence}


def read_exports(files: Iterable[Path], mapping: MappingFile, said: Guidance = NOTHING_SAID) -> dict[str, Export]:
    """Return the exports in ``files``, by the name that the file of their table has in ``mapping``.

    Raises
    ------
    LoadError
        If a file cannot be read, or two files hold the same table.

    """
    found: dict[str, Export] = {}
    for path in files:
        tables = mapping.tables_in(path)
        if not tables:
            message = N_("The mapping %(mapping)s has no table for %(file)s.")
            raise LoadError(message, mapping=mapping.mapping, file=path.name)
        for table, sheet in tables:
            export = read(path, mapping.guidance(table, said), sheet)
            if table.file in found:
                message = N_("%(file)s and %(other)s hold the same table; keep one.")
                raise LoadError(message, file=export.name, other=found[table.file].name)
            found[table.file] = export
    return found


def _outcomes(
    entities: Iterable[EntityChange], ties: Iterable[TieChange], rewritten: Iterable[str], merged: Aliases
) -> dict[str, Outcome]:
    """Return what becomes of each thing; what was merged shares it with what it was merged into."""
    changes: list[Change] = [*entities, *ties]
    outcomes: dict[str, Outcome] = dict.fromkeys(rewritten, "reformatted")
    outcomes |= {change.id: "created" if change.before is None else "updated" for change in changes}
    return outcomes | {named: outcomes[kept] for named, kept in merged.items() if kept in outcomes}


def _row_outcome(ids: Iterable[str], outcomes: Mapping[str, Outcome]) -> Outcome:
    """Return what a row does that speaks of ``ids``: it creates if anything is new, it updates if anything differs."""
    found = {outcomes.get(one, "unchanged") for one in ids}
    order: tuple[Outcome, ...] = ("created", "updated", "reformatted")
    return next((outcome for outcome in order if outcome in found), "unchanged")

"""What follows from a plan and is never loaded: ties between sister cities, and the status of agreements.

The part of the plan that they rest on is rehearsed: written, asked, and taken back in one transaction, so that what is
foretold is what will be derived. A large plan is not rehearsed; then what follows is told after the load.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from graph_app.errors import StoreError
from graph_app.graph.rehearsal import Rehearsal, rehearsing
from graph_app.graph.store import Store
from graph_app.graph.writer import writable
from loaders.deriving import twinnings
from loaders.facts import set_aside
from loaders.foreseen import Following, StatusChange, Twinning
from loaders.lifecycles import status_periods
from loaders.plan import EntityChange, Plan, TieChange
from loaders.statements import statement

_TIES = frozenset({"PARTY_TO", "SIGNED", "ACTS_ON", "SUCCEEDS", "ABOUT", "SET_UP_UNDER"})
_LABELS = frozenset({"Agreement", "Event", "Body"})
_MOST_CHANGES, _MOST_AGREEMENTS = 4000, 20_000
_SECONDS = 30.0
Rows = dict[str, Mapping[str, Any]]


def foresee(store: Store, plan: Plan, today: date | None = None) -> Following:
    """Return what follows from ``plan`` in the graph of ``store``, with the status that agreements have ``today``."""
    entities, ties = _behind(plan)
    if not entities and not ties:
        return Following()
    if len(entities) + len(ties) > _MOST_CHANGES:
        return Following(known=False)
    day = today or date.today()  # noqa: DTZ011 - the day where the loader sits
    try:
        with rehearsing(store, _SECONDS) as there:
            if there.table(statement("agreements")).rows[0][0] > _MOST_AGREEMENTS:
                return Following(known=False)
            before = _derived(there)
            _write(there, entities, ties)
            after = _derived(there)
    except (StoreError, OverflowError, ValueError):  # what the graph cannot hold is told when it is written
        return Following(known=False)
    return Following(tuple(_twinnings(before[0], after[0])), tuple(_statuses(before[1], after[1], day)))


def _behind(plan: Plan) -> tuple[list[EntityChange], list[TieChange]]:
    """Return the changes from which something can follow, with the ends of their ties."""
    mine = {one.id for one in plan.entities if not _LABELS.isdisjoint(one.labels | one.had)}
    ties = [one for one in plan.ties if one.type in _TIES or (one.type == "EVIDENCED_BY" and one.start in mine)]
    ends = mine.union(*((tie.start, tie.end) for tie in ties))
    return [one for one in plan.entities if one.id in ends], ties


def _derived(there: Rehearsal) -> tuple[Rows, Rows]:
    return {row["id"]: row for row in twinnings(there)}, {row["id"]: row for row in status_periods(there)}


def _write(there: Rehearsal, entities: list[EntityChange], ties: list[TieChange]) -> None:
    """Write the changes, removals last. What a claim that is set aside leaves behind is of no matter here."""
    made = [
        {"id": one.id, "properties": writable(one.after), "labels": sorted(one.labels), "lost": sorted(one.lost)}
        for one in entities
        if one.after
    ]
    there.write(statement("write_entities"), made)
    by_type = defaultdict[str, list[TieChange]](list)
    for tie in ties:
        by_type[tie.type].append(tie)
    for type_, changes in by_type.items():
        fallen = [one for one in changes if one.had or not one.after or set_aside(one.after)]
        there.write(statement("remove_ties", type_), ({"id": one.id} for one in fallen))
        standing = (one for one in changes if one.after and not set_aside(one.after))
        there.write(statement("write_ties", type_), map(_row, standing))
    there.write(statement("detach_entities"), ({"id": one.id} for one in entities if not one.after))


def _row(tie: TieChange) -> dict[str, Any]:
    return {"id": tie.id, "start": tie.start, "end": tie.end, "properties": writable(tie.after)}


def _twinnings(before: Rows, after: Rows) -> Iterator[Twinning]:
    for id_ in sorted(before.keys() | after.keys()):
        old, new = before.get(id_), after.get(id_)
        if old != new:
            row = new or old or {}
            change: Literal["made", "changed", "ended"] = "made" if old is None else "changed" if new else "ended"
            yield Twinning(change, row["properties"]["agreement"], row["start"], row["end"])


def _statuses(before: Rows, after: Rows, day: date) -> Iterator[StatusChange]:
    """Yield the agreements one of whose periods changes."""
    changed = {row["start"] for rows, others in ((before, after), (after, before)) for row in _unlike(rows, others)}
    was, will = _today(before, day), _today(after, day)
    for agreement in sorted(changed):
        yield StatusChange(agreement, was.get(agreement), will.get(agreement))


def _unlike(rows: Rows, others: Rows) -> Iterator[Mapping[str, Any]]:
    return (row for id_, row in rows.items() if others.get(id_) != row)


def _today(rows: Rows, day: date) -> dict[str, str]:
    periods = (row for row in rows.values() if row["properties"]["from"] <= day <= row["properties"]["to"])
    return {row["start"]: row["end"] for row in periods}

"""What somebody changed in the graph since it was loaded: shown, and not overwritten unless that is asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loaders.comparing import Image, after, before
from loaders.ledger import Ledger
from loaders.plan import Change, EntityChange, TieChange
from loaders.promise import Promise

_EVIDENCE = "EVIDENCED_BY"


def conflicts(ledger: Ledger, work: Promise) -> list[Change]:
    """Return those changes of ``work`` that would overwrite something else than the ledger last wrote.

    What the ledger never wrote in this graph is no conflict: nothing is known of it.
    """
    updates = [change for change in work.plan.steps() if change.before is not None]
    wrote = {one.id: after(one) for one in ledger.last(work.state.graph, [change.id for change in updates])}
    return [change for change in updates if _differs(wrote.get(change.id), before(change))]


def without(work: Promise, left: list[Change]) -> Promise:
    """Return ``work`` without the changes ``left``, and without the evidence of entities among them.

    The evidence of an entity keeps where a source differs from it, and so rests on the values that stay.
    """
    ids = {change.id for change in left}
    plan = work.plan
    ids |= {change.id for change in plan.entities if not change.after and _holds(left, change.id)}
    entities = tuple(change for change in plan.entities if change.id not in ids)
    ties = tuple(change for change in plan.ties if change.id not in ids and not _rests_on(change, ids))
    if not ids:
        return work
    written = {change.id for change in entities} | {change.id for change in ties}
    dropped = frozenset(change.id for change in plan.steps() if change.id not in written)
    rows = plan.rows.without(dropped) if plan.rows is not None else None
    return replace(work, plan=replace(plan, entities=entities, ties=ties, rows=rows))


def _holds(left: Iterable[Change], entity: str) -> bool:
    """Whether a tie that stays as it is leads to ``entity``."""
    return any(isinstance(change, TieChange) and entity in (change.start, change.end) for change in left)


def edits(ledger: Ledger, work: Promise, left: list[Change]) -> Iterator[tuple[Change, Change]]:
    """Yield each conflict with the edit behind it: from what the ledger wrote to what the graph holds."""
    wrote = {one.id: one for one in ledger.last(work.state.graph, [change.id for change in left])}
    for change in left:
        old, now = wrote[change.id], change.before or {}
        if isinstance(change, EntityChange) and isinstance(old, EntityChange):
            yield change, EntityChange(change.id, change.had, old.labels, old.after, now)
        elif isinstance(change, TieChange):
            yield change, replace(change, before=old.after, after=now)


def _differs(wrote: Image, held: Image) -> bool:
    return wrote is not None and wrote != held


def _rests_on(tie: TieChange, ids: set[str]) -> bool:
    return tie.type == _EVIDENCE and tie.start in ids

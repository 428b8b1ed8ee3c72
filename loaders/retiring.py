"""Claims that nobody makes any more, taken out of the graph: set aside with the reason, or deleted where that is asked.

A claim about an entity is folded out of it, so that it shows what the others say. An entity of which nobody speaks
any more is deleted with its last claim, but not while a tie that stays leads to it: then both are kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph_app.graph.store import Store
from graph_app.graph.writer import BATCH, batched
from graph_app.vocabulary import vocabulary
from loaders.aliases import FROM
from loaders.facts import DEPRECATED, SET_ASIDE
from loaders.folding import Claim
from loaders.plan import EntityChange, TieChange
from loaders.statements import statement

ABSENT = "absent"  # the reason for which a claim is set aside
_EVIDENCE = "EVIDENCED_BY"
_SECONDS = 60.0
_ROWS = 1_000_000
ClaimKey = tuple[str | None, str, str]  # the id that was merged into the entity, if it is about that; source; mapping
Sources = Mapping[ClaimKey, bool]  # and whether the claim is deleted


@dataclass(frozen=True)
class Retired:
    """The changes of ties that go, and the claims about entities, by entity."""

    ties: tuple[TieChange, ...] = ()
    claims: Mapping[str, Sources] = field(default_factory=dict, hash=False)

    def folded_out(self, entity: str, claims: Mapping[ClaimKey, Claim]) -> dict[ClaimKey, Claim]:
        """Return the ``claims`` about ``entity`` as they are without those that go."""
        found = dict(claims)
        for key, deletes in self.claims.get(entity, {}).items():
            if deletes:
                found.pop(key, None)
            elif (claim := found.get(key)) and claim.rank != DEPRECATED:
                found[key] = replace(claim, evidence={**claim.evidence, "rank": DEPRECATED, "rank_reason": ABSENT})
        return found


def retired(store: Store, claims: Mapping[str, bool]) -> Retired:
    """Return what becomes of ``claims``; the value tells whether one is deleted."""
    ties: list[TieChange] = []
    about = defaultdict[str, dict[ClaimKey, bool]](dict)
    for type_, row in _standing(store, claims):
        properties, deletes = row["properties"], claims[row["id"]]
        if type_ == _EVIDENCE and "evidence_kind" not in properties:
            about[row["start"]][properties.get(FROM), row["end"], properties["mapping"]] = deletes
        elif deletes or properties.get("rank") != DEPRECATED:
            after = {} if deletes else _set_aside(properties)
            ties.append(TieChange(row["id"], type_, row["start"], row["end"], properties, after))
    return Retired(tuple(ties), about)


def removals(
    store: Store, emptied: Mapping[str, EntityChange], evidence: Iterable[TieChange], ties: Collection[TieChange]
) -> tuple[list[EntityChange], list[TieChange], list[str]]:
    """Return which entities without any claim are deleted, with their evidence, and which are kept.

    Parameters
    ----------
    store
        The graph.
    emptied
        How each would be deleted.
    evidence
        How their evidence would be.
    ties
        All other changes of ties; what they make leads to an entity too.

    """
    going = {tie.id for tie in ties if not tie.after}
    mine = defaultdict[str, set[str]](set)
    for tie in (held := list(evidence)):
        mine[tie.start].add(tie.id)
    leading = list(bound(store, emptied))
    leading += [(end, tie.id) for tie in ties if tie.after for end in (tie.start, tie.end) if end in emptied]
    kept: set[str] = set()
    while True:
        leaving = going.union(*(ids for entity, ids in mine.items() if entity not in kept))
        found = {entity for entity, tie in leading if tie not in leaving} - kept
        if not found:
            gone = [change for entity, change in emptied.items() if entity not in kept]
            return gone, [tie for tie in held if tie.start not in kept], sorted(kept)
        kept |= found


def bound(store: Store, ids: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the entities among ``ids`` to which claims lead, with these claims."""
    derived = [name for name, tie in vocabulary().types.items() if tie.derived]
    for batch in batched(ids, BATCH):
        table = store.table(statement("bound"), {"ids": batch, "derived": derived}, rows=_ROWS, seconds=_SECONDS)
        yield from ((row["id"], row["tie"]) for row in table)


def _standing(store: Store, ids: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the type of each tie that stands or is set aside, and where it is."""
    by_type = defaultdict[str, list[str]](list)
    for id_ in ids:
        by_type[id_.partition(":")[0].upper()].append(id_)
    for type_, wanted in by_type.items():
        for place in (type_, SET_ASIDE):
            for batch in batched(wanted):
                table = store.table(statement("standing", place), {"ids": batch}, rows=BATCH, seconds=_SECONDS)
                for row in table:
                    yield type_, {**row, "properties": {n: v for n, v in row["properties"].items() if n != "type"}}


def _set_aside(properties: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: item for name, item in properties.items() if name != "run"}
    return {**said, "rank": DEPRECATED, "rank_reason": ABSENT}

"""Where what is claimed differs from what the graph holds. Other letters and digits are no difference."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from graph_app.graph.store import Store
from graph_app.text import canonical
from loaders import aliases, current
from loaders.aliases import END, START, Aliases
from loaders.facts import TieClaim, evidence_order, told
from loaders.folding import Folded
from loaders.plan import EntityChange, TieChange

_EVIDENCE = {"source_line", "quote", "certainty", "note", "mapping", "rank_reason", "credibility", "basis"}


def entity_change(item: Folded, present: current.Present | None, rewritten: set[str]) -> EntityChange | None:
    """Return the change of an entity, if there is one; one that is only spelled otherwise is ``rewritten``."""
    if present is None:
        return EntityChange(item.id, item.labels, frozenset(), None, item.properties)
    if present.labels == item.labels and _alike(item.id, present.properties, item.properties, rewritten):
        return None
    return EntityChange(item.id, item.labels, present.labels, present.properties, item.properties)


def evidence_changes(
    folded: Iterable[Folded], present: Mapping[str, current.Present], rewritten: set[str]
) -> Iterator[TieChange]:
    """Yield the changes of the evidence of entities, and which of it goes from an entity that stays."""
    items = list(folded)
    held = {made: tie for entity in present.values() for made, tie in entity.evidence.items()}
    yield from _differing(evidence_ties(items), held, rewritten)
    for item in items:
        if item.id in present:
            stays = {made for made, _, _ in item.evidence}
            yield from (tie for tie in without_evidence(item.id, present[item.id]) if tie.id not in stays)


def without_evidence(entity: str, present: current.Present) -> Iterator[TieChange]:
    """Yield the removal of all evidence of ``entity``."""
    for claim, (made, properties) in zip(present.claims, present.evidence.items(), strict=True):
        yield TieChange(made, "EVIDENCED_BY", entity, claim.source, properties, {})


def tie_changes(
    store: Store,
    ties: Iterable[TieClaim],
    published: Mapping[str, date],
    joining: Collection[str],
    rewritten: set[str],
    merged: Aliases,
) -> Iterator[TieChange]:
    """Yield the changes of ties; those that are ``joining`` are claimed by rows elsewhere too.

    They lead to what the graph keeps of entities that were ``merged``.
    """
    by_type: dict[str, list[TieChange]] = defaultdict(list)
    for tie in claimed_ties(ties, published, merged):
        by_type[tie.type].append(tie)
    for type_, wanted in by_type.items():
        held = current.ties(store, type_, [tie.id for tie in wanted])
        standing = [tie for tie in wanted if tie.id not in joining or not _says_it(held.get(tie.id), tie)]
        yield from _led(store, type_, list(_differing(standing, held, rewritten)))


def _led(store: Store, type_: str, changes: Collection[TieChange]) -> Iterator[TieChange]:
    """Yield ``changes`` with the ends that they had, where a merging no longer leads them there."""
    moved = [
        one.id for one in changes if one.before and any(one.before.get(n) != one.after.get(n) for n in (START, END))
    ]
    ends = current.ends(store, type_, moved)
    yield from (replace(one, had=ends[one.id]) if one.id in ends else one for one in changes)


def _says_it(held: Mapping[str, Any] | None, tie: TieChange) -> bool:
    """Whether the graph has the tie already, by a row whose evidence goes before that of this one."""
    if held is None or evidence_order(held) > evidence_order(tie.after):
        return False
    said = told(tie.after).keys() - _EVIDENCE
    return all(held.get(name) == tie.after[name] for name in said)


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


def evidence_ties(folded: Iterable[Folded]) -> Iterator[TieChange]:
    """Yield the evidence of entities, as if the graph had none of it."""
    for item in folded:
        for made, source, properties in item.evidence:
            yield TieChange(made, "EVIDENCED_BY", item.id, source, None, properties)


def claimed_ties(ties: Iterable[TieClaim], published: Mapping[str, date], merged: Aliases) -> Iterator[TieChange]:
    """Yield ties that are claimed, as if the graph had none of them."""
    for tie in ties:
        source = tie.evidence.source
        start, end, given = aliases.moved(tie.start, tie.end, merged)
        properties = {**tie.properties, **tie.evidence.properties, **given, "id": tie.id, "source": source}
        if day := tie.evidence.day(published):
            properties["reported_on"] = day
        yield TieChange(tie.id, tie.type, start, end, None, properties)


def _differing(
    wanted: Iterable[TieChange], held: Mapping[str, Mapping[str, Any]], rewritten: set[str]
) -> Iterator[TieChange]:
    """Yield the ties that the graph lacks or holds otherwise."""
    for tie in sorted(wanted, key=lambda tie: (tie.start, tie.end, tie.id)):
        before = held.get(tie.id)
        if before is None:
            yield tie
        elif not _alike(tie.id, told(before), told(tie.after), rewritten):
            yield replace(tie, before=before)

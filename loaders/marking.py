"""Marks on all that is confidential: what a reader's statements look at, made anew at the end of every load.

A source or an agreement says how confidential it is. From that follows the rest: what only such sources tell, what
rests on such an agreement, the ties that they claim, and what is derived with them. A mark is the number of the step
in ``Clearance``, as the property ``secrecy``; what is public has none. While a load is at work, and the marks are not
yet those of what it wrote, the store answers only those who may see everything. That marks are being made stands in the
graph: if it is cut off, those of entities, by which ties are found, may be new already, and those of ties still old.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from graph_app.confidentiality import CONFIDENTIAL, HIGHEST, SECRECY, Clearance
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer, batched
from graph_app.keys import KEYS
from graph_app.vocabulary import vocabulary
from loaders import current
from loaders.deriving import twinnings
from loaders.folding import facts
from loaders.lifecycles import status_periods
from loaders.statements import statement

_ROWS = 10_000_000
_SECONDS = 60.0
_LESSER = [one for one in Clearance if one < HIGHEST]
_Levels = dict[str, int]


def mark(store: Store) -> int:
    """Make the marks those that follow from what is confidential; return how many were set or taken away."""
    said, before, cut_off = _said(store), _marked(store), _cut_off(store)
    if not said and not before and not cut_off:
        return 0
    writer = Writer(store)
    writer.once(statement("begin_marks"), {})
    entities = _entities(store, said)
    near = {*entities, *before, *(_ends_of_marked(store) if cut_off else ())}
    changes = [_row(id_, entities.get(id_)) for id_ in {*entities, *before} if entities.get(id_) != before.get(id_)]
    writer.rows(statement("mark_entities"), changes)
    count = len(changes) + _mark_claims(store, writer, entities, near)
    count += _mark_derived(store, writer, sorted(_agreements(store, near)))
    writer.once(statement("end_marks"), {})
    return count


def _entities(store: Store, said: _Levels) -> _Levels:
    """Return how confidential entities are, without those that are public."""
    sources = {id_: level for id_, level in said.items() if id_.startswith("source:")}
    found = dict(said)
    spoken_of = [row["id"] for row in _asked(store, "spoken_of", sources)]
    for id_, present in current.entities(store, spoken_of).items():
        _raise_to(found, id_, _told(id_, present, sources))
    _spread(store, found)
    for row in _asked(store, "speaking_only", list(found), levels=found):
        if row["things"]:
            _raise_to(found, row["id"], min(found[thing] for thing in row["things"]))
    return found


def _told(id_: str, present: current.Present, sources: Mapping[str, int]) -> int:
    """Return the least level of sources that explain all that the graph shows of an entity."""
    shown = {name: item for name, item in present.properties.items() if name not in KEYS}
    levels = sorted({sources.get(claim.source, 0) for claim in present.claims})
    for level in levels:
        claims = [claim for claim in present.claims if sources.get(claim.source, 0) <= level]
        if facts(id_, claims) == (present.labels, shown):
            return level
    return max(levels, default=0)


def _spread(store: Store, found: _Levels) -> None:
    """Add what rests on what is confidential, and on that, and so on."""
    new = list(found)
    while new:
        rows = list(_asked(store, "resting_on", new))
        new = [row["id"] for row in rows if _raise_to(found, row["id"], found[row["on"]])]


def _raise_to(found: _Levels, id_: str, level: int) -> bool:
    if level <= found.get(id_, 0):
        return False
    found[id_] = level
    return True


def _mark_claims(store: Store, writer: Writer, entities: _Levels, near: set[str]) -> int:
    """Mark the ties that confidential sources claim; add to ``near`` what they tie."""
    sources, count = sorted(id_ for id_ in near if id_.startswith("source:")), 0
    for type_ in vocabulary().types:
        rows = list(_asked(store, "ties_of_sources", sources, type_))
        near.update(end for row in rows for end in row["ends"] if end)
        changed = [(row["id"], entities.get(row["source"]), row[SECRECY]) for row in rows]
        count += writer.rows(statement("mark_ties", type_), _changes(changed))
    return count


def _mark_derived(store: Store, writer: Writer, agreements: list[str]) -> int:
    """Mark what is derived of ``agreements``: a reader is shown what would be derived of what that reader may see."""
    count = 0
    for type_, name, rows_of in (("TWINNED_WITH", "derived", twinnings), ("HAD_STATUS", "periods", status_periods)):
        least = _least(store, rows_of, agreements)
        held = [row for ids in batched(agreements) for row in _table(store, name, {"ids": ids})]
        marks = [(row["id"], least(row["id"], row["properties"]), row["properties"].get(SECRECY)) for row in held]
        count += writer.rows(statement("mark_ties", type_), _changes(marks))
    return count


def _least(
    store: Store, rows_of: Callable[..., Iterable[Mapping[str, Any]]], agreements: list[str]
) -> Callable[[str, Mapping[str, Any]], int | None]:
    """Return what tells the least clearance with which just this tie would be derived; None if anybody's will do."""
    readers = [(one, store.read_while_loading(one)) for one in _LESSER]
    shown = {
        one: {row["id"]: row["properties"] for ids in batched(agreements) for row in rows_of(reader, ids=ids)}
        for one, reader in readers
    }

    def least(id_: str, held: Mapping[str, Any]) -> int | None:
        own = {name: item for name, item in held.items() if name != SECRECY}
        return next((one.value for one in _LESSER if shown[one].get(id_) == own), HIGHEST.value) or None

    return least


def _agreements(store: Store, near: Collection[str]) -> set[str]:
    found = {id_ for id_ in near if id_.startswith("agreement:")}
    return found | {row["id"] for row in _asked(store, "agreements_near", near)}


def _said(store: Store) -> _Levels:
    table = _table(store, "confidential", {"words": list(CONFIDENTIAL)})
    return {row["id"]: Clearance.named(row["word"]).value for row in table}


def _marked(store: Store) -> _Levels:
    return {row["id"]: row[SECRECY] for row in _table(store, "marked", {})}


def _cut_off(store: Store) -> bool:
    """Return whether marks were being made when a run was cut off."""
    return any(row["marking"] for row in _table(store, "marking", {}))


def _ends_of_marked(store: Store) -> set[str]:
    """Return what ties with a mark tie, and the sources that claim them; all ties are looked at for it."""
    rows = [row for type_ in vocabulary().types for row in _table(store, "ends_of_marked", {}, type_)]
    return {row["id"] for row in rows}


def _changes(marks: Iterable[tuple[str, int | None, int | None]]) -> list[dict[str, Any]]:
    return [_row(id_, wanted) for id_, wanted, held in marks if wanted != held]


def _row(id_: str, level: int | None) -> dict[str, Any]:
    return {"id": id_, SECRECY: level}


def _asked(
    store: Store, name: str, ids: Iterable[str], type_: str | None = None, **more: object
) -> Iterator[Mapping[str, Any]]:
    for batch in batched(ids):
        yield from store.table(statement(name, type_), {"ids": batch, **more}, rows=_ROWS, seconds=_SECONDS)


def _table(
    store: Store, name: str, parameters: Mapping[str, Any], type_: str | None = None
) -> Iterator[Mapping[str, Any]]:
    yield from store.table(statement(name, type_), parameters, rows=_ROWS, seconds=_SECONDS)

"""The facts of all rows of a load, each once; rows that cannot stand together with the others become rejects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from loaders import aliases, current
from loaders.aliases import Aliases
from loaders.companions import company
from loaders.facts import EntityClaim, Reject, RowFacts, TieClaim, evidence_order
from loaders.recognising import Recognition

ClaimKey = tuple[str, str, str]  # entity, source, mapping


@dataclass
class Gathered:
    """The facts of all rows, each fact once. ``rows`` tells of each row whether it brought anything new.

    ``held`` are the claims that rows of other files or loads make too. ``going`` has the
    known rows that seem to be gone, with their claims. ``upset`` says that a row contradicts one that
    did not change, so that all of them have to be looked at. ``merged`` tells under which id the graph keeps what was
    merged, by what was known and by what the rows say.
    """

    claims: dict[ClaimKey, EntityClaim] = field(default_factory=dict)
    ties: dict[str, TieClaim] = field(default_factory=dict)
    rows: list[tuple[RowFacts, bool]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    held: frozenset[str] = frozenset()
    going: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    upset: bool = False
    merged: Aliases = field(default_factory=dict)


def gather(
    store: Store, recognition: Recognition, merged: Aliases = aliases.NONE, *, partial: bool = False
) -> Gathered:
    """Return the facts of the rows that have to be compared with the graph, with the ids that the files give.

    Parameters
    ----------
    store
        Tells which other entities exist already.
    recognition
        Tells these rows from the others.
    merged
        Under which id the graph keeps what was merged.
    partial
        Whether the files are only a part of the export, whatever the mapping says.

    """
    gathered = Gathered()
    compiled: list[RowFacts] = []
    for result in recognition.rows():
        if isinstance(result, Reject):
            gathered.rejects.append(result)
        else:
            compiled.append(result)
    others = company(recognition, compiled, gathered.rejects, partial=partial)
    gathered.held, gathered.going = others.held, others.going
    if others.rows:
        compiled = recognition.in_order([*compiled, *others.rows])
    stated = {claim.id: claim.into for row in compiled for claim in row.entities if claim.into}
    gathered.merged = aliases.joined(store, merged, stated) if stated else merged
    for row in _resolved(store, compiled, gathered.rejects, gathered.merged):
        take(row, gathered)
    return gathered


def _resolved(store: Store, rows: list[RowFacts], rejects: list[Reject], merged: Aliases) -> list[RowFacts]:
    """Reject rows that speak of an entity nobody defines, then rows that speak of what those defined, and so on."""
    in_graph: set[str] = set()
    while True:
        defined = {claim.id for row in rows for claim in row.entities} | in_graph
        unknown = {name for row in rows for name in _mentioned(row) if name not in defined}
        kept = {merged.get(name, name) for name in unknown}
        there = set(current.entities(store, sorted(kept)))
        found = {name for name in unknown if merged.get(name, name) in there}
        in_graph |= found
        missing = unknown - found
        if not missing:
            return rows
        dangling = {id(row): next((name for name in _mentioned(row) if name in missing), None) for row in rows}
        rejects += [refused(row, name) for row in rows if (name := dangling[id(row)])]
        rows = [row for row in rows if dangling[id(row)] is None]


def _mentioned(row: RowFacts) -> Iterable[str]:
    for tie in row.ties:
        yield from (tie.start, tie.end)
    for fact in row.facts:
        yield fact.evidence.source


def refused(row: RowFacts, missing: str) -> Reject:
    """Return ``row`` as a reject, because nobody knows what it speaks of."""
    message = N_("It speaks of %(id)s, which is neither in these files nor in the graph.")
    return row.reject(row.column_of.get(missing, ""), LoadError(message, id=missing))


def take(row: RowFacts, gathered: Gathered) -> None:
    """Take the facts of ``row``; a row that contradicts an earlier one of the same source is rejected whole."""
    try:
        claims = {(key := _key(claim)): _merged(claim, gathered.claims.get(key)) for claim in row.entities}
        for tie in row.ties:
            if earlier := gathered.ties.get(tie.id):
                _same(tie.properties, earlier)
                _same_rank(tie, earlier)
    except LoadError as error:
        gathered.rejects.append(row.reject("", error))
        gathered.upset = gathered.upset or row.companion
        return
    new = any(_adds(claim, gathered.claims.get(_key(claim))) for claim in row.entities)
    new = new or any(tie.id not in gathered.ties for tie in row.ties)
    gathered.claims |= claims
    for tie in row.ties:
        earlier = gathered.ties.setdefault(tie.id, tie)
        if earlier is not tie:
            gathered.ties[tie.id] = min(earlier, tie, key=_order)
    if not row.companion:
        gathered.rows.append((row, new))


def _adds(claim: EntityClaim, earlier: EntityClaim | None) -> bool:
    """Whether ``claim`` says something that ``earlier``, which it does not contradict, leaves out."""
    return earlier is None or not (
        claim.properties.keys() <= earlier.properties.keys() and claim.labels <= earlier.labels
    )


def _order(claim: EntityClaim | TieClaim) -> tuple[object, ...]:
    return evidence_order(claim.evidence.properties)


def _key(claim: EntityClaim) -> ClaimKey:
    return claim.id, claim.evidence.source, claim.evidence.mapping


def _merged(claim: EntityClaim, earlier: EntityClaim | None) -> EntityClaim:
    if earlier is None:
        return claim
    common = {name: value for name, value in claim.properties.items() if name in earlier.properties}
    _same(common, earlier)
    _same_rank(claim, earlier)
    first = min(earlier, claim, key=_order)
    if first is earlier and not _adds(claim, earlier):
        return earlier
    united = {**earlier.properties, **claim.properties}
    originals = {**claim.evidence.originals, **earlier.evidence.originals}
    evidence = replace(first.evidence, originals=originals)
    return EntityClaim(claim.id, earlier.labels | claim.labels, united, evidence, earlier.into or claim.into)


def _same_rank(claim: EntityClaim | TieClaim, earlier: EntityClaim | TieClaim) -> None:
    """Refuse two ranks for what one source says of one thing: only one of them could be kept."""
    if (claim.evidence.rank or "normal") != (earlier.evidence.rank or "normal"):
        message = N_("%(id)s: %(name)s is “%(value)s”, but line %(line)s says “%(earlier)s”.")
        mine, other = claim.evidence.rank or "normal", earlier.evidence.rank or "normal"
        raise LoadError(message, id=claim.id, name="rank", value=mine, line=earlier.evidence.row_line, earlier=other)


def _same(properties: Mapping[str, Any], earlier: EntityClaim | TieClaim) -> None:
    for name, value in properties.items():
        if value != earlier.properties.get(name):
            message = N_("%(id)s: %(name)s is “%(value)s”, but line %(line)s says “%(earlier)s”.")
            line, other = earlier.evidence.row_line, earlier.properties.get(name)
            raise LoadError(message, id=earlier.id, name=name, value=value, line=line, earlier=other)

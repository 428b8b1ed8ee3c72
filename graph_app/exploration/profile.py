"""Everything known of one entity, one tie or one source, each fact with the evidence behind it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph_app.errors import N_, NotFoundError
from graph_app.exploration.lifecycle import on_day, today
from graph_app.exploration.neighbourhood import Direction
from graph_app.graph.results import Node, Table, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

_TIES = 500  # of one type and direction
_STATED = 1000
_TELLING = ("role", "action", "as")  # what makes two ties between the same ends different facts


@dataclass(frozen=True)
class Claim:
    """One source's word for a fact: the tie that carries the evidence, and the source."""

    tie: Tie
    source: Node | None

    def get(self, name: str) -> Any:  # noqa: ANN401 - any property
        """Return a property of the evidence, such as ``quote``, ``source_line``, ``file`` or ``row_line``."""
        return self.tie.properties.get(name)


@dataclass(frozen=True)
class Fact:
    """One tie as a reader counts it: parallel claims of several sources are one fact with several claims."""

    tie: Tie
    other: Node
    direction: Direction
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Group:
    """The facts of one type and direction: the first ones, and how many there are.

    Where not all are given, ``count`` is the number of neighbours: counting facts would take as long as giving them.
    """

    type: str
    direction: Direction
    facts: tuple[Fact, ...]
    count: int


@dataclass(frozen=True)
class Profile:
    """One entity: itself, what each source says of it, its ties by group. ``cut`` says that a group has more ties."""

    node: Node
    claims: tuple[Claim, ...]
    groups: tuple[Group, ...]
    cut: bool

    def rivals(self, name: str) -> list[tuple[Claim, Any]]:
        """Return the claims that give another value for the property ``name``, with that value; a date as written."""
        return [
            (claim, claim.get(key))
            for claim in self.claims
            for key in _spoken(claim, name)
            if key in claim.tie.properties
        ]

    def speakers(self, name: str) -> list[Claim]:
        """Return the claims behind the property ``name``, whichever value they give."""
        return [claim for claim in self.claims if _spoken(claim, name)]


@dataclass(frozen=True)
class Connection:
    """A tie looked at closely: both ends and every claim behind it, the newest first."""

    tie: Tie
    start: Node
    end: Node
    claims: tuple[Claim, ...]
    agreement: Node | None = None


@dataclass(frozen=True)
class Stated:
    """One fact that a source states: an entity, or a tie between two."""

    line: int | None
    claim: Claim
    subject: Node
    object: Node | None = None


@dataclass(frozen=True)
class SourcePage:
    """A source and what it states, in the order of its lines. ``cut`` says that there is more."""

    node: Node
    stated: tuple[Stated, ...]
    cut: bool = field(default=False)


def entity(store: Store, id_: str, *, day: date | None = None) -> Profile:
    """Return everything known of the entity ``id_``, with agreements in the status of ``day``; None is today.

    Raises
    ------
    NotFoundError
        If there is no such entity.

    """
    asserted, claims = _node_with_claims(store, id_)
    node, rows = on_day(store, (asserted, _ties_of(store, id_)), day or today())
    groups = tuple(_groups(rows))
    return Profile(node, claims, groups, any(len(group.facts) < group.count for group in groups))


def tie(store: Store, id_: str) -> Connection:
    """Return the tie ``id_`` with every claim that says the same. A derived tie has its agreement's claims.

    Raises
    ------
    NotFoundError
        If there is no such tie.

    """
    start, found, end = on_day(store, _tie(store, id_), today())
    if vocabulary().types[found.type].derived:
        agreement, claims = _node_with_claims(store, found.properties["agreement"])
        return Connection(found, start, end, claims, agreement)
    return Connection(found, start, end, _parallel(store, found))


def source(store: Store, id_: str) -> SourcePage:
    """Return the source ``id_`` and what it states.

    Raises
    ------
    NotFoundError
        If there is no such source.

    """
    node, _ = _node_with_claims(store, id_)
    if "Source" not in node.labels:
        raise NotFoundError(N_("“%(id)s” is not a source."), id=id_)
    parameters = {"id": id_, "most": _STATED + 1}
    entities = store.table(statement("evidenced"), parameters, rows=_STATED + 1)
    ties = (
        row
        for type_ in vocabulary().claimed_types()
        for row in store.table(statement("stated", type_), parameters, rows=_STATED + 1).rows
    )
    stated = [_stated(Claim(claim, node), subject) for subject, claim in entities.rows]
    stated += [_stated(Claim(found, node), start, end) for start, found, end in ties]
    stated.sort(key=lambda item: (item.line is None, item.line or 0, item.claim.get("row_line") or 0))
    return SourcePage(node, tuple(stated[:_STATED]), len(stated) > _STATED)


def _spoken(claim: Claim, name: str) -> list[str]:
    """Return the property ``name``, or what was written for it if it is a date, where ``claim`` speaks of it."""
    listed: Sequence[str] = claim.get("properties") or ()
    return [key for key in (name, f"{name}_written") if key in listed]


def _node_with_claims(store: Store, id_: str) -> tuple[Node, tuple[Claim, ...]]:
    rows = store.table(statement("entity"), {"id": id_}).rows
    if not rows:
        raise NotFoundError(N_("There is no “%(id)s” in the graph."), id=id_)
    return rows[0][0], tuple(Claim(claim, source) for _, claim, source in rows if claim is not None)


def _ties_of(store: Store, id_: str) -> Table:
    types = vocabulary().drawn_types()
    symmetric = [name for name in types if vocabulary().types[name].symmetric]
    parameters = {"id": id_, "types": types, "symmetric": symmetric, "most": _TIES + 1}
    return store.table(statement("ties_of"), parameters, rows=2 * (_TIES + 1) * len(types))


def _tie(store: Store, id_: str) -> tuple[Node, Tie, Node]:
    """Return the tie ``id_`` between its ends: of the type that its id names, or, if somebody else made it, of any."""
    types = vocabulary().drawn_types()
    named = id_.partition(":")[0].upper()
    for type_ in [named] if named in types else types:
        for start, found, end in store.table(statement("tie", type_), {"id": id_}).rows:
            return start, found, end
    raise NotFoundError(N_("There is no tie “%(id)s” in the graph."), id=id_)


def _groups(rows: Iterable[Mapping[str, Any]]) -> Iterable[Group]:
    found: dict[tuple[str, Direction], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["r"].type, row["direction"]].append(row)
    order = list(vocabulary().types)
    for (type_, direction), ties in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
        facts = tuple(_fact(direction, same) for same in _folded(ties))
        cut = len(ties) > _TIES
        yield Group(type_, direction, facts[:_TIES], max(len(facts), ties[0]["neighbours"]) if cut else len(facts))


def _folded(ties: Iterable[Mapping[str, Any]]) -> Iterable[Sequence[Mapping[str, Any]]]:
    """Return the ties of one type and direction by the fact that they claim."""
    facts: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in ties:
        facts[row["n"].id, *(row["r"].properties.get(name) for name in _TELLING)].append(row)
    return facts.values()


def _fact(direction: Direction, rows: Sequence[Mapping[str, Any]]) -> Fact:
    claims = tuple(Claim(row["r"], row["source"]) for row in rows)
    return Fact(rows[0]["r"], rows[0]["n"], direction, claims)


def _parallel(store: Store, found: Tie) -> tuple[Claim, ...]:
    parameters = {"start": found.start, "end": found.end, "type": found.type}
    rows = store.table(statement("between"), parameters)
    same = [row for row in rows if _telling(row["r"]) == _telling(found)]
    return tuple(Claim(row["r"], row["source"]) for row in same)


def _telling(found: Tie) -> tuple[Any, ...]:
    return (found.start, *(found.properties.get(name) for name in _TELLING))


def _stated(claim: Claim, subject: Node, object_: Node | None = None) -> Stated:
    line = claim.get("source_line")
    return Stated(line if isinstance(line, int) else None, claim, subject, object_)

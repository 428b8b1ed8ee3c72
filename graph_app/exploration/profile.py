"""Everything known of one entity or one tie, each fact with the evidence behind it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph_app.errors import N_, NotFoundError
from graph_app.exploration.claims import (
    SET_ASIDE,
    Claim,
    Direction,
    Fact,
    Group,
    Version,
    apart,
    claimed,
    contradictions,
    parts,
    ranked,
    sameness,
    stem,
    telling,
)
from graph_app.exploration.lifecycle import on_day, today
from graph_app.exploration.quotations import Quotation, quotations_of, without_statements
from graph_app.graph.results import Node, Table, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

_TIES = 500  # of one type and direction
_CLAIMS = 5000  # and mentions of one entity


@dataclass(frozen=True)
class Profile:
    """One entity: itself, what each source says of it, its ties by group, where it is merely mentioned, what was said.

    ``cut`` says that a group has more ties.
    """

    node: Node
    claims: tuple[Claim, ...]
    groups: tuple[Group, ...]
    cut: bool
    mentions: tuple[Claim, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @property
    def fictional(self) -> bool:
        """Whether nothing but sources that call themselves fictional speaks of it."""
        sources = [claim.source for claim in self.claims]
        return bool(sources) and all(one is not None and bool(one.properties.get("fictional")) for one in sources)

    def speakers(self, name: str) -> list[Claim]:
        """Return the claims behind the property ``name``, whichever value they give; the deprecated ones last."""
        return [claim for claim in self.claims if _spoken(claim, name)]

    def rivals(self, name: str) -> list[tuple[Claim, Any]]:
        """Return the standing claims that give another value for ``name``, with that value; a date as written."""
        return [
            (claim, claim.get(key))
            for claim in self.claims
            for key in _spoken(claim, name)
            if key in claim.tie.properties and not claim.deprecated
        ]

    def versions(self, name: str) -> tuple[Version, ...]:
        """Return the values that claims give for ``name``: the shown one first, those set aside last.

        A value that the graph shows and no claim gives is a version without claims.
        """
        shown = {key: self._kept[key] for key in parts(name) if key in self._kept}
        found: dict[Any, Version] = {sameness(shown, name): Version(shown, ())} if shown else {}
        for claim in self.claims:
            given = self._given(claim, name)
            if given:
                same = sameness(given, name)
                before = found.get(same, Version(given, ()))
                found[same] = replace(before, claims=(*before.claims, claim))
        return tuple(sorted(found.values(), key=lambda version: version.deprecated))

    def disputed(self, name: str) -> tuple[Version, ...]:
        """Return the versions of ``name`` that stand, if there are several; lists add up and are never disputed."""
        standing = tuple(version for version in self.versions(name) if not version.deprecated)
        listed = any(isinstance(version.properties.get(name), list) for version in standing)
        return standing if len(standing) > 1 and not listed else ()

    def set_aside(self) -> list[tuple[str, Version]]:
        """Return (name, version) for every value that only deprecated claims give."""
        named = dict.fromkeys(stem(key) for claim in self.claims for key in claim.get("properties") or ())
        return [(name, version) for name in named for version in self.versions(name) if version.deprecated]

    def _given(self, claim: Claim, name: str) -> dict[str, Any]:
        listed: Sequence[str] = claim.get("properties") or ()
        return {key: claim.tie.properties.get(key, self._kept.get(key)) for key in parts(name) if key in listed}

    @property
    def _kept(self) -> Mapping[str, Any]:
        """What the graph keeps of all claims: the status that is asserted, not the one that follows from the acts."""
        kept = self.node.properties
        return {**kept, "status": kept["status_asserted"]} if "status_asserted" in kept else kept


@dataclass(frozen=True)
class Connection:
    """A tie looked at closely: both ends and every claim behind it, the best first, the deprecated ones last."""

    tie: Tie
    start: Node
    end: Node
    claims: tuple[Claim, ...]
    agreement: Node | None = None

    @property
    def versions(self) -> tuple[Version, ...]:
        """The values in which the claims contradict each other; empty if they agree."""
        return () if self.agreement else contradictions(self.claims)


def entity(store: Store, id_: str, *, day: date | None = None) -> Profile:
    """Return everything known of the entity ``id_``, with agreements in the status of ``day``; None is today.

    Raises
    ------
    NotFoundError
        If there is no such entity.

    """
    asked, tied, aside = _begin_claims(store, id_), _begin_ties(store, id_), _begin_aside(store, id_)
    asserted, claims = asked()
    node, rows = on_day(store, (asserted, [*tied(), *_aside(aside(), id_)]), day or today())
    groups = tuple(_groups(rows))
    quotations = quotations_of(store, node, claims, groups)
    cut = any(len(group.facts) < group.count for group in groups)
    said, mentions = apart(claims)
    return Profile(node, said, without_statements(node, groups), cut, mentions, quotations)


def tie(store: Store, id_: str) -> Connection:
    """Return the tie ``id_`` with every claim that says the same. A derived tie has its agreement's claims.

    Raises
    ------
    NotFoundError
        If there is no such tie.

    """
    start, found, end = on_day(store, _tie(store, id_), today())
    if vocabulary().types[found.type].derived:
        agreement, claims = node_with_claims(store, found.properties["agreement"])
        return Connection(found, start, end, apart(claims)[0], agreement)
    return Connection(found, start, end, _parallel(store, found))


def _spoken(claim: Claim, name: str) -> list[str]:
    """Return the property ``name``, or what was written for it if it is a date, where ``claim`` speaks of it."""
    listed: Sequence[str] = claim.get("properties") or ()
    return [key for key in (name, f"{name}_written") if key in listed]


def node_with_claims(store: Store, id_: str) -> tuple[Node, tuple[Claim, ...]]:
    """Return the entity ``id_`` with the claims and the mentions of all sources.

    Raises
    ------
    NotFoundError
        If there is no such entity.

    """
    return _begin_claims(store, id_)()


def _begin_claims(store: Store, id_: str) -> Callable[[], tuple[Node, tuple[Claim, ...]]]:
    asked = store.begin(statement("entity"), {"id": id_}, rows=_CLAIMS)

    def found() -> tuple[Node, tuple[Claim, ...]]:
        rows = asked().rows
        if not rows:
            raise NotFoundError(N_("There is no “%(id)s” in the graph."), id=id_)
        return rows[0][0], tuple(Claim(claimed(claim), source) for _, claim, source in rows if claim is not None)

    return found


def _begin_ties(store: Store, id_: str) -> Callable[[], Table]:
    types = vocabulary().drawn_types()
    symmetric = [name for name in types if vocabulary().types[name].symmetric]
    parameters = {"id": id_, "types": types, "symmetric": symmetric, "most": _TIES + 1}
    return store.begin(statement("ties_of"), parameters, rows=2 * (_TIES + 1) * len(types))


def _begin_aside(store: Store, id_: str) -> Callable[[], Table]:
    return store.begin(statement("ties_aside"), {"id": id_, "most": _TIES}, rows=_TIES)


def _aside(table: Table, id_: str) -> Iterable[Mapping[str, Any]]:
    """Yield the ties that were set aside, as ``_begin_ties`` asks for those that stand."""
    for row in table:
        found = claimed(row["r"])
        out: Direction = "out" if found.start == id_ else "in"
        direction = "both" if vocabulary().types[found.type].symmetric else out
        yield {**row, "r": found, "direction": direction, "neighbours": 0}


def _tie(store: Store, id_: str) -> tuple[Node, Tie, Node]:
    """Return the tie ``id_`` between its ends: of the type that its id names, or, if somebody else made it, of any."""
    types = vocabulary().drawn_types()
    named = id_.partition(":")[0].upper()
    for type_ in (*([named] if named in types else types), SET_ASIDE):
        for start, found, end in store.table(statement("tie", type_), {"id": id_}).rows:
            return start, claimed(found), end
    raise NotFoundError(N_("There is no tie “%(id)s” in the graph."), id=id_)


def _groups(rows: Iterable[Mapping[str, Any]]) -> Iterable[Group]:
    found: dict[tuple[str, Direction], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["r"].type, row["direction"]].append(row)
    order = list(vocabulary().types)
    for (type_, direction), ties in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
        facts = [_fact(direction, same) for same in _folded(ties)]
        standing = tuple(fact for fact in facts if not fact.deprecated)
        count = max(len(standing), *(row["neighbours"] for row in ties))
        yield Group(type_, direction, standing[:_TIES], count, tuple(fact for fact in facts if fact.deprecated))


def _folded(ties: Iterable[Mapping[str, Any]]) -> Iterable[Sequence[Mapping[str, Any]]]:
    """Return the ties of one type and direction by the fact that they claim, whichever way they run."""
    facts: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in ties:
        facts[row["n"].id, *telling(row["r"])[3:]].append(row)
    return facts.values()


def _fact(direction: Direction, rows: Sequence[Mapping[str, Any]]) -> Fact:
    claims = ranked(Claim(row["r"], row["source"]) for row in rows)
    return Fact(claims[0].tie, rows[0]["n"], direction, claims)


def _parallel(store: Store, found: Tie) -> tuple[Claim, ...]:
    parameters = {"start": found.start, "end": found.end, "type": found.type}
    rows = store.table(statement("between"), parameters)
    claims = (Claim(claimed(row["r"]), row["source"]) for row in rows)
    return ranked(claim for claim in claims if telling(claim.tie) == telling(found))

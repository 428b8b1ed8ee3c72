"""Everything known of one entity or one tie, each fact with the evidence behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph_app.errors import N_, NotFoundError
from graph_app.exploration.claims import (
    Claim,
    Direction,
    Fact,
    Group,
    Version,
    apart,
    contradictions,
    parts,
    ranked,
    sameness,
    stem,
    telling,
)
from graph_app.exploration.neighbourhood import neighbours
from graph_app.exploration.quotations import Quotation, quotations_of, without_statements
from graph_app.graph.results import Node, Tie
from graph_app.graph.statements import for_every, statement
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

    def speakers(self, name: str) -> list[Claim]:
        """Return the claims behind the property ``name``, whichever value they give; the deprecated ones last."""
        return [claim for claim in self.claims if _spoken(claim, name)]

    def versions(self, name: str) -> tuple[Version, ...]:
        """Return the values that claims give for ``name``: the shown one first, those set aside last.

        A value that the graph shows and no claim gives is a version without claims.
        """
        shown = {key: self.node.properties[key] for key in parts(name) if key in self.node.properties}
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
        kept = self.node.properties
        return {key: claim.tie.properties.get(key, kept.get(key)) for key in parts(name) if key in listed}


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


def entity(store: Store, id_: str) -> Profile:
    """Return everything known of the entity ``id_``.

    Raises
    ------
    NotFoundError
        If there is no such entity.

    """
    node, claims = node_with_claims(store, id_)
    most = _TIES + 1
    rows = store.table(for_every("ties_of", "TYPE"), {"id": id_, "most": most}, rows=2 * most * len(vocabulary().types))
    groups = tuple(_groups(id_, rows))
    quotations = quotations_of(store, node, claims, groups)
    ways = Counter((row["r"].type, row["r"].start == id_) for row in rows)
    cut = most in ways.values()
    counted = _counted(store, id_, groups) if cut else groups
    said, mentions = apart(claims)
    return Profile(node, said, without_statements(node, counted), cut, mentions, quotations)


def tie(store: Store, id_: str) -> Connection:
    """Return the tie ``id_`` with every claim that says the same. A derived tie has its agreement's claims.

    Raises
    ------
    NotFoundError
        If there is no such tie.

    """
    rows = store.table(for_every("tie", "TYPE"), {"id": id_}).rows
    if not rows:
        raise NotFoundError(N_("There is no tie “%(id)s” in the graph."), id=id_)
    start, found, end = rows[0]
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
    rows = store.table(statement("entity"), {"id": id_}, rows=_CLAIMS).rows
    if not rows:
        raise NotFoundError(N_("There is no “%(id)s” in the graph."), id=id_)
    return rows[0][0], tuple(Claim(claim, source) for _, claim, source in rows if claim is not None)


def _groups(id_: str, rows: Iterable[Mapping[str, Any]]) -> Iterable[Group]:
    folded: dict[tuple[str, Direction], dict[tuple[Any, ...], list[Mapping[str, Any]]]] = defaultdict(dict)
    for row in rows:
        found: Tie = row["r"]
        key = (row["n"].id, *telling(found)[3:])  # a tie without direction is one fact whichever way it runs
        folded[found.type, _direction(found, id_)].setdefault(key, []).append(row)
    order = list(vocabulary().types)
    for (type_, direction), facts in sorted(folded.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
        made = [_fact(direction, rows) for rows in facts.values()]
        standing = tuple(fact for fact in made if not fact.deprecated)
        yield Group(type_, direction, standing, len(standing), tuple(fact for fact in made if fact.deprecated))


def _counted(store: Store, id_: str, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return the groups of a hub, each with its first facts and the count of all its neighbours."""
    counts = {(group.type, group.direction): group.count for group in neighbours(store, id_)}
    counted = ((one, max(one.count, counts.get((one.type, one.direction), 0))) for one in groups)
    return tuple(replace(one, facts=one.facts[:_TIES], count=count) for one, count in counted)


def _direction(found: Tie, id_: str) -> Direction:
    if vocabulary().types[found.type].symmetric:
        return "both"
    return "out" if found.start == id_ else "in"


def _fact(direction: Direction, rows: Sequence[Mapping[str, Any]]) -> Fact:
    claims = ranked(Claim(row["r"], row["source"]) for row in rows)
    return Fact(claims[0].tie, rows[0]["n"], direction, claims)


def _parallel(store: Store, found: Tie) -> tuple[Claim, ...]:
    parameters = {"start": found.start, "end": found.end, "type": found.type}
    rows = store.table(statement("between"), parameters)
    return ranked(Claim(row["r"], row["source"]) for row in rows if telling(row["r"]) == telling(found))

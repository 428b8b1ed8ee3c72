"""Suggested partners of a city or an institution, each with what speaks for it. A pointer, never advice."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph_app.exploration.likeness import Likeness, Links
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store

MOST = 10
LINKS = 20_000  # of all sister-city links; with more those near the city are counted, then the first
_ROWS = 5000
_DRAWN = 40
_MET, _ABROAD, _KIND = 1.0, 0.5, 0.3  # beside a topic of two, which is worth 0.9
Reason = Literal["shared", "ways", "countries", "links", "met", "topic", "counterpart", "abroad", "kind"]


@dataclass(frozen=True)
class Why:
    """One reason: what both have, or a number. ``expected`` is the number that chance alone would give."""

    reason: Reason
    nodes: tuple[Node, ...] = ()
    count: int = 0
    expected: float = 0.0


@dataclass(frozen=True)
class Suggestion:
    """One suggested partner, its score, and the reasons, the strongest first."""

    node: Node
    score: float
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Suggestions:
    """Suggested partners, the likeliest first, out of how many; ``cut`` says that not all links were counted."""

    found: tuple[Suggestion, ...] = ()
    considered: int = 0
    cut: bool = False

    @property
    def drawn(self) -> tuple[str, ...]:
        """Ids of the partners and of what both have, which ties them to the entity in a picture."""
        both = (node.id for one in self.found for why in one.why if why.reason != "countries" for node in why.nodes)
        return tuple(dict.fromkeys([*(one.node.id for one in self.found), *both]))[:_DRAWN]


def suggests_for(node: Node) -> bool:
    """Return whether there can be suggestions for an entity: it is a city, or an institution that is one."""
    return "City" in node.labels or ("Institution" in node.labels and not node.properties.get("is_group"))


def partners(store: Store, node: Node, most: int = MOST) -> Suggestions:
    """Return suggested partners of a city or an institution; none for anything else.

    Parameters
    ----------
    store
        The graph.
    node
        The entity.
    most
        How many to return at most.

    """
    if "City" in node.labels:
        return _of_city(store, node, most)
    return _of_institution(store, node, most) if suggests_for(node) else Suggestions()


def _of_city(store: Store, city: Node, most: int) -> Suggestions:
    rows = store.table(statement("twinned"), {"city": city.id, "most": LINKS + 1}, rows=LINKS)
    countries = {row[end]: row[f"country_{end}"] for row in rows for end in ("a", "b") if row[f"country_{end}"]}
    links = Links([(row["a"], row["b"]) for row in rows], countries)
    home = str(city.properties.get("iso_country") or "")
    ranked = links.ranked(city.id, home)
    best = ranked[:most]
    nodes = by_id(store, {one.id for one in best} | {id_ for one in best for id_ in one.shared})
    codes = _countries(store, {home} | {countries.get(one.id, "") for one in best})
    found = tuple(
        Suggestion(
            nodes[one.id], one.score, _why_city(one, nodes, [codes.get(c) for c in (home, countries.get(one.id, ""))])
        )
        for one in best
        if one.id in nodes
    )
    return Suggestions(found, len(ranked), rows.cut)


def _why_city(one: Likeness, nodes: Mapping[str, Node], ends: Sequence[Node | None]) -> tuple[Why, ...]:
    why = []
    if one.shared:
        why.append(Why("shared", tuple(nodes[id_] for id_ in one.shared if id_ in nodes)))
    if one.ways:
        why.append(Why("ways", (), one.ways))
    if one.between > one.expected and ends[0] and ends[1]:
        why.append(Why("countries", (ends[0], ends[1]), one.between, one.expected))
    why.append(Why("links", (), one.links))
    return tuple(why)


def _of_institution(store: Store, asked: Node, most: int) -> Suggestions:
    table = store.table(statement("likely_institutions"), {"id": asked.id}, rows=_ROWS)
    others: dict[str, Node] = {}
    reasons: dict[str, dict[Reason, dict[str, tuple[Node | None, int]]]] = defaultdict(lambda: defaultdict(dict))
    for row in table:
        other, by = row["other"], row["by"]
        others[other.id] = other
        reasons[other.id][row["reason"]][by.id if by else ""] = (by, row["weight"])
    home = asked.properties.get("iso_country")
    for id_, other in others.items():
        if home and other.properties.get("iso_country") not in {None, home}:
            reasons[id_]["abroad"][""] = (None, 0)
    scored = [_institution(others[id_], given) for id_, given in reasons.items()]
    scored.sort(key=lambda one: (-one.score, one.node.id))
    return Suggestions(tuple(scored[:most]), len(scored), table.cut)


def _institution(node: Node, given: Mapping[Reason, Mapping[str, tuple[Node | None, int]]]) -> Suggestion:
    """Score what an institution has in common: the fewer are tied to a topic or counterpart, the more it counts."""
    worth = {reason: sum(_worth(reason, weight) for _, weight in found.values()) for reason, found in given.items()}
    ordered = sorted(given, key=lambda reason: (-worth[reason], reason))
    why = tuple(Why(reason, tuple(by for by, _ in given[reason].values() if by)) for reason in ordered)
    return Suggestion(node, sum(worth.values()), why)


def _worth(reason: Reason, weight: int) -> float:
    fixed = {"met": _MET, "abroad": _ABROAD, "kind": _KIND}
    return fixed[reason] if reason in fixed else 1 / math.log(1 + max(weight, 2))


def _countries(store: Store, codes: Iterable[str]) -> dict[str, Node]:
    wanted = sorted(set(codes) - {""})
    rows = store.table(statement("countries_by_code"), {"codes": wanted}, rows=2 * len(wanted) + 1)
    return {row["c"].properties["iso_country"]: row["c"] for row in rows}

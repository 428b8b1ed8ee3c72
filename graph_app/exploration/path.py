"""A path as it is told: its steps, with the ties and the claims behind each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graph_app.exploration.claims import Claim, Fact, preference, ranked, telling, unsourced
from graph_app.exploration.lifecycle import on_day, today
from graph_app.exploration.web import Web
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node, Tie
from graph_app.graph.statements import statement
from graph_app.vocabulary import vocabulary

_CLAIMS = 20_000


@dataclass(frozen=True)
class Step:
    """From one entity of a path to the next, in the order of walking; the surest of the facts that join them first."""

    start: Node
    end: Node
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Path:
    """Steps, each of which begins where the one before ended."""

    steps: tuple[Step, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The entities in the order of walking."""
        return (self.steps[0].start, *(step.end for step in self.steps))

    @property
    def ties(self) -> Iterator[Tie]:
        """Yield every tie along it; the claims behind a derived one are no ties of the path."""
        for step in self.steps:
            for fact in step.facts:
                derived = vocabulary().types[fact.tie.type].derived
                yield from (fact.tie,) if derived else (claim.tie for claim in fact.claims)


def walked(web: Web, ways: Sequence[Sequence[str]], nodes: Mapping[str, Node]) -> tuple[Path, ...]:
    """Return the paths of which ``ways`` are the ids; ``nodes`` has their entities.

    One that is no path any more, because a load came between the two questions, is left out.
    """
    joined = _joining(web, {(here, there) for way in ways for here, there in pairwise(way)})
    standing = (way for way in ways if all(frozenset(pair) in joined for pair in pairwise(way)))
    return tuple(_path(way, nodes, joined) for way in standing)


def nodes_of(web: Web, ids: Iterable[str]) -> dict[str, Node]:
    """Return the entities of ``ids``, agreements in the status of the day that was asked about."""
    found = on_day(web.store, [*by_id(web.store, ids).values()], web.filters.day or today())
    return {node.id: node for node in found}


def _joining(web: Web, pairs: set[tuple[str, str]]) -> dict[frozenset[str], list[tuple[Tie, Claim]]]:
    """Return the ties between the entities of each pair, each with one claim behind it."""
    derived = [name for name, tie in vocabulary().types.items() if tie.derived]
    once = sorted({(min(pair), max(pair)) for pair in pairs})
    parameters = {**web.filters.parameters, "pairs": [list(pair) for pair in once], "derived": derived}
    rows = web.store.table(statement("along"), parameters, rows=_CLAIMS) if once else ()
    found: dict[frozenset[str], list[tuple[Tie, Claim]]] = {}
    for row in on_day(web.store, list(rows), web.filters.day or today()):
        found.setdefault(frozenset((row["a"].id, row["b"].id)), []).append(
            (row["r"], Claim(row["claim"], row["source"]))
        )
    return found


def _path(
    way: Sequence[str], nodes: Mapping[str, Node], joined: Mapping[frozenset[str], list[tuple[Tie, Claim]]]
) -> Path:
    return Path(
        tuple(
            Step(nodes[here], nodes[there], _facts(nodes[here], nodes[there], joined.get(frozenset((here, there)), [])))
            for here, there in pairwise(way)
        )
    )


def _facts(start: Node, end: Node, ties: Iterable[tuple[Tie, Claim]]) -> tuple[Fact, ...]:
    """Return the facts that join two entities, the surest first; parallel claims are one fact."""
    same: dict[tuple[object, ...], list[tuple[Tie, Claim]]] = {}
    for tie, claim in ties:
        same.setdefault(telling(tie), []).append((tie, claim))
    facts = []
    for known in same.values():
        best = min((tie for tie, _ in known), key=preference)
        way: Literal["out", "in", "both"] = "out" if best.start == start.id else "in"
        direction = "both" if vocabulary().types[best.type].symmetric else way
        facts.append(Fact(best, end, direction, ranked(claim for _, claim in known)))
    return tuple(sorted(facts, key=lambda fact: (unsourced(fact.tie), *preference(fact.tie)[:2], fact.tie.id)))

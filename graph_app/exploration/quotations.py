"""What people said: claims, hopes, expectations and praise, quoted with their speakers and never counted as facts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph_app.exploration.claims import Claim, Group, apart
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store


@dataclass(frozen=True)
class Quotation:
    """What somebody claimed, hoped, expected or praised: a statement with its speakers and the claims behind it."""

    node: Node
    speakers: tuple[Node, ...]
    claims: tuple[Claim, ...]


def without_statements(node: Node, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return ``groups`` without what was said: that is quoted, it is no tie of fact. Groups left empty are dropped."""
    if "Statement" in node.labels:
        return tuple(groups)
    kept = ((group, tuple(f for f in group.facts if "Statement" not in f.other.labels)) for group in groups)
    counted = (replace(g, facts=facts, count=g.count - len(g.facts) + len(facts)) for g, facts in kept)
    return tuple(group for group in counted if group.count or group.deprecated)


def quotations_of(store: Store, node: Node, claims: Iterable[Claim], groups: Iterable[Group]) -> tuple[Quotation, ...]:
    """Return the statements that an entity made or that are about it; of a statement, itself."""
    found = {fact.other.id: (fact.other, fact.claims) for group in groups for fact in group.facts}
    found = {id_: pair for id_, pair in found.items() if "Statement" in pair[0].labels}
    if "Statement" in node.labels:
        found = {node.id: (node, apart(claims)[0])}
    speakers: dict[str, list[Node]] = defaultdict(list)
    for row in store.table(statement("speakers"), {"ids": list(found)}) if found else ():
        speakers[row["id"]].append(row["speaker"])
    return tuple(Quotation(said, tuple(speakers[id_]), behind) for id_, (said, behind) in found.items())

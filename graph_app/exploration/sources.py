"""One source: what it states and whom it mentions, in the order of its lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_app.errors import N_, NotFoundError
from graph_app.exploration.claims import SET_ASIDE, Claim, claimed
from graph_app.exploration.profile import node_with_claims
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

_STATED = 1000
_RELATIONS = {"publisher": "institution", "relayed_from": "institution", "dateline": "place"}


@dataclass(frozen=True)
class Stated:
    """One fact that a source states: an entity, or a tie between two."""

    line: int | None
    claim: Claim
    subject: Node
    object: Node | None = None


@dataclass(frozen=True)
class SourcePage:
    """A source, what it states in the order of its lines, and whom it mentions. ``cut`` says that there is more.

    ``relations`` has the entities that its own properties name: whom it relays, where it was datelined.
    """

    node: Node
    stated: tuple[Stated, ...]  # the deprecated ones last
    cut: bool = field(default=False)
    mentioned: tuple[tuple[Node, tuple[Claim, ...]], ...] = ()
    relations: Mapping[str, Node] = field(default_factory=dict, hash=False)


def source(store: Store, id_: str) -> SourcePage:
    """Return the source ``id_`` and what it states.

    Raises
    ------
    NotFoundError
        If there is no such source.

    """
    node, _ = node_with_claims(store, id_)
    if "Source" not in node.labels:
        raise NotFoundError(N_("“%(id)s” is not a source."), id=id_)
    parameters = {"id": id_, "most": _STATED + 1}
    entities = store.table(statement("evidenced"), parameters, rows=_STATED + 1)
    ties = (
        row
        for type_ in (*vocabulary().claimed_types(), SET_ASIDE)
        for row in store.table(statement("stated", type_), parameters, rows=_STATED + 1).rows
    )
    stated = [_stated(Claim(claimed(claim), node), subject) for subject, claim in entities.rows]
    stated += [_stated(Claim(claimed(found), node), start, end) for start, found, end in ties]
    stated.sort(key=_in_order)
    mentions = store.table(statement("mentioned"), parameters, rows=_STATED + 1)
    cut = len(stated) > _STATED or len(mentions.rows) > _STATED
    return SourcePage(node, tuple(stated[:_STATED]), cut, _mentioned(node, mentions.rows), _relations(store, node))


def _in_order(item: Stated) -> tuple[bool, bool, int, int]:
    return item.claim.deprecated, item.line is None, item.line or 0, item.claim.get("row_line") or 0


def _mentioned(source: Node, rows: Iterable[Sequence[Any]]) -> tuple[tuple[Node, tuple[Claim, ...]], ...]:
    found: dict[str, tuple[Node, list[Claim]]] = {}
    for subject, claim in rows:
        found.setdefault(subject.id, (subject, []))[1].append(Claim(claim, source))
    return tuple((subject, tuple(claims)) for subject, claims in found.values())


def _relations(store: Store, node: Node) -> dict[str, Node]:
    """Return the entities that a source names by their keys: the body it relays, the place of its dateline."""
    keys = {name: f"{base}:{node.properties[name]}" for name, base in _RELATIONS.items() if name in node.properties}
    found = by_id(store, keys.values())
    return {name: found[id_] for name, id_ in keys.items() if id_ in found}


def _stated(claim: Claim, subject: Node, object_: Node | None = None) -> Stated:
    line = claim.get("source_line")
    return Stated(line if isinstance(line, int) else None, claim, subject, object_)

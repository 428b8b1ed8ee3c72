"""The questions that can be asked about entities that are selected: by the types that their parameters take."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from graph_app.catalog import Question
from graph_app.exploration import neighbourhood
from graph_app.graph.results import Node
from graph_app.views import store
from graph_app.views.question_page import address, catalog

_MOST = 50  # entities that are asked about together


@dataclass(frozen=True)
class Fitting:
    """Entities, and the questions that take all of them, each with its address filled in."""

    entities: tuple[Node, ...]
    questions: tuple[tuple[Question, str], ...]


def fitting(ids: Sequence[str]) -> Fitting | None:
    """Return what can be asked about the entities ``ids``; None if none of them is in the graph."""
    if not ids:
        return None
    found, _hidden = neighbourhood.picture(store(), list(ids)[:_MOST])
    known = {node.id: node for node in found.nodes}
    entities = tuple(known[id_] for id_ in dict.fromkeys(ids) if id_ in known)
    return Fitting(entities, tuple(about(entities))) if entities else None


def about(entities: Sequence[Node]) -> Iterator[tuple[Question, str]]:
    """Yield the questions with exactly one place for each of ``entities``, or one list for all, and their addresses."""
    for question in catalog().values():
        if values := _filled(question, entities):
            yield question, address("queries.show", question, values)


def _filled(question: Question, entities: Sequence[Node]) -> dict[str, str]:
    places = {name: p for name, p in question.parameters.items() if p.type == "entity" and p.of}
    for name, parameter in places.items():
        if parameter.many and all(_takes(parameter.of, node) for node in entities):
            return {name: ",".join(node.id for node in entities)}
    single = [(name, p) for name, p in places.items() if not p.many]
    if len(single) < len(entities) or sum(p.must_be_given for _, p in single) > len(entities):
        return {}
    pairs = list(zip(single, entities, strict=False))
    if all(_takes(parameter.of, node) for (_, parameter), node in pairs):
        return {name: node.id for (name, _), node in pairs}
    return {}


def _takes(of: Collection[str], node: Node) -> bool:
    return not set(of).isdisjoint(node.labels)

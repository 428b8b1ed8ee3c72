"""Entities as people name them in a question: by id, or by a name that only one entity has."""

from collections.abc import Collection, Mapping, Sequence

from graph_app.catalog.values import BadValueError, looks_like_id
from graph_app.errors import N_
from graph_app.exploration.search import Hit, search
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.graph.store import Store
from graph_app.keys import names_of
from graph_app.text import squash
from graph_app.vocabulary import vocabulary

_CANDIDATES = 50
_OFFERED = 6


class ManyMeantError(BadValueError):
    """Several entities are called what was typed; ``hits`` are those to choose from, best first."""

    def __init__(self, message: str, hits: Sequence[Hit], **values: object) -> None:
        super().__init__(message, **values)
        self.hits = tuple(hits)


def resolve(store: Store, text: str, of: Collection[str] = (), known: Mapping[str, Node] | None = None) -> Node:
    """Return the one entity that ``text`` means.

    Parameters
    ----------
    store
        The graph.
    text
        An id, or a name in any spelling.
    of
        Labels, one of which the entity must have; empty allows all.
    known
        The entities by id, if those of the ids that were given have been looked up already.

    Raises
    ------
    ManyMeantError
        If more than one entity is called so; it holds those to choose from.
    BadValueError
        If none is, or the entity is of another type.

    """
    if looks_like_id(text):
        found = by_id(store, [text]) if known is None else known
        if text not in found:
            raise BadValueError(N_("There is no entity with the id “%(text)s”."), text=text)
        return _of_type(found[text], of)
    hits = [hit for hit in search(store, text, limit=_CANDIDATES) if _fits(hit.node, of)]
    same = [hit for hit in hits if squash(text) in map(squash, names_of(hit.node.properties))]
    if len(same or hits) == 1 and _called((same or hits)[0].node, text):
        return (same or hits)[0].node
    if not hits:
        raise BadValueError(N_("Nothing of this type is called “%(text)s”."), text=text)
    offered = (same or hits)[:_OFFERED]
    names = "; ".join(map(_told, offered))
    raise ManyMeantError(N_("“%(text)s” can mean several; give the id: %(names)s."), offered, text=text, names=names)


def _told(hit: Hit) -> str:
    """Return a hit so that it can be told from its namesakes: names, place, id."""
    names = " / ".join(names_of(hit.node.properties)[:2])
    place = f" ({names_of(hit.place.properties)[0]})" if hit.place and names_of(hit.place.properties) else ""
    return f"{names}{place} = {hit.node.id}"


def _called(node: Node, text: str) -> bool:
    """Return whether ``text`` stands in a name of ``node``; a name that is only like it must be confirmed."""
    return any(squash(text) in squash(name) for name in names_of(node.properties))


def _fits(node: Node, of: Collection[str]) -> bool:
    return not of or not set(of).isdisjoint(node.labels)


def _of_type(node: Node, of: Collection[str]) -> Node:
    if not _fits(node, of):
        labels = vocabulary().labels
        wanted = "; ".join(f"{labels[label].en} ({labels[label].fa})" for label in of)
        raise BadValueError(N_("“%(id)s” is not of the type wanted here: %(wanted)s."), id=node.id, wanted=wanted)
    return node

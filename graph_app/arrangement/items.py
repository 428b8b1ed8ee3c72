"""What a layout needs to know of an entity: its type, its country and where on the earth it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph_app.graph.results import Node, Position
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

SEVERAL, NOWHERE = "several", "none"  # in place of the code of a country


@dataclass(frozen=True)
class Item:
    """An entity, or a stack of several, as layouts see it; ``country`` is a code of ISO 3166, or one of those above."""

    id: str
    label: str
    country: str = NOWHERE
    at: Position | None = None


def plain(nodes: Iterable[Node]) -> list[Item]:
    """Return the entities by type alone."""
    return [Item(node.id, vocabulary().shown(node.labels)) for node in nodes]


def located(store: Store, nodes: Iterable[Node]) -> list[Item]:
    """Return the entities with their countries and positions, as far as the graph knows them."""
    items = plain(nodes)
    found = {}
    if items:
        asked = {"ids": [item.id for item in items]}
        found = {row["id"]: row for row in store.table(statement("whereabouts"), asked, rows=len(items) + 1)}
    return [
        _located(item, found[item.id]["countries"], found[item.id]["position"]) if item.id in found else item
        for item in items
    ]


def _located(item: Item, countries: list[str], at: object) -> Item:
    country = countries[0] if len(countries) == 1 else SEVERAL if countries else NOWHERE
    return Item(item.id, item.label, country, at if isinstance(at, Position) else None)

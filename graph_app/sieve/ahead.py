"""What a sieve would let through of what an entity can be expanded by: told before anybody expands it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from graph_app.exploration.lifecycle import on_day
from graph_app.graph.results import Subgraph
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.sieve.sifting import Sifted, sifted
from graph_app.sieve.wish import Sieve
from graph_app.vocabulary import vocabulary

MOST = 2_000  # ties that are looked at; of an entity with more nothing is told

Way = tuple[str, str]  # type and direction of ties


def passing(store: Store, entity: str, shown: Collection[str], wish: Sieve, day: date) -> Mapping[Way, int] | None:
    """Return how many new neighbours of each type and direction would be seen; None where there are too many to tell.

    Parameters
    ----------
    store
        The graph.
    entity
        Stable id.
    shown
        Ids that are in the picture already.
    wish
        What is hidden.
    day
        The day on which statuses are looked up.

    """
    asked = {"id": entity, "types": vocabulary().drawn_types(), "shown": list(shown), "most": MOST + 1}
    found = store.subgraph(statement("around"), asked, elements=MOST)
    if found.cut or len(found.ties) > MOST:
        return None
    found = on_day(store, found, day)
    return let_by(found, entity, sifted(store, found, wish))


def let_by(found: Subgraph, entity: str, gone: Sifted) -> dict[Way, int]:
    """Return how many neighbours of ``entity`` in ``found`` stay, by type and direction."""
    types = vocabulary().types
    kept: dict[Way, set[str]] = defaultdict(set)
    for tie in found.ties:
        other = tie.end if tie.start == entity else tie.start
        if tie.id not in gone.ties and other not in gone.nodes:
            way = "both" if types[tie.type].symmetric else "out" if tie.start == entity else "in"
            kept[tie.type, way].add(other)
    return {way: len(ids) for way, ids in kept.items()}

"""Pictures that a page shows beside its text: what the script of the page draws, and nothing beyond it."""

from collections.abc import Mapping
from typing import Any

from graph_app.exploration import neighbourhood
from graph_app.exploration.path import Path
from graph_app.graph.results import Subgraph
from graph_app.layout import Point, positions
from graph_app.picture import draw
from graph_app.views import language, store
from graph_app.views.explore import states

_ACROSS, _DOWN = 230.0, 96.0  # pixels between the columns and the rows of a picture of paths
_TALLEST = 10  # entities of a column; with more of them springs find better places


def drawn(network: Subgraph, places: Mapping[str, Point] | None = None) -> dict[str, Any]:
    """Return the entities and ties of an answer at ``places``, or where springs put them."""
    where = places or positions([[node.id for node in network.nodes]], [(tie.start, tie.end) for tie in network.ties])
    evidence = neighbourhood.evidence(store(), [node.id for node in network.nodes])
    return {"picture": draw(network, where, {}, language(), evidence=evidence), "states": states()}


def in_columns(paths: tuple[Path, ...]) -> dict[str, Point] | None:
    """Return places for ``paths`` between two ends, step by step in reading direction; None if they are too many."""
    step: dict[str, int] = {}
    for path in paths:
        for index, node in enumerate(path.nodes):
            step.setdefault(node.id, index)
    last = max(step.values(), default=0)
    step |= {path.nodes[-1].id: last for path in paths}
    columns = {index: [id_ for id_, at in step.items() if at == index] for index in range(last + 1)}
    if max(map(len, columns.values()), default=0) > _TALLEST:
        return None
    side = -1 if language() == "fa" else 1
    return {
        id_: (side * _ACROSS * (index - last / 2), _DOWN * (row - (len(column) - 1) / 2) + 24 * (index % 2))
        for index, column in columns.items()
        for row, id_ in enumerate(column)
    }

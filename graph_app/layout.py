"""Where the entities of a picture stand: a pure function of how the picture was built.

A picture grows in steps. The first step is laid out on its own; each later step finds places for its new entities
while the earlier ones stay where they are. So a reader never loses the way, and the same steps are the same picture
in every browser, on every day.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

Point = tuple[float, float]
Pair = tuple[str, str]

_APART = 120.0  # pixels between neighbours
_LEAST = np.array([110.0, 84.0])  # pixels that two entities with their labels need, across and down
_ASPECT = 1.5  # screens are wider than high
_ROUNDS = 60
_PUSHES = 80
_SEED = 20251205
_STEPS_KEPT = 128


def positions(
    steps: Sequence[Sequence[str]],
    pairs: Iterable[tuple[str, str]],
    pins: Mapping[str, tuple[int, Point]] | None = None,
) -> dict[str, Point]:
    """Return the place of every entity in ``steps``, in pixels around the origin, y downward.

    Parameters
    ----------
    steps
        Ids in the order in which they came into the picture. An id counts where it comes first.
    pairs
        The two ends of every tie. Order, direction and repetition do not matter.
    pins
        Where a reader put an entity, and after how many steps: the steps after it grow around that place, and nothing
        else moves.

    Returns
    -------
    dict
        Id to (x, y). No two entities are so close that their labels cover each other, unless that would take too
        long (the pushing apart is bounded).

    """
    edges = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    placed: dict[str, Point] = {}
    for at, step in enumerate(steps):
        placed |= {name: place for name, (since, place) in (pins or {}).items() if since <= at and name in placed}
        new = [name for name in dict.fromkeys(step) if name not in placed]
        if new:
            placed = _step(placed, new, edges)
    placed |= {name: place for name, (_, place) in (pins or {}).items() if name in placed}
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in placed.items()}


def _step(placed: dict[str, Point], new: list[str], edges: list[tuple[str, str]]) -> dict[str, Point]:
    """Return ``placed`` with the ``new`` entities added; those that were placed keep their place."""
    there = {*placed, *new}
    inside = tuple(edge for edge in edges if edge[0] in there and edge[1] in there)
    return dict(_added(tuple(placed.items()), tuple(new), inside))


@lru_cache(maxsize=_STEPS_KEPT)
def _added(before: tuple[tuple[str, Point], ...], added: tuple[str, ...], edges: tuple[Pair, ...]) -> dict[str, Point]:
    """Return the places after one step, found once: filters, undoing and the next step ask for them again."""
    import networkx as nx  # noqa: PLC0415 - large; most pages place nothing

    placed, new = dict(before), list(added)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from([*placed, *new])
    graph.add_edges_from(edges)
    parts = sorted(nx.connected_components(graph), key=lambda part: (part.isdisjoint(placed), -len(part), min(part)))
    tied = set().union(*(part for part in parts if not part.isdisjoint(placed))) or parts[0]
    moved = _grown(graph.subgraph(tied), {name: placed[name] for name in placed if name in tied}, new)
    standing = {**placed, **moved}
    loose = [_grown(graph.subgraph(part), {}, new) for part in parts if part.isdisjoint(tied)]
    return _pushed_apart({**standing, **_beside(standing, loose)}, list(placed), new)


def _grown(graph: "nx.Graph[str]", placed: dict[str, Point], new: list[str]) -> dict[str, Point]:
    """Return places for one part of the picture in which all that is new hangs together with what stands already."""
    mine = [name for name in new if name in graph]
    start = {**placed, **_beginnings(graph, placed, mine)}
    if len(graph) > 1:
        start = _sprung(graph, start, list(placed))
    moved = _pushed_apart(start, list(placed), mine)
    return {**placed, **{name: moved[name] for name in mine}}


def _beside(standing: dict[str, Point], loose: Sequence[dict[str, Point]]) -> dict[str, Point]:
    """Return places for the parts that are tied to nothing that stands: in rows, next to it or below it."""
    if not loose:
        return {}
    boxes = [_box(part) for part in loose]
    widest = max(math.sqrt(_ASPECT * sum(float(np.prod(size)) for _, size in boxes)), *(size[0] for _, size in boxes))
    corner, size = _box(standing)
    across = size[0] <= _ASPECT * size[1]  # the shorter side of the picture grows
    origin = corner + (np.array([size[0], 0.0]) if across else np.array([0.0, size[1]]))
    found: dict[str, Point] = {}
    at, high = np.zeros(2), 0.0
    for part, (begin, extent) in zip(loose, boxes, strict=True):
        if at[0] and at[0] + extent[0] > widest:
            at, high = np.array([0.0, at[1] + high]), 0.0
        shift = origin + at - begin
        found |= {name: (x + float(shift[0]), y + float(shift[1])) for name, (x, y) in part.items()}
        at, high = at + np.array([extent[0], 0.0]), max(high, float(extent[1]))
    return found


def _box(part: Mapping[str, Point]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the upper left corner of a part and its size, with room for the labels around it."""
    places = np.array(list(part.values()), dtype=float)
    begin = places.min(axis=0) - _LEAST / 2
    return begin, places.max(axis=0) + _LEAST / 2 - begin


def _beginnings(graph: "nx.Graph[str]", placed: dict[str, Point], new: list[str]) -> dict[str, Point]:
    """Return first places: on a ring around the middle of the neighbours that stand already, or around the origin."""
    middle = _mean(list(placed.values()))
    found: dict[str, Point] = {}
    for index, name in enumerate(new):
        anchors = [placed[other] for other in graph[name] if other in placed]
        x, y = _mean(anchors) if anchors else middle
        outward = math.atan2(y - middle[1], x - middle[0]) if anchors else 0.0
        angle = outward + 2.399963 * index  # the golden angle: no two the same, evenly spread
        reach = _APART * (1 + 0.25 * math.sqrt(index)) * (1 if anchors else 1 + math.sqrt(len(placed)))
        found[name] = (x + _ASPECT * reach * math.cos(angle), y + reach * math.sin(angle))
    return found


def _mean(points: Sequence[Point]) -> Point:
    if not points:
        return 0.0, 0.0
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _sprung(graph: "nx.Graph[str]", start: dict[str, Point], fixed: list[str]) -> dict[str, Point]:
    """Return places after springs pulled on the ties; without fixed ones they are scaled to the wide canvas."""
    import networkx as nx  # noqa: PLC0415

    if fixed:
        found = nx.spring_layout(graph, k=_APART, pos=start, fixed=fixed, iterations=_ROUNDS, seed=_SEED)
        return {name: (float(x), float(y)) for name, (x, y) in found.items()}
    size = _APART * math.sqrt(len(graph))
    found = nx.spring_layout(graph, k=1.6 / math.sqrt(len(graph)), iterations=2 * _ROUNDS, seed=_SEED)
    return {name: (float(x) * size * _ASPECT * 0.8, float(y) * size * 0.8) for name, (x, y) in found.items()}


def _pushed_apart(start: dict[str, Point], fixed: list[str], new: list[str]) -> dict[str, Point]:
    """Return places in which labels have room; only the ``new`` ones move."""
    names = [*fixed, *new]
    places = np.array([start[name] for name in names], dtype=float)
    movable = np.arange(len(names)) >= len(fixed)
    for _ in range(_PUSHES):
        push = _push(places, movable)
        if not push.any():
            break
        places += push
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}


def _push(places: NDArray[np.float64], movable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how far each movable place goes in this round, away from those that are too close."""
    offset = (places[:, None, :] - places[None, :, :]) / _LEAST
    distance = np.hypot(offset[..., 0], offset[..., 1])
    np.fill_diagonal(distance, 1e9)
    close = (distance < 1) & movable[:, None]
    same = distance < 1e-6  # noqa: PLR2004 - two in one spot part along a direction of their own
    index = np.arange(len(places))
    offset[same] = np.stack([np.cos(2.4 * index), np.sin(2.4 * index)], axis=1)[np.nonzero(same)[0]] * 0.01
    distance[same] = 0.01
    share = np.where(movable[None, :], 0.5, 1.0)  # two movable ones share the way
    strength = np.where(close, (1.02 - distance) * share / distance, 0.0)
    return np.asarray((offset * strength[..., None]).sum(axis=1) * _LEAST, dtype=float)

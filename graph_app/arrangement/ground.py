"""What lies under the discs: outlines with names, borders, and where a disc belongs that had to move aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_app.layout import Point

ACROSS, DOWN = 140.0, 104.0  # pixels that a disc with its name takes in rows and columns
_ROOM = (86.0, 58.0, 76.0)  # pixels from the middle of a disc to an outline: sideways, above, below


@dataclass(frozen=True)
class Outline:
    """A line around several entities, with a name; ``key`` is the group that it stands for, if it is one."""

    name: str
    count: int
    points: tuple[Point, ...]
    key: str = ""


@dataclass(frozen=True)
class Laid:
    """Places of entities and what lies under them.

    Parameters
    ----------
    places
        Id to (x, y) in pixels, y downward.
    parts
        Name, as a key, of each part with its entities: a layer, a country.
    spots
        Id to the place on the map of those that stand on it or had to move aside from it.
    unplaced
        Ids of those for which a layout knows no place of their own; they stand together, apart.
    borders
        The borders as the path of an SVG, empty where there is no map.

    """

    places: Mapping[str, Point] = field(hash=False)
    parts: Sequence[tuple[str, Sequence[str]]] = field(default=(), hash=False)
    spots: Mapping[str, Point] = field(default_factory=dict, hash=False)
    unplaced: tuple[str, ...] = ()
    borders: str = ""


def boxed(places: Sequence[Point]) -> tuple[Point, ...]:
    """Return the corners of the box around discs with their names."""
    side, above, below = _ROOM
    left, right = min(x for x, _ in places) - side, max(x for x, _ in places) + side
    top, bottom = min(y for _, y in places) - above, max(y for _, y in places) + below
    return (left, top), (right, top), (right, bottom), (left, bottom)


def bands(boxes: Sequence[tuple[Point, ...]]) -> list[tuple[Point, ...]]:
    """Return boxes as wide as the widest of them, so that they lie over each other as layers do."""
    left = min((x for box in boxes for x, _ in box), default=0.0)
    right = max((x for box in boxes for x, _ in box), default=0.0)
    return [((left, box[0][1]), (right, box[0][1]), (right, box[2][1]), (left, box[2][1])) for box in boxes]


def hull(places: Sequence[Point]) -> tuple[Point, ...]:
    """Return the convex line around discs with their names, clockwise on the screen.

    References
    ----------
    A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Information Processing Letters 9(5),
    1979, pp. 216-219.

    """
    points = sorted({corner for place in places for corner in boxed([place])})
    lower, upper = _chain(points), _chain(points[::-1])
    return (*lower[:-1], *upper[:-1])


def _chain(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def as_json(outlines: Sequence[Outline], laid: Laid, places: Mapping[str, Point]) -> dict[str, Any]:
    """Return what lies under the discs as the script and the drawings read it."""
    shown = [{"name": one.name, "count": one.count, "key": one.key, "points": one.points} for one in outlines]
    spots = [(*spot, *places[id_]) for id_, spot in sorted(laid.spots.items()) if id_ in places]
    return {"outlines": shown, "spots": spots, "borders": laid.borders}

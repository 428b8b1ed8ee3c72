"""A box for each country, the fullest first, and in it the entities that are there."""

import math
from collections.abc import Sequence

from graph_app.arrangement.ground import ACROSS, DOWN, Laid
from graph_app.arrangement.items import NOWHERE, SEVERAL, Item
from graph_app.layout import Point
from graph_app.vocabulary import vocabulary

_BESIDE, _BELOW = 62.0, 74.0  # pixels between what stands in two boxes, beyond what rows and columns need
_LAST = (SEVERAL, NOWHERE)


def by_country(items: Sequence[Item]) -> Laid:
    """Return the entities in a box for each country; in it by type, then by id."""
    rank = {label: at for at, names in enumerate(vocabulary().layers) for label in names}
    parts: dict[str, list[str]] = {}
    for item in sorted(items, key=lambda one: (rank.get(one.label, len(rank)), one.id)):
        parts.setdefault(item.country, []).append(item.id)
    order = sorted(
        parts, key=lambda name: (name in _LAST, _LAST.index(name) if name in _LAST else -len(parts[name]), name)
    )
    return Laid(_packed([parts[name] for name in order]), [(name, parts[name]) for name in order])


def _packed(boxes: Sequence[Sequence[str]]) -> dict[str, Point]:
    """Return places: boxes in lines, broken where a line would be longer than the whole is to be wide."""
    sizes = [_size(len(box)) for box in boxes]
    area = sum((ACROSS * columns + _BESIDE) * (DOWN * rows + _BELOW) for columns, rows in sizes)
    widest = max(1.35 * math.sqrt(area), *(ACROSS * columns + _BESIDE for columns, _ in sizes), 0.0)
    places: dict[str, Point] = {}
    left = top = tallest = 0.0
    for box, (columns, rows) in zip(boxes, sizes, strict=True):
        width, height = ACROSS * columns + _BESIDE, DOWN * rows + _BELOW
        if left and left + width > widest:
            left, top, tallest = 0.0, top + tallest, 0.0
        for index, name in enumerate(box):
            places[name] = (left + ACROSS * (index % columns), top + DOWN * (index // columns))
        left, tallest = left + width, max(tallest, height)
    return _centred(places)


def _size(count: int) -> tuple[int, int]:
    columns = max(1, math.ceil(math.sqrt(count)))
    return columns, math.ceil(count / columns)


def _centred(places: dict[str, Point]) -> dict[str, Point]:
    if not places:
        return {}
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {name: (one - x, other - y) for name, (one, other) in places.items()}

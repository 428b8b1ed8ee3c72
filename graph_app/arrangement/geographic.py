"""Entities where they are on the earth, over the borders; those without a known place stand together below the map.

The projection is the equirectangular one, true to scale along the latitude in the middle of what is drawn.
"""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph_app.arrangement import borders
from graph_app.arrangement.ground import ACROSS, DOWN, Laid
from graph_app.arrangement.items import Item
from graph_app.layout import Point

UNPLACED = "unplaced"  # the part of those without a known place
_NARROWEST, _WIDEST = 900.0, 3000.0  # pixels that all entities together take up from side to side
_TYPICAL = 110.0  # pixels from an entity to the nearest one, if there is room
_ROOM = np.array([0.7 * ACROSS, 70.0])  # pixels that a disc with its name needs, across and down
_MARGIN = 260.0
_TURN = 2.399963  # the golden angle: every try goes another way
_STEP = np.array([22.0, 16.0])  # pixels, times the square root of the number of the try
_PIECES, _PIECE = 80, 100  # tries


def on_map(items: Sequence[Item], file: Path) -> Laid:
    """Return the entities at their positions, or as near as names have room; ``file`` has the borders."""
    known = sorted((item for item in items if item.at), key=lambda item: item.id)
    unplaced = sorted(item.id for item in items if not item.at)
    degrees = np.array([(item.at.longitude, item.at.latitude) for item in known if item.at]).reshape(-1, 2)
    middle = (degrees.min(axis=0) + degrees.max(axis=0)) / 2 if known else np.zeros(2)
    narrowing = np.array([math.cos(math.radians(float(np.clip(middle[1], -60, 60)))), -1.0])
    flat = (degrees - middle) * narrowing
    scale = _scale(flat)
    spots = {item.id: (float(x), float(y)) for item, (x, y) in zip(known, flat * scale, strict=True)}
    places = _with_room(spots)
    frame = _frame(list(places.values()))
    drawn = borders.path(file, lambda points: (points - middle) * narrowing * scale, frame) if known else ""
    tray = _tray(unplaced, frame[3] + DOWN if known else 0.0)
    return Laid({**places, **tray}, [(UNPLACED, unplaced)] if unplaced else [], spots, tuple(unplaced), drawn)


def _scale(flat: NDArray[np.float64]) -> float:
    """Return pixels a degree: names have room where places are as near to each other as most are here."""
    points = np.unique(np.round(flat, 3), axis=0)
    if len(points) < 2:  # noqa: PLR2004 - one place alone has no neighbours
        return 40.0
    apart = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    extent = float(np.ptp(points, axis=0).max()) or 1.0
    wanted = _TYPICAL / max(float(np.median(apart.min(axis=1))), 1e-3)
    return float(np.clip(wanted, _NARROWEST / extent, _WIDEST / extent))


def _with_room(spots: dict[str, Point]) -> dict[str, Point]:
    """Return places near the spots at which no two names cover each other, each the first free one on a spiral."""
    taken = np.empty((0, 2))
    places: dict[str, Point] = {}
    for name, spot in spots.items():
        place = _free(np.array(spot), taken)
        taken = np.vstack((taken, place))
        places[name] = (float(place[0]), float(place[1]))
    return places


def _free(spot: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the first place on a spiral around ``spot`` that is far enough from all that are ``taken``."""
    for tries in np.split(_spiral(), _PIECES):
        offset = (spot + tries)[:, None, :] - taken[None, :, :]
        near = np.hypot(offset[..., 0] / _ROOM[0], offset[..., 1] / _ROOM[1]) < 1
        if not near.any(axis=1).all():
            return np.asarray(spot + tries[np.argmin(near.any(axis=1))])
    return spot


@cache
def _spiral() -> NDArray[np.float64]:
    at = np.arange(_PIECES * _PIECE)
    way = np.stack((np.cos(_TURN * at), np.sin(_TURN * at)), axis=1)
    return np.asarray(np.sqrt(at)[:, None] * way * _STEP)


def _frame(places: Sequence[Point]) -> borders.Frame:
    xs, ys = [x for x, _ in places] or [0.0], [y for _, y in places] or [0.0]
    return min(xs) - _MARGIN, min(ys) - _MARGIN, max(xs) + _MARGIN, max(ys) + _MARGIN


def _tray(ids: Sequence[str], top: float) -> dict[str, Point]:
    columns = max(6, math.ceil(math.sqrt(2.5 * len(ids))))
    first = -ACROSS * (min(columns, len(ids)) - 1) / 2
    return {name: (first + ACROSS * (at % columns), top + DOWN * (at // columns)) for at, name in enumerate(ids)}

"""The borders under a picture on the map, as one path of an SVG: projected, cut to the picture, as fine as it is."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph_app._layout import STATIC
from graph_app.errors import N_, SettingError
from graph_app.settings import Settings

Frame = tuple[float, float, float, float]  # left, top, right, bottom, in pixels
Project = Callable[[NDArray[np.float64]], NDArray[np.float64]]
SHIPPED = STATIC / "vendor" / "world-atlas-2.0.2" / "countries-50m.json"
_GRAIN = 3.0  # pixels: finer turns of a border are left out


def chosen(settings: Settings) -> Path:
    """Return the file of borders that the setting names, else the one shipped; SettingError if it is not there."""
    asked = settings.text("PEYVAND_BORDERS")
    file = Path(asked) if asked else SHIPPED
    if not file.is_file():
        message = N_("The file %(file)s of the setting %(name)s is not there. Correct the setting or leave it empty.")
        raise SettingError(message, file=file, name="PEYVAND_BORDERS")
    return file


def path(file: Path, project: Project, frame: Frame) -> str:
    """Return the borders within ``frame`` as the data of an SVG path.

    Parameters
    ----------
    file
        TopoJSON, each border once.
    project
        Longitude and latitude in degrees, one point a row, to pixels.
    frame
        What is drawn; a border is broken off where it leaves it.

    """
    left, top, right, bottom = frame
    parts: list[str] = []
    for arc in _arcs(file, file.stat().st_mtime_ns):
        points = np.rint(project(arc))
        inside = (points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > top) & (points[:, 1] < bottom)
        parts += (_line(run) for run in _runs(points, inside))
    return "".join(parts)


def _runs(points: NDArray[np.float64], inside: NDArray[np.bool_]) -> Iterator[NDArray[np.float64]]:
    """Yield the pieces of a border that reach inside, without points that fall into the cell of the one before."""
    inside = inside | np.append(inside[1:], [False]) | np.append([False], inside[:-1])
    breaks = np.flatnonzero(np.diff(inside.astype(np.int8))) + 1
    for run, within in zip(np.split(points, breaks), np.split(inside, breaks), strict=True):
        if not within[0]:
            continue
        cells = np.floor(run / _GRAIN)
        new = np.concatenate(([True], np.any(np.diff(cells, axis=0) != 0, axis=1)))
        if new.sum() > 1:
            yield run[new]


def _line(points: NDArray[np.float64]) -> str:
    start, turns = points[0].astype(int), np.diff(points, axis=0).astype(int)
    return f"M{start[0]} {start[1]}l" + " ".join(f"{x} {y}" for x, y in turns.tolist())


@cache
def _arcs(file: Path, _changed: int) -> tuple[NDArray[np.float64], ...]:
    """Return the borders in degrees; read again when the file has changed."""
    topology = json.loads(file.read_text(encoding="utf-8"))
    transform = topology.get("transform")
    if not transform:
        return tuple(np.array(arc, dtype=float)[:, :2] for arc in topology["arcs"])
    scale, shift = np.array(transform["scale"]), np.array(transform["translate"])
    return tuple(np.cumsum(np.array(arc, dtype=float), axis=0) * scale + shift for arc in topology["arcs"])

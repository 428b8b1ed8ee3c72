"""An answer as bars, or as a line over days: SVG that takes its colours from the page."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from graph_app.figures.columns import Shape, day_of, key_of
from graph_app.text import without_controls

MOST = 40  # bars
_WIDTH, _LABEL, _VALUE = 760.0, 220.0, 70.0
_BAR, _STEP = 16.0, 24.0
_LINE_HEIGHT, _MARGIN = 260.0, 46.0
_LETTERS = 34  # of a name beside a bar
_MARKED = 8  # days that are written under a line


@dataclass(frozen=True)
class Chart:
    """What is drawn: a value for each name or day.

    Parameters
    ----------
    name, value
        Positions of the columns that it is made of.
    points
        Name or day, and the sum of its values.
    over_time
        Whether the points are days.
    left_out
        How many names do not fit.

    """

    name: int
    value: int
    points: tuple[tuple[Any, float], ...]
    over_time: bool
    left_out: int


def chart(found: Shape) -> Chart | None:
    """Return the chart of an answer; None if it has no names or no numbers."""
    value, name = found.first("number"), found.first("day", "name")
    if value is None or name is None:
        return None
    over_time = found.kinds[name] == "day"
    sums: dict[Any, float] = defaultdict(float)
    shown: dict[Any, Any] = {}
    for row in found.table.rows:
        if row[value] is None or row[name] is None:
            continue
        key = day_of(row[name]) if over_time else key_of(row[name])
        sums[key] += row[value]
        shown.setdefault(key, key if over_time else row[name])
    keys = sorted(sums) if over_time else list(sums)
    kept = keys if over_time else keys[:MOST]
    points = tuple((shown[key], sums[key]) for key in kept)
    return Chart(name, value, points, over_time, len(keys) - len(kept))


def svg(points: Sequence[tuple[str, float]], told: Callable[[float], str], *, title: str, rtl: bool) -> str:
    """Return bars from the start side: the name, the bar, the value.

    Parameters
    ----------
    points
        Name and value.
    told
        How a value is written.
    title
        What the chart shows, for those who do not see it.
    rtl
        Whether reading begins on the right.

    """
    height = _STEP * len(points) + 8
    root = _root(_WIDTH, height, title, rtl=rtl)
    most, least = max((v for _, v in points), default=0.0), min((v for _, v in points), default=0.0)
    most, least = max(most, 0.0), min(least, 0.0)
    scale = (_WIDTH - _LABEL - _VALUE) / ((most - least) or 1.0)
    zero = _LABEL - least * scale
    for at, (name, value) in enumerate(points):
        y = 4 + at * _STEP
        start, end = sorted((zero, zero + value * scale))
        left = _WIDTH - end if rtl else start
        bar = SubElement(
            root, "rect", {"x": _n(left), "y": _n(y), "width": _n(max(end - start, 1)), "height": _n(_BAR)}
        )
        bar.set("class", "bar-of-chart")
        _said(SubElement(bar, "title"), f"{name}: {told(value)}")
        _text(root, _short(name), _LABEL - 8, y + _BAR - 4, rtl=rtl, anchor="end")
        _text(root, told(value), end + 6, y + _BAR - 4, rtl=rtl, anchor="start")
    return tostring(root, encoding="unicode")


def line(
    points: Sequence[tuple[date, float]],
    told: Callable[[float], str],
    day: Callable[[date], str],
    *,
    title: str,
    rtl: bool,
) -> str:
    """Return a line over days; time runs in reading direction. Parameters as for ``svg``; ``day`` writes a day."""
    root = _root(_WIDTH, _LINE_HEIGHT, title, rtl=rtl)
    first, last = points[0][0].toordinal(), points[-1][0].toordinal()
    most, least = max(0.0, *(v for _, v in points)), min(0.0, *(v for _, v in points))
    across = (_WIDTH - 2 * _MARGIN) / ((last - first) or 1)
    up = (_LINE_HEIGHT - 2 * _MARGIN) / ((most - least) or 1)
    spots = [
        (_MARGIN + (when.toordinal() - first) * across, _LINE_HEIGHT - _MARGIN - (value - least) * up)
        for when, value in points
    ]
    placed = [(_WIDTH - x if rtl else x, y) for x, y in spots]
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in placed)
    SubElement(root, "polyline", {"points": path, "class": "line-of-chart", "fill": "none"})
    every = max(1, len(points) // _MARKED)
    for at, ((when, value), (x, y)) in enumerate(zip(points, placed, strict=True)):
        dot = SubElement(root, "circle", {"cx": _n(x), "cy": _n(y), "r": "3", "class": "bar-of-chart"})
        _said(SubElement(dot, "title"), f"{day(when)}: {told(value)}")
        if at % every == 0:
            _text(root, day(when), spots[at][0], _LINE_HEIGHT - 12, rtl=rtl, anchor="middle")
            _text(root, told(value), spots[at][0], y - 8, rtl=rtl, anchor="middle")
    return tostring(root, encoding="unicode")


def _root(width: float, height: float, title: str, *, rtl: bool) -> Element:
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_n(width)} {_n(height)}"})
    root.set("role", "img")
    root.set("direction", "rtl" if rtl else "ltr")
    root.set("class", "chart")
    _said(SubElement(root, "title"), title)
    return root


def _text(root: Element, text: str, x: float, y: float, *, rtl: bool, anchor: str) -> None:
    place = {"x": _n(_WIDTH - x if rtl else x), "y": _n(y), "text-anchor": anchor}
    _said(SubElement(root, "text", place), text)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


def _said(element: Element, text: str) -> None:
    element.text = without_controls(text)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

"""What lies under the discs of an arranged picture, as SVG: borders, outlines with names, where a disc belongs."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph_app.briefing import words
from graph_app.briefing.signs import n

_GREY, _PALE = "#7b878d", "#b6bfc3"
_HALF = 20.0  # of the side of a stack's square
_NEAR = 4.0  # pixels: a disc stands where it belongs
Shape = tuple[str, dict[str, str], str]


def shapes(drawn: Mapping[str, Any], language: str) -> Iterator[Shape]:
    """Yield tag, attributes and text of each shape, the lowest first; the model of a picture may have no ground."""
    ground = drawn.get("ground") or {"outlines": (), "spots": (), "borders": ""}
    if ground["borders"]:
        yield "path", {"d": ground["borders"], "fill": "none", "stroke": _PALE, "stroke-width": "1"}, ""
    for outline in ground["outlines"]:
        yield from _outline(outline, language)
    for x, y, to_x, to_y in ground["spots"]:
        if abs(x - to_x) + abs(y - to_y) > _NEAR:
            yield "line", {"x1": n(x), "y1": n(y), "x2": n(to_x), "y2": n(to_y), "stroke": _PALE}, ""
            yield "circle", {"cx": n(x), "cy": n(y), "r": "3", "fill": _GREY}, ""
    for node in drawn["nodes"]:
        if node.get("members"):
            yield from _leaves(node)


def extent(drawn: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """Return the xs and ys that outlines reach, for the frame of the drawing."""
    outlines = (drawn.get("ground") or {"outlines": ()})["outlines"]
    points = [point for outline in outlines for point in outline["points"]]
    return [float(x) for x, _ in points], [float(y) for _, y in points]


def _outline(outline: Mapping[str, Any], language: str) -> Iterator[Shape]:
    points = " ".join(f"{n(x)},{n(y)}" for x, y in outline["points"])
    dash = {"stroke-dasharray": "6 4"} if outline["key"] else {}
    yield "polygon", {"points": points, "fill": "#00000008", "stroke": _PALE, **dash}, ""
    top = min(y for _, y in outline["points"])
    sides = [x for x, y in outline["points"] if y == top]
    start = max(sides) if language == "fa" else min(sides)
    name = f"{outline['name']} ({words.number(outline['count'], language)})"
    yield "text", {"x": n(start), "y": n(top - 5), "font-size": "12", "font-weight": "650", "fill": _GREY}, name


def _leaves(node: Mapping[str, Any]) -> Iterator[Shape]:
    """Yield the two squares under a stack, each a little aside."""
    for shift, opacity in ((10.0, "0.35"), (5.0, "0.6")):
        corner = {"x": n(node["x"] - _HALF + shift), "y": n(node["y"] - _HALF - shift)}
        side = {"width": n(2 * _HALF), "height": n(2 * _HALF), "rx": "4"}
        yield "rect", {**corner, **side, "fill": node["color"], "opacity": opacity}, ""

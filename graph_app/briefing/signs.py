"""The badges of states as shapes of SVG: the same shapes and colours as on the screen."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from graph_app.vocabulary import vocabulary


def sign(root: Element, x: float, y: float, state: str) -> None:
    """Draw the badge of a state: its shape and its colour."""
    known = vocabulary().states[state]
    SubElement(root, "circle", {"cx": n(x), "cy": n(y), "r": "8.5", "fill": "#fff"})
    for tag, attributes in shape(known.badge, x, y, known.colour):
        SubElement(root, tag, attributes)


def shape(badge: str, x: float, y: float, colour: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the elements that draw ``badge`` around (``x``, ``y``): tag and attributes."""
    disc = {"cx": n(x), "cy": n(y)}
    outline = {**disc, "r": "5", "fill": "none", "stroke": colour, "stroke-width": "2"}
    match badge:
        case "full":
            yield "circle", {**disc, "r": "6", "fill": colour}
        case "square":
            yield "rect", {"x": n(x - 4), "y": n(y - 4), "width": "8", "height": "8", "fill": colour}
        case "cross":
            cross = f"M{n(x - 4)} {n(y - 4)}l8 8m0 -8l-8 8"
            yield "path", {"d": cross, "stroke": colour, "stroke-width": "2", "fill": "none"}
        case "half":
            yield "circle", outline
            yield "path", {"d": f"M{n(x)} {n(y - 5)}a5 5 0 0 0 0 10z", "fill": colour}
        case "ring":
            yield "circle", outline
            yield "circle", {**disc, "r": "2", "fill": colour}
        case "bar":
            yield "circle", outline
            yield "rect", {"x": n(x - 4), "y": n(y - 1), "width": "8", "height": "2", "fill": colour}
        case "question":
            yield "circle", {**outline, "stroke-dasharray": "2 2"}
        case _:
            yield "circle", outline


def n(value: float) -> str:
    """Return a coordinate as SVG has it, to a tenth of a pixel."""
    return f"{value:.1f}".rstrip("0").rstrip(".")

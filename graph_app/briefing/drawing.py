"""The picture as SVG: title, discs, strokes, signs and legend, drawn from the same model as on the screen.

The file needs nothing from elsewhere: icons are drawn in it, and the type face comes along if asked for.
"""

import base64
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from graph_app._layout import STATIC
from graph_app.briefing import annotations, ground, words
from graph_app.briefing.content import Briefing
from graph_app.briefing.signs import n, shape, sign
from graph_app.picture import STROKES
from graph_app.text import without_controls

_SVG = "http://www.w3.org/2000/svg"
_FONT = STATIC / "vendor" / "vazirmatn-33.0.3" / "Vazirmatn-wght.woff2"
_DISC, _MARGIN, _HEAD, _LINE, _LEGEND = 20.0, 90.0, 64.0, 15.0, 230.0
DASHES = {
    stroke: " ".join(map(str, gaps)) for stroke, gaps in STROKES.items() if isinstance(gaps, list)
}  # as SVG has them
_LEAST = (560.0, 240.0)
_BEND = 0.18  # of the length of a stroke, by which it is bent where a disc lies in its way
_GREY, _TEXT, _AMBER = "#7b878d", "#1f2629", "#b45309"
_LIGHT = "0.55"  # opacity of what is planned, over or derived
Point = tuple[float, float]


def svg(made: Briefing, *, font: bool = False, heading: bool = True) -> str:
    """Return the picture as SVG.

    Parameters
    ----------
    made
        What to draw.
    font
        Whether the type face is put into the file (110 kB), for those who draw it where the app's is not at hand.
    heading
        Whether title and dates stand over the picture, and the notes on it below.

    """
    nodes = {node["id"]: node for node in made.drawn["nodes"]}
    left, top, width, height = _frame(made, over=_HEAD if heading else 0.0)
    below = annotations.told(made.note, made.notes, made.language, width) if heading else []
    foot, height = top + height, height + annotations.LINE * (len(below) + 1 if below else 0)
    root = Element("svg", {"xmlns": _SVG, "width": n(width), "height": n(height), "role": "img"})
    root.set("viewBox", f"{n(left)} {n(top)} {n(width)} {n(height)}")
    root.set("direction", "rtl" if made.language == "fa" else "ltr")
    root.set("font-family", "Vazirmatn, system-ui, sans-serif")
    _text_of(SubElement(root, "title"), made.title)
    if font:
        _text_of(SubElement(root, "style"), font_face())
    SubElement(root, "rect", {"x": n(left), "y": n(top), "width": n(width), "height": n(height), "fill": "#fff"})
    _symbols(root, {node["image"] for node in nodes.values()})
    if heading:
        _heading(root, made, left, top, width)
    for tag, attributes, text in ground.shapes(made.drawn, made.language):
        _text_of(SubElement(root, tag, attributes), text)
    for edge in made.drawn["edges"]:
        _stroke(root, edge, nodes[edge["from"]], nodes[edge["to"]])
    for node in nodes.values():
        _entity(root, node)
    annotations.mark(root, made.drawn, made.notes, made.language)
    _legend(root, made, left, top + (_HEAD if heading else 0.0), width)
    annotations.tell(root, below, left + width - 16 if made.language == "fa" else left + 16, foot)
    return tostring(root, encoding="unicode")


def _frame(made: Briefing, *, over: float) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the drawing; the legend stands where lines end, ``over`` goes above."""
    nodes, legend = made.drawn["nodes"], made.drawn["legend"]
    across, down = ground.extent(made.drawn)
    xs = [float(node["x"]) for node in nodes] + across or [0.0]
    ys = [float(node["y"]) for node in nodes] + down or [0.0]
    entries = sum(len(part) for part in legend.values())
    width = max(_LEAST[0], max(xs) - min(xs) + 2 * _MARGIN)
    height = max(_LEAST[1], max(ys) - min(ys) + 2 * _MARGIN, entries * 20.0 + 50)
    left = (max(xs) + min(xs) - width) / 2 - (_LEGEND if made.language == "fa" else 0.0)
    return left, (max(ys) + min(ys) - height) / 2 - over, width + _LEGEND, height + over


def _heading(root: Element, made: Briefing, left: float, top: float, width: float) -> None:
    at = left + width - 16 if made.language == "fa" else left + 16
    _text(root, made.title, at, top + 26, font_size="17", font_weight="650", text_anchor="start", halo=True)
    told = f"{words.HOLDS.in_language(made.language)}: {words.day(made.day, made.language)}"
    made_on = f"{words.MADE.in_language(made.language)}: {words.day(made.made_at.date(), made.language)}"
    named = f"{words.SOURCES.in_language(made.language)}: {words.number(len(made.sources), made.language)}"
    level = made.level.line(made.language) if made.level else ""
    said = " · ".join(filter(None, (level, told, made_on, named)))
    _text(root, said, at, top + 46, font_size="11", fill=_GREY, text_anchor="start", halo=True)


def _stroke(root: Element, edge: Mapping[str, Any], start: Mapping[str, Any], end: Mapping[str, Any]) -> None:
    rims = (start.get("size", _DISC), end.get("size", _DISC))
    (x1, y1), (x2, y2) = _between((start["x"], start["y"]), (end["x"], end["y"]), rims)
    colour = _AMBER if edge["unsourced"] else _GREY
    style = {"stroke": colour, "stroke-width": "1.5", "opacity": _LIGHT if edge["light"] or edge["derived"] else "1"}
    if edge["stroke"] in DASHES:
        style["stroke-dasharray"] = DASHES[edge["stroke"]]
    via = (x1 + x2) / 2, (y1 + y2) / 2
    if edge.get("bent"):
        via = via[0] + _BEND * (y2 - y1), via[1] - _BEND * (x2 - x1)
    way = f"M{n(x1)} {n(y1)}Q{n(via[0])} {n(via[1])} {n(x2)} {n(y2)}"
    line = SubElement(root, "path", {"d": way, "fill": "none", **style})
    _text_of(SubElement(line, "title"), f"{start['name']} {edge['phrase']} {end['name']}")
    if edge["arrows"]:
        _arrow(root, via, (x2, y2), style)
    if edge["label"]:
        _text(
            root,
            edge["label"],
            (x1 + x2 + 2 * via[0]) / 4,
            (y1 + y2 + 2 * via[1]) / 4 - 3,
            font_size="10",
            fill=_GREY,
            halo=True,
        )


def _between(start: Point, end: Point, rims: tuple[float, float]) -> tuple[Point, Point]:
    """Return the part of the way from disc to disc that neither disc covers."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    near, far = rims[0] + 3, rims[1] + 3
    return (start[0] + ux * near, start[1] + uy * near), (end[0] - ux * far, end[1] - uy * far)


def _arrow(root: Element, start: Point, end: Point, style: Mapping[str, str]) -> None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    base = (end[0] - 7 * ux, end[1] - 7 * uy)
    tips = [end, (base[0] - 3 * uy, base[1] + 3 * ux), (base[0] + 3 * uy, base[1] - 3 * ux)]
    points = " ".join(f"{n(x)},{n(y)}" for x, y in tips)
    SubElement(root, "polygon", {"points": points, "fill": style["stroke"], "opacity": style["opacity"]})


def _entity(root: Element, node: Mapping[str, Any]) -> None:
    x, y, disc = float(node["x"]), float(node["y"]), float(node.get("size", _DISC))
    group = SubElement(root, "g", {"opacity": "0.5" if node["deprecated"] else "1"})
    if node["is_group"]:
        side = {"width": n(2 * disc), "height": n(2 * disc), "rx": "4", "fill": node["color"]}
        SubElement(group, "rect", {"x": n(x - disc), "y": n(y - disc), **side})
    else:
        SubElement(group, "circle", {"cx": n(x), "cy": n(y), "r": n(disc), "fill": node["color"]})
    if node["unsourced"]:
        ring = {"fill": "none", "stroke": _AMBER, "stroke-width": "2", "stroke-dasharray": "1 5"}
        SubElement(group, "circle", {"cx": n(x), "cy": n(y), "r": n(disc + 3), **ring})
    size = {"width": n(1.6 * disc), "height": n(1.6 * disc)}
    place = {"x": n(x - 0.8 * disc), "y": n(y - 0.8 * disc)}
    SubElement(group, "use", {"href": f"#{_symbol(node['image'])}", **place, **size})
    _text_of(SubElement(group, "title"), _titled(node))
    if node["state"]:
        sign(group, x + 0.75 * disc, y - 0.75 * disc, node["state"])
    for at, line in enumerate(node["label"].split("\n")):
        _text(group, line, x, y + disc + 14 + at * _LINE, font_size="12", halo=True)


def _titled(node: Mapping[str, Any]) -> str:
    told = f"{node['name']} ({node['type_name']})"
    return f"{told}: {node['measure']}" if node.get("measure") else told


def _legend(root: Element, made: Briefing, left: float, top: float, width: float) -> None:
    rtl = made.language == "fa"
    middle = left + _LEGEND - 24 if rtl else left + width - _LEGEND + 24
    word, legend = middle + (-22 if rtl else 22), made.drawn["legend"]
    y = top + 20
    _text(
        root,
        words.LEGEND.in_language(made.language),
        middle + (8 if rtl else -8),
        y,
        font_size="12",
        font_weight="650",
        text_anchor="start",
    )
    for entry in (*legend["labels"], *legend["certainties"], *legend["tones"], *legend["states"]):
        y += 20
        if "stroke" in entry:
            dash = {"stroke-dasharray": DASHES[entry["stroke"]]} if entry["stroke"] in DASHES else {}
            line = {"stroke": _GREY, "stroke-width": "2", "opacity": _LIGHT if entry.get("light") else "1", **dash}
            SubElement(
                root, "line", {"x1": n(middle - 11), "x2": n(middle + 11), "y1": n(y - 4), "y2": n(y - 4), **line}
            )
        elif "badge" in entry:
            for tag, attributes in shape(entry["badge"], middle, y - 4, entry["colour"]):
                SubElement(root, tag, attributes)
        else:
            SubElement(root, "circle", {"cx": n(middle), "cy": n(y - 4), "r": "7", "fill": entry["colour"]})
        _text(
            root,
            f"{entry['name']} ({words.number(entry['count'], made.language)})" if "count" in entry else entry["name"],
            word,
            y,
            font_size="11",
            text_anchor="start",
        )
    if size := made.drawn.get("size_name"):
        told = f"{words.SIZE.in_language(made.language)}: {size}"
        _text(root, told, middle + (8 if rtl else -8), y + 24, font_size="11", text_anchor="start")


def _text(root: Element, text: str, x: float, y: float, *, halo: bool = False, **style: str) -> None:
    """Write ``text``; ``style`` names attributes with _ for -."""
    style = {"fill": _TEXT, "text-anchor": "middle"} | {name.replace("_", "-"): one for name, one in style.items()}
    if halo:
        style |= {"stroke": "#fff", "stroke-width": "3", "paint-order": "stroke"}
    _text_of(SubElement(root, "text", {"x": n(x), "y": n(y), **style}), text)


def _text_of(element: Element, text: str) -> None:
    element.text = without_controls(text)


def _symbols(root: Element, images: set[str]) -> None:
    defs = SubElement(root, "defs")
    for image in sorted(images):
        drawn = _icon(image)
        symbol = SubElement(
            defs, "symbol", {"id": _symbol(image), "viewBox": drawn.get("viewBox", "0 0 16 16"), "fill": "#fff"}
        )
        for path in drawn:
            SubElement(symbol, path.tag.rpartition("}")[2], dict(path.attrib))


@cache
def _icon(image: str) -> Element:
    return fromstring((STATIC / image.removeprefix("/static/")).read_text(encoding="utf-8"))  # noqa: S314 - our own file


def _symbol(image: str) -> str:
    return "icon-" + re.sub(r"\W+", "-", image.rpartition("/")[2].removesuffix(".svg"))


@cache
def font_face() -> str:
    """Return the rule of CSS that brings the type face along."""
    data = base64.b64encode(_FONT.read_bytes()).decode()
    source = f'url("data:font/woff2;base64,{data}") format("woff2")'
    return f"@font-face{{font-family:Vazirmatn;font-weight:100 900;src:{source}}}"

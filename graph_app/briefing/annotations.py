"""What somebody wrote on a picture, in its briefing: numbered, with what it stands on, and marked on the drawing."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from graph_app.briefing import words
from graph_app.briefing.signs import n
from graph_app.graph.results import Subgraph
from graph_app.picture import name_of
from graph_app.text import without_controls
from graph_app.vocabulary import vocabulary

LINE = 15.0  # pixels from line to line of what is told below
_LETTER = 6.2  # pixels that a letter takes there, on average
_ASIDE = 16  # pixels from what stands there already: the count of a stroke, another note
_INK = "#1f2629"


@dataclass(frozen=True)
class Note:
    """What somebody wrote on an entity or a tie: its number on the picture, and the id and the name of that."""

    number: int
    id: str
    name: str
    text: str


def notes_on(found: Subgraph, notes: Mapping[str, str], language: str) -> Iterator[Note]:
    """Yield the notes on what is drawn, in the order in which they were written."""
    names = {node.id: name_of(node, language) for node in found.nodes}
    types = vocabulary().types
    for tie in found.ties:
        names[tie.id] = f"{names[tie.start]} {types[tie.type].phrase.in_language(language)} {names[tie.end]}"
    on = ((id_, text) for id_, text in notes.items() if id_ in names)
    for number, (id_, text) in enumerate(on, start=1):
        yield Note(number, id_, names[id_], text)


def marks(drawn: Mapping[str, Any], notes: Sequence[Note], language: str) -> Iterator[tuple[float, float, str, str]]:
    """Yield where on the picture each number stands, the number, and the note: x, y, number, text."""
    nodes = {node["id"]: node for node in drawn["nodes"]}
    home = {one["id"]: node for node in drawn["nodes"] for one in node.get("members", ())}
    edges = {id_: edge for edge in drawn["edges"] for id_ in edge["tie_ids"]}
    taken: dict[tuple[float, float], int] = {}
    for note in notes:
        if (node := home.get(note.id) or nodes.get(note.id)) is not None:
            rim = 0.75 * float(node.get("size", 20.0))
            x, y = float(node["x"]) + rim, float(node["y"]) + rim
        elif (edge := edges.get(note.id)) is not None:
            start, end = nodes[edge["from"]], nodes[edge["to"]]
            x, y = ((float(start[side]) + float(end[side])) / 2 for side in ("x", "y"))
            x += _ASIDE if edge.get("label") else 0
        else:
            continue  # inside a stack
        aside = taken[x, y] = taken.get((x, y), 0) + 1
        yield x + _ASIDE * (aside - 1), y, words.number(note.number, language), note.text


def mark(root: Element, drawn: Mapping[str, Any], notes: Sequence[Note], language: str) -> None:
    """Draw the number of each note on a slip of paper where it stands."""
    for x, y, number, text in marks(drawn, notes, language):
        group = SubElement(root, "g")
        SubElement(group, "title").text = without_controls(text)
        slip = {"d": f"M{n(x - 7)} {n(y - 7)}h14v9l-5 5h-9z", "fill": "#fff", "stroke": _INK, "stroke-width": "1"}
        SubElement(group, "path", slip)
        style = {"font-size": "9", "font-weight": "700", "text-anchor": "middle", "fill": _INK}
        SubElement(group, "text", {"x": n(x), "y": n(y + 3), **style}).text = number


def tell(root: Element, lines: Sequence[str], x: float, y: float) -> None:
    """Write lines below each other, the first one at (``x``, ``y``), where lines of the language begin."""
    for at, line in enumerate(lines):
        style = {"font-size": "11", "text-anchor": "start", "fill": _INK}
        SubElement(root, "text", {"x": n(x), "y": n(y + at * LINE), **style}).text = line


def told(note: str, notes: Sequence[Note], language: str, width: float) -> list[str]:
    """Return the lines that stand below a drawing of ``width`` pixels: the note on the whole, then the others."""
    letters = max(30, int((width - 32) / _LETTER))
    texts = [note] if note else []
    texts += [f"{words.number(one.number, language)}. {one.name}: {one.text}" for one in notes]
    texts += [words.NO_FACT.in_language(language)] if texts else []
    return [line for text in texts for line in textwrap.wrap(without_controls(text), letters)]

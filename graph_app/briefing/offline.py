"""The picture as one page that needs nobody: to move, to click, to read, on a machine without a network.

Its own policy lets nothing load and nothing run but the scripts that stand in it, by their hashes.
"""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph_app._layout import STATIC, TEMPLATES
from graph_app.briefing import tables, words
from graph_app.briefing.content import Briefing
from graph_app.briefing.drawing import DASHES, font_face

_SCRIPTS = ("vendor/vis-data-8.0.6/vis-data.min.js", "vendor/vis-network-10.1.5/vis-network.min.js", "js/offline.js")
_POLICY = "default-src 'none'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
_STYLES = ("vendor/vis-network-10.1.5/vis-network.min.css", "css/offline.css")


def page(made: Briefing) -> str:
    """Return the page; it opens from a file, in any browser of today."""
    scripts = [_read(name) for name in _SCRIPTS]
    styles = [font_face(), *map(_read, _STYLES)]
    policy = "; ".join((_POLICY, _allowed("script", scripts), _allowed("style", styles)))
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(
        "briefing/offline.html"
    ).render(
        made=made,
        policy=policy,
        scripts=[Markup(text) for text in scripts],  # noqa: S704 - our own files
        styles=[Markup(text) for text in styles],  # noqa: S704
        drawn=_drawn(made),
        about=tables.about(made),
        sheets=tables.sheets(made)[1:],
        words=words,
        dashes=DASHES,
        direction="rtl" if made.language == "fa" else "ltr",
    )


def _drawn(made: Briefing) -> dict[str, Any]:
    """Return the model of the picture with its icons in it."""
    on: dict[str, list[str]] = defaultdict(list)
    for note in made.notes:
        on[note.id].append(words.number(note.number, made.language))
    nodes = [{**_numbered(node, on), "image": _image(node["image"])} for node in made.drawn["nodes"]]
    edges = [_numbered(edge, on) for edge in made.drawn["edges"]]
    return {"nodes": nodes, "edges": edges, "options": made.drawn["options"]}


def _numbered(item: Mapping[str, Any], on: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return a disc or a stroke with the numbers of the notes on it, or on what it stands for, below its label."""
    ids = [*item.get("tie_ids", [item["id"]]), *(one["id"] for one in item.get("members", ()))]
    found = [number for id_ in ids for number in on.get(id_, ())]
    return {**item, "label": "\n".join(filter(None, (item["label"], f"✎ {' '.join(found)}")))} if found else dict(item)


def _allowed(kind: str, texts: list[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return f"{kind}-src " + " ".join(f"'sha256-{one}'" for one in hashes)


@cache
def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


@cache
def _image(path: str) -> str:
    data = (STATIC / path.removeprefix("/static/")).read_bytes()
    return "data:image/svg+xml;base64," + base64.b64encode(data).decode()

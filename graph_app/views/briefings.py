"""A picture as a page to print, with captions and sources, and as a file of many kinds."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from markupsafe import Markup

from graph_app.arrangement import Arrangement
from graph_app.arrangement.borders import chosen
from graph_app.arrangement.wish import PARTS
from graph_app.briefing import Briefing, Wish, briefing, offline, tables
from graph_app.briefing.drawing import svg
from graph_app.export import table_csv
from graph_app.notes import PART as NOTES
from graph_app.notes import noted
from graph_app.sieve import PARTS as HIDING
from graph_app.views import api, days, ids, language, sieves, store
from graph_app.views.files import attach, named
from graph_app.views.levels import labelled

bp = Blueprint("briefings", __name__)


def _graph(made: Briefing, kind: str) -> bytes:
    from graph_app.briefing import graphs  # noqa: PLC0415 - networkx is large

    return graphs.graphml(made) if kind == "graphml" else graphs.gexf(made)


_LARGEST = 12 * 2**20  # bytes of a picture on its way into a document
_LONGEST = 500  # letters of a title or caption
_MADE: Mapping[str, tuple[str, Callable[[Briefing], str | bytes]]] = {
    "svg": ("image/svg+xml", lambda made: svg(made, font=True)),
    "csv": ("text/csv", lambda made: table_csv(tables.ties(made), made.language)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.workbook),
    "json": ("application/json", lambda made: json.dumps(tables.document(made), ensure_ascii=False, indent=1)),
    "graphml": ("application/graphml+xml", lambda made: _graph(made, "graphml")),
    "gexf": ("application/gexf+xml", lambda made: _graph(made, "gexf")),
    "html": ("text/html", offline.page),
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/briefing")
def show() -> str:
    """Show the briefing of the picture that the address describes."""
    made, problem = _made()
    drawing = Markup(svg(made, heading=False))  # noqa: S704 - written by ElementTree, which escapes every text
    files = [(kind, _address(kind)) for kind in _MADE]
    page = {
        "made": made,
        "problem": problem,
        "files": files,
        "name": named(made.title, made.day),
        "drawing": drawing,
        "about": tables.about(made),
    }
    return render_template("briefing/show.html", **page, asked=request.args, parts=_parts(), word=_address("docx"))


@bp.get("/briefing.<kind>")
def as_file(kind: str) -> Response:
    """Answer the picture as a file."""
    if kind not in _MADE:
        abort(404)
    mimetype, make = _MADE[kind]
    made, _problem = _made()
    return labelled(_file(make(made), mimetype, f"{named(made.title, made.day)}.{kind}"), made.level)


@bp.post("/briefing.docx")
def as_word() -> Response:
    """Answer the briefing as a Word document, with the picture that the browser drew."""
    from graph_app.briefing import word  # noqa: PLC0415 - its library is large

    request.max_content_length = request.max_form_memory_size = _LARGEST
    made, _problem = _made()
    content = word.document(made, word.picture(request.form.get("picture", "")))
    return labelled(_file(content, _WORD, f"{named(made.title, made.day)}.docx"), made.level)


def _made() -> tuple[Briefing, str]:
    """Return the briefing that the address asks for, and what is wrong with its day."""
    day, problem = days.asked()
    steps = tuple(tuple(step) for step in api.steps(request.args.get("ids", "")))
    captions = tuple(text[:_LONGEST] for text in request.args.getlist("caption"))
    title = request.args.get("title", "")[:_LONGEST]
    without = frozenset(ids(request.args.get("without", "")))
    how = Arrangement.asked(request.args)
    sieve, _day = sieves.asked()
    borders, notes = chosen(current_app.extensions["settings"]), noted(request.args.get(NOTES, ""))
    wish = Wish(steps, without, day, title, captions, how, borders, sieve, notes)
    return briefing(store(), wish, language(), datetime.now(UTC)), problem


def _parts() -> dict[str, str]:
    """Return the fields of the address that are the picture, to be sent along and to go back with."""
    given = {**request.args, "hide": sieves.hidden()}
    return {name: given[name] for name in ("ids", "without", *PARTS, *HIDING, NOTES) if given.get(name)}


def _address(kind: str) -> str:
    given: dict[str, Any] = {name: values for name, values in request.args.lists() if name != "lang"}
    if kind == "docx":
        return url_for("briefings.as_word", lang=language(), **given)
    return url_for("briefings.as_file", kind=kind, lang=language(), **given)


def _file(content: str | bytes, mimetype: str, name: str) -> Response:
    return attach(Response(content, mimetype=mimetype), name)

"""Texts: an article or a letter with numbered lines, the known names in it, and what was taken from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Redirect

from graph_app.auth.visitor import visitor
from graph_app.database.tables import KeptText
from graph_app.editing.rows import FormError
from graph_app.errors import N_, LoadError, NotFoundError, PeyvandError
from graph_app.exploration.lifecycle import today
from graph_app.exploration.sources import SourcePage, source
from graph_app.graph.results import Node
from graph_app.picture import name_of
from graph_app.roles import Right
from graph_app.texts import export
from graph_app.texts.desk import TextDesk
from graph_app.texts.facts import Fact, facts
from graph_app.texts.kinds import BEGUN, SOURCE, TAKINGS, Taking
from graph_app.texts.lines import numbered, read
from graph_app.texts.marking import Piece
from graph_app.texts.sent import MOST, text_of
from graph_app.texts.texts import KnownTextError
from graph_app.uploads.limits import MEGABYTE
from graph_app.views import edit_forms as forms
from graph_app.views import language, store
from graph_app.views.edits import editor, edits
from graph_app.views.levels import at_most
from graph_app.views.passages import Form, form

bp = Blueprint("texts", __name__, url_prefix="/texts")
Page = tuple[str, HTTPStatus] | Redirect | str

_FORM = 4 * MEGABYTE  # bytes of a form besides its file; a letter of Persian is two bytes, or six as browsers send it


def init_app(app: Flask) -> None:
    """Give templates what pages of sources need: whether their text is kept."""
    app.jinja_env.globals.update(text_of_source=_kept)


@dataclass(frozen=True)
class Line:
    """One line of a text: its pieces, in which names are marked, and what was taken from it.

    ``named`` are the entities that it names, as the form offers them: id, name, labels.
    """

    number: int
    pieces: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    ambiguous: Mapping[str, tuple[Node, ...]]
    named: tuple[tuple[str, str, tuple[str, ...]], ...]


@bp.get("")
def index() -> str:
    """List the texts, the newest first."""
    found, counts = desk().all(), export.counts(desk().taken())
    nodes = {node.id: node for node in forms.nodes(f"source:{one.source}" for one in found)}
    return render_template("texts/index.html", found=found, nodes=nodes, counts=counts)


@bp.get("/new")
def new() -> Page:
    """Show the form for a text; ``source`` is a known source whose text it is."""
    return _new(request.args)


@bp.post("/new")
def create() -> Page:
    """Take a text in."""
    request.max_content_length = request.max_form_memory_size = MOST + _FORM
    try:
        return redirect(url_for("texts.show", text=_created()), HTTPStatus.SEE_OTHER)
    except RequestEntityTooLarge:
        message = N_("More than %(most)s MB were sent. Paste the part that matters.")
        return _new({}, {"text": _(message) % {"most": MOST // MEGABYTE}}), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    except FormError as error:
        return _new(request.form, _sentences(error)), HTTPStatus.BAD_REQUEST
    except KnownTextError as error:
        return _new(request.form, {"": error.translated(_)}, error.text), HTTPStatus.CONFLICT
    except LoadError as error:
        return _new(request.form, {"": error.translated(_)}), HTTPStatus.BAD_REQUEST


@bp.get("/tables.zip")
def tables() -> Response:
    """Answer everything that was taken from texts as the tables of the founding example."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in export.tables(desk().taken()).items():
            archive.writestr(name, text)
    answer = Response(stream.getvalue(), mimetype="application/zip")
    answer.headers["Content-Disposition"] = "attachment; filename=texts.zip"
    return at_most(answer)


@bp.get("/<path:text>")
def show(text: str) -> Page:
    """Show a text with its names, what was taken from it, and the form that takes more."""
    kept, typed = desk().get(text), dict(request.args)
    if draft := request.args.get("draft"):
        proposal = edits().proposal(edits().drafts.get(draft))
        typed = {**proposal.cells, "kind_of": proposal.kind.removeprefix(f"{BEGUN}-"), **typed} if proposal else typed
    return _shown(kept, typed)


@bp.post("/<path:text>/take")
def take(text: str) -> Page:
    """Plan to record what a passage says; it is recorded at once where nothing else follows and that was asked for."""
    kept, taking = desk().get(text), _taking(request.form.get("kind_of", ""))
    try:
        draft = desk().take(kept, taking, request.form, editor(), request.form.get("seen", 0, type=int))
    except FormError as error:
        return _shown(kept, request.form, _sentences(error)), HTTPStatus.BAD_REQUEST
    if request.form.get("then") == "record" and desk().straight(draft):
        edits().record(draft, editor())
    return redirect(url_for("edits.show", draft=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/<path:text>/remove")
def remove(text: str) -> Page:
    """Forget a text from which nothing was taken, with the source that was made of it."""
    kept = desk().get(text)
    try:
        desk().forget(kept, editor())
    except LoadError as error:
        return _shown(kept, {}, {"": error.translated(_)}), HTTPStatus.CONFLICT
    return redirect(url_for("texts.index"), HTTPStatus.SEE_OTHER)


def desk() -> TextDesk:
    """Return the desk at which people read texts."""
    return cast("TextDesk", current_app.extensions["texts"])


def _kept(source_id: str) -> bool:
    return visitor().may(Right.WHOLE) and desk().texts.find(edits().graph, source_id.partition(":")[2]) is not None


def _created() -> str:
    typed, wrong = request.form, dict[str, PeyvandError]()
    sent, content = request.files.get("file"), ""
    try:
        name, stream = (sent.filename or "", sent.stream) if sent else ("", BytesIO())
        content = read(text_of(name, stream) if name else typed.get("text", ""))
    except LoadError as error:
        wrong = {"file" if sent and sent.filename else "text": error}
    if known := typed.get("source"):
        if wrong:
            raise FormError(wrong)
        return desk().attach(known, content, editor())
    if wrong:
        raise FormError(wrong)
    return desk().begin(typed, content, editor(), today(), name)


def _new(typed: Mapping[str, str], wrong: Mapping[str, str] | None = None, same: KeptText | None = None) -> str:
    known = typed.get("source", "")
    node = next(iter(forms.nodes([known])), None) if known else None
    if known and (node is None or "Source" not in node.labels):
        raise NotFoundError(N_("“%(id)s” is not a source."), id=known)
    wrong = wrong or {}
    fields = [forms.shown(one, None, typed.get(one.name, ""), {}, wrong) for one in SOURCE]
    named = {"text", "file", *(one.name for one in SOURCE)}
    return render_template(
        "texts/new.html",
        node=node,
        fields=fields,
        text=typed.get("text", ""),
        wrong=wrong,
        besides=[told for name, told in wrong.items() if name not in named],
        most=MOST // MEGABYTE,
        same=same,
    )


def _shown(kept: KeptText, typed: Mapping[str, str], wrong: Mapping[str, str] | None = None) -> str:
    known = numbered(kept.content)
    page = _page(kept)
    found = facts(page) if page else []
    pieces = desk().marked(kept, known)
    lines = [_line(number, pieces[number], found) for number in known]
    return render_template(
        "texts/show.html",
        kept=kept,
        page=page,
        lines=lines,
        elsewhere=[one for one in found if one.line not in known],
        count=len(found),
        takings=TAKINGS,
        taken={one.load.run: one for one in edits().records.about(f"source:{kept.source}", edits().graph)},
        form=_form(kept, lines, typed, wrong or {}) if page else None,
        wrong=wrong or {},
    )


def _form(kept: KeptText, lines: list[Line], typed: Mapping[str, str], wrong: Mapping[str, str]) -> Form:
    pieces = {line.number: line.pieces for line in lines}
    return form(_taking(typed.get("kind_of", "tie")), kept.content, pieces, typed, wrong)


def _line(number: int, pieces: tuple[Piece, ...], found: list[Fact]) -> Line:
    ambiguous = {piece.text: piece.nodes for piece in pieces if len(piece.nodes) > 1}
    nodes = {node.id: node for piece in pieces for node in piece.nodes}.values()
    named = tuple((node.id, name_of(node, language()), node.labels) for node in nodes)
    return Line(number, pieces, tuple(one for one in found if one.line == number), ambiguous, named)


def _page(kept: KeptText) -> SourcePage | None:
    """Return what the source of a text states; None if its source is not in the graph any more."""
    try:
        return source(store(), f"source:{kept.source}")
    except NotFoundError:
        return None


def _taking(name: str) -> Taking:
    if name not in TAKINGS:
        raise NotFoundError(N_("Nothing of the kind “%(kind)s” can be recorded."), kind=name)
    return TAKINGS[name]


def _sentences(error: FormError) -> dict[str, str]:
    return {name: problem.translated(_) for name, problem in error.problems.items()}

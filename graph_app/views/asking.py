"""Asking in Cypher of one's own: the editor, its checks, the answer, what was asked before and what is kept."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.catalog.drafted import Declared, Draft, opened
from graph_app.catalog.own import LONGEST, Statements
from graph_app.catalog.own import as_file as file_of_statement
from graph_app.catalog.question import Question
from graph_app.catalog.reading import Reading
from graph_app.catalog.shape import shape
from graph_app.catalog.values import ValuesError
from graph_app.errors import N_, NotFoundError, PeyvandError, StatementError, StoreError
from graph_app.views import answers, asked, filters, language, operators, pictured, question_page, store
from graph_app.views.answer_files import file_of, json_of
from graph_app.views.answering import tagged, unchanged
from graph_app.vocabulary import vocabulary

bp = Blueprint("asking", __name__, url_prefix="/ask")

_FIRST = "MATCH (agreement:Agreement)<-[:PARTY_TO]-(party)\nRETURN agreement, collect(party) AS parties\nLIMIT 20"
_GIVEN, _SAID = "p_", "d_"  # before what is typed for a parameter, and what is said of it, in the form
_GONE = N_("This answer is not kept any more. Ask once more.")


@bp.get("")
def index() -> str:
    """Show the editor: empty, with a saved question (``from``), or with a statement of one's own (``own``).

    ``answer`` is the answer that was given to it, in the view ``view``.
    """
    draft, token = _opened(), request.args.get("answer", "")
    found = asked.kept(token)
    if found is None:
        return _page(draft, problem=NotFoundError(_GONE) if token else None)
    return _page(draft, page=asked.page(request.args.get("own", ""), token, found))


@bp.post("")
def run() -> tuple[str, HTTPStatus]:
    """Ask what stands in the editor, remember it, and show the answer."""
    draft = _sent()
    own = Statements(database()).remember(visitor().owner, draft)
    gone = request.environ.get("waitress.client_disconnected")
    try:
        reading = draft.read(store())
        found = store().gate.ask(draft.text, reading.values, user=_user(), gone=gone)
    except (StatementError, ValuesError) as error:
        return _page(draft, problem=error), HTTPStatus.BAD_REQUEST
    except StoreError as error:
        return _page(draft, problem=error), HTTPStatus.GATEWAY_TIMEOUT
    return _page(draft, page=asked.page(own, *asked.keep(draft, reading, found))), HTTPStatus.OK


@bp.post("/check")
def check() -> dict[str, Any]:
    """Say whether the gate would let the statement through, else where it stops; and which parameters it uses."""
    draft = _sent()
    told: dict[str, Any] = {"parameters": draft.names, "problem": "", "line": 0, "column": 0}
    try:
        store().gate.inspect(draft.text, _readable(draft), user=_user(), seconds=5.0)
    except StatementError as error:
        return told | {"problem": filters.sentence(error), "line": error.line, "column": error.column}
    except PeyvandError as error:
        return told | {"problem": _("Not checked: %(reason)s", reason=filters.sentence(error))}
    return told


@bp.post("/form")
def form() -> str:
    """Show the fields of the parameters, as what is said of them makes them."""
    draft = _sent()
    return render_template("asking/form.html", **_form(draft, _problems(draft, typed_only=True)))


@bp.get("/answers/<token>/rows")
def rows(token: str) -> Response | str:
    """Show some rows of an answer, for the table that fetches them as they are scrolled to."""
    found = asked.taken(token)
    parts = ("rows", *(request.args.get(name, "") for name in ("sort", "filter", "offset")))
    if same := unchanged(found, *parts):
        return same
    page = asked.page("", token, found)
    return tagged(Response(render_template("queries/rows.html", page=page, answers=answers)), found, *parts)


@bp.get("/answers/<token>.<ending>")
def as_file(token: str, ending: str) -> Response:
    """Answer the answer as a file."""
    found = asked.taken(token)
    question = found.answer.question
    return json_of(question, found) if ending == "json" else file_of(question, found, ending)


@bp.post("/keep")
def keep() -> Any:  # noqa: ANN401 - what Flask takes
    """Keep the statement under a name and go on with it."""
    kept = Statements(database()).keep(visitor().owner, _sent())
    return redirect(url_for("asking.index", own=kept.key), HTTPStatus.SEE_OTHER)


@bp.post("/<key>/share")
def share(key: str) -> Any:  # noqa: ANN401 - what Flask takes
    """Show a statement to everybody who may ask, or to its owner alone."""
    Statements(database()).share(key, visitor().owner, shared=bool(request.form.get("shared")))
    return redirect(url_for("asking.index", own=key), HTTPStatus.SEE_OTHER)


@bp.post("/<key>/forget")
def forget(key: str) -> Any:  # noqa: ANN401 - what Flask takes
    """Remove a statement."""
    Statements(database()).forget(key, visitor().owner)
    return redirect(url_for("asking.index"), HTTPStatus.SEE_OTHER)


@bp.get("/<key>.cypher")
def promote(key: str) -> Response:
    """Answer a statement as a file for the folder of questions."""
    answer = Response(file_of_statement(Statements(database()).open(key, visitor().owner)), mimetype="text/plain")
    answer.headers["Content-Disposition"] = 'attachment; filename="question.cypher"'
    return answer


def _page(draft: Draft, *, page: asked.AskedPage | None = None, problem: PeyvandError | None = None) -> str:
    kept = Statements(database())
    key, asker = request.args.get("own", ""), visitor().owner
    own = kept.open(key, asker) if key else None
    own = own if own and own.name else None
    mine = own is not None and own.owner == asker.user
    listed = {"own": own, "mine": mine, "kept": kept.kept(asker), "history": kept.history(asker)}
    shown = {"page": page, "shown": pictured.shown(page) if page else {}, "rows_at_once": question_page.PAGE}
    problems = problem.problems if isinstance(problem, ValuesError) else {}
    said = None if problems else problem
    told = {"problem": said, "shape": shape(store()), "longest": LONGEST, "answers": answers}
    words = {"operators": operators.OPERATORS, **_form(draft, problems)}
    return render_template("asking/index.html", **told, **shown, **listed, **words)


def _form(draft: Draft, problems: Mapping[str, PeyvandError]) -> dict[str, Any]:
    """Return what the fields of the parameters are made of."""
    reading = Reading({}, {})
    try:
        reading = draft.read(store())
    except ValuesError as error:
        reading = Reading(error.values_read, error.entities_read)
    fields = list(question_page.fields_of(draft.question, draft.given, reading, problems))
    labels = {name: label.in_language(language()) for name, label in vocabulary().labels.items()}
    return {"draft": draft, "fields": fields, "labels": labels, "types": _types()}


def _types() -> dict[str, str]:
    """Return the types of parameters by what they are called."""
    return {
        "": _("As it is written"),
        "text": _("Text"),
        "integer": _("Whole number"),
        "number": _("Number"),
        "boolean": _("Yes or no"),
        "date": _("Day"),
        "date_range": _("From day to day"),
        "choice": _("One of a list"),
        "entity": _("Entity"),
    }


def _problems(draft: Draft, *, typed_only: bool) -> dict[str, PeyvandError]:
    """Return what is wrong with the values, of those only for which something is typed."""
    try:
        draft.read(store())
    except ValuesError as error:
        typed = {name.partition(".")[0] for name, text in draft.given.items() if text.strip()}
        return {name: one for name, one in error.problems.items() if name in typed or not typed_only}
    return {}


def _readable(draft: Draft) -> Mapping[str, Any]:
    """Return the values as far as they can be read: that one is missing is told when it is asked."""
    try:
        return draft.read(store()).values
    except ValuesError as error:
        return dict.fromkeys(draft.names) | dict(error.values_read)


def _opened() -> Draft:
    if name := request.args.get("from", ""):
        question = question_page.named(name)
        said = {key: _said(question, key) for key in question.parameters}
        return Draft(question.statement.text, question.with_defaults(question.example), said)
    if key := request.args.get("own", ""):
        found = Statements(database()).open(key, visitor().owner)
        return opened(found.text, found.given, found.name or "")
    return Draft(_FIRST, {}, {})


def _said(question: Question, name: str) -> Declared:
    parameter = question.parameters[name]
    choices = question.choices(store(), name, {}) if parameter.values and not parameter.depends_on else []
    return Declared.of_parameter(parameter, name, language(), choices)


def _sent() -> Draft:
    form = {name: ",".join(request.form.getlist(name)) for name in request.form}
    given = {name.removeprefix(_GIVEN): text for name, text in form.items() if name.startswith(_GIVEN)}
    said: dict[str, dict[str, str]] = {}
    for field, text in form.items():
        name, _dot, about = field.removeprefix(_SAID).rpartition(".")
        if field.startswith(_SAID) and about in vars(Declared()):
            said.setdefault(name, {})[about] = text
    declared = {name: Declared(**told) for name, told in said.items()}
    return Draft(form.get("statement", "").replace("\r\n", "\n"), given, declared, form.get("name", ""))


def _user() -> str:
    user = visitor().owner.user
    return "" if user is None else str(user)

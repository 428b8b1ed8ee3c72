"""Saved questions: the library, and one page per question, whose address is the question with its values."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _

from graph_app.auth.visitor import visitor
from graph_app.catalog import Question, Reading, ValuesError
from graph_app.catalog.kept import Kept
from graph_app.errors import PeyvandError, StoreError, TimeLimitError
from graph_app.exploration.search import search
from graph_app.graph.planning import steps
from graph_app.roles import Right
from graph_app.views import answers, ids, pictured, store
from graph_app.views.answering import answered, answered_as_given, tagged, tied, unchanged
from graph_app.views.examples import example
from graph_app.views.fitting import fitting
from graph_app.views.operators import OPERATORS
from graph_app.views.question_page import PAGE, Page, asked, catalog, fields_of, given

bp = Blueprint("queries", __name__, url_prefix="/queries")

_OFFERED = 10
_PLANS = ("explain", "profile")


@bp.get("")
def index() -> str:
    """Show the library; ``q`` and ``tag`` filter it, ``about`` shows what can be asked about entities.

    Entities of the name ``q`` are offered too.
    """
    text, tag = request.args.get("q", "").strip(), request.args.get("tag", "")
    subjects: dict[str, list[Question]] = {}
    for question in catalog().find(text, tag):
        subjects.setdefault(question.subject, []).append(question)
    hits = search(store(), text, limit=_OFFERED) if text else []
    about = fitting(ids(request.args.get("about", "")))
    return _rendered("queries/index.html", subjects=subjects, q=text, tag=tag, hits=hits, about=about)


@bp.get("/<subject>/<question>")
def show(subject: str, question: str) -> Response | tuple[str, int]:
    """Show a question and, once it has its values, the answer. Nothing is asked before."""
    page, status = _page(asked(subject, question))
    shown = pictured.shown(page)
    told = _rendered("queries/show.html", page=page, shown=shown, rows_at_once=PAGE)
    return told, status


@bp.get("/<subject>/<question>/rows")
def rows(subject: str, question: str) -> Response | str:
    """Show some rows of the answer, for the table that fetches them as they are scrolled to."""
    wanted = asked(subject, question)
    kept = answered_as_given(wanted, given(wanted))
    parts = ("rows", *(request.args.get(name, "") for name in ("sort", "filter", "offset")))
    if found := unchanged(kept, *parts):
        return found
    page = Page(wanted, (), given(wanted), kept)
    return tagged(Response(_rendered("queries/rows.html", page=page)), kept, *parts)


@bp.get("/<subject>/<question>/form")
def form(subject: str, question: str) -> str:
    """Show the form as far as it is filled in: what may be chosen in one field can depend on another."""
    wanted = asked(subject, question)
    found = given(wanted)
    try:
        reading, problems = wanted.read(store(), found), {}
    except ValuesError as error:
        reading, problems = Reading(error.values_read, error.entities_read), dict(error.problems)
    shown = {name: problem for name, problem in problems.items() if name in found}
    page = Page(wanted, tuple(fields_of(wanted, found, reading, shown)), found)
    return _rendered("queries/form.html", page=page)


def _rendered(template: str, **values: object) -> str:
    return render_template(
        template, catalog=catalog(), answers=answers, example_of=example, operators=OPERATORS, **values
    )


def _page(question: Question) -> tuple[Page, HTTPStatus]:
    told = given(question)
    try:
        reading = question.read(store(), told)
    except ValuesError as error:
        known = Reading(error.values_read, error.entities_read)
        form = tuple(fields_of(question, told, known, error.problems if told else {}))
        return Page(question, form, told), HTTPStatus.BAD_REQUEST if told else HTTPStatus.OK
    form = tuple(fields_of(question, told, reading, {}))
    try:
        kept = answered(question, reading)
        return _answered(question, told, form, kept, reading), HTTPStatus.OK
    except TimeLimitError as error:
        return Page(question, form, told, problem=error.translated(_)), HTTPStatus.GATEWAY_TIMEOUT


def _answered(question: Question, told: Mapping[str, str], form: tuple[Any, ...], kept: Kept, reading: Reading) -> Page:
    page = Page(question, form, told, kept)
    wanted = request.args.get("view") or question.header.view
    view = wanted if wanted in page.views else "table"
    found = tied(question, kept) if view == "network" else None
    return Page(question, form, told, kept, found, view, _count(question, kept), **_plan(question, reading))


def _count(question: Question, kept: Kept) -> int | None:
    """Return how many rows there are in all, if that is asked for and not known."""
    if not request.args.get("count") or not kept.answer.cut:
        return None
    return question.count(store(), kept.answer.values, rows=current_app.config["EXPORT"])


def _plan(question: Question, reading: Reading) -> dict[str, Any]:
    """Return the steps of the server's plan, if they are asked for."""
    wanted = request.args.get("plan")
    if wanted not in _PLANS or not visitor().may(Right.WHOLE):
        return {}
    run = wanted == "profile"
    try:
        told = steps(store(), question.statement.text, reading.values, run=run, seconds=question.seconds(store()))
    except StoreError as error:
        return {"problem": cast("PeyvandError", error).translated(_)}
    return {"steps": told}

"""Saved questions: the library, and one page per question, whose address is the question with its values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.catalog import Answer, Catalog, Question, Reading, ValuesError
from graph_app.catalog.library import shipped
from graph_app.catalog.parameters import Choice, Parameter, fields
from graph_app.dates import DateError, parse
from graph_app.errors import PeyvandError, TimeLimitError
from graph_app.exploration.search import Hit, search
from graph_app.export import csv_text, document
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.views import filters, language, store
from graph_app.vocabulary import vocabulary

bp = Blueprint("queries", __name__, url_prefix="/queries")

_DRAWN = 150  # entities that one address of the explorer can name
_VIEWS = ("table", "network")
Reply = str | tuple[str | dict[str, Any], int] | dict[str, Any] | Response


@dataclass(frozen=True)
class Field:
    """One parameter as the form shows it: what was typed, what is wrong with it, what may be chosen."""

    name: str
    parameter: Parameter
    texts: Mapping[str, str]
    problem: PeyvandError | None = None
    choices: tuple[Choice, ...] = ()
    entities: tuple[Node, ...] = ()

    @property
    def meant(self) -> tuple[Hit, ...]:
        """The entities that what was typed may mean, if it may mean several."""
        return tuple(getattr(self.problem, "hits", ()))


@dataclass(frozen=True)
class Page:
    """What the page of a question shows."""

    question: Question
    fields: tuple[Field, ...]
    given: Mapping[str, str]
    answer: Answer | None = None
    problem: PeyvandError | None = None
    drawn: tuple[str, ...] = field(default=())

    @property
    def network(self) -> Subgraph | None:
        """The answer as entities and ties, if that is how it was asked for."""
        return self.answer.result if self.answer and isinstance(self.answer.result, Subgraph) else None


def catalog() -> Catalog:
    """Return the questions that come with the program; reading them checks them."""
    return shipped()


@bp.get("")
def index() -> str:
    """Show the library; ``q`` and ``tag`` filter it. Entities of that name are offered too."""
    text, tag = request.args.get("q", "").strip(), request.args.get("tag", "")
    questions = _catalog().find(text, tag)
    hits = search(store(), text, limit=10) if text else []
    subjects: dict[str, list[Question]] = {}
    for question in questions:
        subjects.setdefault(question.subject, []).append(question)
    return render_template("queries/index.html", catalog=_catalog(), subjects=subjects, q=text, tag=tag, hits=hits)


@bp.get("/<subject>/<question>")
def show(subject: str, question: str) -> Reply:
    """Show a question and, once it has its values, the answer. Nothing is asked before."""
    page, status = _page(_catalog().question(f"{subject}/{question}"))
    return render_template("queries/show.html", page=page, catalog=_catalog()), status


@bp.get("/<subject>/<question>.json")
def as_json(subject: str, question: str) -> Reply:
    """Answer a question as JSON."""
    asked = _catalog().question(f"{subject}/{question}")
    try:
        return document(_ask(asked, asked.read(store(), _given(asked)).values))
    except ValuesError as error:
        told = {name: problem.translated(_) for name, problem in error.problems.items()}
        return {"error": error.translated(_), "fields": told}, HTTPStatus.BAD_REQUEST


@bp.get("/<subject>/<question>.csv")
def as_csv(subject: str, question: str) -> Reply:
    """Answer a question as a CSV file to keep."""
    asked = _catalog().question(f"{subject}/{question}")
    answer = _ask(asked, asked.read(store(), _given(asked)).values)
    kept = {"Content-Disposition": f'attachment; filename="{subject}-{question}.csv"'}
    return Response(csv_text(answer, language()), content_type="text/csv; charset=utf-8", headers=kept)


def _catalog() -> Catalog:
    return cast("Catalog", current_app.extensions["questions"])


def _given(question: Question) -> dict[str, str]:
    """Return what the address gives for the parameters; several values of one name are a list."""
    known = [name for key, parameter in question.parameters.items() for name in fields(key, parameter)]
    return {name: ",".join(texts) for name in known if any(texts := request.args.getlist(name))}


def _ask(question: Question, values: Mapping[str, Any]) -> Answer:
    wanted = request.args.get("view")
    return question.ask(store(), values, view=wanted if wanted in _VIEWS else None)


def _page(question: Question) -> tuple[Page, HTTPStatus]:
    given = _given(question)
    try:
        reading = question.read(store(), given)
    except ValuesError as error:
        problems = error.problems if given else {}
        form = tuple(_fields(question, given, Reading({}, {}), problems))
        return Page(question, form, given), HTTPStatus.BAD_REQUEST if given else HTTPStatus.OK
    form = tuple(_fields(question, given, reading, {}))
    try:
        answer = _ask(question, reading.values)
    except TimeLimitError as error:
        return Page(question, form, given, problem=error), HTTPStatus.GATEWAY_TIMEOUT
    drawn = tuple(dict.fromkeys(node.id for node in nodes_in(answer.result)))
    return Page(question, form, given, answer, drawn=drawn[:_DRAWN]), HTTPStatus.OK


def _fields(
    question: Question, given: Mapping[str, str], reading: Reading, problems: Mapping[str, PeyvandError]
) -> Iterator[Field]:
    texts = question.with_defaults(given)
    for name, parameter in question.parameters.items():
        mine = {key: texts.get(key, "") for key in fields(name, parameter)}
        choices = tuple(question.choices(store(), name, reading.values or texts)) if parameter.values else ()
        yield Field(name, parameter, mine, problems.get(name), choices, reading.entities.get(name, ()))


@bp.app_template_global()
def nodes_in(value: Any) -> Iterator[Node]:  # noqa: ANN401 - an answer, or a cell of one
    """Yield the entities in an answer, in their order."""
    if isinstance(value, Node):
        yield value
    elif isinstance(value, Subgraph):
        yield from value.nodes
    elif isinstance(value, list | tuple):
        for item in value:
            yield from nodes_in(item)
    elif hasattr(value, "rows"):
        yield from nodes_in(list(value.rows))


@bp.app_template_global()
def address(page: Page, form: str = "", view: str = "") -> str:
    """Return the address of a question with the values of this page, as a page, ``json`` or ``csv``."""
    endpoint = {"json": "queries.as_json", "csv": "queries.as_csv"}.get(form, "queries.show")
    subject, _slash, name = page.question.name.partition("/")
    chosen = {"view": view} if view else {}
    return url_for(endpoint, subject=subject, question=name, **page.given, **chosen)


@bp.app_template_global()
def sort_of(value: Any) -> str:  # noqa: ANN401
    """Return how a cell is shown: the name of its macro."""
    match value:
        case None | [] | "":
            return "nothing"
        case Node():
            return "entity"
        case Tie():
            return "tie"
        case bool():
            return "yes_no"
        case date():
            return "day"
        case int() | float():
            return "number"
        case list() | tuple():
            return "list"
    return "text"


@bp.app_template_global()
def written_day(key: str, text: str) -> filters.Day | None:
    """Return a date that a source writes, under a column that holds such dates; None if it is none."""
    if not (text[:4].isdecimal() or text.startswith("XXXX")) or key == "value":
        return None
    try:
        found = parse(text, "jalali" if text.startswith("XXXX") else None)
    except DateError:
        return None
    first, last = found.bounds or (None, None)
    return filters.when({"d_earliest": first, "d_latest": last, "d_written": text}, "d")


@bp.app_template_global()
def spelled(key: str, value: str) -> str:
    """Return a coded value in words: what a status, a role, a label or a property is called."""
    words = vocabulary()
    if key == "label" and value in words.labels:
        return words.labels[value].in_language(language())
    if key == "property" and value in words.properties:
        return words.properties[value].in_language(language())
    return filters.word(key, value)


@bp.app_template_global()
def column_name(question: Question, column: str) -> str:
    """Return the heading of a column in the reader's language."""
    word = question.header.columns.get(column) or vocabulary().properties.get(column)
    return word.in_language(language()) if word else column


@bp.app_template_global()
def column_key(question: Question, column: str) -> str:
    """Return the property whose words and dates the cells of a column hold."""
    found = question.header.columns.get(column)
    return (found.shows if found else None) or column


@bp.app_template_global()
def reader_number(value: float) -> str:
    """Return a number in the reader's digits; separators only where they help to count."""
    whole = isinstance(value, int) and abs(value) < 10_000  # noqa: PLR2004 - a year is not 2,013
    return filters.digits(value) if whole else filters.number(value)

"""Saved questions: the library, and one page per question, whose address is the question with its values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.catalog import Answer, Catalog, Question, Reading, ValuesError
from graph_app.catalog.library import shipped
from graph_app.catalog.parameters import Choice, Parameter, fields
from graph_app.catalog.vetting import Vetting
from graph_app.errors import PeyvandError, TimeLimitError
from graph_app.exploration import neighbourhood
from graph_app.exploration.search import Hit, search
from graph_app.export import csv_text, document, rows_of
from graph_app.graph.results import Node, Subgraph
from graph_app.views import answers, drawing, language, store

bp = Blueprint("queries", __name__, url_prefix="/queries")

_DRAWN = 150  # entities that one address of the explorer names
_OFFERED = 10
_VIEWS = ("table", "network")
Reply = Response | str | tuple[str | dict[str, Any], int] | dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One parameter as the form shows it: what was typed, what is wrong with it, what may be chosen."""

    name: str
    parameter: Parameter
    texts: Mapping[str, str]
    problem: PeyvandError | None
    choices: tuple[Choice, ...]
    entities: tuple[Node, ...]

    @property
    def wrong(self) -> str:
        """What is wrong, in the reader's language."""
        return self.problem.translated(_) if self.problem else ""

    @property
    def meant(self) -> tuple[Hit, ...]:
        """The entities to choose from, if what was typed may mean several."""
        return tuple(getattr(self.problem, "hits", ()))


@dataclass(frozen=True)
class Page:
    """What the page of a question shows. ``given`` is what its address gives."""

    question: Question
    fields: tuple[Field, ...]
    given: Mapping[str, str]
    answer: Answer | None = None
    problem: str = ""

    @property
    def network(self) -> Subgraph | None:
        """The answer as entities and ties, if that is how it was asked for."""
        return self.answer.result if self.answer and isinstance(self.answer.result, Subgraph) else None

    @property
    def nodes(self) -> dict[str, Node]:
        """The entities in the answer by id, in their order."""
        return {node.id: node for node in answers.nodes_in(self.answer.result)} if self.answer else {}

    @property
    def drawable(self) -> list[str]:
        """The ids of the entities that a picture of the answer would show; sources are evidence, not part of it."""
        return [id_ for id_, node in self.nodes.items() if "Source" not in node.labels] or list(self.nodes)

    @property
    def drawn(self) -> list[str]:
        """The ids that the explorer is opened with."""
        return self.drawable[:_DRAWN]

    def address(self, form: str = "", **changes: str) -> str:
        """Return the address of this question and its values, with changes, as a page, ``json`` or ``csv``."""
        endpoint = {"json": "queries.as_json", "csv": "queries.as_csv"}.get(form, "queries.show")
        return _address(endpoint, self.question, {**self.given, **changes})

    @property
    def panorama(self) -> str:
        """The address at which all of the answer is one large picture."""
        return url_for("panorama.index", question=self.question.name, **dict(self.given))  # type: ignore[arg-type]

    @property
    def bare(self) -> str:
        """The address of the question without values."""
        return _address("queries.show", self.question, {})

    @property
    def example(self) -> str:
        """The address of the question with its example."""
        return _address("queries.show", self.question, self.question.example)


def catalog() -> Catalog:
    """Return the questions that come with the program; reading them checks them.

    Raises
    ------
    QuestionError
        If one is badly written, with file and line.

    """
    return shipped()


@bp.get("")
def index() -> str:
    """Show the library; ``q`` and ``tag`` filter it. Entities of that name are offered too."""
    text, tag = request.args.get("q", "").strip(), request.args.get("tag", "")
    subjects: dict[str, list[Question]] = {}
    for question in _catalog().find(text, tag):
        subjects.setdefault(question.subject, []).append(question)
    hits = search(store(), text, limit=_OFFERED) if text else []
    return _rendered("queries/index.html", subjects=subjects, q=text, tag=tag, hits=hits)


@bp.get("/<subject>/<question>")
def show(subject: str, question: str) -> Reply:
    """Show a question and, once it has its values, the answer. Nothing is asked before."""
    page, status = _page(_question(subject, question))
    picture = drawing.drawn(page.network) if page.network else None
    return _rendered("queries/show.html", page=page, picture=picture, view=request.args.get("view", "")), status


@bp.get("/<subject>/<question>.json")
def as_json(subject: str, question: str) -> Reply:
    """Answer a question as JSON."""
    asked = _question(subject, question)
    try:
        return document(_ask(asked, asked.read(store(), _given(asked)).values))
    except ValuesError as error:
        told = {name: problem.translated(_) for name, problem in error.problems.items()}
        return {"error": error.translated(_), "fields": told}, HTTPStatus.BAD_REQUEST


@bp.get("/<subject>/<question>.csv")
def as_csv(subject: str, question: str) -> Reply:
    """Answer a question as a CSV file to keep."""
    asked = _question(subject, question)
    answer = _ask(asked, asked.read(store(), _given(asked)).values)
    rows = len(rows_of(answer.result).rows)
    name = f"{subject}-{question}-first-{rows}" if answer.cut else f"{subject}-{question}"
    kept = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "X-Rows-Cut": "true" if answer.cut else "false",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(csv_text(answer, language()), content_type="text/csv; charset=utf-8", headers=kept)


def _catalog() -> Catalog:
    return cast("Catalog", current_app.extensions["questions"])


def _question(subject: str, name: str) -> Question:
    """Return a question that the gate has not refused."""
    question = _catalog().question(f"{subject}/{name}")
    cast("Vetting", current_app.extensions["vetting"]).refuse(question)
    return question


def _rendered(template: str, **values: object) -> str:
    return render_template(template, catalog=_catalog(), answers=answers, **values)


def _address(endpoint: str, question: Question, values: Mapping[str, str]) -> str:
    subject, _slash, name = question.name.partition("/")
    return url_for(endpoint, subject=subject, question=name, **dict(values))  # type: ignore[arg-type]


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
        form = tuple(_fields(question, given, Reading({}, {}), error.problems if given else {}))
        return Page(question, form, given), HTTPStatus.BAD_REQUEST if given else HTTPStatus.OK
    form = tuple(_fields(question, given, reading, {}))
    try:
        return Page(question, form, given, _with_ties(_ask(question, reading.values), reading)), HTTPStatus.OK
    except TimeLimitError as error:
        return Page(question, form, given, problem=error.translated(_)), HTTPStatus.GATEWAY_TIMEOUT


def _with_ties(answer: Answer, reading: Reading) -> Answer:
    """Return an answer of entities alone with the ties among them, and with the entities that were asked about."""
    found = answer.result
    if not isinstance(found, Subgraph) or found.ties:
        return answer
    asked = [node.id for nodes in reading.entities.values() for node in nodes]
    answered = [node.id for node in found.nodes if "Source" not in node.labels]
    tied, _hidden = neighbourhood.picture(store(), [*asked, *answered])
    return replace(answer, result=Subgraph(tied.nodes, tied.ties, found.cut or tied.cut))


def _fields(
    question: Question, given: Mapping[str, str], reading: Reading, problems: Mapping[str, PeyvandError]
) -> Iterator[Field]:
    texts = question.with_defaults(given)
    for name, parameter in question.parameters.items():
        mine = {key: texts.get(key, "") for key in fields(name, parameter)}
        choices = tuple(question.choices(store(), name, reading.values or texts)) if parameter.values else ()
        yield Field(name, parameter, mine, problems.get(name), choices, reading.entities.get(name, ()))

"""What a reader watches: since when, and what is new, changed and gone since they last looked."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.catalog import Question
from graph_app.database.tables import Watch
from graph_app.errors import NotFoundError, PeyvandError
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.picture import name_of
from graph_app.views import answers, filters, language, question_page, store
from graph_app.vocabulary import vocabulary
from graph_app.watches import MOST, Change, Watches, changes, look_at_entity, look_at_question

bp = Blueprint("watched", __name__, url_prefix="/watched")

_SHOWN = 50  # changes of one watch on the page
_ENTITY = "entity"
_CODED = ("status", "kind", "certainty", "role")  # lists of the vocabulary that a cell may be a word of


@dataclass(frozen=True)
class Looked:
    """One watch with what it shows now; ``problem`` says why it shows nothing."""

    watch: Watch
    title: str
    address: str
    columns: list[str]
    changes: list[Change]
    cut: bool = False
    problem: str = ""


@bp.get("")
def index() -> str:
    """List what is watched, those with changes first."""
    looked = [_looked(one) for one in Watches(database()).of(visitor().owner)]
    looked.sort(key=lambda one: not (one.changes or one.problem))
    return render_template("watched/index.html", looked=looked, shown=_SHOWN, most=MOST, value=_shown)


@bp.post("")
def watch() -> Response:
    """Begin to watch a question with its values, or an entity."""
    question = _question(request.form.get("question", ""))
    given = question_page.given(question, request.form) if question else {_ENTITY: request.form.get(_ENTITY, "")}
    name = question.name if question else ""
    Watches(database()).watch(visitor().owner, name, given, _look(question, given))
    return redirect(url_for("watched.index"), HTTPStatus.SEE_OTHER)


@bp.post("/<key>/seen")
def seen(key: str) -> Response:
    """Mark what a watch shows now as seen."""
    found = Watches(database()).one(key, visitor().owner)
    Watches(database()).mark(key, visitor().owner, _look(_question(found.question), found.given))
    return redirect(url_for("watched.index"), HTTPStatus.SEE_OTHER)


@bp.post("/<key>/stop")
def stop(key: str) -> Response:
    """Stop watching."""
    Watches(database()).stop(key, visitor().owner)
    return redirect(url_for("watched.index"), HTTPStatus.SEE_OTHER)


def _question(name: str) -> Question | None:
    return question_page.named(name) if name else None


def _look(question: Question | None, given: dict[str, Any]) -> dict[str, Any]:
    return look_at_question(store(), question, given) if question else look_at_entity(store(), given[_ENTITY])


def _looked(one: Watch) -> Looked:
    try:
        question = _question(one.question)
        now = _look(question, one.given)
    except PeyvandError as error:
        return Looked(one, one.question or one.given[_ENTITY], "", [], [], problem=error.translated(_))
    title = question.header.title.in_language(language()) if question else _name(one.given[_ENTITY])
    columns = [_column(question, column) for column in now["columns"]]
    return Looked(one, title, _address(question, one), columns, changes(one.seen, now), now["cut"])


def _address(question: Question | None, one: Watch) -> str:
    if question is None:
        return url_for("entities.show", entity=one.given[_ENTITY])
    return question_page.address("queries.show", question, one.given)


def _column(question: Question | None, column: str) -> str:
    if question:
        return answers.column_name(question, column)
    return str(_("Fact") if column == "fact" else _("Value"))


def _name(entity: str) -> str:
    found = next(iter(store().table(statement("entities_by_id"), {"ids": [entity]}, rows=1)), None)
    if found is None:
        raise NotFoundError(entity)
    return name_of(found["e"], language())


def _shown(cell: Any) -> tuple[str, str]:  # noqa: ANN401 - a cell as it is kept
    """Return a cell as text, and the address of the entity that it is, if it is one."""
    match cell:
        case None | "" | []:
            return "", ""
        case {"id": str(id_), "labels": labels}:
            node = Node(id_, tuple(labels), {key: value for key, value in cell.items() if value is not None})
            status = f" ({filters.word('status', cell['status'])})" if cell.get("status") else ""
            return name_of(node, language()) + status, url_for("entities.show", entity=id_)
        case {"tie": _tie, "type": type_}:
            return filters.phrase(type_), ""
        case bool():
            return (_("yes") if cell else _("no")), ""
        case list():
            return ("، " if language() == "fa" else ", ").join(_shown(item)[0] for item in cell), ""
        case int() | float():
            return filters.digits(cell), ""
    return _worded(str(cell)), ""


def _worded(text: str) -> str:
    """Return what a coded cell says: a type of tie with its direction, a property, a status."""
    words = vocabulary()
    type_, _space, direction = text.partition(" ")
    if type_ in words.types and direction in {"in", "out"}:
        return filters.heading(type_, direction)
    if text in words.properties:
        return words.properties[text].in_language(language())
    return next((told for key in _CODED if (told := filters.word(key, text)) != text), text)

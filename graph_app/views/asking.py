"""Asking in Cypher of one's own: the editor, its checks, the answer, what was asked before and what is kept."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.catalog import statement
from graph_app.catalog.own import LONGEST, Statements, as_file
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.shape import shape
from graph_app.errors import PeyvandError, StatementError, StoreError
from graph_app.export import table_csv, table_document
from graph_app.graph.guard import Found
from graph_app.views import OPENED, answers, filters, language, question_page, store

bp = Blueprint("asking", __name__, url_prefix="/ask")

_FIRST = "MATCH (agreement:Agreement)<-[:PARTY_TO]-(party)\nRETURN agreement, collect(party) AS parties\nLIMIT 20"
_GIVEN = "p_"  # before the name of a parameter in the form
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FILES = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True)
class Draft:
    """What stands in the editor: the statement, the texts of its parameters, and the name it is kept under."""

    text: str
    given: Mapping[str, str]
    name: str = ""

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters that the text uses, each with what was typed for it."""
        try:
            names = statement.parse(self.text, Path("statement")).parameters
        except QuestionFileError:
            names = dict.fromkeys(self.given, 0)
        return [(name, self.given.get(name, "")) for name in names]

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters: a day as 2025-12-05, a number, list or null as JSON writes them, else text."""
        return {name: _read(text) for name, text in self.parameters}


@bp.get("")
def index() -> str:
    """Show the editor: empty, with a saved question (``from``), or with a statement of one's own (``own``)."""
    return _page(_opened())


@bp.post("")
def run() -> tuple[str, HTTPStatus]:
    """Ask what stands in the editor, remember it, and show the answer."""
    draft = _sent()
    Statements(database()).remember(visitor().owner, draft.text, dict(draft.parameters))
    try:
        found = _asked(draft)
    except StatementError as error:
        return _page(draft, problem=error), HTTPStatus.BAD_REQUEST
    except StoreError as error:
        return _page(draft, problem=error), HTTPStatus.GATEWAY_TIMEOUT
    return _page(draft, found=found), HTTPStatus.OK


@bp.post("/check")
def check() -> dict[str, Any]:
    """Say whether the gate would let the statement through, else where it stops; and which parameters it uses."""
    draft = _sent()
    told: dict[str, Any] = {
        "parameters": [name for name, _text in draft.parameters],
        "problem": "",
        "line": 0,
        "column": 0,
    }
    try:
        store().gate.inspect(draft.text, draft.values, user=_user(), seconds=5.0)
    except StatementError as error:
        return told | {"problem": filters.sentence(error), "line": error.line, "column": error.column}
    except PeyvandError as error:
        return told | {"problem": _("Not checked: %(reason)s", reason=filters.sentence(error))}
    return told


@bp.post("/answer.<kind>")
def as_file_of(kind: str) -> Response:
    """Answer what stands in the editor as a file."""
    if kind not in _FILES:
        abort(HTTPStatus.NOT_FOUND)
    found = _asked(_sent())
    body = (
        table_csv(found.table, language())
        if kind == "csv"
        else json.dumps(table_document(found.table, found.seconds), ensure_ascii=False)
    )
    answer = Response(body, mimetype=_FILES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="answer.{kind}"'
    return answer


@bp.post("/keep")
def keep() -> Any:  # noqa: ANN401 - what Flask takes
    """Keep the statement under a name and go on with it."""
    draft = _sent()
    kept = Statements(database()).keep(visitor().owner, draft.name, draft.text, dict(draft.parameters))
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
    answer = Response(as_file(Statements(database()).open(key, visitor().owner)), mimetype="text/plain")
    answer.headers["Content-Disposition"] = 'attachment; filename="question.cypher"'
    return answer


def _page(draft: Draft, *, found: Found | None = None, problem: PeyvandError | None = None) -> str:
    kept = Statements(database())
    key, asker = request.args.get("own", ""), visitor().owner
    own = kept.open(key, asker) if key else None
    nodes = {node.id: node for node in answers.nodes_in(found.table)} if found else {}
    told = {"found": found, "problem": problem, "answers": answers, "drawn": list(nodes)[:OPENED]}
    mine = own is not None and own.owner == asker.user
    listed = {"own": own, "mine": mine, "kept": kept.kept(asker), "history": kept.history(asker)}
    return render_template("asking/index.html", draft=draft, shape=shape(store()), longest=LONGEST, **told, **listed)


def _opened() -> Draft:
    if name := request.args.get("from", ""):
        question = question_page.named(name)
        return Draft(question.statement.text, question.with_defaults(question.example))
    if key := request.args.get("own", ""):
        found = Statements(database()).open(key, visitor().owner)
        return Draft(found.text, found.given, found.name or "")
    return Draft(_FIRST, {})


def _sent() -> Draft:
    given = {name.removeprefix(_GIVEN): text for name, text in request.form.items() if name.startswith(_GIVEN)}
    return Draft(request.form.get("statement", "").replace("\r\n", "\n"), given, request.form.get("name", ""))


def _asked(draft: Draft) -> Found:
    gone = request.environ.get("waitress.client_disconnected")
    return store().gate.ask(draft.text, draft.values, user=_user(), gone=gone)


def _read(text: str) -> Any:  # noqa: ANN401 - any value of JSON
    try:
        return date.fromisoformat(text.strip()) if _DAY.fullmatch(text.strip()) else json.loads(text)
    except (ValueError, RecursionError):
        return text


def _user() -> str:
    user = visitor().owner.user
    return "" if user is None else str(user)

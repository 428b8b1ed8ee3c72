"""What a reader watches: since when, and what is new, changed and gone since they last looked."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.catalog import Question
from graph_app.database.tables import Watch
from graph_app.delivery.channels import Channels
from graph_app.errors import PeyvandError
from graph_app.exploration.lifecycle import today
from graph_app.settings import Settings
from graph_app.views import language, question_page, store
from graph_app.watches import MOST, Change, Watches, changes, look, problems, wording
from graph_app.watches.looking import ENTITY, REMINDERS
from graph_app.watches.readers import told_to

bp = Blueprint("watched", __name__, url_prefix="/watched")

_SHOWN = 50  # changes of one watch on the page
_NOTHING: dict[str, Any] = {"columns": ["reminder", "about", "day", "agreement"], "rows": {}, "cut": False}


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

    @property
    def reminds(self) -> bool:
        """Whether it watches for what is due."""
        return REMINDERS in self.watch.given and not self.watch.question


@bp.get("")
def index() -> str:
    """List what is watched, those with changes first, and how one is told of it."""
    return page()


def page(problem: str = "", shown: tuple[str, str] = ("", "")) -> str:
    """Return the page, with what went wrong with a channel, or with the kind and the secret of a new one."""
    mine = visitor().owner
    looked = [_looked(one) for one in Watches(database()).of(mine)]
    looked.sort(key=lambda one: not (one.changes or one.problem))
    settings: Settings = current_app.extensions["settings"]
    return render_template(
        "watched/index.html",
        looked=looked,
        shown=_SHOWN,
        most=MOST,
        value=_shown,
        channels=Channels(database()).of(mine),
        chosen=Channels(database()).chosen(mine),
        reminded=any(one.reminds for one in looked),
        mails=bool(settings.text("PEYVAND_MAIL_HOST")),
        account=visitor().user,
        problem=problem,
        secret=shown,
        host_of=lambda address: urlsplit(address).netloc,  # the rest may be a secret
        problem_told=lambda kept: problems.told(kept, language()),
    )


@bp.post("")
def watch() -> Response:
    """Begin to watch a question with its values, an entity, or what is due; it is told through every channel."""
    mine, known = visitor().owner, Watches(database())
    question = _question(request.form.get("question", ""))
    given, seen = _asked(question)
    before = {one.key for one in known.of(mine)}
    made = known.watch(mine, question.name if question else "", given, seen)
    if made.key not in before:
        Channels(database()).choose_all(made.key, mine)
    return _back()


@bp.post("/<key>/seen")
def seen(key: str) -> Response:
    """Mark what a watch shows now as seen."""
    found = Watches(database()).one(key, visitor().owner)
    now = look(store(), _question(found.question), found.given, today())
    Watches(database()).mark(key, visitor().owner, now)
    return _back()


@bp.post("/<key>/channels")
def choose(key: str) -> Response:
    """Choose through which channels a watch is told."""
    Channels(database()).choose(key, visitor().owner, request.form.getlist("channel", type=int))
    return _back()


@bp.post("/<key>/stop")
def stop(key: str) -> Response:
    """Stop watching."""
    Watches(database()).stop(key, visitor().owner)
    return _back()


def _back() -> Response:
    return redirect(url_for("watched.index"), HTTPStatus.SEE_OTHER)


def _question(name: str) -> Question | None:
    return question_page.named(name) if name else None


def _asked(question: Question | None) -> tuple[dict[str, str], dict[str, Any]]:
    """Return what the form gives, and what that shows now; of what is due nothing has been seen yet."""
    if question is None and request.form.get(REMINDERS):
        return {REMINDERS: "due"}, _NOTHING
    given = question_page.given(question, request.form) if question else {ENTITY: request.form.get(ENTITY, "")}
    return given, look(store(), question, given, today())


def _looked(one: Watch) -> Looked:
    try:
        question = _question(one.question)
        now = look(store(), question, one.given, today())
    except PeyvandError as error:
        return Looked(one, one.question or one.given[ENTITY], "", [], [], problem=error.translated(_))
    title = wording.title(question, one.given, now, language())
    columns = [wording.column(question, column, language()) for column in now["columns"]]
    found = told_to(visitor().clearance, changes(one.seen, now))
    return Looked(one, title, _address(question, one), columns, found, now["cut"])


def _address(question: Question | None, one: Watch) -> str:
    if question is not None:
        return question_page.address("queries.show", question, one.given)
    return url_for("entities.show", entity=one.given[ENTITY]) if ENTITY in one.given else ""


def _shown(cell: Any) -> tuple[str, str]:  # noqa: ANN401 - a cell as it is kept
    """Return a cell as text, and the address of the entity that it is, if it is one."""
    text, entity = wording.shown(cell, language())
    return text, url_for("entities.show", entity=entity) if entity else ""

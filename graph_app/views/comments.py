"""Comments on an entity or a reminder, and who takes it."""

from http import HTTPStatus

from flask import Blueprint, Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.database.tables import Comment, Taker, User
from graph_app.errors import N_, AccessError, NotFoundError
from graph_app.exploration.neighbourhood import require
from graph_app.reminders.comments import LONGEST, Comments, mendable
from graph_app.reminders.due import item_in
from graph_app.reminders.takers import Takers
from graph_app.roles import Right
from graph_app.views import digest, store

bp = Blueprint("comments", __name__, url_prefix="/comments")


def init_app(app: Flask) -> None:
    """Give templates what pages of entities and the digest need."""
    app.jinja_env.globals.update(
        comments_on=lambda node: Comments(database()).on([node.id, *node.properties.get("merged_ids", ())]),
        taker_of=_taker_of,
        may_mend=lambda comment: mendable(comment, visitor().owner),
        may_remove=_may_remove,
        is_mine=lambda taker: taker.person == visitor().owner.user,
        people=_people,
        longest_comment=LONGEST,
    )


@bp.post("")
def write() -> Response:
    """Comment on an entity or a reminder."""
    about, reminder = _item()
    Comments(database()).write(visitor().owner, visitor().name, about, request.form.get("text", ""), reminder)
    return _back(about, reminder)


@bp.post("/<int:number>/text")
def mend(number: int) -> Response:
    """Change the text of a comment."""
    found = Comments(database()).mend(number, visitor().owner, request.form.get("text", ""))
    return _back(found.about, found.reminder)


@bp.post("/<int:number>/remove")
def remove(number: int) -> Response:
    """Remove a comment."""
    found = Comments(database()).remove(number, visitor().owner, any_=visitor().may(Right.ADMINISTER))
    return _back(found.about, found.reminder)


@bp.post("/taker")
def take() -> Response:
    """Take an item, give it to somebody, or let nobody take it."""
    about, reminder = _item()
    item, known, chosen = reminder or about, Takers(database()), request.form.get("taker", "")
    taken = known.of([item]).get(item)
    if chosen == "me":
        known.take(item, visitor().owner, visitor().name)
    elif chosen == "nobody":
        if taken and taken.person != visitor().owner.user:
            _may_give()
        known.leave(item)
    else:
        _may_give()
        known.give(item, request.form.get("taker", 0, type=int), visitor().name)
    return _back(about, reminder)


def _item() -> tuple[str, str]:
    """Return the entity that the form names, and the reminder of it, if it names one.

    Raises
    ------
    NotFoundError
        If there is no such entity, or the reminder is not one of it.

    """
    about, reminder = request.form.get("about", ""), request.form.get("reminder", "")
    require(store(), about)
    if reminder and item_in(reminder) != about:
        raise NotFoundError(N_("There is no such reminder."))
    return about, reminder


def _may_give() -> None:
    if not visitor().may(Right.EDIT):
        raise AccessError(N_("Only who may edit can say what others take."))


def _taker_of(item: str) -> Taker | None:
    return Takers(database()).of([item]).get(item)


def _may_remove(comment: Comment) -> bool:
    return comment.author == visitor().owner.user or visitor().may(Right.ADMINISTER)


def _people() -> list[User]:
    """Return who can be given an item, for who may give."""
    return Takers(database()).people() if visitor().may(Right.EDIT) else []


def _back(about: str, reminder: str) -> Response:
    if request.form.get("from") == "digest":
        return digest.back(reminder.replace(" ", "_"))
    return redirect(url_for("entities.show", entity=about, _anchor="comments"), HTTPStatus.SEE_OTHER)

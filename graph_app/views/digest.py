"""The digest: what is due by now, each with the reason, who takes it and what people say; done is for oneself alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from urllib.parse import parse_qs

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.database.owned import Owner
from graph_app.database.tables import Comment, Taker
from graph_app.errors import N_
from graph_app.reminders.comments import Comments
from graph_app.reminders.due import DUE, ENDED, ENDS, EVENT, LETTER, SORTS, Reminder, due
from graph_app.reminders.settled import Settlements, told
from graph_app.reminders.takers import Takers
from graph_app.views import days, filters, store

bp = Blueprint("digest", __name__, url_prefix="/digest")

TITLES: Mapping[str, str] = {
    ENDS: N_("Ending within their notice period"),
    ENDED: N_("Ended within the last year"),
    DUE: N_("Commitments due"),
    EVENT: N_("Planned and past their day: unconfirmed"),
    LETTER: N_("Letters without an answer"),
}
WHOSE: Mapping[str, str] = {"": N_("Everybody's"), "mine": N_("What I take"), "nobody": N_("What nobody takes")}
CHOICES = ("as_of", "sort", "whose", "fiction", "done")  # what the address of the digest says
_SHOWN = 20  # of one sort, unless it is the only one


@dataclass(frozen=True)
class Entry:
    """One reminder with who takes it, what is said of it, and since when it is told, and done."""

    reminder: Reminder
    taker: Taker | None
    comments: list[Comment]
    told_at: datetime | None
    done_at: datetime | None

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.reminder.key.replace(" ", "_")


@bp.get("")
def index() -> str:
    """List what is due by the day ``as_of`` and not done yet, or with ``done`` what is."""
    day, problem = days.asked()
    found = due(store(), day)
    entries = _entries(found.reminders)
    left = [one for one in entries if _fits(one)]
    sort = request.args.get("sort", "") if request.args.get("sort") in SORTS else ""
    groups = {name: [one for one in left if one.reminder.sort == name] for name in SORTS}
    return render_template(
        "digest/index.html",
        day=day,
        problem=problem,
        asked=request.args.get("as_of", ""),
        groups={name: ones for name, ones in groups.items() if ones and sort in {"", name}},
        counts={name: len(ones) for name, ones in groups.items()},
        settled=sum(one.done_at is not None for one in entries),
        cut=found.cut,
        sort=sort,
        shown=_SHOWN,
        titles=TITLES,
        whose=WHOSE,
        why=lambda one: why(one, day),
        here=here,
    )


@bp.post("/done")
def done() -> Response:
    """Say that oneself is done with a reminder: it is not listed any more."""
    Settlements(database()).settle(visitor().owner, request.form.get("reminder", ""))
    return back()


@bp.post("/again")
def again() -> Response:
    """List a reminder again that one was done with."""
    Settlements(database()).bring_back(visitor().owner, request.form.get("reminder", ""))
    return back()


def open_now(day: date) -> list[Reminder]:
    """Return what is due by ``day``, not fictional, and not done by the reader."""
    done_ = Settlements(database()).of(visitor().owner)
    return [one for one in due(store(), day).reminders if not one.fictional and one.key not in done_]


def why(one: Reminder, day: date) -> str:
    """Return why a reminder is due on ``day``."""
    gone = one.days(day)
    if not gone:
        return str(_(_TODAY[one.sort]))
    told_: Mapping[str, str] = {
        ENDS: ngettext(
            "ends in %(num)s day, within its notice period", "ends in %(num)s days, within its notice period", gone
        ),
        ENDED: ngettext(
            "ended %(num)s day ago; nothing that follows is recorded",
            "ended %(num)s days ago; nothing that follows is recorded",
            gone,
        ),
        DUE: ngettext(
            "was due %(num)s day ago and is not recorded as fulfilled",
            "was due %(num)s days ago and is not recorded as fulfilled",
            gone,
        ),
        EVENT: ngettext(
            "was planned for %(num)s day ago, and nobody has confirmed it",
            "was planned for %(num)s days ago, and nobody has confirmed it",
            gone,
        ),
        LETTER: ngettext(
            "was sent %(num)s day ago, and no answer is recorded",
            "was sent %(num)s days ago, and no answer is recorded",
            gone,
        ),
    }
    return filters.digits(told_[one.sort])


def here(**changes: str | None) -> str:
    """Return the address of the digest as it is asked for, with changes."""
    kept = {name: request.args.get(name) for name in CHOICES}
    return url_for("digest.index", **{name: text for name, text in (kept | changes).items() if text})  # type: ignore[arg-type]


def back(anchor: str = "") -> Response:
    """Lead back to the digest as the form says that it was asked for."""
    asked = parse_qs(request.form.get("view", ""))
    kept = {name: asked[name][0] for name in CHOICES if name in asked}
    return redirect(url_for("digest.index", **kept, _anchor=anchor or None), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]


_TODAY: Mapping[str, str] = {
    ENDS: N_("ends today"),
    ENDED: N_("ended today; nothing that follows is recorded"),
    DUE: N_("is due today and not recorded as fulfilled"),
    EVENT: N_("was planned for today, and nobody has confirmed it"),
    LETTER: N_("was sent, and no answer is recorded"),
}


def _entries(reminders: Iterable[Reminder]) -> list[Entry]:
    """Return the reminders that the address asks for, done or not, with what is known of each."""
    mine: Owner = visitor().owner
    wanted = [one for one in reminders if not (one.fictional and request.args.get("fiction") == "recorded")]
    keys = [one.key for one in wanted]
    takers = Takers(database()).of(keys)
    said = Comments(database()).on_reminders(keys)
    told_at, done_at = told(database(), mine), Settlements(database()).of(mine)
    return [
        Entry(one, takers.get(one.key), said.get(one.key, []), told_at.get(one.key), done_at.get(one.key))
        for one in wanted
    ]


def _fits(one: Entry) -> bool:
    """Say whether the address asks for this one."""
    if (one.done_at is not None) != (request.args.get("done") == "yes"):
        return False
    match request.args.get("whose", ""):
        case "mine":
            return one.taker is not None and one.taker.person == visitor().owner.user
        case "nobody":
            return one.taker is None
    return True

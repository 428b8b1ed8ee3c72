"""The home page: search, and four strips: what changed, what needs attention, where to start, a map of ties."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.catalog import Catalog, Question
from graph_app.errors import N_, TimeLimitError
from graph_app.exploration.lifecycle import today
from graph_app.exploration.overview import Overview, overview
from graph_app.graph.results import Node
from graph_app.loading.history import Run, newest
from graph_app.portfolio import Counts, counts
from graph_app.reminders.due import LETTER
from graph_app.roles import Right
from graph_app.views import digest, explore, language, question_page, review, store
from graph_app.views.edits import edits as recording
from graph_app.views.known import known
from graph_app.views.unchanged import while_unchanged

bp = Blueprint("home", __name__)

_BY_PEOPLE = ("edits", "review")  # mappings of runs that are no loads
_QUESTION, _CITY = "cities/sister_cities", "city"  # what is offered to be asked, of which the answer is a picture
_SEARCHED = 100_000  # entities up to which possible duplicates are looked for as soon as somebody comes by
_SOON = 5_000  # entities up to which the page waits for them
_PATIENCE = 0.3  # seconds
_AHEAD = 90  # days
_RECORDED = {"fiction": "recorded"}


@dataclass(frozen=True)
class Wanting:
    """One thing that needs attention: what, how many, and where they are listed; the number may not be known yet."""

    title: str
    count: int | None
    address: str


@dataclass(frozen=True)
class Strips:
    """What the strips show besides the map.

    ``recorded`` are agreements by status, without the fictional ones; None if they were not counted in time.
    """

    run: Run | None
    edits: int
    attention: list[Wanting]
    due: Wanting
    question: Question | None
    question_address: str
    city: Node | None
    recorded: Mapping[str, int] | None = field(hash=False)
    page: Mapping[str, Any] = field(hash=False)


@bp.get("/")
def index() -> str:
    """Show the home page."""
    found, strips = known(f"home {language()} {visitor().owner.user}", _found)  # one's own, in one's own language
    return render_template("home/index.html", overview=found, strips=strips, ahead=_AHEAD, recorded=_only(found))


def _found() -> tuple[Overview, Strips | None]:
    found = while_unchanged("overview", lambda: overview(store()))
    return found, _strips(found) if found.entities else None


def _only(found: Overview) -> dict[str, str]:
    """Return what an address says so that its page leaves out what is fictional, if anything is."""
    return _RECORDED if found.fictional else {}


def _strips(found: Overview) -> Strips:
    day = today()
    standing = while_unchanged(f"standing {day}", lambda: _counts(day, fictional=not found.fictional))
    open_ = digest.open_now(day)
    letters = sum(one.sort == LETTER for one in open_)
    catalog: Catalog = current_app.extensions["questions"]
    run, edits = newest(database(), recording().graph, _BY_PEOPLE)
    city = next((node for node in found.starting_points if "City" in node.labels), None)
    question = catalog[_QUESTION] if city and _QUESTION in catalog else None
    return Strips(
        run=run,
        edits=edits,
        attention=_attention(found, standing, letters),
        due=Wanting(_("All that is due"), len(open_), url_for("digest.index", **_only(found))),  # type: ignore[arg-type]
        question=question,
        question_address=question_page.address("queries.show", question, {_CITY: city.id}) if question and city else "",
        city=city,
        recorded=standing.statuses if standing else None,
        page={"today": day.isoformat(), "states": explore.states(), "strings": _words()},
    )


def _counts(day: date, *, fictional: bool) -> Counts | None:
    try:
        return counts(store(), day, fictional=fictional)
    except TimeLimitError:
        return None


def _attention(found: Overview, standing: Counts | None, letters: int) -> list[Wanting]:
    """Return what needs attention, in its fixed order; what concerns none stands there with none."""
    only = _only(found)

    def agreements(name: str, title: str) -> Wanting:
        address = url_for("agreements.index", attention=name, **only)  # type: ignore[arg-type]
        return Wanting(_(title), standing.of(name) if standing else None, address)

    whole = visitor().may(Right.WHOLE)
    pairs = review.waiting(_PATIENCE if found.entities <= _SOON else None) if whole else None
    if whole and _SOON < found.entities <= _SEARCHED and pairs is None and request.method != "HEAD":
        review.look_afterwards()
    return [
        agreements("expiring", N_("Expiring")),
        agreements("stalled", N_("Stalled")),
        Wanting(_("Letters without an answer"), letters, url_for("digest.index", sort=LETTER, **only)),  # type: ignore[arg-type]
        agreements("conflict", N_("Sources differ")),
        *([Wanting(_("Duplicates to review"), pairs, url_for("review.index"))] if whole else []),
    ]


def _words() -> dict[str, str]:
    return {
        "arc": _("{start} – {end}: {count}"),
        "point": _("{name}: {count}"),
        "shown": _("{agreements} agreements between {places} places"),
        "nothing": _("No agreement that joins two places on the map is recorded."),
        "failed": _("The answer did not come. Try again."),
    }

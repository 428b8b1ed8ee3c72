"""The portfolio of all agreements, filtered and counted, in several views: list, board, timeline, umbrellas, more."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from graph_app.dates import year_ends
from graph_app.editing.kinds import DECISIONS
from graph_app.errors import N_
from graph_app.exploration.lifecycle import today
from graph_app.export import table_csv
from graph_app.graph.results import Table
from graph_app.portfolio import order as ordering
from graph_app.portfolio.agenda import SORTS, agenda, icalendar
from graph_app.portfolio.figures import figures
from graph_app.portfolio.hierarchy import branches, coverage, provinces
from graph_app.portfolio.priority import MOST_WEIGHT, WEIGHTS, scored
from graph_app.portfolio.timeline import timeline
from graph_app.views import calendar, filters, language, store
from graph_app.views.levels import at_most
from graph_app.views.portfolio import FACET_NAMES, Page, here, number, one_of, toggled
from graph_app.vocabulary import vocabulary

bp = Blueprint("agreements", __name__, url_prefix="/agreements")

PAGE = 100  # rows of one page
CARDS = 20  # of one column of the board
SHOWN_VALUES = 8  # of one facet; the others are folded
AHEAD = 365  # days of the agenda, unless the reader says otherwise
_MOST_AHEAD = 3660

TABS: Mapping[str, str] = {
    "list": N_("List"),
    "board": N_("Board by state"),
    "timeline": N_("Timeline"),
    "umbrellas": N_("Umbrellas"),
    "coverage": N_("Coverage"),
    "calendar": N_("Calendar"),
    "priority": N_("Priority"),
    "figures": N_("Claimed figures"),
    "review": N_("Review queue"),
}
GROUP_NAMES: Mapping[str, str] = {name: FACET_NAMES[name] for name in ordering.GROUPS}
SORT_NAMES: Mapping[str, str] = {
    "ends": N_("End of an agreement"),
    "event": N_("Planned event"),
    "due": N_("Due"),
    "occasion": N_("Occasion"),
}
INPUT_NAMES: Mapping[str, str] = {
    "bodies": N_("Active bodies"),
    "events": N_("Events in 12 months"),
    "subagreements": N_("Agreements under it"),
    "commitments": N_("Commitments kept"),
}


@bp.get("")
def index() -> str:
    """Show the portfolio in the view of ``tab``, filtered as the address says."""
    page = Page()
    tab = request.args.get("tab", "list")
    tab = tab if tab in TABS else "list"
    parts = _TAB_PARTS[tab](page)
    return render_template(f"agreements/{tab}.html", page=page, tab=tab, tabs=TABS, **parts)


@bp.get("/agreements.csv")
def as_csv() -> Response:
    """Answer the filtered list as CSV."""
    page = Page()
    columns = (
        "agreement",
        "kind",
        "status",
        "next_end",
        "days_left",
        "parties",
        "flags",
        "disposition",
        "last_evidence",
    )
    rows = [
        (one.node, one.kind, one.status, one.next_end, one.days_left(page.day), page.found.named(one.party_ids),
         list(one.flags), one.disposition, one.last_evidence)
        for one in page.instruments
    ]  # fmt: skip
    return _attached(table_csv(Table(columns, rows), language()), "text/csv", "agreements.csv")


@bp.get("/agreements.ics")
def as_icalendar() -> Response:
    """Answer what is ahead as a calendar file."""
    page = Page()
    found = agenda(store(), page.instruments, page.day, _ahead())
    words = {sort: _(SORT_NAMES[sort]) for sort in SORTS}
    return _attached(icalendar(found, _("Agreements"), language(), words), "text/calendar", "agreements.ics")


def _attached(body: str | bytes, mimetype: str, name: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return at_most(answer)


def _ahead() -> int:
    return max(1, number("ahead", AHEAD, _MOST_AHEAD))


def _list(page: Page) -> dict[str, Any]:
    by = one_of("group", ordering.GROUPS, "")
    first = max(0, number("page", 1, 10_000) - 1) * PAGE
    shown = page.instruments[first : first + PAGE]
    groups = [("", shown)] if not by else ordering.grouped(page.instruments, by, page.day)
    return {"by": by, "groups": groups, "group_names": GROUP_NAMES, "first": first, "most": PAGE}


def _board(page: Page) -> dict[str, Any]:
    states = [*vocabulary().states, "none"]
    columns = {state: [one for one in page.instruments if one.state == state] for state in states}
    return {"columns": {state: ones for state, ones in columns.items() if ones}, "most": CARDS}


def _timeline(page: Page) -> dict[str, Any]:
    first = max(0, number("page", 1, 10_000) - 1) * PAGE
    found = timeline(store(), page.instruments[first : first + PAGE], page.day)
    return {"found": found, "years": _years(found.first, found.last), "first": first, "most": PAGE}


def _years(first: date, last: date) -> list[tuple[str, date]]:
    """Return the years of the reader's calendar between two days, at most twelve of them: its name, its last day."""
    mine = calendar()
    found = [(filters.digits(year), end) for year, end in year_ends(first, last, mine) if first < end < last]
    return found[:: max(1, len(found) // 12)]


def _umbrellas(page: Page) -> dict[str, Any]:
    return {"branches": branches(page.instruments)}


def _coverage(page: Page) -> dict[str, Any]:
    known = provinces(store())
    found = coverage(page.found, known, request.args.get("within", ""))
    return {"found": found, "countries": [country for country, _provinces in known]}


def _calendar(page: Page) -> dict[str, Any]:
    ahead = _ahead()
    return {"found": agenda(store(), page.instruments, page.day, ahead), "ahead": ahead, "sorts": SORT_NAMES}


def _priority(page: Page) -> dict[str, Any]:
    weights = {name: number(f"weigh_{name}", default, MOST_WEIGHT) for name, default in WEIGHTS.items()}
    found = scored(store(), page.instruments, page.day, weights)
    groups = sum(one.is_group for one in page.instruments)
    parts = {"inputs": INPUT_NAMES, "most": PAGE, "groups": groups, "most_weight": MOST_WEIGHT}
    return {"found": found, "weights": weights, **parts}


def _figures(page: Page) -> dict[str, Any]:
    return {"found": figures(store(), page.found)}


def _review(page: Page) -> dict[str, Any]:
    found = [one for one in page.instruments if one.disposition != "none"]
    return {"queue": sorted(found, key=lambda one: one.disposition != "under_review"), "decisions": DECISIONS}


_TAB_PARTS: Mapping[str, Callable[[Page], dict[str, Any]]] = {
    "list": _list,
    "board": _board,
    "timeline": _timeline,
    "umbrellas": _umbrellas,
    "coverage": _coverage,
    "calendar": _calendar,
    "priority": _priority,
    "figures": _figures,
    "review": _review,
}


@bp.context_processor
def _helpers() -> dict[str, Any]:
    return {"here": here, "toggled": toggled, "shown_values": SHOWN_VALUES, "today": today()}

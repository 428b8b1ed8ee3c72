"""The audit, for administrators: who saw, asked, took away, loaded, changed and shared what, and when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _

from graph_app.acts import TITLES
from graph_app.auth.extension import database
from graph_app.catalog.parameters import Parameter
from graph_app.catalog.values import plain_value
from graph_app.database import trail
from graph_app.database.tables import AuditLine
from graph_app.database.trail import Wanted
from graph_app.errors import N_, PeyvandError
from graph_app.exploration.lifecycle import today
from graph_app.export.texts import csv_pieces
from graph_app.views import language

bp = Blueprint("audit", __name__)

PAGE = 100  # lines on one page
_LARGEST = 2**31 - 1
_DAY = Parameter(type="date")
_TEXTS = ("who", "what", "kind", "outcome")
_COLUMNS = ("id", "at", "kind", "who", "means", "about", "outcome", "route", "address", "request", "details")
OUTCOMES: Mapping[str, str] = {"done": N_("done"), "refused": N_("refused"), "failed": N_("failed")}
MEANS: Mapping[str, str] = {
    "person": N_("signed in"),
    "program": N_("by a token"),
    "machine": N_("at this machine"),
    "nobody": N_("not signed in"),
    "command": N_("by a command"),
    "run": N_("by a run"),
    "setting": N_("by a setting"),
}


@bp.get("/audit")
def index() -> tuple[str, HTTPStatus]:
    """Show the lines that are looked for, the newest first."""
    wanted, problem = _wanted()
    found, more = trail.page(database(), wanted, PAGE) if not problem else ((), False)
    shown = render_template(
        "audit/index.html",
        lines=found,
        older=found[-1].id if more else None,
        problem=problem,
        asked={name: request.args[name] for name in (*_TEXTS, "first", "last", "lang") if request.args.get(name)},
        kinds=TITLES,
        outcomes=OUTCOMES,
        means=MEANS,
        lost=database().journal.lost,
    )
    return shown, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK


@bp.get("/audit.csv")
def as_csv() -> Response:
    """Answer all lines that are looked for as CSV."""
    wanted, problem = _wanted()
    if problem:
        raise PeyvandError(N_("The day cannot be understood: %(reason)s"), reason=problem)
    lines = trail.batches(database(), wanted, current_app.config["EXPORT"])
    pieces = csv_pieces(_COLUMNS, map(_rows, lines), language())
    kept = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(pieces, content_type="text/csv; charset=utf-8", headers=kept)


def _rows(lines: Sequence[AuditLine]) -> list[tuple[Any, ...]]:
    return [tuple(_cells(line)) for line in lines]


def _cells(line: AuditLine) -> Iterator[Any]:
    for name in _COLUMNS:
        yield getattr(line, name)


def _wanted() -> tuple[Wanted, str]:
    """Return what the address looks for, and what is wrong with it."""
    texts = {name: request.args.get(name, "").strip() for name in _TEXTS}
    before = request.args.get("before", type=int)
    try:
        first, last = _day("first"), _day("last")
    except PeyvandError as error:
        return Wanted(), error.translated(_)
    return Wanted(**texts, first=first, last=last, before=None if before is None else min(before, _LARGEST)), ""


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    if not text:
        return None
    found: date = plain_value(name, _DAY, {name: text}, today())
    return found

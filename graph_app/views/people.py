"""People and posts on a day: what ends, what has ended, who holds what, whom nobody has met for long."""

from flask import Blueprint, render_template, request

from graph_app.catalog.dossiers import PEOPLE, dossiers
from graph_app.views import days
from graph_app.views import dossiers as parts

bp = Blueprint("people", __name__)

_SOON = "90"  # days in which an appointment ends soon, unless the reader says otherwise


@bp.get("/people")
def index() -> str:
    """Show posts, appointments and contacts as they stand on a day."""
    _day, problem = days.asked()
    asked = {"as_of": request.args.get("as_of", ""), "days": request.args.get("days", "") or _SOON}
    shown = parts.shown(dossiers()[PEOPLE])
    return render_template("people/index.html", asked=asked, problem=problem, **parts.words_of(shown))

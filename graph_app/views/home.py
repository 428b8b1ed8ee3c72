"""The home page: search, what there is, what wants attention, where to start."""

from flask import Blueprint, current_app, render_template

from graph_app.exploration.lifecycle import today
from graph_app.exploration.overview import Overview, overview
from graph_app.graph.pulse import AwayError
from graph_app.portfolio import Shelf, wanting
from graph_app.views import store
from graph_app.views.known import known
from graph_app.views.portfolio import ATTENTION_NAMES

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> str:
    """Show the home page."""
    shown = known("home", _found, None)
    if shown is None:
        raise AwayError
    return render_template("home/index.html", overview=shown[0], attention=shown[1])


def _found() -> tuple[Overview, list[tuple[str, str, int]]] | None:
    found = overview(store())
    return found, _attention() if found.entities else []


def _attention() -> list[tuple[str, str, int]]:
    """Return what wants attention among the agreements today, with counts; what concerns none is left out."""
    kept: Shelf = current_app.extensions["portfolios"]
    found = kept.on(store(), today())
    counts = wanting(found.instruments)
    return [(name, title, counts[name]) for name, title in ATTENTION_NAMES.items() if counts[name]]

"""One source and everything it states."""

from flask import Blueprint, render_template

from graph_app.exploration import sources
from graph_app.views import store

bp = Blueprint("sources", __name__)


@bp.get("/sources/<path:source>")
def show(source: str) -> str:
    """Show a source: who published it and when, then every fact it states in the order of its lines."""
    return render_template("sources/show.html", page=sources.source(store(), source))

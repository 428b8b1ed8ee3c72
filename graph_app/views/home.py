"""The home page: search, what there is, where to start."""

from flask import Blueprint, render_template

from graph_app.exploration.overview import overview
from graph_app.views import store

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> str:
    """Show the home page."""
    return render_template("home/index.html", overview=overview(store()))

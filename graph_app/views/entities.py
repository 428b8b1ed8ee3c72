"""One entity or one tie, with the evidence for every fact: as a page, and as the panel beside the picture."""

from flask import Blueprint, render_template

from graph_app.exploration import profile
from graph_app.views import ids, store

bp = Blueprint("entities", __name__)

SHOWN_IN_PANEL = 5


@bp.get("/entities/<path:entity>")
def show(entity: str) -> str:
    """Show everything known of an entity."""
    return render_template("entities/show.html", profile=profile.entity(store(), entity), most=None)


@bp.get("/entities/<path:entity>/panel")
def panel(entity: str) -> str:
    """Show an entity beside the picture: the first ties of each kind."""
    return render_template("entities/panel.html", profile=profile.entity(store(), entity), most=SHOWN_IN_PANEL)


@bp.get("/ties/<ties>/panel")
def tie_panel(ties: str) -> str:
    """Show ties beside the picture, each as a sentence with every claim behind it."""
    found = [profile.tie(store(), name) for name in ids(ties)]
    return render_template("entities/ties_panel.html", connections=found)


@bp.get("/ties/<tie>")
def show_tie(tie: str) -> str:
    """Show one tie as a page."""
    return render_template("entities/tie.html", connection=profile.tie(store(), tie))

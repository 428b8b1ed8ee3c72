"""One entity or one tie, with the evidence for every fact: as a page, and as the panel beside the picture."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, render_template, request

from graph_app.exploration import lifecycle, profile
from graph_app.graph.asked import asked
from graph_app.views import days, ids, store
from graph_app.views.merged import following

bp = Blueprint("entities", __name__)

SHOWN_IN_PANEL = 5


@bp.get("/entities/<path:entity>")
@following
def show(entity: str) -> tuple[str, HTTPStatus]:
    """Show everything known of an entity; of an agreement how it stands on the day ``as_of``, today unless given."""
    day, problem = days.asked()
    page = render_template("entities/show.html", **_entity(entity, day), problem=problem, most=None)
    return page, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK


@bp.get("/entities/<path:entity>/panel")
@following
def panel(entity: str) -> str:
    """Show an entity beside the picture: the first ties of each kind."""
    with asked() as statements:
        found = _entity(entity, lifecycle.today())
    return render_template("entities/panel.html", **found, most=SHOWN_IN_PANEL, statements=statements)


@bp.get("/ties/<ties>/panel")
def tie_panel(ties: str) -> str:
    """Show ties beside the picture, each as a sentence with every claim behind it."""
    with asked() as statements:
        found = [profile.tie(store(), name) for name in ids(ties)]
    return render_template("entities/ties_panel.html", connections=found, statements=statements)


@bp.get("/ties/<tie>")
def show_tie(tie: str) -> str:
    """Show one tie as a page."""
    return render_template("entities/tie.html", connection=profile.tie(store(), tie))


def _entity(id_: str, day: date) -> dict[str, object]:
    found = profile.entity(store(), id_, day=day)
    life = lifecycle.life(store(), id_, day) if "Agreement" in found.node.labels else None
    return {"profile": found, "life": life, "asked": request.args.get("as_of", "")}

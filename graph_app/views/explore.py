"""The explorer: a picture that grows step by step, its table twin, and the details of what is selected."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from graph_app.exploration.overview import overview
from graph_app.views import api, ids, language, store
from graph_app.vocabulary import vocabulary

bp = Blueprint("explore", __name__)


@bp.get("/explore")
def index() -> str:
    """Show the picture that the address describes."""
    built = api.steps(request.args.get("ids", ""))
    picture = api.drawn(built, ids(request.args.get("without", "")))
    points = () if built else overview(store()).starting_points
    page = {"picture": picture, "steps": built, "strings": _strings(), "states": states()}
    return render_template("explore/index.html", page=page, starting_points=points)


def states() -> dict[str, dict[str, str]]:
    """Return the shape and the colour of each state, for the signs on the discs."""
    states = vocabulary().states.items()
    return {
        name: {"badge": state.badge, "colour": state.colour, "name": state.in_language(language())}
        for name, state in states
    }


def _strings() -> dict[str, Any]:
    """Return the sentences that the script needs; it fills in what stands in braces."""
    return {
        "node": _("{name}, {type}, {index} of {count}; neighbours not shown: {hidden}"),
        "edge": _("{start} {phrase} {end}"),
        "added": _("{count} added to the picture"),
        "nothing_new": _("Everything of this kind is in the picture already."),
        "more": _("{count} more are not shown; expand again to add them."),
        "removed": _("{count} removed from the picture"),
        "expand": _("{name}: {count}, {new} new"),
        "copied": _("The address of this picture is copied."),
        "empty": _("Nothing is selected. Select an entity or a tie to read about it."),
        "failed": _("The answer did not come. Try again."),
        "more_chip": _("{count} more"),
        "hub": _("{name} has {count} neighbours that are not shown: choose which of them to add."),
        "selected": _("{count} selected: {names}"),
        "mark_one": _("Select {name}"),
        "choose_two": _("Select two entities first: hold Ctrl and click, or press Space on each."),
        "nothing_hangs": _("Nothing hangs on it alone."),
        "paths_here": _("What leads here"),
        "paths_from": _("Path to another"),
        "acts": {
            "common": _("Common ties"),
            "paths": _("Paths between them"),
            "everything": _("Expand by everything"),
            "collapse": _("Collapse"),
            "unmark": _("Select none"),
        },
        "missing": _("Not in the graph any more: {ids}"),
        "cut": _("Only the first {count} entities are drawn."),
        "unsourced": _("no source recorded"),
        "size": _("Entities: {nodes}, ties: {ties}"),
    }

"""The explorer: a picture that grows step by step, its table twin, and the details of what is selected."""

from typing import Any, cast

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.analysis.findings import findings
from graph_app.arrangement import Arrangement
from graph_app.errors import NotFoundError
from graph_app.exploration import merged, neighbourhood, profile
from graph_app.exploration.lifecycle import today
from graph_app.exploration.overview import overview
from graph_app.sieve import let_through
from graph_app.views import api, arranging, ids, language, noting, saved, sieves, standing, store
from graph_app.views.nearest import nearest
from graph_app.views.unchanged import while_unchanged
from graph_app.vocabulary import vocabulary

_AROUND = 24  # neighbours with which an entity is opened
bp = Blueprint("explore", __name__)


@bp.get("/explore")
def index() -> str | Response:
    """Show the picture that the address describes; ``around`` leads to an entity with its first neighbours."""
    if request.args.get("around"):
        return _around(request.args["around"])
    built = api.steps(request.args.get("ids", ""))
    picture = api.drawn(built, ids(request.args.get("without", "")))
    points = () if built else while_unchanged("overview", lambda: overview(store())).starting_points
    kept = saved.opened(request.args["view"]) if request.args.get("view") else {"view": None}
    page = {"picture": picture, "steps": built, "states": states(), "view": kept["view"]}
    page |= {"strings": _strings() | _table(), "headings": _headings() | arranging.headings()}
    page |= {
        "step_names": _step_names() | arranging.step_names() | sieves.step_names() | noting.step_names(),
        **arranging.page(),
        **sieves.page(),
        **noting.page(),
    }
    asked = {name: request.args.get(name, "") for name in (*api.KEPT, "from", "to", "as_of")}
    chosen = {"choices": arranging.choices(), "asked": asked, "starting_points": points, "kept": api.KEPT}
    return render_template("explore/index.html", **{**kept, "page": page}, **chosen)


@bp.get("/explore/measures")
def measures() -> str:
    """Tell what the shape of the picture says, as a piece of page beside it."""
    built, without = api.steps(request.args.get("ids", "")), ids(request.args.get("without", ""))
    sieve, day = sieves.asked()
    found, hidden = neighbourhood.picture(store(), [name for step in built for name in step], without, day=day)
    kept, _gone = let_through(store(), found, without, sieve)
    told = findings(kept, hidden)
    wish = Arrangement.asked(request.args)
    return render_template("explore/measures.html", told=told, wish=wish, **standing.words(told))


def _around(entity: str) -> Response:
    """Lead to the picture of an entity; if that was merged, its old id stays in the address and the picture says so."""
    try:
        found = profile.entity(store(), entity, day=today())
    except NotFoundError:
        kept = merged.instead(store(), [entity]).get(entity)
        if kept is None:
            raise
        found = profile.entity(store(), kept, day=today())
    others = nearest(found)[:_AROUND]
    built = ";".join(filter(None, (entity, ",".join(others))))
    return cast("Response", redirect(url_for("explore.index", ids=built, open=entity)))


def states() -> dict[str, dict[str, str]]:
    """Return the shape and the colour of each state, for the signs on the discs."""
    states = vocabulary().states.items()
    return {
        name: {"badge": state.badge, "colour": state.colour, "name": state.in_language(language())}
        for name, state in states
    }


def _headings() -> dict[str, str]:
    """Return the words over the ties of each type and direction, for the names of steps."""
    found = vocabulary().types.items()
    ways = {"out": "out", "both": "out", "in": "in_"}
    return {
        f"{name} {way}": getattr(kind, part).in_language(language())
        for name, kind in found
        for way, part in ways.items()
    }


def _step_names() -> dict[str, str]:
    """Return how each kind of step is told."""
    return {
        "empty": _("Empty picture"),
        "began": _("Began with {names}"),
        "added": _("Added {names}"),
        "expanded": _("Expanded {name}: {count} × {what}"),
        "everything": _("Expanded {name} by everything: {count}"),
        "removed": _("Removed {names}"),
        "cleared": _("Began again, empty"),
        "many": _("{names} and {count} more"),
    }


def _strings() -> dict[str, Any]:
    """Return the sentences that the script needs; it fills in what stands in braces."""
    return {
        "node": _("{name}, {type}, {index} of {count}; neighbours not shown: {hidden}"),
        "edge": _("{start} {phrase} {end}"),
        "noted": _("Note: {note}"),
        "added": _("{count} added to the picture"),
        "nothing_new": _("Everything of this kind is in the picture already."),
        "more": _("{count} more are not shown; expand again to add them."),
        "removed": _("{count} removed from the picture"),
        "copied": _("The address of this picture is copied."),
        "empty": _("Nothing is selected. Select an entity or a tie to read about it."),
        "failed": _("The answer did not come. Try again."),
        "more_chip": _("{count} more"),
        "hub": _("{name} has {count} neighbours that are not shown: choose which of them to add."),
        "selected": _("{count} selected: {names}"),
        "choose_two": _("Select two entities first: hold Ctrl and click, or press Space on each."),
        "nothing_hangs": _("Nothing hangs on it alone."),
        "paths_here": _("What leads here"),
        "questions": _("Questions about them"),
        "paths_from": _("Path to another"),
        "acts": {
            "common": _("Common ties"),
            "paths": _("Paths between them"),
            "everything": _("Expand by everything"),
            "collapse": _("Collapse"),
            "unmark": _("Select none"),
        },
        "missing": _("Not in the graph any more: {ids}"),
        "merged": _("{id} was merged into {name}, which stands here in its place."),
        "cut": _("Only the first {count} entities are drawn."),
        "all": _("All of them as a panorama"),
        "unsourced": _("no source recorded"),
        "cypher": _("Cypher of this step"),
        "copy": _("Copy"),
        "parameters": _("Parameters"),
        "statement_copied": _("The statement is copied."),
        "size": _("Entities: {nodes}, ties: {ties}"),
    }


def _table() -> dict[str, str]:
    """Return the sentences of the table, and of the ways to expand."""
    return {
        "mark_one": _("Select {name}"),
        "not_shown": _("Not shown: {count}"),
        "sources": _("Sources: {count}"),
        "ties": _("Ties: {count}"),
        "by_agreement": _("by the agreement"),
        "by_agreements": _("by {count} agreements"),
        "expand": _("{name}: {count}, {new} new"),
        "expand_new": _("{name}: {count}"),
        "expand_none": _("{name}: {count}, all shown"),
        "expand_seen": _("{name}: {count}, {new} new, {seen} of them seen with the filters"),
    }

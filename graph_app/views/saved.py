"""Saved pictures: the list, opening one, keeping, naming, sharing and removing it."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.errors import N_, PeyvandError
from graph_app.exploration import saved
from graph_app.exploration.saved import Reader, Views
from graph_app.exploration.snapshots import Differences
from graph_app.graph.results import Node
from graph_app.roles import Right
from graph_app.views import store

_PANORAMA = "/panorama?"
bp = Blueprint("saved", __name__, url_prefix="/views")


@bp.get("")
def index() -> str:
    """List the pictures that the reader kept, and those that others share."""
    mine = reader()
    found = [(view, email, mine.owns(view)) for view, email in Views(database()).of(mine)]
    return render_template("saved/index.html", views=found, longest=saved.LONGEST)


@bp.get("/<key>")
def open(key: str) -> Response:  # noqa: A001 - what it does
    """Open a picture in the explorer, at the address that is the picture."""
    view = Views(database()).open(key, reader())
    if view.address.startswith(_PANORAMA):
        return redirect(f"{view.address}&view={view.key}")
    return redirect(_in_explorer(saved.parts_of(view.address), view.key))


@bp.post("")
def keep() -> Response:
    """Keep a picture under a name and go on with it."""
    address = request.form.get("address", "")
    parts = saved.parts_of(address)
    seen = saved.seen_now(store(), address)
    if not seen["entities"]:
        raise PeyvandError(N_("An empty picture cannot be kept."))
    view = Views(database()).keep(reader(), request.form.get("name", ""), address, _steps(), seen)
    if request.form.get("shared") and visitor().may(Right.ASK):
        Views(database()).share(view.key, reader(), shared=True)
    return redirect(_in_explorer(parts, view.key), HTTPStatus.SEE_OTHER)


@bp.post("/<key>/name")
def rename(key: str) -> Response:
    """Give a picture another name."""
    Views(database()).rename(key, reader(), request.form.get("name", ""))
    flash(_("The picture has another name."))
    return _back()


@bp.post("/<key>/share")
def share(key: str) -> Response:
    """Show a picture to everybody who may read, or to its owner alone again."""
    shared = request.form.get("shared") == "yes"
    Views(database()).share(key, reader(), shared=shared)
    flash(_("Everybody here sees the picture now.") if shared else _("Only you see the picture now."))
    return _back()


@bp.post("/<key>/forget")
def forget(key: str) -> Response:
    """Remove a picture for good."""
    Views(database()).forget(key, reader())
    flash(_("The picture is removed."))
    return _back()


def reader() -> Reader:
    """Return whose pictures these are."""
    asking = visitor()
    return Reader(asking.owner.user, asking.may(Right.ADMINISTER), asking.may(Right.WHOLE))


def opened(key: str) -> dict[str, Any]:
    """Return what the explorer needs of the picture ``key``: its name, its steps, and what changed since.

    Who may not see everything is told neither: what stood in it may be confidential now.
    """
    mine = reader()
    view = Views(database()).open(key, mine)
    since = saved.since(store(), view) if mine.whole else Differences({}, {}, {})
    told = {"key": view.key, "name": view.name, "steps": view.steps if mine.whole else []}
    return {"view": told, "kept_at": view.updated_at, "since": since, "nodes": nodes_in(since)}


def nodes_in(found: Differences) -> dict[str, Node]:
    """Return the entities of which differences speak, as far as a link needs them."""
    return {
        id_: Node(id_, tuple(kept["labels"]), {name: kept[name] for name in kept if name.startswith("name_")})
        for id_, kept in found.names.items()
    }


def _in_explorer(parts: Mapping[str, Any], key: str) -> str:
    return url_for("explore.index", **parts, view=key)


def _steps() -> list[Any]:
    try:
        steps = json.loads(request.form.get("steps") or "[]")
    except (ValueError, RecursionError):
        steps = None
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise PeyvandError(N_("The steps of the picture cannot be understood."))
    return steps


def _back() -> Response:
    return redirect(url_for("saved.index"), HTTPStatus.SEE_OTHER)

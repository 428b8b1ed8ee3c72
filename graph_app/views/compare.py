"""One picture on two days: what began, ended and changed between them, drawn and as a table."""

from collections.abc import Collection
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext

from graph_app.arrangement import Arrangement, arranged
from graph_app.arrangement.borders import chosen
from graph_app.catalog.parameters import Words
from graph_app.errors import PeyvandError
from graph_app.exploration import neighbourhood, snapshots
from graph_app.exploration.snapshots import Differences
from graph_app.graph.results import Subgraph
from graph_app.views import api, ids, language, sieves, store
from graph_app.views.contract.answers import Comparison
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.parameters import AS_OF, STEPS, WITHOUT
from graph_app.views.days import until
from graph_app.views.explore import states
from graph_app.views.saved import nodes_in

bp = Blueprint("compare", __name__)
SIGNS = {"began": "+", "ended": "−", "changed": "≠"}


@bp.get("/explore/compare")
def index() -> tuple[str, HTTPStatus]:
    """Show the picture that the address describes on the days ``from`` and ``to``, side by side in one."""
    built, without = api.steps(request.args.get("ids", "")), ids(request.args.get("without", ""))
    try:
        days = until("from"), until("to")
    except PeyvandError as error:
        page = _page(error.translated(gettext))
        return page, HTTPStatus.BAD_REQUEST
    wanted = [name for step in built for name in step]
    found, different = snapshots.compared(store(), wanted, without, days)
    picture = _marked(_drawn(built, without, days[1], found), found, different)
    return _page("", days=days, different=different, picture=picture), HTTPStatus.OK


@bp.get("/api/v1/compare")
@described(
    Operation(
        Words(en="What differs in a picture between two days", fa="تفاوت‌های تصویر میان دو روز"),
        Comparison,
        {"ids": STEPS, "without": WITHOUT, "from": AS_OF, "to": AS_OF},
    )
)
def as_json() -> dict[str, Any]:
    """Answer what began, ended and changed in the picture of ``ids`` between the days ``from`` and ``to``."""
    days = until("from"), until("to")
    wanted = [name for step in api.steps(request.args.get("ids", "")) for name in step]
    _found, different = snapshots.compared(store(), wanted, ids(request.args.get("without", "")), days)
    told = {"entities": different.entities, "ties": different.ties}
    rows = {
        kind: [{"change": one.change, "before": one.before, "after": one.after, **one.kept} for one in moved.values()]
        for kind, moved in told.items()
    }
    return {"from": days[0].isoformat(), "to": days[1].isoformat(), **rows}


def _page(
    problem: str,
    *,
    days: tuple[date, date] | None = None,
    different: Differences | None = None,
    picture: dict[str, Any] | None = None,
) -> str:
    given = {**request.args, "hide": sieves.hidden()}
    asked = {name: given.get(name, "") for name in (*api.KEPT, "from", "to")}
    nodes = nodes_in(different) if different else {}
    drawn = {"picture": picture, "states": states()} if picture else None
    about = {"days": days, "different": different, "nodes": nodes, "page": drawn, "signs": SIGNS, "kept": api.KEPT}
    about["back"] = {name: asked[name] for name in api.KEPT if asked[name]}
    return render_template("compare/index.html", problem=problem, asked=asked, **about)


def _drawn(built: list[list[str]], without: list[str], day: date, found: Subgraph) -> dict[str, Any]:
    """Return the picture of ``found``, each where it stands in the explorer: all of the picture counts for that."""
    whole, _hidden = neighbourhood.picture(store(), [name for step in built for name in step], without, day=day)
    present = {node.id for node in whole.nodes}
    known = [[name for name in step if name in present] for step in built]
    borders = chosen(current_app.extensions["settings"])
    return arranged(store(), whole, found, known, {}, language(), Arrangement.asked(request.args), borders)


def _marked(picture: dict[str, Any], found: Subgraph, different: Differences) -> dict[str, Any]:
    """Put the sign of its change before the label of what differs, and let the rest step back."""
    facts = {tie.id: snapshots.fact(tie) for tie in found.ties}
    for node in picture["nodes"]:
        ids_ = [one["id"] for one in node.get("members", ())] or [node["id"]]
        node["change"] = _change({different.entities[id_].change for id_ in ids_ if id_ in different.entities})
        node["label"] = f"{SIGNS[node['change']]} {node['label']}" if node["change"] else node["label"]
    for edge in picture["edges"]:
        kinds = {different.ties[facts[id_]].change for id_ in edge["tie_ids"] if facts[id_] in different.ties}
        edge["change"] = _change(kinds)
        edge["label"] = SIGNS.get(edge["change"], "")
    return picture


def _change(kinds: Collection[str]) -> str:
    """Return how what stands for several differs: as all of them, or changed where they differ in several ways."""
    return next(iter(kinds)) if len(kinds) == 1 else "changed" if kinds else ""

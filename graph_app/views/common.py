"""What several entities have in common: as a page, and beside the picture of the explorer."""

from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from graph_app.catalog.parameters import Words
from graph_app.errors import NotFoundError
from graph_app.exploration.common import Common, Shared, TooFewError, common
from graph_app.exploration.neighbourhood import picture
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.views import api, drawing, filters, flag, ids, store
from graph_app.views.contract import answers
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.parameters import IDS, one
from graph_app.views.ends import End, end
from graph_app.views.problems import problem

bp = Blueprint("common", __name__, url_prefix="/common")
_PARAMETERS = {
    "ids": IDS,
    "add": one("text", "Id or name of one more.", "شناسه یا نام یکی دیگر."),
    "type": one("text", "Type of the ties.", "نوع پیوندها."),
    "least": one("integer", "How many of them it must be tied to.", "دست‌کم با چند تا باید پیوند داشته باشد.", least=1),
    "groups": one("boolean", "Also groups.", "گروه‌ها هم."),
}


@dataclass(frozen=True)
class Page:
    """What the page shows. ``ids`` are the entities that are asked about, ``more`` the field that adds one."""

    ids: tuple[str, ...]
    more: End
    entities: tuple[Node, ...] = ()
    found: Common | None = None
    problem: str = ""

    @property
    def by_type(self) -> dict[str, tuple[Shared, ...]]:
        """What is tied to all of them by the same type, type by type, the most frequent first."""
        shared = self.found.shared if self.found else ()
        counted = Counter(type_ for one in shared for type_ in sorted(one.types))
        return {type_: tuple(one for one in shared if type_ in one.types) for type_, _ in counted.most_common()}

    @property
    def otherwise(self) -> tuple[Shared, ...]:
        """What is tied to them by different types."""
        return tuple(one for one in self.found.shared if not one.types) if self.found else ()


@bp.get("")
def index() -> tuple[str, HTTPStatus]:
    """Show what the entities in ``ids`` have in common; ``add`` is one more of them."""
    page = _page()
    drawn = drawing.drawn(_network(page.found)) if page.found and page.found.shared else None
    told = render_template("common/index.html", page=page, picture=drawn, address=address, tied=tied)
    return told, HTTPStatus.BAD_REQUEST if page.problem else HTTPStatus.OK


@bp.get("/panel")
def panel() -> str:
    """Show the same beside the picture of the explorer."""
    return render_template("common/panel.html", page=_page(), address=address, tied=tied)


@api.bp.get("/common", endpoint="common_ties")
@described(
    Operation(
        Words(en="What several entities have in common", fa="آنچه چند موجودیت در آن مشترک‌اند"),
        answers.Common,
        _PARAMETERS,
    )
)
def document() -> dict[str, Any] | Response:
    """Answer the same as JSON."""
    page = _page()
    if page.found is None:
        told = page.problem or page.more.wrong or gettext("Choose at least two entities.")
        return problem(told, HTTPStatus.BAD_REQUEST)
    rows = [
        {
            "id": one.node.id,
            "types": sorted(one.types),
            "ties": [
                {"to": id_, "id": tie.id, "type": tie.type, "certainty": tie.properties.get("certainty")}
                for id_, ties in one.ties.items()
                for tie in ties
            ],
        }
        for one in page.found.shared
    ]
    return {"ids": list(page.ids), "common": rows, "cut": page.found.cut}


def address(**changes: str) -> str:
    """Return the address of this page with changes; what is empty is left out."""
    kept = {name: request.args.get(name, "") for name in ("ids", "type", "least", "groups")} | changes
    return url_for("common.index", **{name: value for name, value in kept.items() if value})  # type: ignore[arg-type]


def tied(entity: Node, tie: Tie) -> str:
    """Return what a tie is called by ``entity``, one of its ends."""
    return filters.heading(tie.type, "out" if tie.start == entity.id else "in")


def _page() -> Page:
    more = end("add", request.args.get("add", ""))
    wanted = tuple(dict.fromkeys([*ids(request.args.get("ids", "")), *([more.id] if more.id else [])]))
    type_, least = request.args.get("type", ""), request.args.get("least", type=int)
    try:
        found = common(store(), wanted, type_=type_, least=least, groups=flag("groups"))
    except TooFewError:
        return Page(wanted, more, picture(store(), wanted)[0].nodes)
    except NotFoundError as error:
        return Page(wanted, more, problem=error.translated(gettext))
    return Page(wanted, more, found.entities, found)


def _network(found: Common) -> Subgraph:
    nodes = (*found.entities, *(one.node for one in found.shared))
    ties = {tie.id: tie for one in found.shared for known in one.ties.values() for tie in known}
    return Subgraph(tuple(nodes), tuple(ties.values()), found.cut)

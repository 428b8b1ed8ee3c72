"""Everything between two countries on one page."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from graph_app.catalog.dossiers import PAIR, dossiers
from graph_app.errors import N_, NotFoundError
from graph_app.exploration import levels
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.views import answers, glances, store
from graph_app.views import dossiers as parts
from graph_app.views.ends import End, end
from graph_app.views.explore import states
from graph_app.views.levels import on_paper

bp = Blueprint("bilateral", __name__)

_DRAWN = 100  # entities that the explorer is opened with


@bp.get("/pair")
def index() -> str | Response:
    """Ask for two countries, ``a`` and ``b``, and lead on to their page."""
    first, second = (end(field, request.args.get(field, "")) for field in ("a", "b"))
    codes = [_code(one) for one in (first, second)]
    if all(codes) and codes[0] != codes[1]:
        return redirect(url_for("bilateral.show", first=codes[0], second=codes[1]))
    problem = _("Choose two different countries.") if first.id and second.id else ""
    return render_template("bilateral/index.html", first=first, second=second, problem=problem, address=_address)


@bp.get("/pair/<first>/<second>")
def show(first: str, second: str) -> str:
    """Show all that is recorded between the countries with these codes."""
    one, two = _country(first), _country(second)
    if one.id == two.id:
        raise NotFoundError(N_("A pair needs two different countries."))
    shown = parts.shown(dossiers()[PAIR], a=one.id, b=two.id)
    found = {"first": one, "second": two, "arcs": parts.arcs(shown), "states": states(), "profile": None}
    drawn = _drawn(shown, one, two)
    found["level"] = on_paper(levels.most(store()))
    small = {"drawn": drawn[:_DRAWN], "glance": glances.around(one.id, drawn[1:])}
    return render_template("bilateral/show.html", **found, **parts.words_of(shown), **small)


def _drawn(shown: list[parts.Shown], *countries: Node) -> list[str]:
    """Return what is drawn: the countries, then what stands in the rows."""
    rows = [
        node.id for one in shown if one.table for node in answers.nodes_in(one.table) if "Source" not in node.labels
    ]
    return list(dict.fromkeys([*(country.id for country in countries), *rows]))


def _country(code: str) -> Node:
    rows = store().table(statement("countries_by_code"), {"codes": [code.upper()]}).rows
    if not rows:
        raise NotFoundError(N_("There is no country with the code “%(code)s” in the graph."), code=code)
    found: Node = rows[0][0]
    return found


def _code(found: End) -> str:
    known = found.node is not None and "Country" in found.node.labels
    return str(found.node.properties.get("iso_country") or "") if found.node and known else ""


def _address(**changes: str) -> str:
    kept: dict[str, Any] = {name: request.args.get(name, "") for name in ("a", "b")} | changes
    return url_for("bilateral.index", **kept)

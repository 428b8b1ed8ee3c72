"""Suggested partners of a city or an institution: beside the picture, and as a file."""

from flask import Blueprint, Response, render_template

from graph_app.exploration.partners import partners
from graph_app.exploration.profile import node_with_claims
from graph_app.graph.asked import asked
from graph_app.graph.results import Table
from graph_app.views import store
from graph_app.views.files import csv_file
from graph_app.views.merged import following

bp = Blueprint("partners", __name__)


@bp.get("/entities/<path:entity>/partners/panel")
@following
def panel(entity: str) -> str:
    """Show suggested partners beside the picture, each with the reasons."""
    with asked() as statements:
        node, _claims = node_with_claims(store(), entity)
        given = partners(store(), node)
    return render_template("dossiers/partners_panel.html", node=node, given=given, statements=statements)


@bp.get("/entities/<path:entity>/partners.csv")
@following
def as_csv(entity: str) -> Response:
    """Answer the same as a CSV file: a row for each reason."""
    node, _claims = node_with_claims(store(), entity)
    given = partners(store(), node)
    rows = [
        (place, one.node, round(one.score, 3), why.reason, list(why.nodes), why.count, round(why.expected, 1))
        for place, one in enumerate(given.found, 1)
        for why in one.why
    ]
    columns = ("place", "partner", "score", "reason", "with", "count", "expected")
    return csv_file(Table(columns, rows, given.cut), "partners", entity)

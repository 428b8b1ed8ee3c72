"""One entity or one tie, with the evidence for every fact: as a page, and as the panel beside the picture."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, render_template, request

from graph_app.catalog.dossiers import sections
from graph_app.catalog.parameters import Words
from graph_app.exploration import lifecycle, profile
from graph_app.exploration.partners import partners, suggests_for
from graph_app.exploration.profile import Profile
from graph_app.exploration.timeline import timeline
from graph_app.export import rows_of
from graph_app.graph.asked import asked
from graph_app.graph.results import Subgraph, Table
from graph_app.views import days, dossiers, glances, ids, store
from graph_app.views.contract import records
from graph_app.views.contract.operation import Operation, described
from graph_app.views.contract.parameters import AS_OF
from graph_app.views.files import csv_file
from graph_app.views.merged import following
from graph_app.views.recorded import record

bp = Blueprint("entities", __name__)

SHOWN_IN_PANEL = 5


@bp.get("/entities/<path:entity>")
@following
def show(entity: str) -> tuple[str, HTTPStatus]:
    """Show everything known of an entity; of an agreement how it stands on the day ``as_of``, today unless given."""
    day, problem = days.asked()
    found = _entity(entity, day)
    page = render_template("entities/show.html", **found, **_dossier(found["profile"]), problem=problem, most=None)
    return page, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK


@bp.get("/api/v1/entities/<path:entity>")
@described(
    Operation(
        Words(en="One entity with its properties and ties", fa="موجودیت با ویژگی‌ها و پیوندهایش"),
        records.Entity,
        {"as_of": AS_OF},
    )
)
@following
def as_json(entity: str) -> dict[str, Any]:
    """Answer an entity with its properties and every tie, each with the sources that state it."""
    found = profile.entity(store(), entity, day=days.asked()[0])
    return record(found)


@bp.get("/entities/<path:entity>/ties.csv")
@following
def ties_as_csv(entity: str) -> Response:
    """Answer every tie of an entity, with its evidence, as a CSV file to keep."""
    found = profile.entity(store(), entity)
    facts = [fact for group in found.groups for fact in group.facts]
    nodes = {node.id: node for node in (found.node, *(fact.other for fact in facts))}
    claims = {claim.tie.id: claim.tie for fact in facts for claim in fact.claims}
    return csv_file(rows_of(Subgraph(tuple(nodes.values()), tuple(claims.values()), found.cut)), "ties", entity)


@bp.get("/entities/<path:entity>/timeline.csv")
@following
def timeline_as_csv(entity: str) -> Response:
    """Answer the timeline of an entity as a CSV file to keep."""
    moments = timeline(profile.entity(store(), entity)).moments
    rows = [(one.first, one.properties.get(f"{one.key}_written"), one.key, one.node, one.type) for one in moments]
    return csv_file(Table(("day", "as_written", "property", "entity", "tie"), rows), "timeline", entity)


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


def _entity(id_: str, day: date) -> dict[str, Any]:
    found = profile.entity(store(), id_, day=day)
    life = lifecycle.life(store(), id_, day) if "Agreement" in found.node.labels else None
    told = {"suggests": suggests_for(found.node), "timeline": timeline(found)}
    return {"profile": found, "life": life, "asked": request.args.get("as_of", ""), **told}


def _dossier(found: Profile) -> dict[str, Any]:
    """Return the sections of the page of an entity, its small picture, and the partners that are suggested."""
    shown = dossiers.shown(sections(found.node.labels), entity=found.node.id)
    suggested = partners(store(), found.node) if suggests_for(found.node) else None
    home = {"City", "Country"} & set(found.node.labels) and found.node.properties.get("iso_country")
    return {
        **dossiers.words_of(shown),
        "home": home or "",
        "arcs": dossiers.arcs(shown, found.node),
        "dated": any("as_of" in one.page.question.parameters for one in shown),
        "glance": glances.of_profile(found),
        "suggested": suggested,
        "last_contact": dossiers.last_contact(shown),
    }

"""One page of paper about an agreement, in the reader's language: what is signed, by whom and for how long."""

from flask import Blueprint, render_template, request

from graph_app.catalog.dossiers import sections
from graph_app.errors import N_, NotFoundError
from graph_app.exploration import levels, lifecycle, profile
from graph_app.exploration.copies import copies
from graph_app.exploration.profile import Profile
from graph_app.graph.results import Node
from graph_app.views import days, dossiers, store
from graph_app.views.levels import on_paper

bp = Blueprint("sheets", __name__)

ROWS = 10  # of one section; how many more there are is said
_SECTIONS = ("parties", "signatories", "chronology", "approvals", "commitments", "bodies", "family", "conflicts")


@bp.get("/entities/<path:entity>/sheet")
def show(entity: str) -> str:
    """Show an agreement on one sheet, to be printed, as it stands on the day ``as_of``."""
    day, problem = days.asked()
    found = profile.entity(store(), entity, day=day)
    if "Agreement" not in found.node.labels:
        raise NotFoundError(N_("There is a sheet for agreements only; “%(id)s” is none."), id=entity)
    shown = dossiers.shown(tuple(one for one in sections(found.node.labels) if one.anchor in _SECTIONS), entity=entity)
    told = {"topics": _topics(found), "sources": _sources(found), "most": ROWS, "problem": problem}
    told["level"] = on_paper(levels.most(store()))
    told["copies"] = copies(store(), entity, day)
    life = lifecycle.life(store(), entity, day)
    asked = request.args.get("as_of", "")
    return render_template(
        "sheets/show.html", profile=found, life=life, asked=asked, **told, **dossiers.words_of(shown)
    )


def _topics(found: Profile) -> list[Node]:
    return [fact.other for group in found.groups if group.type == "ABOUT" for fact in group.facts]


def _sources(found: Profile) -> list[Node]:
    """Return the sources that speak of the agreement or of one of its ties, each once."""
    facts = [fact for group in found.groups for fact in group.facts]
    claims = [*found.claims, *(claim for fact in facts for claim in fact.claims)]
    sources = {claim.source.id: claim.source for claim in claims if claim.source}
    return [sources[id_] for id_ in sorted(sources)]

"""Before you sign: what two sides have already, with each other and with others, and how similar plans went."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.catalog.dossiers import SIGNING, Section, dossiers, sections
from graph_app.graph.results import Node
from graph_app.views import days
from graph_app.views import dossiers as parts
from graph_app.views.ends import End, end

bp = Blueprint("signing", __name__)

_SIDES = frozenset({"Institution", "Place"})
_THEIRS = ("instruments", "partner-countries", "agreements")  # of the page of the other side


@bp.get("/signing")
def index() -> str:
    """Ask for two sides and perhaps a topic, and show what should be known before they sign."""
    ours, theirs, topic = (end(field, request.args.get(field, "")) for field in ("ours", "theirs", "topic"))
    _day, wrong = days.asked()
    problem = _problem(ours, theirs, topic)
    shown = _shown(theirs.node, ours.id, topic.id) if theirs.node and ours.id and not problem else []
    found = {"ours": ours, "theirs": theirs, "topic": topic, "problem": problem, "wrong": wrong, "address": _address}
    asked = request.args.get("as_of", "")
    return render_template("signing/index.html", **found, asked=asked, **parts.words_of(shown))


def _shown(theirs: Node, ours: str, topic: str) -> list[parts.Shown]:
    both = parts.shown(dossiers()[SIGNING], ours=ours, theirs=theirs.id, topic=topic)
    return both + parts.shown(_of_theirs(theirs), entity=theirs.id)


def _of_theirs(theirs: Node) -> tuple[Section, ...]:
    return tuple(one for one in sections(theirs.labels) if one.anchor in _THEIRS)


def _problem(ours: End, theirs: End, topic: End) -> str:
    """Return what is wrong with the entities that are known, in the reader's language."""
    sides = [side.node for side in (ours, theirs) if side.node]
    if any(_SIDES.isdisjoint(side.labels) for side in sides):
        return str(_("A side is an institution or a place."))
    if len(sides) == 2 and sides[0].id == sides[1].id:  # noqa: PLR2004 - both sides
        return str(_("Choose two different sides."))
    if topic.node and "Topic" not in topic.node.labels:
        return str(_("“%(name)s” is not a topic.", name=topic.text))
    return ""


def _address(**changes: str) -> str:
    kept: dict[str, Any] = {name: request.args.get(name, "") for name in ("ours", "theirs", "topic", "as_of")}
    return url_for("signing.index", **{name: text for name, text in (kept | changes).items() if text})

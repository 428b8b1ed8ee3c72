"""Recording in the app: a form, the plan of what it changes, and what was recorded with the way back."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.auth.visitor import visitor
from graph_app.editing.around import Around, around
from graph_app.editing.desk import Edits
from graph_app.editing.documents import MOST, Document
from graph_app.editing.kinds import KINDS, Kind, kinds_for
from graph_app.editing.records import Recorded
from graph_app.editing.rows import FormError
from graph_app.errors import N_, NotFoundError, PeyvandError
from graph_app.exploration.lifecycle import today
from graph_app.graph.results import Node
from graph_app.loading.drafts import WORKING, Draft, State
from graph_app.loading.planned import changes_of, opened, stale
from graph_app.loading.steps import Steps, effect_of
from graph_app.roles import Right
from graph_app.texts.kinds import BEGUN, taking_of
from graph_app.views import changes, judging, store
from graph_app.views import edit_addresses as addresses
from graph_app.views import edit_forms as forms
from graph_app.views.edit_forms import nodes

bp = Blueprint("edits", __name__, url_prefix="/edits")
Page = tuple[str, HTTPStatus] | Response | str

_SHOWN = 100  # edits on the page of all


def init_app(app: Flask) -> None:
    """Give templates what pages of entities need: what can be recorded, and what was."""
    app.jinja_env.globals.update(recordable=kinds_for, recorded_about=about_page, edit_title=title_of)


@bp.get("")
def index() -> str:
    """List what was recorded, the newest first."""
    found = edits().records.all(edits().graph, _SHOWN)
    return render_template("edits/index.html", found=found, nodes=_named(found), new=[*_new()])


@bp.get("/new/<kind>")
def form(kind: str) -> Page:
    """Show the form of one kind of edit about the entity ``about``; ``draft`` is a plan whose form is filled in."""
    wanted, typed, about = _kind(kind), dict(request.args), request.args.get("about", "")
    if draft := request.args.get("draft"):
        proposal = edits().proposal(edits().drafts.get(draft))
        typed, about = ({**proposal.cells, "draft": draft}, proposal.about or "") if proposal else (typed, about)
    subject = _subject(wanted, about)
    first = wanted.prefill(subject) if subject else {}
    return forms.page(wanted, subject, {**wanted.defaults, **first, **typed})


@bp.post("/new/<kind>")
def propose(kind: str) -> Page:
    """Plan what the form says."""
    request.max_content_length = MOST + 2**20
    wanted, about = _kind(kind), request.form.get("about", "")
    subject = _subject(wanted, about)
    seen = request.form.get("seen", 0, type=int)
    try:
        attached = _document()
        draft = edits().propose(wanted, about or None, request.form, editor(), today(), seen=seen, document=attached)
    except FormError as error:
        wrong = {name: problem.translated(_) for name, problem in error.problems.items()}
        return forms.page(wanted, subject, request.form, wrong), HTTPStatus.BAD_REQUEST
    return redirect(url_for("edits.show", draft=draft.id), HTTPStatus.SEE_OTHER)


@bp.get("/drafts/<draft>")
def show(draft: str) -> Page:
    """Show what an edit, or the undoing of one, changes; one that is written leads to what it is about."""
    found = edits().drafts.get(draft)
    state = found.state
    if state.stage == "done":
        return redirect(addresses.after(edits(), found), HTTPStatus.SEE_OTHER)
    if state.stage in WORKING or not found.plan.exists():
        return render_template("edits/waiting.html", draft=found, state=state, working=state.stage in WORKING)
    return _planned(found, state)


@bp.post("/drafts/<draft>/record")
def record(draft: str) -> Response:
    """Write the plan of an edit."""
    found = edits().drafts.get(draft)
    edits().record(found, editor())
    return redirect(url_for("edits.show", draft=draft), HTTPStatus.SEE_OTHER)


@bp.post("/drafts/<draft>/again")
def again(draft: str) -> Response:
    """Plan an edit again, because the graph moved."""
    old = edits().drafts.get(draft)
    if old.state.stage in WORKING:
        return redirect(url_for("edits.show", draft=draft), HTTPStatus.SEE_OTHER)
    return redirect(
        url_for("edits.show", draft=edits().again(old, old.asked.wishes, editor()).id), HTTPStatus.SEE_OTHER
    )


@bp.post("/drafts/<draft>/discard")
def discard(draft: str) -> Response:
    """Forget an edit that is not written."""
    found = edits().drafts.get(draft)
    address = addresses.after(edits(), found)
    if found.state.stage not in WORKING:
        edits().discard(found)
    return redirect(address, HTTPStatus.SEE_OTHER)


@bp.post("/runs/<run>/undo")
def undo(run: str) -> Response:
    """Plan to take an edit back."""
    draft = edits().take_back(run, editor())
    return redirect(url_for("edits.show", draft=draft.id), HTTPStatus.SEE_OTHER)


def _document() -> Document | None:
    """Return the document that was sent, else the one of the plan whose form was changed."""
    sent = request.files.get("document")
    if sent and sent.filename:
        try:
            return edits().documents.keep(sent.filename, sent.stream)
        except PeyvandError as error:
            raise FormError({"document": error}) from error
    earlier = request.form.get("draft", "")
    proposal = edits().proposal(edits().drafts.get(earlier)) if earlier else None
    kept = proposal.document if proposal else {}
    return Document(kept["document_name"], kept["document_sha256"]) if kept else None


def edits() -> Edits:
    """Return the desk at which people record."""
    return cast("Edits", current_app.extensions["edits"])


def editor() -> str:
    """Return who records, for the ledger: the account, or whoever sits at this machine."""
    return visitor().name


def title_of(kind: str) -> str:
    """Return what a kind of edit is called."""
    if kind == BEGUN:
        return str(_("A text"))
    found = KINDS.get(kind) or taking_of(kind)
    return str(_(found.title)) if found else kind


def about_page(entity: str) -> list[Recorded]:
    """Return what was recorded about ``entity``, and about what depends on it, the newest first.

    It tells of all data, so who may not see everything is told nothing of it.
    """
    if not visitor().may(Right.WHOLE):
        return []
    return edits().records.of([entity], edits().graph)


def _new() -> list[Kind]:
    return [kind for kind in KINDS.values() if not kind.labels]


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFoundError(N_("Nothing of the kind “%(kind)s” can be recorded."), kind=name)
    return KINDS[name]


def _subject(kind: Kind, about: str) -> Around | None:
    if not kind.labels:
        return None
    found = around(store(), about)
    if {*kind.labels}.isdisjoint(found.node.labels):
        raise NotFoundError(N_("This cannot be recorded of “%(id)s”."), id=about)
    return found


def _planned(draft: Draft, state: State) -> str:
    work, proposal = opened(draft), edits().proposal(draft)
    found, every, follows = addresses.steps_of(draft), changes_of(draft), draft.found["follows"]
    return render_template(
        "edits/show.html",
        draft=draft,
        state=state,
        work=work,
        proposal=proposal,
        form=addresses.form_of(draft, proposal),
        subject=next(iter(nodes([proposal.about])), None) if proposal and proposal.about else None,
        meanwhile=edits().meanwhile(proposal) if proposal else [],
        refusals=[reject.reason for reject in work.plan.rejects],
        hindrance=edits().hindrance(),
        moved=stale(store(), edits().ledger, work),
        turns=list(_turns(follows["statuses"], found)),
        follows=judging.following({**follows, "statuses": []}),
        steps=found,
        totals=every.totals,
        changes=changes,
        effect_of=effect_of,
    )


def _turns(statuses: list[dict[str, Any]], found: Steps) -> Iterator[tuple[Node, str, str]]:
    """Yield each agreement whose status is another one today: itself, the status before and after."""
    turned = [one for one in statuses if (one["before"] or "none") != (one["after"] or "none")]
    known = {node.id: node for node in nodes(one["agreement"] for one in turned)} | dict(found.nodes)
    for one in turned:
        if one["agreement"] in known:
            yield known[one["agreement"]], one["before"] or "none", one["after"] or "none"


def _named(found: list[Recorded]) -> dict[str, Node]:
    return {node.id: node for node in nodes(one.edit.about for one in found if one.edit.about)}

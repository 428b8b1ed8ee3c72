"""A plan on its way: looked through, planned again, written with its progress shown, or dropped."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from threading import BoundedSemaphore
from time import monotonic, sleep

from flask import Blueprint, Response, redirect, render_template, request, send_file, stream_with_context, url_for
from flask_babel import gettext as _

from graph_app.errors import NotFoundError, PeyvandError
from graph_app.loading.drafts import WORKING, Draft, State
from graph_app.loading.finding import conflicts_in
from graph_app.loading.planned import GUARDS, changes_of, opened, stale
from graph_app.loading.rejected import Mended
from graph_app.loading.work import PHASES
from graph_app.views import filters, judging, store
from graph_app.views.loads import (
    Page,
    desk,
    finish,
    loader,
    mappings,
    mended,
    rejects_file,
    rejects_page,
    shown,
    wishes,
)

bp = Blueprint("plans", __name__, url_prefix="/loads/plans")

_OFTEN, _LONG = 0.3, 25.0  # seconds between two looks at a draft, and of one stream; then the browser asks again
_AGAIN = 2000  # milliseconds after which it does
_STREAMS = BoundedSemaphore(3)  # a stream keeps a thread of the server; whoever comes beyond asks now and then


@bp.get("/<plan>")
def show(plan: str) -> Page:
    """Show a plan, or how far it is; a plan that is written leads to its run."""
    draft = desk().drafts.get(plan)
    state = draft.state
    if state.stage == "done":
        return redirect(url_for("loads.show", run=state.run))
    if state.stage in WORKING:
        return render_template("plans/working.html", draft=draft, state=state, told=_told(state))
    if not draft.plan.exists():
        return _refused(draft, state)
    return _planned(draft, state)


@bp.post("/<plan>/again")
def again(plan: str) -> Page:
    """Plan again: the graph moved, or the files are to be read otherwise, or edits by hand are to be overwritten.

    What was to finish a run has no plan, and is tried again.
    """
    old = desk().drafts.get(plan)
    if old.state.stage in WORKING:
        return redirect(url_for("plans.show", plan=plan), HTTPStatus.SEE_OTHER)
    if old.asked.finishes:
        desk().discard(old)
        return finish()
    asked = wishes() if "mapping" in request.form else old.asked.wishes
    draft = desk().again(old, asked, loader())
    return redirect(url_for("plans.show", plan=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/<plan>/apply")
def apply(plan: str) -> Page:
    """Write a plan in the background."""
    accepted = {guard: request.form.get(f"accept-{guard}", type=int) for guard in GUARDS}
    desk().apply(desk().drafts.get(plan), loader(), accepted)
    return redirect(url_for("plans.show", plan=plan), HTTPStatus.SEE_OTHER)


@bp.post("/<plan>/discard")
def discard(plan: str) -> Page:
    """Forget a plan; nothing was written."""
    draft = desk().drafts.get(plan)
    if draft.state.stage not in WORKING:
        desk().discard(draft)
    return redirect(url_for("loads.index"), HTTPStatus.SEE_OTHER)


@bp.get("/<plan>/file")
def file(plan: str) -> Response:
    """Answer the plan as the file that the command line saves and applies."""
    draft = desk().drafts.get(plan)
    work = opened(draft)
    name = f"plan-{work.plan.mapping}-{work.digest[:8]}.json.gz"
    return send_file(draft.plan, mimetype="application/gzip", as_attachment=True, download_name=name)


@bp.get("/<plan>/rejects.csv")
def rejects(plan: str) -> Response:
    """Answer the rows that a plan rejects as CSV."""
    work = opened(desk().drafts.get(plan))
    return rejects_file(list(work.plan.rejects), work.plan.mapping)


@bp.post("/<plan>/mend")
def mend(plan: str) -> Page:
    """Plan to load rejected rows of a plan as they are mended."""
    work = opened(desk().drafts.get(plan))
    delimiters = {one.name: one.delimiter or "," for one in work.files}
    return mended(list(work.plan.rejects), Mended(plan, work.plan.mapping, ()), delimiters)


@bp.get("/<plan>/events")
def events(plan: str) -> Response:
    """Stream how far a plan is, as server-sent events."""
    stream = stream_with_context(_events(desk().drafts.get(plan)))
    return Response(stream, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _events(draft: Draft) -> Iterator[str]:
    """Yield each change of the state until the work is over or the stream is long enough."""
    with ExitStack() as held:
        alone = _STREAMS.acquire(blocking=False)
        if alone:
            held.callback(_STREAMS.release)
        yield f"retry: {_AGAIN}\n\n"
        end, last = monotonic() + (_LONG if alone else 0), ""
        while True:
            try:
                told = _told(state := draft.state)
            except NotFoundError:  # discarded meanwhile; the page that is asked for next says so
                yield f"data: {json.dumps({'working': False})}\n\n"
                return
            text = json.dumps(told, ensure_ascii=False)
            yield f"data: {text}\n\n" if text != last else ": \n\n"  # a comment finds out whether anybody listens
            if state.stage not in WORKING or monotonic() >= end:
                return
            last = text
            sleep(_OFTEN)


def _told(state: State) -> dict[str, object]:
    """Return how far it is, in the reader's words."""
    progress, working = state.progress, state.stage in WORKING
    if progress is None:
        text = _("Planning: the files are read and compared with the graph.") if state.stage == "planning" else ""
        return {"working": working, "text": text or _("It begins."), "detail": "", "done": None, "total": None}
    parts = [_("%(done)s of %(total)s", done=filters.number(progress.done), total=filters.number(progress.total))]
    if progress.rate:
        parts.append(_("%(rate)s a second", rate=filters.number(round(progress.rate))))
    if progress.left:
        parts.append(_("%(seconds)s s left", seconds=filters.number(round(progress.left) or 1)))
    text = str(_(PHASES[progress.phase]))
    return {
        "working": working,
        "text": text,
        "detail": " · ".join(parts),
        "done": progress.done,
        "total": progress.total,
    }


def _refused(draft: Draft, state: State) -> Page:
    return render_template("plans/refused.html", draft=draft, state=state, mappings=mappings())


def _planned(draft: Draft, state: State) -> Page:
    work = opened(draft)
    hindrances: list[PeyvandError] = [one for one in (desk().hindrance(),) if one]
    return render_template(
        "plans/show.html",
        draft=draft,
        state=state,
        work=work,
        found=(found := draft.found),
        readings={one["file"]: one for one in found["readings"]},
        balance=vars(work.plan.balance),
        conflicts=list(conflicts_in(found)),
        moved=stale(store(), desk().ledger, work),
        hindrances=hindrances,
        unfinished=desk().unfinished(),
        mappings=mappings(),
        rejects=rejects_page(list(work.plan.rejects)),
        accepting=judging.accepting(work),
        follows=judging.following(found["follows"]),
        **shown(changes_of(draft)),
    )

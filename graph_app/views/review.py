"""Possible duplicates: the queue, two records side by side, three keys, and what was decided."""

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from socket import gethostname
from typing import Any, cast

from flask import Blueprint, after_this_request, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.errors import N_, PeyvandError
from graph_app.exploration import profile
from graph_app.views import graph, language
from graph_app.views.pairs import Pairs
from loaders import syncing
from loaders.duplicates.queue import Waiting
from loaders.duplicates.sides import TITLES, lines
from loaders.duplicates.wording import reasons_against, reasons_for
from loaders.ledger import Ledger
from loaders.plan import EntityChange
from loaders.promise import Promise
from loaders.reviewing import Choice, Review, better_known
from loaders.running import settle

bp = Blueprint("review", __name__, url_prefix="/loads/review")

DECIDED: Mapping[str, str] = {"same": N_("Merged"), "different": N_("Kept apart"), "later": N_("Put off")}
_SHOWN = 100  # pairs, and decisions
_TIES = 3  # of each kind, on either side
Page = tuple[str, HTTPStatus] | Response | str


@bp.get("")
def index() -> str:
    """Show the queue with counts and reasons, and what was decided."""
    return _index()


def _index(problem: str = "") -> str:
    review = _review()
    queue = _pairs().open(review.decisions)
    counts = Counter(one.candidate.first.label for one in queue or ())
    wanted = request.args.get("type", "")
    shown = [one for one in queue or () if wanted in {"", one.candidate.first.label}]
    holding = {one.number for one in review.decisions.standing()}
    return render_template(
        "review/index.html",
        searching=queue is None,
        queue=shown[:_SHOWN],
        total=len(shown),
        counts=counts,
        wanted=wanted,
        decisions=review.decisions.all()[:_SHOWN],
        holding=holding,
        decided=DECIDED,
        done=_done(),
        problem=problem,
        **_reasons(),
    )


@bp.get("/pair")
def pair() -> Page:
    """Show the records ``first`` and ``second`` side by side."""
    return _page(request.args)


@bp.post("/decisions")
def decide() -> Page:
    """Decide about a pair, carry it out, and go on with the next one."""
    review, form = _review(), request.form
    try:
        settle(graph(), review.ledger, _who(), _tell)
        before = syncing.state(graph())
        one = _one(review, form)
        choice = Choice(form.get("decision", ""), form.get("why", ""), form.get("kept") or None, "insists" in form)
        if choice.decision not in DECIDED:
            return _page(form, _("Nothing was chosen to be done."))
        made = review.decide(one, choice, review.plan(one, choice), _who(), _tell)
    except PeyvandError as error:
        return _page(form, error.translated(_))
    if made.merged:
        _pairs().merged(before, made.merged)
    return redirect(_next(review, one, made.decision), HTTPStatus.SEE_OTHER)


@bp.post("/decisions/<int(max=2147483647):number>/undo")
def take_back(number: int) -> Page:
    """Take a decision back; what was merged is taken apart again."""
    review = _review()
    try:
        settle(graph(), review.ledger, _who(), _tell)
        made = review.decisions.number(number)
        review.undo(made, review.undo_plan(made), _who(), _tell)
    except PeyvandError as error:
        return _index(error.translated(_)), HTTPStatus.BAD_REQUEST
    return redirect(url_for("review.index", done="undone"), HTTPStatus.SEE_OTHER)


def _page(asked: Mapping[str, str], problem: str = "") -> Page:
    review = _review()
    one = _one(review, asked)
    first, second = one.candidate.first, one.candidate.second
    work, obstacle = _planned(review, one)
    page = render_template(
        "review/pair.html",
        one=one,
        lines=lines(first, second, language()),
        sides=[profile.entity(graph(), entity.id) for entity in (first, second)],
        kept=asked.get("kept") or better_known(graph(), one.candidate),
        asked=asked,
        work=_counted(work),
        problem=problem or obstacle,
        titles=TITLES,
        done=_done(),
        most=_TIES,
        **_reasons(),
    )
    return page, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK


def _planned(review: Review, one: Waiting) -> tuple[Promise | None, str]:
    """Return what merging would change, or why it cannot be done."""
    try:
        return review.plan(one, Choice("same", insists=True)), ""
    except PeyvandError as error:
        return None, error.translated(_)


def _counted(work: Promise | None) -> dict[str, int] | None:
    if work is None:
        return None
    entities = sum(isinstance(change, EntityChange) for change in work.plan.steps())
    evidence = sum(tie.type == "EVIDENCED_BY" for tie in work.plan.ties)
    return {"entities": entities, "claims": evidence, "ties": len(work.plan.ties) - evidence}


def _one(review: Review, asked: Mapping[str, str]) -> Waiting:
    first, second = asked.get("first", ""), asked.get("second", "")
    known = _pairs().known(first, second)
    return review.with_people(known) if known else review.pair(first, second)


def _done() -> str:
    """Return what was done last, in words, as the address tells; who is not signed in has no session for that."""
    did = request.args.get("done", "")
    if did == "undone":
        return str(_("The decision is taken back."))
    if did not in DECIDED:
        return ""
    return str(_("%(decision)s. The list of decisions has it, and it can be taken back.", decision=_(DECIDED[did])))


def _next(review: Review, decided: Waiting, decision: str) -> str:
    """Return the address of the pair that now stands first in the queue, or of the queue."""
    ids = {decided.candidate.first.id, decided.candidate.second.id}
    for one in _pairs().open(review.decisions) or ():
        first, second = one.candidate.first.id, one.candidate.second.id
        if not one.put_off and {first, second} != ids:
            return url_for("review.pair", first=first, second=second, done=decision)
    return url_for("review.index", done=decision)


def _reasons() -> dict[str, Any]:
    return {
        "reasons_for": lambda one: reasons_for(one.candidate, language(), _),
        "reasons_against": lambda one: reasons_against(one.candidate, language(), _),
    }


def _review() -> Review:
    return Review(graph(), Ledger(database()))


def waiting(patience: float | None) -> int | None:
    """Return how many pairs wait for a decision, None if that is not known after ``patience`` seconds.

    Without patience they are not even looked for.
    """
    decisions = _review().decisions
    try:
        queue = _pairs().found(decisions) if patience is None else _pairs().open(decisions, patience)
    except PeyvandError:
        return None
    return None if queue is None else len(queue)


def look_afterwards() -> None:
    """Look for pairs once this answer is on its way: the search would take the processor from whoever makes it."""
    pairs = _pairs()

    @after_this_request
    def begin(response: Response) -> Response:
        response.call_on_close(pairs.look)
        return response


def _pairs() -> Pairs:
    return cast("Pairs", current_app.extensions.setdefault("pairs", Pairs(graph())))


def _who() -> str:
    user = visitor().user
    return user.email if user else f"web@{gethostname()}"


def _tell(note: PeyvandError) -> None:
    flash(note.translated(_))

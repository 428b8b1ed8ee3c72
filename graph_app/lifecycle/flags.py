"""What to know beside the status on a day: flags, the review, and how far the agreement is carried out."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from graph_app.lifecycle.acts import Act, plus
from graph_app.lifecycle.case import Case, action, rank_of
from graph_app.lifecycle.copies import text_changed
from graph_app.lifecycle.rules import Rules
from graph_app.lifecycle.validity import Option
from graph_app.vocabulary import vocabulary

_UNSIGNED_UP_TO = "partly_signed"
_CLOSED_FROM = "renewed"
_REPORTED = "reported"
_IN_REVIEW = frozenset({"under_review", "renew", "downgrade", "terminate"})
_NOT_RENEWED = frozenset({"terminate", "downgrade"})
_ENDING = frozenset({"expiring", "expired"})


def flags_on(case: Case, day: date, rules: Rules, options: Sequence[Option], disposition: str) -> tuple[str, ...]:
    """Return the flags of ``case`` on ``day``, in the order of the vocabulary.

    What depends on the status is flagged only if all ``options`` agree on it.
    """
    behind = {act for option in options for act in option.acts}
    statuses = {option.status for option in options}
    signed = any(option.rule in _BY_TERM for option in options)
    raised = {
        "needs_renewal": statuses <= _ENDING and not case.auto_renew and disposition not in _NOT_RENEWED,
        "review_open": disposition in _IN_REVIEW and not any(_closed(status) for status in statuses),
        "stalled": _stalled(case, day, rules, options),
        "approval_missing": statuses <= {"drafted", "initialled"},
        "validity_unknown": all(option.rule == "validity_unknown" for option in options),
        "date_incomplete": any(act.incomplete for act in behind),
        "term_unread": signed and case.term is not None and case.term.kind == "unknown",
        "end_passed": bool(case.ends and case.ends.when and case.ends.when.latest < day)
        and all(option.rule == "reported" for option in options),
        "conflict": not behind.isdisjoint(case.conflicts),
        "renewed": all(option.renewals for option in options),
        "text_changed": text_changed(case.acts, day),
        "amended": any(act.position.certainly_by(day) for act in case.having(lambda one: one.effect == "amendment")),
    }
    return tuple(name for name in vocabulary().flags if raised[name])


_BY_TERM = frozenset({"validity_unknown", "open_ended", "in_term", "near_end", "past_end", "rolled", "rolls_uncounted"})


def disposition_on(case: Case, day: date) -> str:
    """Return what its review has come to on ``day``."""
    done = [act for act in case.reviews if act.position.certainly_by(day)]
    last = max(done, key=_dated, default=None)
    return str(last.value or action(last).disposition) if last else "none"


def implementation_on(case: Case, day: date, rules: Rules, options: Sequence[Option]) -> str:
    """Return how far it is carried out on ``day``: as acts say, else by whether anything happened since."""
    if not all(_was_signed(option) for option in options):
        return "not_applicable"
    acts = [act for act in case.having(lambda one: one.implementation) if act.position.certainly_by(day)]
    last = max(acts, key=_dated, default=None)
    found = str(action(last).implementation) if last else "active" if case.history.active_body else "not_started"
    finished = found in {"fulfilled", "lapsed"} or any(_closed(option.status) for option in options)
    return "dormant" if not finished and _dormant(case, day, rules) else found


def last_evidence(case: Case, day: date, options: Sequence[Option]) -> date | None:
    """Return the day of the last word about a text that is not fully signed; None for others."""
    if not all(_unsigned(option.status) for option in options):
        return None
    return _last(case.evidence, day)


def _stalled(case: Case, day: date, rules: Rules, options: Sequence[Option]) -> bool:
    last = last_evidence(case, day, options)
    return last is not None and day > plus(last, rules.stalled_days)


def _dormant(case: Case, day: date, rules: Rules) -> bool:
    last = None if case.history.active_body else _last(case.activity, day)
    return last is not None and day > plus(last, rules.dormant_days)


def _last(days: Sequence[date], day: date) -> date | None:
    """Return the last of ``days``, which are in order, up to ``day``."""
    found = bisect_right(days, day)
    return days[found - 1] if found else None


def _dated(act: Act) -> tuple[date, date, str, str]:
    return act.position.latest, act.reported_on or date.min, act.kind, act.of


def _unsigned(status: str) -> bool:
    return rank_of(status) <= rank_of(_UNSIGNED_UP_TO)


def _closed(status: str) -> bool:
    return rank_of(_CLOSED_FROM) <= rank_of(status) < rank_of(_REPORTED)


def _was_signed(option: Option) -> bool:
    """Return whether there is an agreement to be carried out."""
    return rank_of(_UNSIGNED_UP_TO) < rank_of(option.status) < rank_of(_REPORTED) and option.status != "withdrawn"

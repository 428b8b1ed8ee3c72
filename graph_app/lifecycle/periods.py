"""All days of an agreement, as few periods in which nothing changes: a look-up by date is all that a reader needs."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph_app.lifecycle.acts import History, Moment, plus
from graph_app.lifecycle.case import Case
from graph_app.lifecycle.rules import Rules
from graph_app.lifecycle.standing import Standing, standing_on
from graph_app.lifecycle.validity import corners, extended, first_end, in_effect_from, rolls

_MOST_DAYS = 1100  # of a date that is incomplete: three years, written as a range


@dataclass(frozen=True)
class Period:
    """The days ``first`` to ``last``, both included, and how the agreement stands on each of them."""

    first: date
    last: date
    standing: Standing


def periods(history: History, rules: Rules | None = None, *, known_by: date | None = None) -> tuple[Period, ...]:
    """Return the periods of an agreement: in order, without gap or overlap, from the first of all days to the last.

    Parameters
    ----------
    history
        What is recorded of it.
    rules
        The numbers of the office; None: the defaults.
    known_by
        Only what had been reported by this day counts ("as known then"); None: everything ("as known now").

    """
    case, rules = Case(history, known_by), rules or Rules()
    found: list[Period] = []
    for day in sorted(set(_turning_days(case, rules))):
        standing = standing_on(case, day, rules)
        if found and found[-1].standing == standing:
            continue
        if found:
            found[-1] = Period(found[-1].first, day - timedelta(days=1), found[-1].standing)
        found.append(Period(day, date.max, standing))
    return tuple(found)


def look_up(found: Sequence[Period], day: date) -> Period:
    """Return the one of ``found`` that ``day`` lies in."""
    return found[bisect_right(found, day, key=lambda period: period.first) - 1]


def _turning_days(case: Case, rules: Rules) -> Iterator[date]:
    """Yield every day on which the standing may differ from that of the day before."""
    yield date.min
    for act in case.acts:
        yield from corners(act.position)
    for moment in _limits(case):
        yield from corners(moment)
    for end in _all_ends(case):
        yield from _around(case, end, rules)
    for day in case.evidence:
        yield from (day, plus(day, rules.stalled_days + 1))
    for day in case.activity:
        yield from (day, plus(day, rules.dormant_days + 1))
    yield from _days_of_an_incomplete_begin(case)


def _limits(case: Case) -> Iterator[Moment]:
    yield from (moment for moment in (case.signed, in_effect_from(case)) if moment)


def _all_ends(case: Case) -> Iterator[date]:
    base = first_end(case)
    yield from corners(base)
    for _, new in extended(case):
        yield from corners(new)


def _around(case: Case, end: date, rules: Rules) -> Iterator[date]:
    """Yield the first day of the notice period and the day after the end, for each end that follows by renewal."""
    notice = case.notice_days(rules.notice_days)
    for one in rolls(case, end, rules) if case.auto_renew else (end,):
        yield from (plus(one, -notice), plus(one, 1))


def _days_of_an_incomplete_begin(case: Case) -> Iterator[date]:
    """Yield every day on which a term may begin: the length of months and years differs from day to day."""
    begin = in_effect_from(case)
    if case.ends or not case.term or not begin or begin.exact:
        return
    for number in range(min((begin.latest - begin.earliest).days, _MOST_DAYS)):
        yield plus(begin.earliest, number)

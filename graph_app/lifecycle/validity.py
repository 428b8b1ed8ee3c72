"""From when a signed agreement is in effect, when it ends, and what that makes of it on a day."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph_app.lifecycle.acts import Act, Moment, plus
from graph_app.lifecycle.case import Case
from graph_app.lifecycle.rules import Rules


@dataclass(frozen=True)
class Option:
    """A status that is possible on a day, the rule that gives it, and the acts behind it."""

    status: str
    rule: str
    acts: tuple[Act, ...] = ()
    end: date | None = None
    renewals: int = 0


@dataclass(frozen=True)
class End:
    """An end that may hold on a day, with the number of extensions behind it; ``moment`` is None if it is unknown."""

    moment: Moment | None
    extensions: int


def in_effect_from(case: Case) -> Moment | None:
    """Return from when it is in effect: as a source says, else from the last signature."""
    if case.effective and case.effective.when:
        return case.effective.when
    return case.signed


def first_end(case: Case, by: date = date.max) -> Moment | None:
    """Return the end before any extension; ``by`` limits the day from which a term is counted.

    A term cannot be counted from a signature of which only the report is dated.
    """
    if case.ends:
        return case.ends.when
    begin = in_effect_from(case)
    if not case.term or not begin or not _counted(case, begin):
        return None
    first = case.term.end(begin.earliest, begin.calendar)
    last = case.term.end(max(begin.earliest, min(begin.latest, by)), begin.calendar)
    return Moment(first, last, begin.calendar) if first and last else None


def _counted(case: Case, begin: Moment) -> bool:
    if case.effective and case.effective.when == begin:
        return True
    return all(act.when for act in case.signatures if act.position.latest == begin.latest)


def extended(case: Case) -> Iterator[tuple[Act, Moment]]:
    """Yield each extension with the new end that it gives."""
    running = first_end(case)
    for act in case.extensions:
        new = act.until
        if new is None and act.term and running:
            first, last = (act.term.end(day, running.calendar) for day in (running.earliest, running.latest))
            new = Moment(first, last, running.calendar) if first and last else None
        if new:
            running = _later(running, new)
            yield act, new


def ends_on(case: Case, day: date) -> list[End]:
    """Return the ends that may hold on ``day``: that of the extensions so far, and those of extensions that may be."""
    moment, count = first_end(case, day), 0
    perhaps: list[Moment] = []
    for act, new in extended(case):
        if act.position.certainly_by(day):
            moment, count = _later(moment, new), count + 1
        elif act.position.possibly_by(day):
            perhaps.append(new)
    return [End(moment, count), *(End(_later(moment, new), count + 1) for new in perhaps)]


def _later(one: Moment | None, other: Moment) -> Moment:
    if one is None:
        return other
    calendar = one.calendar if one.latest >= other.latest else other.calendar
    return Moment(max(one.earliest, other.earliest), max(one.latest, other.latest), calendar)


def valid_options(case: Case, day: date, rules: Rules) -> Iterator[Option]:
    """Yield what a fully signed agreement may be on ``day``."""
    begin = in_effect_from(case)
    acts = _behind(case, day)
    if begin and begin.latest > day and case.effective and case.effective.when:
        yield Option("signed", "not_effective", acts)
    if begin and begin.possibly_by(day):
        for end in ends_on(case, day):
            yield from _by_end(case, day, rules, end, acts)


def _behind(case: Case, day: date) -> tuple[Act, ...]:
    said = [act for act in (case.effective, case.ends or case.term_act) if act]
    return (*case.signatures, *said, *(act for act in case.extensions if act.position.possibly_by(day)))


def _by_end(case: Case, day: date, rules: Rules, end: End, acts: tuple[Act, ...]) -> Iterator[Option]:
    if end.moment is None:
        known = case.open_ended or (case.auto_renew and not case.ends)
        rule = "open_ended" if case.open_ended else "rolls_uncounted"
        yield Option("in_force", rule, acts) if known else Option("signed", "validity_unknown", acts)
    elif case.auto_renew:
        yield from _rolling(case, day, rules, end, acts)
    else:
        yield from _within(case, day, rules, end.moment, acts, end.extensions)
        if end.moment.earliest < day:
            yield Option("expired", "past_end", acts, _one(end.moment), end.extensions)


def _within(
    case: Case, day: date, rules: Rules, end: Moment, acts: tuple[Act, ...], renewals: int, rule: str = "in_term"
) -> Iterator[Option]:
    """Yield what it may be while its end has not passed; both the last day and the first of the notice count."""
    notice = case.notice_days(rules.notice_days)
    if plus(end.latest, -notice) > day:
        yield Option("in_force", rule, acts, _one(end), renewals)
    if plus(end.earliest, -notice) <= day <= end.latest:
        yield Option("expiring", "near_end", acts, _one(end), renewals)


def _rolling(case: Case, day: date, rules: Rules, end: End, acts: tuple[Act, ...]) -> Iterator[Option]:
    """Yield what an agreement that renews itself may be: the end that passed has rolled forward by the term."""
    earlier, later = (rolls(case, one, rules) for one in corners(end.moment))
    first, last = bisect_left(earlier, day), bisect_left(later, day)
    uncounted = first >= len(earlier) or last >= len(later)
    if uncounted:
        yield Option("in_force", "rolls_uncounted", acts, None, end.extensions + len(earlier) - 1)
    if first != last:
        if not uncounted:
            yield Option("in_force", "rolled", acts, None, end.extensions + last)
        yield Option("expiring", "near_end", acts, None, end.extensions + last)
    elif first < len(earlier):
        moment = Moment(earlier[first], earlier[first] if uncounted else later[last])
        rule = "rolled" if first else "in_term"
        yield from _within(case, day, rules, moment, acts, end.extensions + first, rule)


def corners(moment: Moment | None) -> list[date]:
    """Return the first and the last day that a moment can mean."""
    return [moment.earliest, moment.latest] if moment else []


def rolls(case: Case, end: date, rules: Rules) -> tuple[date, ...]:
    """Return ``end`` and those that follow by automatic renewal, up to the horizon; one if the term is unknown."""
    begin = in_effect_from(case)
    calendar = case.ends.when.calendar if case.ends and case.ends.when else begin.calendar if begin else "gregorian"
    return case.term.rolled(end, calendar, rules.horizon) if case.term else (end,)


def _one(moment: Moment) -> date | None:
    return moment.earliest if moment.exact else None

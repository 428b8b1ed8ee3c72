"""Properties of the lifecycle, for histories that nobody would think of.

``oracle`` is a second implementation, written straight from the rules for dates that are known to the day: no periods,
no turning days, no bounds. An incomplete date is asked of it once for every day that the date can mean.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from graph_app.lifecycle import Act, History, Moment, Rules, look_up, periods, read_term
from graph_app.lifecycle.acts import on

FIRST, SPAN = date(2020, 1, 1), 1500
PARTIES = ("place:a", "place:b", "place:c")
STAGES = {"proposed": 0, "approval_sought": 0, "studied": 1, "talks_opened": 2, "drafted": 3, "initialled": 4}
STAGE_NAMES = ("proposed", "under_study", "negotiating", "drafted", "initialled", "approved")
BACK = {"talks_reopened": 2, "returned_for_study": 1}
FINAL = ("renewed", "downgraded", "superseded", "terminated", "withdrawn")
TERMS = ("1 year", "18 months", "3 years", "۲ سال شمسی", "6 months, automatic renewal", "automatic", "open-ended", "?")
RULES = Rules(horizon=date(2030, 1, 1))
FAST, FASTER = 500, 150


def later(start, months, days, calendar, times=1):
    """Count months and days in a calendar; a month that is too short gives its last day."""
    here = JalaliDate(start) if calendar == "jalali" else start
    count = here.year * 12 + here.month - 1 + months * times
    for day in range(here.day, 0, -1):
        try:
            if calendar == "jalali":
                return JalaliDate(count // 12, count % 12 + 1, day).to_gregorian() + timedelta(days * times)
            return date(count // 12, count % 12 + 1, day) + timedelta(days * times)
        except ValueError:
            continue
    raise AssertionError


def told(history, kind):
    """What sources say of a property: the later report is displayed."""
    found = [act for act in history.acts if act.kind == kind]
    return max(found, key=lambda act: act.reported_on or date.min) if found else None


def oracle(history, day):
    """Return the status on ``day`` of a history whose dates are all known to the day."""
    done = [act for act in history.acts if act.position.latest <= day]
    closed = [act for act in done if act.kind in FINAL]
    if closed:
        return max(closed, key=lambda act: (act.position.latest, FINAL.index(act.kind))).kind
    halts = [act.position.latest for act in done if act.kind == "suspended"]
    resumes = [act.position.latest for act in done if act.kind == "resumed"]
    if halts and max(halts) >= max(resumes, default=date.min):
        return "suspended"
    signatures = [act for act in done if act.kind == "signed"]
    required = history.parties | {act.party for act in history.acts if act.kind == "signed" and act.party}
    of_all = [act.position.latest for act in signatures if act.party is None]
    by = {
        name: min([*of_all, *(a.position.latest for a in signatures if a.party == name)], default=None)
        for name in required
    }
    if (of_all and len(required) < 2) or (len(required) >= 2 and all(by.values())):
        return valid(history, day, max(by.values()) if len(required) >= 2 else min(of_all))
    if signatures:
        return "partly_signed"
    backs = [act for act in done if act.kind in BACK]
    back = max(backs, key=lambda act: (act.position.latest, BACK[act.kind]), default=None)
    since = back.position.latest if back else date.min
    ranks = [STAGES[act.kind] for act in done if act.kind in STAGES and (not back or act.position.latest > since)]
    approved = [act for act in done if act.kind == "approved" and act.party is None]
    if approved and (not back or min(act.position.latest for act in approved) > since):
        ranks.append(5)
    ranks += [BACK[back.kind]] if back else []
    if ranks:
        return STAGE_NAMES[max(ranks)]
    words = [act for act in done if act.kind == "status"]
    return max(words, key=lambda act: (act.position.latest, act.reported_on or date.min)).value if words else "none"


def calendar_of_the_signature(history, day):
    """A day that is written in both calendars is a Jalali one; what a party signs again does not count."""
    signatures = [act for act in history.acts if act.kind == "signed"]
    anew = {act.party for act in signatures if act.position.latest < day and act.party}
    written = {act.position.calendar for act in signatures if act.position.latest == day and act.party not in anew}
    return "jalali" if "jalali" in written else "gregorian"


def valid(history, day, signed):  # noqa: C901 - in the order of the rule
    """Rule 3: what the dates of a fully signed agreement make of it."""
    effective, ends, term = told(history, "effective_on"), told(history, "ends_on"), told(history, "term")
    begin = effective.when.latest if effective and effective.when else signed
    if begin > day:
        return "signed"
    calendar = effective.when.calendar if effective and effective.when else "gregorian"
    if not (effective and effective.when):
        calendar = calendar_of_the_signature(history, signed)
    said = term.term if term else read_term("")
    months, calendar = 12 * said.duration.years + said.duration.months, said.calendar or calendar
    if ends:
        end, calendar = ends.when and ends.when.latest, ends.when.calendar if ends.when else calendar
        calendar = said.calendar or calendar
    else:
        end = later(begin, months, said.duration.days, calendar) if said.duration else None
    for act in history.acts:
        if act.kind == "extended" and act.until and act.position.latest <= day:
            end = max(end or date.min, act.until.latest)
    if end is None:
        return (
            "in_force"
            if said.kind in {"open_ended", "until_notice"} or (said.kind == "automatic" and not ends)
            else "signed"
        )
    number, last = 0, end
    if said.kind == "automatic":
        while said.duration and last < day and last <= RULES.horizon:
            number += 1
            last = later(end, months, said.duration.days, calendar, number)
        if last < day:
            return "in_force"
    notice = told(history, "notice_days")
    days = notice.value if notice else RULES.notice_days
    if day > last:
        return "expired"
    return "expiring" if day >= last - timedelta(days) else "in_force"


days = st.integers(0, SPAN).map(lambda number: FIRST + timedelta(number))
calendars = st.sampled_from(("gregorian", "jalali"))
exact = st.builds(on, days, calendars)
vague = st.builds(
    lambda day, length, calendar: Moment(day, day + timedelta(length), calendar), days, st.integers(1, 4), calendars
)


def acts_with(moments):
    """Acts of every kind, on dates from ``moments``; each is an act of its own."""
    reports = st.none() | days
    simple = st.sampled_from(
        (*STAGES, *BACK, *FINAL, "suspended", "resumed", "approved", "continue_execution", "fulfilled", "amended")
    )
    plain = st.builds(lambda kind, when, report: Act(kind, "event", when, reported_on=report), simple, moments, reports)
    signed = st.builds(
        lambda party, when: Act("signed", "event", when, party=party), st.sampled_from((*PARTIES, None)), moments
    )
    longer = st.builds(lambda when, until: Act("extended", "event", when, until=until), moments, moments)
    return plain, signed, signed, longer


def facts_with(moments):
    """What is said of the agreement itself."""
    return (
        st.builds(lambda when: Act("effective_on", "property:effective_on", when), moments),
        st.builds(lambda when: Act("ends_on", "property:ends_on", when), moments),
        st.builds(lambda text: Act("term", "property:term", term=read_term(text)), st.sampled_from(TERMS)),
        st.builds(lambda count: Act("notice_days", "property:notice_days", value=count), st.integers(10, 200)),
        st.builds(
            lambda choice: Act("review_disposition", "property:review_disposition", value=choice),
            st.sampled_from(("renew", "terminate")),
        ),
    )


def histories(moments, most=7):
    """Histories of up to ``most`` acts and at most one word of each property."""

    def build(acts, facts, words, parties):
        numbered = [replace(act, of=f"event:{number}") for number, act in enumerate(acts)]
        single = {fact.kind: fact for fact in facts}
        distinct = {(word.position.earliest, word.position.latest): word for word in words}
        return History("agreement:x", (*numbered, *single.values(), *distinct.values()), frozenset(parties))

    words = st.builds(
        lambda when, value, report: Act("status", "property:status", when, value=value, reported_on=report),
        st.none() | exact,
        st.sampled_from(("reported", "drafted", "in_force")),
        st.none() | days,
    )
    return st.builds(
        build,
        st.lists(st.one_of(*acts_with(moments)), max_size=most),
        st.lists(st.one_of(*facts_with(moments)), max_size=4),
        st.lists(words, max_size=2),
        st.lists(st.sampled_from(PARTIES), unique=True, max_size=3),
    )


def asked_days(history, drawn):
    """The days to ask about: some at random, and those on which something happens, with the days around them."""
    near = [act.position.latest for act in history.acts] + [period.first for period in periods(history, RULES)[1:]]
    around = [day + timedelta(step) for day in near if FIRST < day < date(2030, 1, 1) for step in (-1, 0, 1)]
    return {*drawn, *around, FIRST - timedelta(400), FIRST + timedelta(SPAN + 4000)}


def check_against_the_oracle(history, drawn):
    found = periods(history, RULES)
    for day in asked_days(history, drawn):
        assert look_up(found, day).standing.status == oracle(history, day), day


@settings(max_examples=FAST, deadline=None)
@given(histories(exact), st.lists(days, min_size=3, max_size=3))
def test_the_stored_look_up_says_what_the_rules_say_of_any_day(history, drawn):
    check_against_the_oracle(history, drawn)


def test_the_later_report_is_displayed_before_the_oracle_is_asked():
    one = Act("ends_on", "property:ends_on", on(date(2024, 1, 1)), source="a", reported_on=date(2021, 1, 1))
    two = replace(one, when=on(date(2025, 1, 1)), source="b", reported_on=date(2022, 1, 1))
    history = History("agreement:x", (two, one, Act("signed", "event:1", on(date(2020, 1, 1)))))
    assert (
        oracle(history, date(2024, 6, 1)) == look_up(periods(history), date(2024, 6, 1)).standing.status == "in_force"
    )


@pytest.mark.prove
@settings(max_examples=10_000, deadline=None)
@given(histories(exact), st.lists(days, min_size=3, max_size=3))
def test_the_stored_look_up_says_what_the_rules_say_for_ten_thousand_histories(history, drawn):
    check_against_the_oracle(history, drawn)


def readings(history):
    """Every history that ``history`` can mean, each with dates known to the day."""

    def choices(moment):
        if moment is None:
            return [None]
        length = (moment.latest - moment.earliest).days
        return [on(moment.earliest + timedelta(number), moment.calendar) for number in range(length + 1)]

    for chosen in product(*(product(choices(act.when), choices(act.until)) for act in history.acts)):
        acts = tuple(
            replace(act, when=when, until=until) for act, (when, until) in zip(history.acts, chosen, strict=True)
        )
        yield replace(history, acts=acts)


@settings(max_examples=FASTER, deadline=None)
@given(histories(exact, most=4), st.data())
def test_the_candidates_are_the_statuses_of_every_day_that_an_incomplete_date_can_mean(history, data):
    # the rules do not say in which calendar a term is counted that begins with two signatures of two calendars
    assume(len({act.when.calendar for act in history.acts if act.kind == "signed"}) < 2)
    dated = [number for number, act in enumerate(history.acts) if act.when and act.kind not in {*BACK, "status"}]
    chosen = data.draw(st.lists(st.sampled_from(dated), unique=True, max_size=2)) if dated else []
    acts = [
        replace(
            act,
            when=Moment(
                act.when.earliest, act.when.earliest + timedelta(data.draw(st.integers(1, 4))), act.when.calendar
            ),
        )
        if number in chosen
        else act
        for number, act in enumerate(history.acts)
    ]
    check_every_reading(replace(history, acts=tuple(acts)), [acts[number].when for number in chosen])


def check_every_reading(history, vague_ones):
    found = periods(history, RULES)
    near = {day for moment in vague_ones for day in (moment.earliest, moment.latest)}
    turning = {period.first for period in found[1:] if period.first < date(2030, 1, 1)}
    for day in {*near, *turning, *(day - timedelta(1) for day in turning)}:
        standing = look_up(found, day).standing
        assert set(standing.candidates or (standing.status,)) == {oracle(one, day) for one in readings(history)}, day


@pytest.mark.parametrize("term", [term for term in TERMS if term != "?"])
@pytest.mark.parametrize("vague_kind", ["signed", "ends_on"])
def test_an_end_of_two_days_is_read_both_ways_whether_it_rolls_counted_or_not(term, vague_kind):
    two_days = Moment(date(2020, 1, 1), date(2020, 1, 2), "gregorian")
    acts = [Act("signed", "event", two_days), Act("term", "property:term", term=read_term(term))]
    if vague_kind == "ends_on":
        acts = [Act("signed", "event", on(date(2020, 1, 1))), acts[1], Act("ends_on", "property:ends_on", two_days)]
    check_every_reading(History("agreement:x", tuple(acts)), [two_days])


@settings(max_examples=FASTER, deadline=None)
@given(histories(st.one_of(exact, vague, st.none())))
def test_every_day_is_in_exactly_one_period_and_neighbours_differ(history):
    found = periods(history, RULES)
    assert found[0].first == date.min
    assert found[-1].last == date.max
    for before, after in pairwise(found):
        assert after.first - before.last == timedelta(1)
        assert before.standing != after.standing
    assert all(period.first <= period.last for period in found)


@settings(max_examples=FASTER, deadline=None)
@given(histories(st.one_of(exact, vague, st.none())), st.randoms(use_true_random=False))
def test_the_order_in_which_acts_are_told_does_not_matter(history, random):
    shuffled = list(history.acts)
    random.shuffle(shuffled)
    assert periods(replace(history, acts=tuple(shuffled)), RULES) == periods(history, RULES)


@settings(max_examples=FASTER, deadline=None)
@given(histories(st.one_of(exact, vague)))
def test_every_period_names_the_acts_behind_it_and_an_undecided_one_its_candidates(history):
    known = {act.of for act in history.acts}
    for period in periods(history, RULES):
        standing = period.standing
        assert set(standing.acts) <= known
        assert bool(standing.acts) == (standing.status != "none")
        assert (standing.status == "undecided") == (len(standing.candidates) > 1)


@settings(max_examples=FASTER, deadline=None)
@given(histories(st.one_of(exact, vague)), days)
def test_what_was_known_then_is_what_is_known_now_without_the_later_reports(history, day):
    dated = [replace(act, reported_on=act.reported_on or act.position.latest) for act in history.acts]
    earlier = tuple(act for act in dated if act.reported_on <= day)
    then = periods(replace(history, acts=tuple(dated)), RULES, known_by=day)
    assert then == periods(replace(history, acts=earlier), RULES)

"""The life of agreements, told as tables: the test vectors of the field's own brief, then one row for each rule."""

from datetime import date, timedelta

import pytest

from graph_app.dates import parse
from graph_app.lifecycle import Act, History, Moment, Rules, look_up, periods, read_term

TODAY = "2025-12-05"  # 14 Azar 1404
BOTH = ("institution:a", "institution:b")
A, B = BOTH
ALWAYS = "XXXX-06-09"


def moment(text):
    """Return the bounds of a date as sources write it; None if it has no year."""
    written = parse(text, "jalali" if text.startswith("XXXX") else None)
    return Moment(*written.bounds, written.calendar) if written.bounds else None


def did(kind, when=None, **more):
    """Return an act; dates are written as in a source."""
    until = more.pop("until", None)
    reported = more.pop("reported", None)
    return Act(
        kind,
        more.pop("of", f"event:{kind}-{when}"),
        moment(when) if when else None,
        when if when and moment(when) is None else None,
        until=moment(until) if until else None,
        reported_on=date.fromisoformat(reported) if reported else None,
        **more,
    )


def says(name, value, **more):
    """Return what a source says of a property of the agreement."""
    if name == "term":
        return Act(name, "property:term", term=read_term(value), **more)
    if name in {"ends_on", "effective_on"}:
        return did(name, value, of=f"property:{name}", **more)
    return did(name, more.pop("when", None), of=f"property:{name}", value=value, **more)


def standing(acts, day, **more):
    history = History("agreement:x", tuple(acts), frozenset(more.pop("parties", BOTH)), **more)
    return look_up(periods(history), parse(day).bounds[0]).standing


FIVE = (did("signed", "1401-09-13"), says("term", "3 years"))
TO_2027 = (did("signed", "2024-01-01"), says("ends_on", "2027-06-30"))

VECTORS = {
    1: ([did("drafted", reported="2025-11-22")], TODAY, "drafted", {"approval_missing"}),
    2: ([did("on_agenda", "2025-05-04")], TODAY, "under_study", {"stalled"}),
    3: ([did("signed", ALWAYS)], TODAY, "signed", {"validity_unknown", "date_incomplete"}),
    4: ([did("signed", "1401-09-14"), says("term", "3 years")], TODAY, "expiring", {"needs_renewal"}),
    5: (FIVE, TODAY, "expired", {"needs_renewal"}),
    6: ([*FIVE, did("extended", "1404-08-01", until="1407-09-13")], TODAY, "in_force", {"renewed"}),
    7: ([*FIVE, says("review_disposition", "downgrade")], TODAY, "expired", {"review_open"}),
    8: ([*FIVE, did("downgraded", "1404-09-10", of="agreement:lower")], TODAY, "downgraded", set()),
    9: ([did("signed", "2025-11-01"), says("effective_on", "2026-01-01")], TODAY, "signed", set()),
    10: ([did("signed", "2025-11-01", party=A)], TODAY, "partly_signed", set()),
    11: ([*TO_2027, did("suspended", "2025-10-01"), did("resumed", "2025-12-10")], TODAY, "suspended", set()),
    12: ([did("signed", "2025-01-01"), says("ends_on", "2026-03-05")], TODAY, "expiring", {"needs_renewal"}),
    13: ([did("signed", "2025-01-01"), says("ends_on", "2026-03-06")], TODAY, "in_force", set()),
    14: ([did("signed", "2025-01-01"), says("ends_on", TODAY)], TODAY, "expiring", {"needs_renewal"}),
    15: ([did("signed", "2025-01-01"), says("ends_on", "1404")], TODAY, "undecided", {"date_incomplete"}),
    16: ([did("signed", "1403-12-30"), says("term", "1 year")], "1404-12-29", "expiring", {"needs_renewal"}),
}


@pytest.mark.parametrize("number", VECTORS)
def test_the_vectors_of_the_brief(number):
    acts, day, status, flags = VECTORS[number]
    found = standing(acts, day)
    assert (found.status, set(found.flags)) == (status, flags)


def test_what_else_the_vectors_say():
    def of(number, day=TODAY):
        return standing(VECTORS[number][0], day)

    assert parse(TODAY).bounds[0] - of(2).last_evidence == timedelta(215)
    assert of(4).next_end == parse("1404-09-14").bounds[0]
    assert of(6).renewals == 1
    assert of(7).disposition == "downgrade"
    assert of(8).acts == ("agreement:lower",)
    assert (
        standing([did("signed", "1404-09-10"), says("term", "2 years")], TODAY).status == "in_force"
    )  # of its successor
    assert of(11, "2025-12-10").status == "in_force"
    assert of(15).candidates == ("in_force", "expiring", "expired")
    assert of(16).next_end == parse("1404-12-29").bounds[0]
    assert of(16, "1405-01-01").status == "expired"


SIGNED = did("signed", "2025-01-10")
ROWS = [
    # before signature: the furthest act, unless a later one is a step back
    ("nothing is recorded", [], TODAY, "none", set()),
    ("a proposal", [did("proposed", "2025-11-01")], TODAY, "proposed", set()),
    ("not before its day", [did("proposed", "2025-12-06")], TODAY, "none", set()),
    ("on its very day", [did("proposed", TODAY)], TODAY, "proposed", set()),
    ("seeking a permit is at least a proposal", [did("approval_sought", "2025-11-01")], TODAY, "proposed", set()),
    ("a study", [did("studied", "2025-11-01")], TODAY, "under_study", set()),
    ("talks", [did("talks_opened", "2025-11-01")], TODAY, "negotiating", set()),
    ("initials", [did("initialled", "2025-11-01")], TODAY, "initialled", {"approval_missing"}),
    ("an approval of all", [did("approved", "2025-11-01")], TODAY, "approved", set()),
    ("a study after the draft does not lower it", [did("drafted", "2025-10-01"), did("studied", "2025-11-01")], TODAY, "drafted", {"approval_missing"}),
    ("talks that reopen do", [did("drafted", "2025-10-01"), did("talks_reopened", "2025-11-01")], TODAY, "negotiating", set()),
    ("but not before their day", [did("drafted", "2025-10-01"), did("talks_reopened", "2025-11-01")], "2025-10-31", "drafted", {"approval_missing"}),
    ("and a new draft counts again", [did("drafted", "2025-08-01"), did("talks_reopened", "2025-10-01"), did("drafted", "2025-11-01")], TODAY, "drafted", {"approval_missing"}),
    ("returned for study after approval", [did("approved", "2025-10-01"), did("returned_for_study", "2025-11-01")], TODAY, "under_study", set()),
    ("a withdrawal ends it", [did("drafted", "2025-10-01"), did("withdrawn", "2025-11-01")], TODAY, "withdrawn", set()),
    ("an act without effect is evidence only", [did("continue_execution", "2025-11-01")], TODAY, "none", set()),
    ("an act that nobody knows is evidence only", [did("celebrated", "2025-11-01")], TODAY, "none", set()),
    ("an undated act counts from its report", [did("studied", reported="2025-11-01")], TODAY, "under_study", set()),
    ("and not before it", [did("studied", reported="2025-11-01")], "2025-10-31", "none", set()),
    ("180 days without evidence are not too many", [did("studied", "2025-06-08")], TODAY, "under_study", set()),
    ("181 days are", [did("studied", "2025-06-07")], TODAY, "under_study", {"stalled"}),
    ("a later word is evidence", [did("studied", "2025-01-01"), did("continue_execution", "2025-11-01")], TODAY, "under_study", set()),
    ("a later report is evidence", [did("studied", "2025-01-01", reported="2025-11-01")], TODAY, "under_study", set()),
    ("a withdrawn text is not stalled", [did("studied", "2020-01-01"), did("withdrawn", "2020-02-01")], TODAY, "withdrawn", set()),
    # signatures
    ("both parties, one after the other", [did("signed", "2025-11-01", party=A), did("signed", "2025-11-20", party=B)], TODAY, "signed", {"validity_unknown"}),
    ("until the second, partly", [did("signed", "2025-11-01", party=A), did("signed", "2025-11-20", party=B)], "2025-11-19", "partly_signed", set()),
    ("an act of all makes up for the rest", [did("signed", "2025-11-01", party=A), did("signed", "2025-11-20")], TODAY, "signed", {"validity_unknown"}),
    ("a partly signed text stalls too", [did("signed", "2025-01-01", party=A)], TODAY, "partly_signed", {"stalled"}),
    ("signing beats a draft of the same day", [did("drafted", "2025-11-01"), did("signed", "2025-11-01")], TODAY, "signed", {"validity_unknown"}),
    ("no term and no end is not in force", [SIGNED], TODAY, "signed", {"validity_unknown"}),
    ("a term that nobody understands is none", [SIGNED, says("term", "as agreed")], TODAY, "signed", {"validity_unknown", "term_unread"}),
    ("lunar years are not guessed", [SIGNED, says("term", "۳ سال قمری")], TODAY, "signed", {"validity_unknown", "term_unread"}),
    ("an undated signature gives no day to count from", [did("signed", reported="2025-01-10"), says("term", "3 years")], TODAY, "signed", {"validity_unknown"}),
    ("but an end is an end", [did("signed", reported="2025-01-10"), says("ends_on", "2027-01-01")], TODAY, "in_force", set()),
    ("effective before it was signed: from the signature", [SIGNED, says("effective_on", "2024-01-01"), says("term", "5 years")], "2025-01-09", "none", set()),
    ("effective on this day", [SIGNED, says("effective_on", TODAY), says("term", "5 years")], TODAY, "in_force", set()),
    ("the term counts from the effective day", [SIGNED, says("effective_on", "2025-03-01"), says("term", "1 year")], "2026-03-01", "expiring", {"needs_renewal"}),
    # ends
    ("open-ended by its term", [SIGNED, says("term", "open-ended")], TODAY, "in_force", set()),
    ("open-ended in Persian", [SIGNED, says("term", "نامحدود")], TODAY, "in_force", set()),
    ("open-ended by its property", [SIGNED, says("open_ended", value=True)], TODAY, "in_force", set()),
    ("its property wins over its term", [SIGNED, says("term", "open-ended"), says("open_ended", value=False)], TODAY, "signed", {"validity_unknown"}),
    ("until notice has no end", [SIGNED, says("term", "until notice")], TODAY, "in_force", set()),
    ("an end wins over open-ended", [SIGNED, says("open_ended", value=True), says("ends_on", "2025-11-01")], TODAY, "expired", {"needs_renewal"}),
    ("the day after the end", [SIGNED, says("ends_on", "2025-12-04")], TODAY, "expired", {"needs_renewal"}),
    ("an end without a year is none", [SIGNED, says("ends_on", ALWAYS)], TODAY, "signed", {"validity_unknown", "date_incomplete"}),
    ("a notice of its own, longer", [SIGNED, says("ends_on", "2026-06-01"), says("notice_days", 180)], TODAY, "expiring", {"needs_renewal"}),
    ("a notice of its own, none", [SIGNED, says("ends_on", "2025-12-06"), says("notice_days", 0)], TODAY, "in_force", set()),
    ("no notice: only the last day", [SIGNED, says("ends_on", TODAY), says("notice_days", 0)], TODAY, "expiring", {"needs_renewal"}),
    ("a Gregorian term named so, from a Jalali day", [did("signed", "1403-01-01"), says("term", "۱ سال میلادی")], "2025-03-20", "expiring", {"needs_renewal"}),
    ("the same in Jalali years ends a day later", [did("signed", "1403-01-01"), says("term", "1 year")], "2025-03-21", "expiring", {"needs_renewal"}),
    ("months that are too short", [did("signed", "2025-01-31"), says("term", "1 month")], "2025-03-01", "expired", {"needs_renewal"}),
    # extensions and automatic renewal
    ("an extension by a term", [*FIVE, did("extended", "1404-08-01", term=read_term("2 years"))], TODAY, "in_force", {"renewed"}),
    ("an extension before its day", [*FIVE, did("extended", "1404-10-01", until="1407-09-13")], TODAY, "expired", {"needs_renewal"}),
    ("a late extension brings it back", [*FIVE, did("extended", "1404-10-01", until="1407-09-13")], "1404-10-01", "in_force", {"renewed"}),
    ("an earlier end does not shorten", [*TO_2027, did("extended", "2025-01-01", until="2025-06-01")], TODAY, "in_force", {"renewed"}),
    ("two extensions", [*FIVE, did("extended", "1404-08-01", until="1405-09-13"), did("extended", "1404-08-02", until="1408-01-01")], TODAY, "in_force", {"renewed"}),
    ("renews itself", [did("signed", "2022-01-10"), says("term", "1 year, automatic renewal")], "2025-06-01", "in_force", {"renewed"}),
    ("is expiring before each end, but needs nothing", [did("signed", "2022-01-10"), says("term", "1 year, automatic renewal")], TODAY, "expiring", {"renewed"}),
    ("renews itself by its property", [did("signed", "2022-01-10"), says("term", "1 year"), says("auto_renew", value=True)], "2025-06-01", "in_force", {"renewed"}),
    ("its property says that it does not", [did("signed", "2022-01-10"), says("term", "1 year, automatic renewal"), says("auto_renew", value=False)], TODAY, "expired", {"needs_renewal"}),
    ("renews itself by an unknown length", [SIGNED, says("ends_on", "2025-06-01"), says("auto_renew", value=True)], TODAY, "in_force", set()),
    # parties that leave or join by themselves
    ("one of three leaves: the others go on", [*TO_2027, did("withdrawn", "2025-10-01", party=A)], TODAY, "in_force", set(), {*BOTH, "place:c"}),
    ("two of three leave: it is over", [*TO_2027, did("withdrawn", "2025-10-01", party=A), did("withdrawn", "2025-11-01", party=B)], TODAY, "withdrawn", set(), {*BOTH, "place:c"}),
    ("one of two leaves: it is over", [*TO_2027, did("terminated", "2025-10-01", party=A)], TODAY, "terminated", set()),
    ("who left is not waited for", [did("signed", "2025-01-01", party=A), did("signed", "2025-01-02", party=B), did("withdrawn", "2025-02-01", party="place:c")], TODAY, "signed", {"validity_unknown"}, {*BOTH, "place:c"}),
    ("and was waited for until then", [did("signed", "2025-01-01", party=A), did("signed", "2025-01-02", party=B), did("withdrawn", "2025-02-01", party="place:c")], "2025-01-31", "partly_signed", set(), {*BOTH, "place:c"}),
    ("who joins later does not move the begin", [did("signed", "2020-01-01"), says("term", "5 years"), did("acceded", "2024-01-01", party="place:c")], TODAY, "expired", {"needs_renewal"}, {*BOTH, "place:c"}),
    ("what nobody knows of a party changes nothing", [*TO_2027, did("not_known", "2025-10-01", party=A)], TODAY, "in_force", set()),
    # copies of the text
    ("approved, and the same side has another text since", [did("approved", "2025-10-01", party=A, text="1"), did("text_recorded", "2025-11-01", party=A, text="2")], TODAY, "none", {"text_changed"}),
    ("approved, and the other side has another text since", [did("approved", "2025-10-01", party=A, text="1"), did("text_recorded", "2025-11-01", party=B, text="2")], TODAY, "none", {"text_changed"}),
    ("approved again since", [did("approved", "2025-10-01", party=A, text="1"), did("text_recorded", "2025-11-01", party=B, text="2"), did("approved", "2025-11-02", party=A, text="2")], TODAY, "none", set()),
    ("another text, but not yet", [did("approved", "2025-10-01", party=A, text="1"), did("text_recorded", "2025-12-06", party=A, text="2")], TODAY, "none", set()),
    ("approved, nobody says which text", [did("approved", "2025-10-01", party=A), did("text_recorded", "2025-11-01", party=A, text="2")], TODAY, "none", set()),
    ("the same text under another keyboard is the same", [did("approved", "2025-10-01", party=A, text="1"), did("text_recorded", "2025-11-01", party=A, text="1")], TODAY, "none", set()),
    # suspension and closing
    ("suspended and resumed", [*TO_2027, did("suspended", "2025-10-01"), did("resumed", "2025-11-01")], TODAY, "in_force", set()),
    ("suspended again", [*TO_2027, did("suspended", "2025-08-01"), did("resumed", "2025-09-01"), did("suspended", "2025-10-01")], TODAY, "suspended", set()),
    ("resumed on the day of its suspension is not later", [*TO_2027, did("suspended", "2025-10-01"), did("resumed", "2025-10-01")], TODAY, "suspended", set()),
    ("terminated while suspended", [*TO_2027, did("suspended", "2025-10-01"), did("terminated", "2025-11-01")], TODAY, "terminated", set()),
    ("terminated later than today", [*TO_2027, did("terminated", "2025-12-06")], TODAY, "in_force", set()),
    ("renewed by a new instrument", [*FIVE, did("renewed", "1404-09-10", of="agreement:new")], TODAY, "renewed", set()),
    ("replaced", [*TO_2027, did("superseded", "2025-11-01", of="agreement:new")], TODAY, "superseded", set()),
    ("the latest closing act wins", [*TO_2027, did("superseded", "2025-10-01"), did("terminated", "2025-11-01")], TODAY, "terminated", set()),
    ("amended", [*TO_2027, did("amended", "2025-05-01")], TODAY, "in_force", {"amended"}),
    # the review
    ("to be terminated needs no renewal", [*FIVE, says("review_disposition", "terminate")], TODAY, "expired", {"review_open"}),
    ("to be renewed still needs it", [*FIVE, says("review_disposition", "renew")], TODAY, "expired", {"needs_renewal", "review_open"}),
    ("to be kept is decided", [*TO_2027, did("review_opened", "2025-10-01"), did("keep_decided", "2025-11-01")], TODAY, "in_force", set()),
    ("before the decision it is in the queue", [*TO_2027, did("review_opened", "2025-10-01"), did("keep_decided", "2025-11-01")], "2025-10-15", "in_force", {"review_open"}),
    ("what is closed has left the queue", [*TO_2027, did("termination_decided", "2025-10-01"), did("terminated", "2025-11-01")], TODAY, "terminated", set()),
    # what sources assert
    ("a word without any act", [says("status", "reported")], TODAY, "reported", set()),
    ("a word as of a day", [says("status", "in_force", when="2025-11-01")], TODAY, "in_force", set()),
    ("and nothing before that day", [says("status", "in_force", when="2025-11-01")], "2025-10-31", "none", set()),
    ("the later word", [says("status", "drafted", when="2025-10-01"), says("status", "signed", when="2025-11-01")], TODAY, "signed", set()),
    ("an act wins over a word", [did("drafted", "2025-10-01"), says("status", "in_force", when="2025-11-01")], TODAY, "drafted", {"approval_missing"}),
    ("an asserted force beyond its own end", [says("status", "in_force", when="2024-01-01"), says("ends_on", "2025-01-01")], TODAY, "in_force", {"end_passed"}),
    ("two words of one day", [says("status", "drafted", when="2025-11-01", source="a", reported="2025-11-02"), says("status", "approved", when="2025-11-01", source="b", reported="2025-11-03")], TODAY, "approved", {"conflict"}),
    # incomplete dates and conflicts
    ("signed some day of this month", [did("signed", "1404-09")], TODAY, "undecided", {"date_incomplete"}),
    ("after the month it is certain", [did("signed", "1404-08")], TODAY, "signed", {"validity_unknown", "date_incomplete"}),
    ("an end in a month that has begun", [SIGNED, says("ends_on", "1404-09")], TODAY, "undecided", {"needs_renewal", "date_incomplete"}),
    ("an end in a year that is over", [did("signed", "2023-01-01"), says("ends_on", "1403")], TODAY, "expired", {"needs_renewal", "date_incomplete"}),
    ("two sources, two dates: the later report", [says("ends_on", "2025-06-01", source="a", reported="2025-01-01"), says("ends_on", "2027-06-01", source="b", reported="2025-02-01"), SIGNED], TODAY, "in_force", {"conflict"}),
    ("two sources, the same date", [says("ends_on", "2027-06-01", source="a", reported="2025-01-01"), says("ends_on", "2027-06-01", source="b", reported="2025-02-01"), SIGNED], TODAY, "in_force", set()),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_one_rule_at_a_time(row):
    acts, day, status, flags, *parties = row[1:]
    found = standing(acts, day, parties=parties[0] if parties else BOTH)
    assert (found.status, set(found.flags)) == (status, flags)


def test_there_are_at_least_sixty_rows_beside_the_vectors():
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 60


@pytest.mark.parametrize(
    ("day", "renewals", "end"),
    [("2023-01-10", 0, "2023-01-10"), ("2023-01-11", 1, "2024-01-10"), ("2025-12-05", 3, "2026-01-10")],
)
def test_what_renews_itself_rolls_forward_with_its_count_and_its_next_end(day, renewals, end):
    found = standing([did("signed", "2022-01-10"), says("term", "1 year, automatic renewal")], day)
    assert (found.renewals, found.next_end) == (renewals, date.fromisoformat(end))


def test_renewals_are_counted_up_to_the_horizon_and_then_said_to_be_uncounted():
    found = standing([did("signed", "2022-01-10"), says("term", "1 year, automatic renewal")], "2100-01-01")
    assert (found.status, found.rule, found.next_end) == ("in_force", "rolls_uncounted", None)


def test_an_approval_needs_every_authority_that_is_recorded():
    acts = [did("drafted", "2025-10-01"), did("approved", "2025-11-01", party="institution:m")]
    assert standing(acts, TODAY, authorities=frozenset({"institution:m", "institution:n"})).status == "drafted"
    assert standing(acts, TODAY, authorities=frozenset({"institution:m"})).status == "approved"


def test_one_known_party_that_signed_is_not_everybody():
    assert standing([did("signed", "2025-11-01", party=A)], TODAY, parties=()).status == "partly_signed"


@pytest.mark.parametrize(
    ("acts", "more", "implementation"),
    [
        ([did("drafted", "2025-11-01")], {}, "not_applicable"),
        ([says("status", "reported")], {}, "not_applicable"),
        ([*TO_2027, did("amended", "2025-05-01")], {}, "not_started"),
        (TO_2027, {}, "dormant"),
        (TO_2027, {"active_body": True}, "active"),
        (TO_2027, {"activity": frozenset({date(2025, 1, 1)})}, "not_started"),
        ([*TO_2027, did("execution_started", "2025-05-01")], {}, "active"),
        ([*TO_2027, did("execution_started", "2024-05-01")], {}, "dormant"),
        ([*TO_2027, did("fulfilled", "2024-05-01")], {}, "fulfilled"),
        ([*TO_2027, did("lapsed", "2024-05-01")], {}, "lapsed"),
        ([did("withdrawn", "2025-11-01")], {}, "not_applicable"),
    ],
)
def test_how_far_it_is_carried_out_is_an_axis_of_its_own(acts, more, implementation):
    assert standing(acts, TODAY, **more).implementation == implementation


def test_what_was_known_then_leaves_out_what_was_reported_later():
    acts = (did("drafted", "2025-01-01", reported="2025-01-02"), did("signed", "2025-02-01", reported="2025-06-01"))
    history = History("agreement:x", acts, frozenset(BOTH))
    march = date(2025, 3, 1)
    assert look_up(periods(history), march).standing.status == "signed"
    assert look_up(periods(history, known_by=march), march).standing.status == "drafted"


def test_what_two_sources_say_of_one_day_is_one_report_whatever_calendar_the_day_is_written_in():
    day = date(2020, 1, 1)
    words = [
        Act("status", "property:status", Moment(day, day, calendar), value=value, reported_on=date(2020, 1, number))
        for number, (calendar, value) in enumerate([("gregorian", "drafted"), ("jalali", "reported")], start=2)
    ]
    standing = look_up(periods(History("agreement:x", tuple(words))), day).standing
    assert (standing.status, standing.candidates) == ("reported", ())
    assert "conflict" in standing.flags


def test_an_office_may_choose_its_own_numbers():
    history = History("agreement:x", (did("signed", "2025-01-01"), says("ends_on", "2026-03-06")), frozenset(BOTH))
    day = parse(TODAY).bounds[0]
    assert look_up(periods(history, Rules(notice_days=91)), day).standing.status == "expiring"
    assert look_up(periods(history, Rules(notice_days=90)), day).standing.status == "in_force"


@pytest.mark.parametrize(
    ("text", "kind", "years", "months", "days", "calendar"),
    [
        ("3 years", "fixed", 3, 0, 0, None),
        ("three-year", "fixed", 3, 0, 0, None),
        ("۵ سال", "fixed", 5, 0, 0, None),
        ("5 سال شمسی", "fixed", 5, 0, 0, "jalali"),
        ("پنج‌ساله", "fixed", 5, 0, 0, None),
        ("دوساله", "fixed", 2, 0, 0, None),
        ("سه سال و شش ماه", "fixed", 3, 6, 0, None),
        ("1 year and 6 months", "fixed", 1, 6, 0, None),
        ("18 months", "fixed", 0, 18, 0, None),
        ("two weeks", "fixed", 0, 0, 14, None),
        ("۹۰ روز", "fixed", 0, 0, 90, None),
        ("2 Gregorian years", "fixed", 2, 0, 0, "gregorian"),
        ("یك سال ميلادي", "fixed", 1, 0, 0, "gregorian"),
        ("open-ended", "open_ended", 0, 0, 0, None),
        ("نامحدود", "open_ended", 0, 0, 0, None),
        ("بدون محدودیت زمانی", "open_ended", 0, 0, 0, None),
        ("automatic", "automatic", 0, 0, 0, None),
        ("تمدید خودکار", "automatic", 0, 0, 0, None),
        ("یک‌ساله با تمدید خودکار", "automatic", 1, 0, 0, None),
        ("until notice", "until_notice", 0, 0, 0, None),
        ("تا اطلاع ثانوی", "until_notice", 0, 0, 0, None),
        ("as agreed by the parties", "unknown", 0, 0, 0, None),
        ("3 lunar years", "unknown", 0, 0, 0, None),
        ("", "unknown", 0, 0, 0, None),
    ],
)
def test_a_term_is_read_from_the_words_of_either_language(text, kind, years, months, days, calendar):
    term = read_term(text)
    assert (term.kind, term.calendar) == (kind, calendar)
    assert (term.duration.years, term.duration.months, term.duration.days) == (years, months, days)


def test_a_term_may_renew_itself_by_another_length():
    term = read_term("three years, renewed automatically for one year")
    assert (term.duration.years, term.roll.years) == (3, 1)


def test_a_term_beyond_all_calendars_ends_on_the_last_of_days():
    assert read_term("9999 years").end(date(2025, 1, 1), "gregorian") == date.max

from datetime import date, timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.dates import DateError, PartialDate, day_in_words, in_words, parse, year_ends, year_of


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025-12-03", date(2025, 12, 3), date(2025, 12, 3)),
        ("1404-09-12", date(2025, 12, 3), date(2025, 12, 3)),
        ("۱۴۰۴/۹/۱۲", date(2025, 12, 3), date(2025, 12, 3)),
        ("1404", date(2025, 3, 21), date(2026, 3, 20)),
        ("1403-12", date(2025, 2, 19), date(2025, 3, 20)),  # a leap year: Esfand has 30 days
        ("2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_written_date_has_its_first_and_last_day(written, first, last):
    assert parse(written).bounds == (first, last)


def test_a_date_without_a_year_has_no_bounds_and_says_so():
    found = parse("XXXX-06-09", "jalali")
    assert found.bounds is None
    assert in_words(found, "en") == "9 Shahrivar, year not given"
    assert in_words(found, "fa") == "۹ شهریور، سال ذکر نشده"


@pytest.mark.parametrize("written", ["1402-12-30", "1403-07-31", "1403-13-01", "2025-02-29", "XXXX-07-31"])
def test_a_day_that_the_calendar_does_not_have_is_refused(written):
    with pytest.raises(DateError, match="not a day of the calendar"):
        parse(written, "jalali" if written.startswith("XXXX") else None)


@pytest.mark.parametrize("written", ["", "soon", "1404-", "45264", "XXXX", "12/2010/05", "5 6 مهر"])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(DateError, match="is not a date"):
        parse(written)


@pytest.mark.parametrize("letters", ["(", "-(", " ", "1/", "\u200c(", "(T"])
def test_a_text_that_is_too_long_for_a_date_is_refused_at_once(letters):
    begin = monotonic()
    with pytest.raises(DateError) as caught:
        parse(letters * 60_000)
    assert monotonic() - begin < 1
    assert len(str(caught.value)) < 400


def test_an_unknown_year_needs_a_calendar():
    with pytest.raises(DateError, match="calendar must be said"):
        parse("XXXX-06-09")


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)))
def test_every_day_is_the_same_day_after_being_written_in_words_of_neither_calendar(day):
    assert parse(day.isoformat()).bounds == (day, day)
    assert day_in_words(day, "jalali", "en") != day_in_words(day + timedelta(days=1), "jalali", "en")


def test_a_day_is_told_in_both_calendars():
    assert day_in_words(date(2025, 12, 5), "jalali", "fa") == "۱۴ آذر ۱۴۰۴"
    assert day_in_words(date(2025, 12, 5), "gregorian", "en") == "5 December 2025"


WRITTEN = {
    "۹ شهریور ۱۴۰۰": ("jalali", 1400, 6, 9),
    "1402-5-1": ("jalali", 1402, 5, 1),
    "١٤٠٢/٥/١": ("jalali", 1402, 5, 1),
    "1402 / 05 / 01": ("jalali", 1402, 5, 1),
    "14020501": ("jalali", 1402, 5, 1),
    "8/2010": ("gregorian", 2010, 8, None),
    "1402/05/01 ه.ش": ("jalali", 1402, 5, 1),
    "۲۰۲۰ میلادی": ("gregorian", 2020, None, None),
    "سال ۱۴۰۰": ("jalali", 1400, None, None),
    "20 February 2020": ("gregorian", 2020, 2, 20),
    "February 20th, 2020": ("gregorian", 2020, 2, 20),
    "20-Feb-2020": ("gregorian", 2020, 2, 20),
    "Sept 2001": ("gregorian", 2001, 9, None),
    "۲۵ مه ۲۰۲۰": ("gregorian", 2020, 5, 25),
    "5 مهر": ("jalali", None, 7, 5),
    "نهم شهریور ۱۴۰۰": ("jalali", 1400, 6, 9),
    "بیست و یکم مهرماه ۱۴۰۱": ("jalali", 1401, 7, 21),
    "سی‌ام آذر ۱۴۰۱": ("jalali", 1401, 9, 30),
    "5 حوت 1402": ("jalali", 1402, 12, 5),
    "كانون الثاني 2020": ("gregorian", 2020, 1, None),
    "4 مايو 2025": ("gregorian", 2025, 5, 4),
    "9 Shahrivar 1400": ("jalali", 1400, 6, 9),
    "یکشنبه، 14 اردیبهشت، 1404": ("jalali", 1404, 2, 14),
    "چهار شنبه ۱۲ آذر ۱۴۰۴": ("jalali", 1404, 9, 12),
    "Wednesday, 3 December 2025": ("gregorian", 2025, 12, 3),
    "شنبه 1404/9/15": ("jalali", 1404, 9, 15),
    "2025-12-03T10:20:00Z": ("gregorian", 2025, 12, 3),
    "2025-12-03 10:20:00": ("gregorian", 2025, 12, 3),
    "1404/09/12 - 10:30": ("jalali", 1404, 9, 12),
    "۱۴ آذر ۱۴۰۴ ساعت ۱۰:۳۰": ("jalali", 1404, 9, 14),
    "25/05/1402": ("jalali", 1402, 5, 25),
    "05/25/2010": ("gregorian", 2010, 5, 25),
    "05/05/1402": ("jalali", 1402, 5, 5),
    "20.12.2019": ("gregorian", 2019, 12, 20),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_dates_are_read_as_people_write_them_and_kept_as_written(written):
    found = parse(written)
    assert (found.calendar, found.year, found.month, found.day) == WRITTEN[written]
    assert found.written == written


@pytest.mark.parametrize(
    ("written", "reason", "hint"),
    [
        ("01/05/1402", "can be two dates", "order: dmy"),
        ("12/03/2025", "can be two dates", "order: dmy"),
        ("99/05/01", "year of two digits", "century"),
        ("شهریور ۹۹", "year of two digits", "century"),
        ("20 Feb 20", "year of two digits", "century"),
        ("1402-1403", "is a range", "columns of their own"),
        ("۱۲ تا ۱۵ مهر ۱۴۰۲", "is a range", "columns of their own"),
        ("۱۰ محرم ۱۴۴۵ ه.ق", "lunar date", ""),
        ("دوشنبه 14 اردیبهشت 1404", "names a weekday", ""),
        ("1402/05/00", "not a day of the calendar", ""),
        ("۳۰ اسفند ۱۴۰۲", "not a day of the calendar", ""),
        ("30 February 2020", "not a day of the calendar", ""),
        ("14 اردیبهشت 1404 (4 May 2025)", "is not a date", ""),
        ("حدود ۵ مهر", "is not a date", ""),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_a_hint(written, reason, hint):
    with pytest.raises(DateError, match=reason) as caught:
        parse(written)
    assert hint in caught.value.hint


def test_a_mapping_can_say_the_order_and_the_century():
    assert parse("01/05/1402", order="dmy").bounds == parse("1402-05-01").bounds
    assert parse("01/05/2010", order="mdy").bounds == parse("2010-01-05").bounds
    assert parse("99/05/01", century=1300).bounds == parse("1399-05-01").bounds
    assert parse("شهریور ۹۹", century=1300).bounds == parse("1399-06").bounds
    with pytest.raises(DateError, match="not a day"):
        parse("25/05/2010", order="mdy")


def test_a_gregorian_year_in_a_jalali_column_is_refused():
    with pytest.raises(DateError, match="counts in the Gregorian calendar"):
        parse("2025-12-03", "jalali")


@given(
    st.sampled_from(["jalali", "gregorian"]),
    st.one_of(st.none(), st.integers(1206, 1498)),
    st.one_of(st.none(), st.integers(1, 12)),
    st.one_of(st.none(), st.integers(1, 29)),
    st.sampled_from(["en", "fa"]),
)
def test_what_is_printed_in_words_is_read_back(calendar, year, month, day, language):
    year = year + 600 if year and calendar == "gregorian" else year
    day = day if month else None
    if year is None and month is None:
        return
    printed = in_words(PartialDate(calendar, year, month, day, ""), language)
    found = parse(printed, calendar)
    assert (found.calendar, found.year, found.month, found.day) == (calendar, year, month, day)


@given(st.dates(date(1828, 1, 1), date(2119, 1, 1)), st.sampled_from(["en", "fa"]))
def test_every_day_is_the_same_in_the_words_of_both_calendars(day, language):
    for calendar in ("jalali", "gregorian"):
        assert parse(day_in_words(day, calendar, language)).bounds == (day, day)


@pytest.mark.parametrize("year", range(1206, 1499))
def test_leap_years_are_those_of_the_break_table(year):
    """The breaks of the 33-year rule (Birashk's correction as the jalaali algorithm has them), told anew here."""
    breaks = [1181, 1210, 1635]
    begun = max(start for start in breaks if start <= year)
    until = breaks[breaks.index(begun) + 1]
    offset = year - begun
    jump = until - begun
    if jump - offset < 6:
        offset = offset - jump + (jump + 4) // 33 * 33
    leap = ((offset + 1) % 33 - 1) % 4
    is_leap = (4 if leap == -1 else leap) == 0
    written = f"{year}-12-30"
    if is_leap:
        assert parse(written, "jalali").bounds
    else:
        with pytest.raises(DateError):
            parse(written, "jalali")


@pytest.mark.parametrize(
    ("day", "words", "year"),
    [
        (date.min, "1 January 1", 1),
        (date(622, 3, 21), "21 March 622", 1),
        (date(622, 3, 22), "1 Farvardin 1", 1),
        (date(9999, 3, 20), "30 Esfand 9377", 9377),
        (date.max, "31 December 9999", 9377),  # as many write that something has no end
    ],
)
def test_days_that_the_jalali_calendar_does_not_count_are_told_in_the_other(day, words, year):
    assert day_in_words(day, "jalali", "en") == words
    assert year_of(day, "jalali") == year
    assert [counted for counted, _ in year_ends(day, day, "jalali")] == [year]

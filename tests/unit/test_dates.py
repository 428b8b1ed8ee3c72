from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.dates import DateError, day_in_words, in_words, parse


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

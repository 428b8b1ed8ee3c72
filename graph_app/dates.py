"""Dates as people write them: in either calendar, and often incomplete.

A partial date keeps what was written and gives the first and the last day that it can mean. A date without a year
can mean any day, so it has no bounds.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from persiantools.jdatetime import JalaliDate

from graph_app.errors import N_, PeyvandError
from graph_app.text import latin_digits, persian_digits

Calendar = Literal["jalali", "gregorian"]

_WRITTEN = re.compile(r"(?P<year>\d{4}|XXXX)(?:[-/.](?P<month>\d{1,2}))?(?:[-/.](?P<day>\d{1,2}))?")
_OLDEST_GREGORIAN = 1700
_MONTHS: dict[tuple[str, str], tuple[str, ...]] = {
    ("jalali", "fa"): (
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ),
    ("jalali", "en"): (
        "Farvardin",
        "Ordibehesht",
        "Khordad",
        "Tir",
        "Mordad",
        "Shahrivar",
        "Mehr",
        "Aban",
        "Azar",
        "Dey",
        "Bahman",
        "Esfand",
    ),
    ("gregorian", "fa"): (
        "ژانویه",
        "فوریه",
        "مارس",
        "آوریل",
        "مه",
        "ژوئن",
        "ژوئیه",
        "اوت",
        "سپتامبر",
        "اکتبر",
        "نوامبر",
        "دسامبر",
    ),
    ("gregorian", "en"): (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_NO_YEAR = {"fa": "{}، سال ذکر نشده", "en": "{}, year not given"}


class DateError(PeyvandError):
    """A text is not a date, or names a day that the calendar does not have."""


@dataclass(frozen=True)
class PartialDate:
    """A date of which the year, the month or the day may be missing.

    Parameters
    ----------
    calendar
        The calendar in which ``year``, ``month`` and ``day`` count.
    year, month, day
        None where the source does not say.
    written
        The text of the source, unchanged.

    """

    calendar: Calendar
    year: int | None
    month: int | None
    day: int | None
    written: str

    @property
    def bounds(self) -> tuple[date, date] | None:
        """First and last day, in the Gregorian calendar, that this date can mean; None without a year."""
        if self.year is None:
            return None
        first_month, last_month = (self.month, self.month) if self.month else (1, 12)
        first = _day(self.calendar, self.year, first_month, self.day or 1)
        if self.day:
            return first, first
        return first, _last_day(self.calendar, self.year, last_month)


def parse(text: str, calendar: Calendar | None = None) -> PartialDate:
    """Return the date that ``text`` writes, e.g. ``1404-09-12``, ``۱۴۰۴/۹/۱۲``, ``2013``, ``XXXX-06-09``.

    Parameters
    ----------
    text
        Year, month and day in this order; the later ones may be missing; ``XXXX`` stands for an unknown year.
    calendar
        None takes a year before 1700 as Jalali and a later one as Gregorian.

    Raises
    ------
    DateError
        If the text is no date, names an impossible day, or has neither a year nor a given calendar.

    """
    found = _WRITTEN.fullmatch(latin_digits(text).strip())
    if not found:
        raise DateError(N_("“%(text)s” is not a date such as 1404-09-12, 2025-12-03 or 2013."), text=text)
    year = None if found["year"] == "XXXX" else int(found["year"])
    calendar = calendar or _calendar_of(year, text)
    partial = PartialDate(calendar, year, _number(found["month"]), _number(found["day"]), text.strip())
    _check(partial)
    return partial


def in_words(partial: PartialDate, language: str) -> str:
    """Return the date in the words of ``language``, in its own calendar, with what is missing said.

    Examples
    --------
    >>> in_words(parse("XXXX-06-09", "jalali"), "en")
    '9 Shahrivar, year not given'

    """
    month = _MONTHS[partial.calendar, language][partial.month - 1] if partial.month else ""
    parts = [str(partial.day or ""), month, str(partial.year or "")]
    words = " ".join(part for part in parts if part)
    if partial.year is None:
        words = _NO_YEAR[language].format(words)
    return persian_digits(words) if language == "fa" else words


def day_in_words(day: date, calendar: Calendar, language: str) -> str:
    """Return the Gregorian ``day`` in the words of ``language``, counted in ``calendar``."""
    shown: date | JalaliDate = JalaliDate.to_jalali(day.year, day.month, day.day) if calendar == "jalali" else day
    return in_words(PartialDate(calendar, shown.year, shown.month, shown.day, ""), language)


def _calendar_of(year: int | None, text: str) -> Calendar:
    if year is None:
        raise DateError(N_("“%(text)s” has no year, so its calendar must be said by the mapping."), text=text)
    return "gregorian" if year >= _OLDEST_GREGORIAN else "jalali"


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _check(partial: PartialDate) -> None:
    """Refuse a day that no year has (31 Mehr) or, with a year, that this year does not have (30 Esfand 1402)."""
    year = partial.year or (1403 if partial.calendar == "jalali" else 2024)  # a leap year of each
    try:
        _day(partial.calendar, year, partial.month or 1, partial.day or 1)
    except (ValueError, OverflowError):
        raise DateError(N_("“%(text)s” is not a day of the calendar."), text=partial.written) from None


def _day(calendar: Calendar, year: int, month: int, day: int) -> date:
    if calendar == "gregorian":
        return date(year, month, day)
    converted: date = JalaliDate(year, month, day).to_gregorian()
    return converted


def _last_day(calendar: Calendar, year: int, month: int) -> date:
    following = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - months of a year
    return _day(calendar, *following, 1) - timedelta(days=1)

"""How long an agreement lasts: read from the words of either language, counted in the calendar of its dates.

The convention: the end is the last valid day, and a term of n years ends on the same day n years later; if that year
does not have the day, on the last one before it. 30 Esfand 1403 and one year end on 29 Esfand 1404.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from persiantools.jdatetime import JalaliDate

from graph_app.dates import Calendar
from graph_app.text import ZWNJ, clean, latin_digits

Kind = Literal["fixed", "automatic", "open_ended", "until_notice", "unknown"]

_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PERSIAN = ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده")
_NUMBERS: dict[str, int] = {
    **dict(zip(_ENGLISH, range(1, 13), strict=True)),
    **dict(zip(_PERSIAN, range(1, 13), strict=True)),
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "a": 1,
    "an": 1,
    "پانزده": 15,
    "هجده": 18,
    "بیست": 20,
    "سی": 30,
}
_UNITS: dict[str, str] = {
    "year": "years",
    "yr": "years",
    "سال": "years",
    "month": "months",
    "ماه": "months",
    "week": "weeks",
    "هفته": "weeks",
    "day": "days",
    "روز": "days",
}
_DURATION = re.compile(
    rf"(?<!\w)(?P<number>\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[\s-]*"
    r"(?:(?:gregorian|solar|jalali|persian|iranian|calendar)[\s-]+)?"
    r"(?P<unit>year|yr|month|week|day|سال|ماه|هفته|روز)(?:s|ly|ه|ی)?(?!\w)"
)
_ISO = re.compile(r"p(?=\d)(?:(\d{1,4})y)?(?:(\d{1,4})m)?(?:(\d{1,4})w)?(?:(\d{1,4})d)?")
_AUTOMATIC = re.compile(r"automatic|self-renew|tacit|خودکار|خود ?به ?خود|خودبخود")
_RENEWED = re.compile(r"renew|extend|extension|تمدید")
_UNTIL_NOTICE = re.compile(
    r"until (?:further )?(?:notice|denounced|terminated)|terminable"
    r"|تا (?:اطلاع|اعلام)(?: (?:ثانوی|بعدی|لغو|فسخ))?|تا زمان فسخ"
)
_OPEN = re.compile(
    r"open[ -]?ended|indefinite|unlimited|perpetual|permanent|without (?:an? )?(?:end|limit|expiry)"
    r"|نامحدود|بی ?پایان|بدون محدودیت|دائمی?|دایمی?"
)
_JALALI = re.compile(r"jalali|solar|persian|iranian|شمسی|خورشیدی")
_GREGORIAN = re.compile(r"gregorian|میلادی")
_LUNAR = re.compile(r"lunar|قمری")
_WORD = re.compile(r"\w+")
_FILLING_WORDS = (
    "of for the a an and with by every each further another it is itself valid period periods term from date signature"
    " signing years year months ly ally able ed al s"
    " و به مدت از برای با هر تاریخ امضا امضای دوره دوره‌های اعتبار مدتی قابل می شود است پس روز شدن صورت معتبر"
)
_FILLING = frozenset(_FILLING_WORDS.split())


@dataclass(frozen=True)
class Duration:
    """A length of time as calendars count it."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.days)

    def __str__(self) -> str:
        """Return the length as ISO 8601 writes it."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0D")

    def after(self, start: date, calendar: Calendar, times: int = 1) -> date:
        """Return the day that lies ``times`` this length after ``start``; the last of all days if there is none."""
        return _after(self, start, calendar, times)


@dataclass(frozen=True)
class Term:
    """What is said of the length of an agreement.

    Parameters
    ----------
    kind
        ``fixed``: it ends unless it is renewed; ``automatic``: it renews itself; ``open_ended``: it has no end;
        ``until_notice``: until one side gives notice; ``unknown``: words that do not say.
    duration
        The length, if one is given.
    roll
        By how much it renews itself, where that differs from the length.
    calendar
        The calendar that the words name; None: that of the dates.

    """

    kind: Kind
    duration: Duration = Duration()
    roll: Duration = Duration()
    calendar: Calendar | None = None

    def end(self, start: date, calendar: Calendar) -> date | None:
        """Return the last valid day of what is in effect from ``start``, a day written in ``calendar``."""
        return self.duration.after(start, self.calendar or calendar) if self.duration else None

    def rolled(self, end: date, calendar: Calendar, horizon: date) -> tuple[date, ...]:
        """Return ``end`` and the ends that follow by renewal, up to the first after ``horizon``; one if none can."""
        length = self.roll or self.duration
        return _rolled(length, end, self.calendar or calendar, horizon) if length else (end,)


def read_term(text: str) -> Term:
    """Return the term that ``text`` says, e.g. ``3 years``, ``۵ سال شمسی``, ``یک‌ساله با تمدید خودکار``, ``نامحدود``.

    Words that say no length and no kind, and lengths in lunar years, are ``unknown``: never a guess.
    """
    words = _plain(text)
    if _LUNAR.search(words):
        return Term("unknown")
    renewed = _RENEWED.search(words)
    automatic = bool(_AUTOMATIC.search(words))
    head, tail = (words[: renewed.start()], words[renewed.end() :]) if renewed and automatic else (words, "")
    first, later = _duration(head), _duration(tail)
    duration, roll = (first, later) if first else (later, Duration())
    return Term(_kind(words, duration, automatic=automatic), duration, roll, _calendar(words))


def certain_term(text: str) -> Term | None:
    """Return the term that ``text`` says if every word of it is understood and it says one thing, else None.

    ``3 to 5 years``, ``5 years or until notice`` and ``two and a half years`` are none: to read them is to guess.
    """
    term, words = read_term(text), _plain(text)
    if term.kind == "unknown" or _says_two_things(term, words):
        return None
    for pattern in (_ISO, _DURATION, _AUTOMATIC, _RENEWED, _UNTIL_NOTICE, _OPEN, _JALALI, _GREGORIAN):
        words = pattern.sub(" ", words)
    return term if all(word in _FILLING for word in _WORD.findall(words)) else None


def _says_two_things(term: Term, words: str) -> bool:
    """Return whether a unit is named twice in one clause, or two kinds of term are named."""
    automatic = term.kind == "automatic"
    for clause in _RENEWED.split(words) if automatic else [words]:
        units = [_UNITS[found["unit"]] for found in _DURATION.finditer(clause)]
        if len(units) != len(set(units)):
            return True
    kinds = (automatic, _UNTIL_NOTICE.search(words), _OPEN.search(words), term.duration and not automatic)
    return sum(map(bool, kinds)) > 1


def _kind(words: str, duration: Duration, *, automatic: bool) -> Kind:
    if automatic:
        return "automatic"
    if duration:
        return "fixed"
    if _UNTIL_NOTICE.search(words):
        return "until_notice"
    return "open_ended" if _OPEN.search(words) else "unknown"


def _plain(text: str) -> str:
    return latin_digits(clean(text)).replace(ZWNJ, " ").casefold()


def _duration(words: str) -> Duration:
    if iso := _ISO.fullmatch(words):
        years, months, weeks, days = (int(group or 0) for group in iso.groups())
        return Duration(years, months, days + 7 * weeks)
    counts = {"years": 0, "months": 0, "weeks": 0, "days": 0}
    for found in _DURATION.finditer(words):
        number = found["number"]
        counts[_UNITS[found["unit"]]] += _NUMBERS.get(number) or int(number)
    return Duration(counts["years"], counts["months"], counts["days"] + 7 * counts["weeks"])


def _calendar(words: str) -> Calendar | None:
    if _JALALI.search(words):
        return "jalali"
    return "gregorian" if _GREGORIAN.search(words) else None


@lru_cache(maxsize=4096)
def _after(length: Duration, start: date, calendar: Calendar, times: int) -> date:
    counted: date | JalaliDate = start
    try:
        if calendar == "jalali":
            counted = JalaliDate.to_jalali(start.year, start.month, start.day)
        months = counted.year * 12 + counted.month - 1 + times * (12 * length.years + length.months)
        whole = _day_at_most(calendar, months // 12, months % 12 + 1, counted.day)
        return whole + timedelta(days=times * length.days)
    except (ValueError, OverflowError):
        return date.max


def _day_at_most(calendar: Calendar, year: int, month: int, day: int) -> date:
    """Return the day of the month, or the last one before it that the month has."""
    for existing in range(day, day - 4, -1):
        try:
            return _day(calendar, year, month, existing)
        except ValueError:
            continue
    raise ValueError(year)


def _day(calendar: Calendar, year: int, month: int, day: int) -> date:
    if calendar == "gregorian":
        return date(year, month, day)
    converted: date = JalaliDate(year, month, day).to_gregorian()
    return converted


@lru_cache(maxsize=1024)
def _rolled(length: Duration, end: date, calendar: Calendar, horizon: date) -> tuple[date, ...]:
    ends = [end]
    while ends[-1] <= horizon:
        ends.append(length.after(end, calendar, len(ends)))
    return tuple(ends)

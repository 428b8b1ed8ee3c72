"""Names of months and weekdays: as we print them, and as people write them."""

import re
from collections.abc import Iterable
from typing import Literal

from graph_app.text import fold

Calendar = Literal["jalali", "gregorian"]

_PRINTED: tuple[tuple[Calendar, str, str], ...] = (
    ("jalali", "fa", "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"),
    ("jalali", "en", "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand"),
    ("gregorian", "fa", "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"),
    ("gregorian", "en", "January February March April May June July August September October November December"),
)
MONTHS = {(calendar, language): tuple(names.split()) for calendar, language, names in _PRINTED}

# Twelve entries each, January or Farvardin first; a bar stands between spellings, and an entry may be empty.
_WRITTEN: tuple[tuple[Calendar, str], ...] = (
    ("jalali", "حمل, ثور, جوزا, سرطان, اسد, سنبله, میزان, عقرب, قوس, جدی, دلو, حوت"),
    ("jalali", ", , , , امرداد, , , , , دیماه, , اسپند|اسفندارمذ"),
    ("jalali", ", Ordibehest, , , Amordad, Shahrivar|Shahrevar, , , , Dei, , Esphand|Isfand"),
    ("gregorian", "Jan, Feb, Mar, Apr, , Jun, Jul, Aug, Sep|Sept, Oct, Nov, Dec"),
    (
        "gregorian",
        "جنوری|جانویه, فبروری|فوریهٔ, مارچ, اپریل, می, جون, جولای|ژوییه|جولایی, آگوست|اگست|آگست, , اکتوبر, نومبر, دسمبر",
    ),
    ("gregorian", "يناير, فبراير, , أبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر"),
    (
        "gregorian",
        "كانون الثاني, شباط, آذار, نيسان, أيار, حزيران, تموز, آب, أيلول, تشرين الأول, تشرين الثاني, كانون الأول",
    ),
)
_WEEKDAYS = (  # Monday first, as in Python
    ("دوشنبه", "دو شنبه", "monday", "mon"),
    ("سه‌شنبه", "سه شنبه", "tuesday", "tue"),
    ("چهارشنبه", "چهار شنبه", "wednesday", "wed"),
    ("پنجشنبه", "پنج شنبه", "thursday", "thu"),
    ("جمعه", "آدینه", "friday", "fri"),
    ("شنبه", "saturday", "sat"),
    ("یکشنبه", "یک شنبه", "sunday", "sun"),
)
_UNITS = ["یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم"]
_ORDINALS = (
    *_UNITS,
    *["دهم", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم", "نوزدهم", "بیستم"],
    *(f"بیست و {unit}" for unit in _UNITS),
    "سی‌ام",
    "سی و یکم",
)


def _by_name() -> dict[str, tuple[Calendar, int]]:
    printed = ((calendar, names.split()) for calendar, _, names in _PRINTED)
    written = ((calendar, names.split(",")) for calendar, names in _WRITTEN)
    return {
        fold(name): (calendar, number)
        for calendar, months in (*written, *printed)
        for number, spellings in enumerate(months, start=1)
        for name in spellings.split("|")
        if name.strip()
    }


NAMED_MONTHS = _by_name()
NAMED_WEEKDAYS = {fold(name): number for number, names in enumerate(_WEEKDAYS) for name in names}
NAMED_DAYS = {fold(name): number for number, name in enumerate(_ORDINALS, start=1)} | {"اول": 1, "سی ام": 30}


def alternatives(names: Iterable[str]) -> str:
    """Return the alternatives of a regular expression for ``names``, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))

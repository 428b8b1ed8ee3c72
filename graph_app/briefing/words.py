"""The words around a picture, in the language of the briefing and not of whoever happens to run the app."""

from datetime import date

from graph_app.dates import Calendar, day_in_words
from graph_app.text import persian_digits
from graph_app.vocabulary import Word

TITLE = Word(en="Title", fa="عنوان")
ENTITIES = Word(en="Entities", fa="موجودیت‌ها")
TIES = Word(en="Ties", fa="پیوندها")
SOURCES = Word(en="Sources", fa="منابع")
NAME = Word(en="Name", fa="نام")
OTHER_NAME = Word(en="Other name", fa="نام دیگر")
TYPE = Word(en="Type", fa="نوع")
STATE = Word(en="State", fa="وضعیت")
FROM = Word(en="From", fa="از")
TIE = Word(en="Tie", fa="پیوند")
TO = Word(en="To", fa="به")
CERTAINTY = Word(en="Certainty", fa="قطعیت")
SAYS = Word(en="Says so", fa="گوینده")
QUOTE = Word(en="Quote", fa="نقل قول")
ID = Word(en="Id", fa="شناسه")
STEP = Word(en="Step", fa="گام")
ABOUT = Word(en="About", fa="دربارهٔ این پرونده")
MADE = Word(en="Made", fa="تاریخ تهیه")
HOLDS = Word(en="Holds for", fa="وضعیت در")
ADDRESS = Word(en="Address", fa="نشانی")
SIZE = Word(en="Size", fa="اندازه")
LEGEND = Word(en="Legend", fa="راهنما")
FILTERED = Word(en="Hidden by filters", fa="پنهان با پالایه‌ها")
LEFT_OUT = Word(en="Left out", fa="نیامده")
NOTE = Word(en="Note", fa="یادداشت")
NOTES = Word(en="Notes", fa="یادداشت‌ها")
NUMBER = Word(en="Number", fa="شماره")
ON = Word(en="On", fa="بر")
GROUP = Word(en="Group", fa="گروه")
GROUP_FROM, GROUP_TO = Word(en="Group (from)", fa="گروه (از)"), Word(en="Group (to)", fa="گروه (به)")
NO_FACT = Word(
    en="Notes are by whoever made this picture; no source says them.",
    fa="یادداشت‌ها از سازندهٔ این تصویر است و منبعی آن‌ها را نگفته است.",
)
LINE = Word(en="line", fa="سطر")
ISSUED = Word(en="Issued", fa="تاریخ انتشار")
PUBLISHER = Word(en="Publisher", fa="ناشر")
NONE = Word(en="None recorded.", fa="چیزی ثبت نشده است.")


def day(value: date, language: str, calendar: Calendar | None = None) -> str:
    """Return a day in words, in ``calendar`` or in the calendar of ``language``."""
    return day_in_words(value, calendar or ("jalali" if language == "fa" else "gregorian"), language)


def number(value: int, language: str) -> str:
    """Return a number with the digits of ``language``."""
    return persian_digits(str(value)) if language == "fa" else str(value)

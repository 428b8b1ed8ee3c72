"""The words on an arranged picture, in the language of the picture."""

from collections.abc import Iterable

from graph_app.arrangement.geographic import UNPLACED
from graph_app.arrangement.items import NOWHERE, SEVERAL
from graph_app.arrangement.layered import LAYER, LOOSE
from graph_app.text import persian_digits
from graph_app.vocabulary import Word, vocabulary

AROUND = Word(en="Around {name}", fa="پیرامون {name}")
_PARTS = {
    SEVERAL: Word(en="Several countries", fa="چند کشور"),
    NOWHERE: Word(en="No country recorded", fa="کشوری ثبت نشده"),
    LOOSE: Word(en="Part of nothing that is drawn", fa="بخشی از هیچ‌یک از آنچه ترسیم شده نیست"),
    UNPLACED: Word(en="No place recorded", fa="مکانی ثبت نشده"),
}
SIZES = {
    "degree": Word(en="Tied to", fa="پیوند با"),
    "betweenness": Word(en="Shortest paths through it", fa="کوتاه‌ترین مسیرهای گذرنده"),
    "closeness": Word(en="Steps to the others", fa="گام تا دیگران"),
}
STEPS = Word(en="{steps} to {reached}", fa="{steps} تا {reached}")


def part(key: str, countries: dict[str, str], language: str) -> str:
    """Return what a part of a layout is called: a layer, a country, or what has none."""
    if key in _PARTS:
        return _PARTS[key].in_language(language)
    known = vocabulary().labels
    if all(name in known for name in key.split(LAYER)):
        return listed([known[name].many.in_language(language) for name in key.split(LAYER)], language)
    return countries.get(key, key)


def number(value: object, language: str) -> str:
    """Return a number with the digits of the language."""
    return persian_digits(str(value)) if language == "fa" else str(value)


def share(value: float, language: str) -> str:
    """Return a share, 0 to 1, in percent; what is not nothing is not shown as nothing."""
    percent = 100 * value
    text = "<1" if 0 < percent < 1 else f"{percent:.0f}"
    return f"{persian_digits(text)}٪" if language == "fa" else f"{text} %"


def decimal(value: float, language: str) -> str:
    """Return a number with one decimal."""
    text = f"{value:.1f}"
    return persian_digits(text.replace(".", "٫")) if language == "fa" else text


def listed(texts: Iterable[str], language: str) -> str:
    """Return texts one after the other."""
    return ("، " if language == "fa" else ", ").join(texts)

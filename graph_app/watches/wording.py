"""A watch and its cells in words, in either language, for pages and for what is sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from graph_app.catalog import Question
from graph_app.dates import day_in_words
from graph_app.errors import N_
from graph_app.graph.results import Node
from graph_app.language import LANGUAGES, translations
from graph_app.picture import name_of
from graph_app.text import persian_digits
from graph_app.vocabulary import vocabulary
from graph_app.watches.looking import ENTITY, REMINDERS

_DAY = re.compile(
    r"(?:1[7-9]|2\d)\d\d-\d\d-\d\d"
)  # Gregorian; a day that a source wrote in the other calendar is older
DIGEST = "/digest"  # the page of all that is due
_CODED = ("status", "kind", "certainty", "role")  # lists of the vocabulary that a cell may be a word of
_COLUMNS = {"fact": N_("Fact"), "value": N_("Value")}
REMINDED = {
    "reminder": N_("Reminder"),
    "about": N_("About"),
    "day": N_("Date"),
    "agreement": N_("Agreement"),
}
SORTS = {
    "ends": N_("ends within its notice period"),
    "ended": N_("ended within the last year"),
    "due": N_("is due and not recorded as fulfilled"),
    "event": N_("was planned, and nobody has confirmed it"),
    "letter": N_("was sent, and no answer is recorded"),
}


def gettext(message: str, language: str) -> str:
    """Return ``message`` in ``language``."""
    return str(translations(language).gettext(message))


def shown(cell: Any, language: str) -> tuple[str, str]:  # noqa: ANN401 - a cell as it is kept
    """Return a cell as text, and the id of the entity that it is, if it is one."""
    match cell:
        case None | "" | []:
            return "", ""
        case {"id": str(id_), "labels": labels}:
            node = Node(id_, tuple(labels), {key: value for key, value in cell.items() if value is not None})
            return name_of(node, language) + _status(cell.get("status"), language), id_
        case {"tie": _tie, "type": type_}:
            return vocabulary().types[type_].phrase.in_language(language), ""
        case bool():
            return gettext(N_("yes") if cell else N_("no"), language), ""
        case list():
            return ("، " if language == "fa" else ", ").join(shown(item, language)[0] for item in cell), ""
        case int() | float():
            return persian_digits(str(cell)) if language == "fa" else str(cell), ""
    return _worded(str(cell), language), ""


def title(question: Question | None, given: Mapping[str, Any], seen: Mapping[str, Any], language: str) -> str:
    """Return what a watch is called: the question, or the entity by the name it had when it was seen."""
    if question is not None:
        return question.header.title.in_language(language)
    if REMINDERS in given:
        return gettext(N_("Reminders"), language)
    rows = seen.get("rows", {})
    names = {name: rows[key][1] for name in ("name_fa", "name_en") if (key := f"fact {name}") in rows}
    return name_of(Node(given[ENTITY], (), names), language)


def titles(question: Question | None, given: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, str]:
    """Return the title of a watch by language."""
    return {language: title(question, given, seen, language) for language in LANGUAGES}


def column(question: Question | None, name: str, language: str) -> str:
    """Return the heading of a column."""
    if question is None:
        known = {**_COLUMNS, **REMINDED}
        return gettext(known[name], language) if name in known else name
    word = question.header.columns.get(name) or vocabulary().properties.get(name)
    return word.in_language(language) if word else name


def columns(question: Question | None, names: Sequence[str]) -> list[dict[str, str]]:
    """Return the headings of all columns, each by language."""
    return [{language: column(question, name, language) for language in LANGUAGES} for name in names]


def path(question: str, given: Mapping[str, Any]) -> str:
    """Return the path of the page of a watch, without the site."""
    if question:
        return f"/queries/{quote(question)}" + (f"?{urlencode(given)}" if given else "")
    return DIGEST if REMINDERS in given else f"/entities/{quote(given[ENTITY], safe=':')}"


def _status(status: str | None, language: str) -> str:
    return f" ({vocabulary().value('status', status, language)})" if status else ""


def _worded(text: str, language: str) -> str:
    """Return what a coded cell says: a type of tie with its direction, a property, a status, a sort of reminder."""
    if _DAY.fullmatch(text):
        return day_in_words(date.fromisoformat(text), "jalali" if language == "fa" else "gregorian", language)
    words = vocabulary()
    type_, _space, direction = text.partition(" ")
    if type_ in words.types and direction in {"in", "out"}:
        found = words.types[type_]
        return (found.in_ if direction == "in" else found.out).in_language(language)
    if text.startswith(f"{REMINDERS} ") and (sort := text.removeprefix(f"{REMINDERS} ")) in SORTS:
        return gettext(SORTS[sort], language)
    if text in words.properties:
        return words.properties[text].in_language(language)
    return next((told for key in _CODED if (told := words.value(key, text, language)) != text), text)

"""What columns and cells of an answer are called in one language, in files for people."""

from typing import Any

from graph_app.catalog.question import Question
from graph_app.export.texts import plain_text
from graph_app.graph.results import Node, Tie
from graph_app.picture import name_of
from graph_app.vocabulary import Word, vocabulary

ROWS = Word(en="Answer", fa="پاسخ")
ABOUT = Word(en="About", fa="دربارهٔ پاسخ")
ID = Word(en="id", fa="شناسه")
CUT = Word(en="There is more: the answer was cut.", fa="پاسخ کامل نیست و کوتاه شده است.")
NONE = Word(en="None recorded.", fa="چیزی ثبت نشده است.")
YES, NO = Word(en="yes", fa="بله"), Word(en="no", fa="خیر")


def heading(question: Question, column: str, language: str) -> str:
    """Return what a column is called."""
    word = question.header.columns.get(column) or vocabulary().properties.get(column)
    return word.in_language(language) if word else column


def key_of(question: Question, column: str) -> str:
    """Return the property whose words the cells of a column hold."""
    found = question.header.columns.get(column)
    return (found.shows if found else None) or column


def spoken(value: Any, key: str, language: str) -> str:  # noqa: ANN401 - any cell
    """Return a cell in words: entities and ties by name, coded values as the vocabulary says them."""
    match value:
        case bool():
            return (YES if value else NO).in_language(language)
        case Node():
            return name_of(value, language)
        case Tie():
            known = vocabulary().types.get(value.type)
            return known.phrase.in_language(language) if known else value.type
        case str():
            return _coded(value, key, language)
        case list() | tuple() if not hasattr(value, "latitude"):
            return ("؛ " if language == "fa" else "; ").join(spoken(item, key, language) for item in value)
    return plain_text(value)


def _coded(value: str, key: str, language: str) -> str:
    words = vocabulary()
    if key == "label" and value in words.labels:
        return words.labels[value].in_language(language)
    if key == "property" and value in words.properties:
        return words.properties[value].in_language(language)
    return words.value(key, value, language)

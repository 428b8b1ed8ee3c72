"""How templates show the answer to a question: which macro a value needs, and what its column calls it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for

from graph_app.catalog import Question
from graph_app.dates import DateError, parse
from graph_app.graph.results import Node, Subgraph, Table, Tie
from graph_app.views import filters, language
from graph_app.vocabulary import vocabulary

_DATES = frozenset(
    {"date", "issued", "signed_on", "drafted_on", "effective_on", "ends_on", "as_of", "status_as_of"}
) | {
    "due",
    "valid_from",
    "valid_to",
    "reported_on",
}
_COUNTED = 10_000  # from here on separators help; a year stays 2013


def nodes_in(value: Any) -> Iterator[Node]:  # noqa: ANN401 - an answer, or a cell of one
    """Yield the entities in an answer, in their order."""
    match value:
        case Node():
            yield value
        case Subgraph():
            yield from value.nodes
        case Table():
            yield from nodes_in(list(value.rows))
        case list() | tuple():
            for item in value:
                yield from nodes_in(item)


def sort_of(value: Any) -> str:  # noqa: ANN401 - any cell
    """Return how a value is shown."""
    match value:
        case None | [] | "":
            return "nothing"
        case Node():
            return "entity"
        case Tie():
            return "tie"
        case bool():
            return "yes_no"
        case date():
            return "day"
        case int() | float():
            return "number"
        case list() | tuple():
            return "list"
    return "text"


def written_day(key: str, text: str) -> filters.Day | None:
    """Return a date as a source writes it, if the column ``key`` holds such dates; None if it is none."""
    if key not in _DATES:
        return None
    try:
        bounds = parse(text, "jalali" if text.startswith("XXXX") else None).bounds
    except DateError:
        return None
    first, last = bounds or (None, None)
    return filters.when({"at_earliest": first, "at_latest": last, "at_written": text}, "at")


def spelled(key: str, value: str) -> str:
    """Return a coded value in words: what a status, a role, a label or a property is called."""
    words = vocabulary()
    if key == "label" and value in words.labels:
        return words.labels[value].in_language(language())
    if key == "property" and value in words.properties:
        return words.properties[value].in_language(language())
    return filters.word(key, value)


def column_name(question: Question, column: str) -> str:
    """Return the heading of a column in the reader's language."""
    word = question.header.columns.get(column) or vocabulary().properties.get(column)
    return word.in_language(language()) if word else column


def column_key(question: Question, column: str) -> str:
    """Return the property whose words and dates the cells of a column hold."""
    found = question.header.columns.get(column)
    return (found.shows if found else None) or column


def leads(question: Question, columns: Sequence[str], at: int, row: Sequence[Any], given: Mapping[str, str]) -> str:
    """Return the address of the rows that the number in column ``at`` of ``row`` counts; empty if none is known."""
    column = question.header.columns.get(columns[at])
    if column is None or not column.opens or sort_of(row[at]) != "number":
        return ""
    own, known = dict(zip(columns, row, strict=True)), question.with_defaults(given)
    values: dict[str, Any] = {
        name: known.get(at[1:], "") if at.startswith("$") else _written(own[at]) for name, at in column.given.items()
    }
    subject, _slash, name = column.opens.partition("/")
    return url_for("queries.show", subject=subject, question=name, **values) if all(values.values()) else ""


def _written(value: Any) -> str:  # noqa: ANN401 - any cell
    """Return a value as an address gives it to a question."""
    return value.id if isinstance(value, Node) else "" if value is None else str(value)


def number(value: float) -> str:
    """Return a number in the reader's digits."""
    small = isinstance(value, int) and abs(value) < _COUNTED
    return filters.digits(value) if small else filters.number(value)

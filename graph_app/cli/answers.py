"""Answers on the terminal and in files."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from graph_app.cli.context import say
from graph_app.errors import N_, QuestionError, reason_of
from graph_app.exploration.levels import Level
from graph_app.graph.results import Node, Table, Tie, as_json
from graph_app.language import chosen
from graph_app.picture import name_of
from graph_app.vocabulary import vocabulary

FORMS = ("table", "csv", "json")
_BARE = frozenset({"table", "csv", "ndjson"})  # only rows: a line before them would be taken for one of them


@contextmanager
def opened(output: Path | None) -> Iterator[IO[str]]:
    """Give the file ``output`` to write to, or standard output.

    Raises
    ------
    QuestionError
        If the file cannot be written.

    """
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        message = N_("The file %(file)s cannot be written: %(reason)s.")
        raise QuestionError(message, file=output, reason=reason_of(error)) from error


def tell_level(level: Level | None, form: str) -> None:
    """Say on standard error how confidential an answer is whose ``form`` has no place for it."""
    if level and form in _BARE:
        say(level.line(chosen()))


def heading(column: str) -> str:
    """Return what a column is called in the language of the command line."""
    word = vocabulary().properties.get(column)
    return word.in_language(chosen()) if word else column


def shown(table: Table) -> list[list[str]]:
    """Return the rows as texts for people."""
    return [[_shown(value) for value in row] for row in table.rows]


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a question returns
    match value:
        case None:
            return "–"
        case Node():
            return name_of(value, chosen())
        case Tie():
            known = vocabulary().types.get(value.type)
            return known.phrase.in_language(chosen()) if known else value.type
        case list() | tuple():
            return ", ".join(_shown(item) for item in value)
    return str(as_json(value))

"""Whether the server takes a question: its plan is asked for, then its example is asked."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import neo4j

from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Answer, Question
from graph_app.errors import N_, PeyvandError, StoreError
from graph_app.graph.store import Store, translated
from graph_app.vocabulary import vocabulary

_PLACE = re.compile(r"\(line (\d+), column \d+")
_READS = "r"


def check(store: Store, question: Question, *, today: date | None = None) -> Answer:
    """Return the answer to the example of ``question``, after the server has planned it as a reading statement.

    Raises
    ------
    QuestionFileError
        If the server refuses the statement, if it would write, if a column has no heading or a heading no column,
        or if the example cannot be asked; with file and line.

    """
    try:
        reading = question.read(store, question.example, today=today)
        for name in question.parameters:
            question.choices(store, name, reading.values)
        kind, columns = _planned(store, question, reading.values)
        _check_kind(question, kind)
        _check_columns(question, columns)
        return question.ask(store, reading.values)
    except QuestionFileError:
        raise
    except StoreError as error:
        found = _PLACE.search(str(error))
        line = question.statement.line + (int(found[1]) - 1 if found else 0)
        raise QuestionFileError(question.file, line, "%(why)s", why=error) from error
    except PeyvandError as error:
        raise QuestionFileError(question.file, 1, N_("The example cannot be asked: %(why)s"), why=error) from error


def _planned(store: Store, question: Question, values: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the kind of the statement and its columns, without running it."""
    text = neo4j.Query(f"EXPLAIN {question.statement.text}", timeout=store.seconds)

    def plan() -> tuple[str, tuple[str, ...]]:
        with store.driver.session(database=store.database, default_access_mode=neo4j.READ_ACCESS) as session:
            result = session.run(text, dict(values))
            columns = tuple(result.keys())
            return str(result.consume().query_type), columns

    return translated(plan, store.seconds)


def _check_kind(question: Question, kind: str) -> None:
    if kind != _READS:
        raise QuestionFileError(question.file, question.statement.line, N_("The statement does not only read."))


def _check_columns(question: Question, columns: tuple[str, ...]) -> None:
    named = question.header.columns
    known = vocabulary().properties
    for column in columns if question.header.view != "network" else ():
        if column not in named and column not in known:
            message = N_("The column “%(name)s” needs a heading in both languages.")
            raise QuestionFileError(question.file, 1, message, name=column)
    for column in named:
        if column not in columns:
            message = N_("There is a heading for “%(name)s”, but no such column.")
            raise QuestionFileError(question.file, 1, message, name=column)

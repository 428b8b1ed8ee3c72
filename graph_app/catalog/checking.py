"""Whether the server takes a question: it passes the gate of free-hand statements, then its example is asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Answer, Question
from graph_app.errors import N_, PeyvandError, StatementError, StoreError
from graph_app.graph.guard import Plan
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary


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
        _check_columns(question, inspect(store, question, reading.values).columns)
        return question.ask(store, reading.values)
    except QuestionFileError:
        raise
    except StoreError as error:
        raise QuestionFileError(question.file, question.statement.line, "%(why)s", why=error) from error
    except PeyvandError as error:
        raise QuestionFileError(question.file, 1, N_("The example cannot be asked: %(why)s"), why=error) from error


def refuse_dead_ends(question: Question, questions: Mapping[str, Question]) -> None:
    """Refuse columns that open a question which is not among ``questions``, or cannot be asked with what they give.

    Raises
    ------
    QuestionFileError
        Naming the column and what is missing.

    """
    for name, column in question.header.columns.items():
        if not column.opens:
            continue
        target = questions.get(column.opens)
        if target is None:
            message = N_("The column “%(name)s” opens “%(other)s”, and there is no such question.")
            raise QuestionFileError(question.file, 1, message, name=name, other=column.opens)
        if unknown := set(column.given) - set(target.parameters):
            message = N_("The column “%(name)s” gives %(names)s, which “%(other)s” does not ask for.")
            names = ", ".join(sorted(unknown))
            raise QuestionFileError(question.file, 1, message, name=name, names=names, other=column.opens)
        for needed, parameter in target.parameters.items():
            if parameter.must_be_given and needed not in column.given:
                message = N_("The column “%(name)s” does not give “%(needed)s”, which “%(other)s” needs.")
                raise QuestionFileError(question.file, 1, message, name=name, needed=needed, other=column.opens)
        for place in column.given.values():
            if place.startswith("$") and place[1:] not in question.parameters:
                message = N_("There is no parameter “%(name)s”.")
                raise QuestionFileError(question.file, 1, message, name=place[1:])


def inspect(store: Store, question: Question, values: Mapping[str, Any] | None = None) -> Plan:
    """Send the statements of ``question`` through the gate that free-hand ones pass; return the plan of its answer.

    Raises
    ------
    QuestionFileError
        If the gate refuses one, with file and line.
    StoreError
        If the server is away.

    """
    for parameter in question.parameters.values():
        if isinstance(parameter.values, str):
            _inspected(store, question, parameter.values, values, 0)
    return _inspected(store, question, question.statement.text, values, question.statement.line)


def _inspected(store: Store, question: Question, text: str, values: Mapping[str, Any] | None, line: int) -> Plan:
    """Send one statement through the gate; it begins on ``line``, or somewhere in the header if that is 0."""
    try:
        return store.gate.inspect(text, values)
    except StatementError as error:
        place = line + max(error.line - 1, 0) if line else 1
        raise QuestionFileError(question.file, place, error.message, **error.values) from error


def _check_columns(question: Question, columns: tuple[str, ...]) -> None:
    named = question.header.columns
    known = vocabulary().properties
    for column in columns if question.header.view != "network" else ():
        if column not in named and column not in known:
            message = N_("The column “%(name)s” needs a heading in both languages.")
            raise QuestionFileError(question.file, 1, message, name=column)
    for column, heading in named.items():
        if column not in columns:
            message = N_("There is a heading for “%(name)s”, but no such column.")
            raise QuestionFileError(question.file, 1, message, name=column)
        if lost := [place for place in heading.given.values() if not place.startswith("$") and place not in columns]:
            message = N_("The column “%(name)s” gives values of “%(lost)s”, but the answer has no such column.")
            raise QuestionFileError(question.file, 1, message, name=column, lost=lost[0])

"""Answers to saved questions on the terminal and in files of many kinds."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph_app.catalog import Answer, Question
from graph_app.cli.answers import heading, opened, shown
from graph_app.cli.tables import print_table
from graph_app.errors import N_, QuestionError, reason_of
from graph_app.exploration import levels
from graph_app.exploration.levels import Level
from graph_app.export import csv_text, document, rows_of
from graph_app.export.texts import csv_pieces, ndjson_pieces
from graph_app.graph.results import Subgraph
from graph_app.graph.store import Store
from graph_app.language import chosen
from graph_app.settings import Settings

ANSWERS = ("table", "csv", "xlsx", "json", "ndjson", "graphml", "gexf", "html")
_WHOLE = ("csv", "ndjson")


def write(store: Store, answer: Answer, form: str, output: Path | None, *, mark: bool) -> None:
    """Write an answer as ``form`` to the file ``output``, or to standard output.

    Raises
    ------
    QuestionError
        If the file cannot be written.

    """
    if form in _BYTES:
        _write_bytes(_BYTES[form](store, answer), output)
        return
    with opened(output) as stream:
        if form == "csv":
            stream.write(csv_text(answer, chosen(), mark=mark))
        elif form == "json":
            stream.write(json.dumps(document(answer, _level(store, answer)), ensure_ascii=False, indent=2) + "\n")
        elif form == "ndjson":
            table = rows_of(answer.result)
            stream.writelines(ndjson_pieces(table.columns, [table.rows]))
        else:
            table = rows_of(answer.result)
            print_table([_head(answer.question, column) for column in table.columns], shown(table), stream)


def write_whole(
    store: Store, question: Question, values: Mapping[str, Any], form: str, output: Path | None, *, mark: bool
) -> None:
    """Write every row of the answer as they come, up to PEYVAND_EXPORT.

    Raises
    ------
    QuestionError
        If the file cannot be written, or ``form`` cannot be written row by row.

    """
    if form not in _WHOLE:
        raise QuestionError(N_("Only %(forms)s can hold every row."), forms=", ".join(_WHOLE))
    rows = Settings.read().number("PEYVAND_EXPORT", least=1)
    columns, batches = question.stream(store, values, rows=rows)
    with opened(output) as stream:
        if form == "csv":
            stream.writelines(csv_pieces(columns, batches, chosen(), mark=mark))
        else:
            stream.writelines(ndjson_pieces(columns, batches))


def _write_bytes(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        message = N_("The file %(file)s cannot be written: %(reason)s.")
        raise QuestionError(message, file=output, reason=reason_of(error)) from error


def _workbook(store: Store, answer: Answer) -> bytes:
    from graph_app.export.workbook import workbook  # noqa: PLC0415 - only who wants a workbook pays for its library

    return workbook(answer, chosen(), _level(store, answer))


def _graph(store: Store, answer: Answer, kind: str) -> bytes:
    from graph_app.export import graphs  # noqa: PLC0415

    found = answer.drawn(answer.question.elements(store)).result
    if not isinstance(found, Subgraph):
        raise TypeError(kind)
    about = {"title": answer.question.header.title.in_language(chosen()), "question": answer.question.name}
    made = graphs.network(found, chosen(), about, levels.of_answer(levels.most(store), found))
    return graphs.graphml(made) if kind == "graphml" else graphs.gexf(made)


def _page(store: Store, answer: Answer) -> bytes:
    from graph_app.export.sheet import page  # noqa: PLC0415

    return page(answer, chosen(), datetime.now(UTC), _level(store, answer)).encode()


_BYTES: Mapping[str, Callable[[Store, Answer], bytes]] = {
    "xlsx": _workbook,
    "graphml": lambda store, answer: _graph(store, answer, "graphml"),
    "gexf": lambda store, answer: _graph(store, answer, "gexf"),
    "html": _page,
}


def _level(store: Store, answer: Answer) -> Level | None:
    return levels.of_answer(levels.most(store), answer.result)


def _head(question: Question, column: str) -> str:
    word = question.header.columns.get(column)
    return word.in_language(chosen()) if word else heading(column)

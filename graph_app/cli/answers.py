"""Answers on the terminal and in files."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.table import Column
from rich.table import Table as Drawn
from rich.text import Text

from graph_app.errors import N_, QuestionError
from graph_app.graph.results import Node, Table, Tie, as_json
from graph_app.language import chosen
from graph_app.picture import name_of
from graph_app.text import without_controls
from graph_app.vocabulary import vocabulary

FORMS = ("table", "csv", "json")
_WIDTH = 160  # of tables that no terminal limits


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
        raise QuestionError(message, file=output, reason=error.strerror) from error


def print_table(heads: Iterable[str], rows: Iterable[Sequence[str]], stream: IO[str] | None = None) -> None:
    """Print rows under their heads."""
    table = Drawn(*(Column(plain(head)) for head in heads), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(plain, row))
    console = Console(file=stream)
    (console if console.is_terminal else Console(file=stream, width=_WIDTH)).print(table)


def plain(text: str) -> Text:
    """Return ``text`` as the terminal shows it: neither [brackets] nor control characters mean anything."""
    return Text(without_controls(text))


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

"""Tables on the terminal."""

from collections.abc import Iterable, Sequence
from typing import IO

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from graph_app.text import without_controls

_WIDTH = 160  # of tables that no terminal limits


def print_table(heads: Iterable[str], rows: Iterable[Sequence[str]], stream: IO[str] | None = None) -> None:
    """Print rows under their heads."""
    table = Table(*(Column(plain(head)) for head in heads), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(plain, row))
    console = Console(file=stream)
    (console if console.is_terminal else Console(file=stream, width=_WIDTH)).print(table)


def plain(text: str) -> Text:
    """Return ``text`` as the terminal shows it: neither [brackets] nor control characters mean anything."""
    return Text(without_controls(text))

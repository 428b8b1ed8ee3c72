"""``peyvand load``: the group of its commands."""

import click

from graph_app.cli.lazy import Commands

_HERE = "graph_app.cli"


@click.group(
    commands=Commands(
        {
            **{name: f"{_HERE}.load:{name}" for name in ("plan", "apply")},
            **{name: f"{_HERE}.runs:{name}" for name in ("runs", "show", "rejects", "undo", "adopt")},
            **{name: f"{_HERE}.{name}:{name}" for name in ("replay", "digest", "review")},
        }
    )
)
def load() -> None:
    """Sync CSV, TSV and XLSX exports into the graph."""

"""``peyvand load``: the group of its commands."""

import click

from graph_app.cli.lazy import Commands, Group

_HERE = "graph_app.cli"


@click.group(
    cls=Group,
    commands=Commands(
        {
            "plan": f"{_HERE}.planning:plan",
            "apply": f"{_HERE}.load:apply",
            **{name: f"{_HERE}.runs:{name}" for name in ("runs", "show", "rejects", "undo", "adopt")},
            **{name: f"{_HERE}.{name}:{name}" for name in ("bulk", "replay", "digest", "review")},
            **{name: f"{_HERE}.mappings:{name}" for name in ("schema", "init")},
            "mappings": f"{_HERE}.mappings:list_mappings",
            "check": f"{_HERE}.mappings:check_mappings",
            "template": f"{_HERE}.mappings:make_template",
            "watch": f"{_HERE}.watching:watch",
        }
    ),
)
def load() -> None:
    """Sync CSV, TSV and XLSX exports into the graph."""

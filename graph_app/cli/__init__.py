"""The command ``peyvand``: one module per group of commands, errors as one sentence in the reader's language."""

import os
import sys

import click

from graph_app import __version__
from graph_app.cli.lazy import Commands, Group
from graph_app.cli.recorded import recorded
from graph_app.errors import FullError, PeyvandError, no_room
from graph_app.language import choose, gettext
from graph_app.settings import Settings
from graph_app.text import without_controls

_HERE = "graph_app.cli"


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=Commands(
        {
            **{name: f"{_HERE}.server:{name}" for name in ("demo", "serve", "check")},
            **{name: f"{_HERE}.{name}:{name}" for name in ("edits", "engine", "query", "texts", "user", "watched")},
            **{name: f"{_HERE}.backup:{name}" for name in ("backup", "restore", "upgrade")},
            "export": f"{_HERE}.export:export",
            "bench": f"{_HERE}.bench:bench",
            "load": f"{_HERE}.loads:load",
        }
    ),
)
def peyvand() -> None:
    """Explore the ties between cities, institutions, people and agreements."""


@peyvand.command()
def version() -> None:
    """Print the version of Peyvand."""
    click.echo(f"peyvand {__version__}")


def main() -> None:
    """Run the command line. An error that the user can mend is one sentence and exit code 1, never a traceback."""
    choose(Settings.read().text("PEYVAND_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")
    try:
        recorded(peyvand)
    except PeyvandError as error:
        _end(error)
    except Exception as error:
        if not no_room(error):
            raise
        _end(FullError())


def _end(error: PeyvandError) -> None:
    """Say what is wrong, and end."""
    sentence = " ".join(filter(None, (error.translated(gettext), error.translated_hint(gettext))))
    click.echo(without_controls(sentence), err=True)
    sys.exit(1)

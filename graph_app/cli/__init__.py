"""The command ``peyvand``: one module per group of commands, errors as one sentence in the reader's language."""

import os
import sys

import click

from graph_app import __version__
from graph_app.cli.ask import ask
from graph_app.cli.context import say
from graph_app.cli.digest import digest
from graph_app.cli.engine import engine
from graph_app.cli.load import load
from graph_app.cli.query import query
from graph_app.cli.replay import replay
from graph_app.cli.review import review
from graph_app.cli.runs import adopt, rejects, runs, show, undo
from graph_app.cli.server import check, demo, serve
from graph_app.cli.user import user
from graph_app.errors import PeyvandError
from graph_app.language import choose, gettext
from graph_app.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def peyvand() -> None:
    """Explore the ties between cities, institutions, people and agreements."""


@peyvand.command()
def version() -> None:
    """Print the version of Peyvand."""
    click.echo(f"peyvand {__version__}")


query.add_command(ask)
for command in (demo, serve, check, engine, load, query, user):
    peyvand.add_command(command)


for command in (runs, show, rejects, replay, undo, adopt, digest, review):
    load.add_command(command)


def main() -> None:
    """Run the command line. An error that the user can mend is one sentence and exit code 1, never a traceback."""
    choose(Settings.read().text("PEYVAND_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")
    try:
        peyvand(prog_name="peyvand")
    except PeyvandError as error:
        say(" ".join(filter(None, (error.translated(gettext), error.translated_hint(gettext)))))
        sys.exit(1)

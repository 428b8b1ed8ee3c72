"""``peyvand load digest``: one line that is equal exactly when two graphs hold the same facts."""

import json

import click

from graph_app.cli.context import open_store
from loaders.digest import digest as digest_of


@click.command()
@click.option("--format", "form", type=click.Choice(["line", "json"]), default="line", show_default=True)
def digest(form: str) -> None:
    """Print one line that is equal exactly when two graphs hold the same facts; as JSON, one for each type too."""
    with open_store() as store:
        made = digest_of(store)
    parts = {name: vars(part) for name, part in made.parts.items()}
    click.echo(json.dumps({"digest": made.digest, "parts": parts}, indent=2) if form == "json" else made.digest)

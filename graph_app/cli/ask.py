"""``peyvand query ask``: a statement of one's own, through the gate."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from graph_app.cli.answers import FORMS, heading, opened, shown, tell_level
from graph_app.cli.context import open_store, say
from graph_app.cli.tables import print_table
from graph_app.errors import N_, StatementError
from graph_app.exploration import levels
from graph_app.exploration.levels import Level
from graph_app.export import table_csv, table_document
from graph_app.export.texts import said
from graph_app.graph.guard import Found, Plan
from graph_app.graph.guard.plan import Step
from graph_app.language import chosen, gettext

_CUTS = {
    "rows": N_("There is more: the answer was cut at %(count)s rows."),
    "size": N_("There is more: the answer was cut after %(count)s rows, for it is too large."),
}


@click.command()
@click.argument("statement")
@click.option("-p", "pairs", multiple=True, metavar="KEY=VALUE", help="A value of a $KEY, as JSON or as plain text.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Default: as the file ends, else a table.")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--explain", is_flag=True, help="Show what Neo4j would do, and do not do it.")
def ask(statement: str, pairs: Sequence[str], form: str | None, output: Path | None, *, explain: bool) -> None:
    """Ask the graph the STATEMENT in Cypher, read-only; - reads it from standard input."""
    text = sys.stdin.read() if statement == "-" else statement
    values = dict(map(_pair, pairs))
    with open_store() as store:
        if explain:
            _explain(store.gate.inspect(text, values))
            return
        found, level = store.gate.ask(text, values), levels.most(store)
    wanted = form or (output.suffix[1:] if output and output.suffix[1:] in FORMS else FORMS[0])
    _write(found, level, wanted, output)
    tell_level(level, wanted)
    tell_cut(found)


def tell_cut(found: Found) -> None:
    """Say on standard error which limit has cut an answer, if one has."""
    if found.cut_by:
        say(gettext(_CUTS[found.cut_by]) % {"count": len(found.table.rows)})


def _pair(text: str) -> tuple[str, Any]:
    """Return a key and its value: a number, a list or null as JSON writes them, anything else as text."""
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise StatementError(N_("“%(text)s” is not KEY=VALUE."), text=text)
    try:
        return key, json.loads(value)
    except ValueError:
        return key, value


def _write(found: Found, level: Level | None, form: str, output: Path | None) -> None:
    with opened(output) as stream:
        if form == "csv":
            stream.write(table_csv(found.table, chosen()))
        elif form == "json":
            told = {**said(level), **table_document(found.table, found.seconds)}
            stream.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        else:
            print_table(map(heading, found.table.columns), shown(found.table), stream)


def _explain(plan: Plan) -> None:
    print_table((gettext(N_("Step")), gettext(N_("Details"))), _steps(plan.root, 0))


def _steps(step: Step, depth: int) -> Iterator[tuple[str, str]]:
    yield "  " * depth + step.operator, step.details
    for one in step.inputs:
        yield from _steps(one, depth + 1)

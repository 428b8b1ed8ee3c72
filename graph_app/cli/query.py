"""``peyvand query``: saved questions, listed, shown, asked and checked."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from graph_app.catalog import Answer, Catalog, Question
from graph_app.catalog.checking import check as check_question
from graph_app.catalog.checking import refuse_dead_ends
from graph_app.catalog.files import load
from graph_app.catalog.library import schema_text
from graph_app.catalog.parameters import Parameter, fields, flat
from graph_app.catalog.shelf import shelf
from graph_app.cli.answer_files import ANSWERS, write, write_whole
from graph_app.cli.answers import tell_level
from graph_app.cli.ask import ask
from graph_app.cli.context import open_store, say
from graph_app.cli.tables import print_table
from graph_app.errors import N_, PeyvandError, QuestionError
from graph_app.exploration import levels
from graph_app.export import rows_of
from graph_app.graph.store import Store
from graph_app.language import chosen, gettext
from graph_app.settings import Settings
from graph_app.vocabulary import vocabulary


@click.group()
def query() -> None:
    """Ask saved questions."""


@query.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_(form: str) -> None:
    """List the saved questions."""
    known = _catalog()
    if form == "json":
        click.echo(json.dumps([_described(question) for question in known.values()], ensure_ascii=False, indent=2))
    else:
        rows = [
            (
                q.name,
                q.header.title.in_language(chosen()),
                ", ".join(q.parameters),
                gettext(N_("yours")) if q.own else "",
            )
            for q in known.values()
        ]
        print_table((gettext(N_("Name")), gettext(N_("Title")), gettext(N_("Parameters")), ""), rows)
    for one in known.broken:
        say(one.reason.translated(gettext))


@query.command()
@click.argument("name")
def show(name: str) -> None:
    """Show the question NAME: what it is about, its parameters, its text."""
    question = _catalog().question(name)
    language = chosen()
    click.echo(f"{question.header.title.in_language(language)}\n{question.header.about.in_language(language)}\n")
    rows = [(name, _typed(p), p.called(name, language), _needed(p)) for name, p in question.parameters.items()]
    if rows:
        print_table((gettext(N_("Parameter")), gettext(N_("Type")), gettext(N_("Meaning")), ""), rows)
        click.echo()
    values = " ".join(f"-p {field}={text}" for field, text in question.example.items())
    click.echo(f"peyvand query run {question.name} {values}".rstrip() + f"\n\n{question.statement.text}")


@query.command()
@click.argument("name")
@click.option("-p", "pairs", multiple=True, metavar="KEY=VALUE", help="A value; again for each parameter.")
@click.option("--format", "form", type=click.Choice(ANSWERS), help="Default: as the file ends, else a table.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--all", "whole", is_flag=True, help="Every row, whatever the limit, as csv or ndjson.")
@click.option("--no-bom", is_flag=True, help="CSV without the byte order mark that Excel wants.")
def run(name: str, pairs: Sequence[str], form: str | None, output: Path | None, *, whole: bool, no_bom: bool) -> None:
    """Ask the question NAME and print its answer."""
    question = _catalog().question(name)
    given = dict(_pair(question, pair) for pair in pairs)
    wanted = form or (output.suffix[1:] if output and output.suffix[1:] in ANSWERS else "table")
    with open_store() as store:
        values = question.read(store, given).values
        if whole:
            write_whole(store, question, values, wanted, output, mark=not no_bom)
            tell_level(levels.most(store), wanted)
            return
        answer = question.ask(store, values)
        write(store, answer, wanted, output, mark=not no_bom)
        tell_level(levels.of_answer(levels.most(store), answer.result), wanted)
    if answer.cut:
        say(gettext(N_("There is more: the answer was cut at %(count)s rows.")) % {"count": _count(answer)})


@query.command()
def schema() -> None:
    """Print the JSON Schema of the headers of questions, for editors."""
    click.echo(schema_text(), nl=False)


@query.command()
@click.argument("names", nargs=-1)
def check(names: Sequence[str]) -> None:
    """Check the questions NAMES or files, or all: the server plans each and answers its example. Exit code 1 if not."""
    catalog = _catalog()
    questions = [_named(catalog, name) for name in names] or list(catalog.values())
    broken = () if names else catalog.broken
    for one in broken:
        click.echo(one.reason.translated(gettext), err=True)
    with open_store() as store:
        failed = [question for question in questions if not _passes(store, question, catalog)]
    message = gettext(N_("%(count)s questions checked, %(failed)s failed."))
    say(message % {"count": len(questions) + len(broken), "failed": len(failed) + len(broken)})
    if failed or broken:
        sys.exit(1)


def _catalog() -> Catalog:
    return shelf(Settings.read())


def _named(catalog: Catalog, name: str) -> Question:
    """Return the question of that name, or the one in the file of that name."""
    if not name.endswith(".cypher"):
        return catalog.question(name)
    file = Path(name).resolve()
    return load(file, f"{file.parent.name}/{file.stem}")


def _passes(store: Store, question: Question, catalog: Catalog) -> bool:
    try:
        refuse_dead_ends(question, catalog)
        answer = check_question(store, question)
    except PeyvandError as error:
        click.echo(error.translated(gettext), err=True)
        return False
    message = gettext(N_("%(name)s: %(count)s rows in %(seconds)s s"))
    click.echo(message % {"name": question.name, "count": _count(answer), "seconds": f"{answer.seconds:.2f}"})
    return True


def _pair(question: Question, text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    known = [field for name, parameter in question.parameters.items() for field in fields(name, parameter)]
    if not sign or key not in known:
        message = N_("“%(text)s” is not KEY=VALUE for this question. Its keys: %(known)s.")
        raise QuestionError(message, text=text, known=", ".join(known) or "–")
    return key, value


def _described(question: Question) -> dict[str, Any]:
    header = question.header
    parameters = {name: _declared(parameter) for name, parameter in question.parameters.items()}
    texts = {"title": header.title.model_dump(), "about": header.about.model_dump()}
    return {"name": question.name, **texts, "view": header.view, "tags": list(header.tags), "parameters": parameters}


def _declared(parameter: Parameter) -> Mapping[str, Any]:
    return parameter.model_dump(mode="json", exclude_defaults=True)


def _typed(parameter: Parameter) -> str:
    labels = vocabulary().labels
    of = ", ".join(labels[label].in_language(chosen()) for label in parameter.of)
    return f"{parameter.type}{'[]' if parameter.many else ''}{f' ({of})' if of else ''}"


def _needed(parameter: Parameter) -> str:
    if parameter.must_be_given:
        return gettext(N_("required"))
    written = " … ".join(flat("", parameter.default).values())
    return f"= {written}" if written else gettext(N_("may be left out"))


def _count(answer: Answer) -> int:
    return len(rows_of(answer.result).rows)


query.add_command(ask)

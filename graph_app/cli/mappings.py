"""``peyvand load``: mappings listed, checked, proposed and turned into forms to fill in."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from graph_app.cli.context import say, told
from graph_app.cli.guidance import guidance, reading
from graph_app.cli.tables import print_table
from graph_app.errors import N_, LoadError, reason_of
from graph_app.language import LANGUAGES, chosen, gettext, translations
from graph_app.settings import Settings
from loaders import schema as schemas
from loaders.checking import Checked, check
from loaders.library import Found, library
from loaders.proposing import name_for, proposed
from loaders.template import template


@click.command("schema")
def schema() -> None:
    """Print the JSON Schema of mappings, by which editors complete and explain them."""
    click.echo(schemas.text(), nl=False)


@click.command("mappings")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", help="Table or JSON.")
def list_mappings(form: str) -> None:
    """List the mappings: those that come with Peyvand, and yours."""
    known = library(Settings.read().mappings)
    if form == "json":
        broken = [{"file": str(one.path), "reason": told(one.reason)} for one in known.broken]
        click.echo(json.dumps({"mappings": [_entry(one) for one in known.found], "broken": broken}, indent=2))
        return
    heads = (
        gettext(N_("Name")),
        gettext(N_("Version")),
        gettext(N_("Tables")),
        gettext(N_("From")),
        gettext(N_("About")),
    )
    print_table(heads, [_row(one) for one in known.found])
    for one in known.broken:
        say(told(one.reason))


@click.command("check")
@click.argument("names", nargs=-1, metavar="[MAPPING]…")
@click.pass_context
def check_mappings(context: click.Context, names: Sequence[str]) -> None:
    """Check mappings without a database: names, words, and the tests that they carry. Default: all of them."""
    known = library(Settings.read().mappings)
    paths = [known.path_of(name) for name in names] or [
        *(one.path for one in known.found),
        *(one.path for one in known.broken),
    ]
    results = [check(path) for path in paths]
    for result in results:
        _tell(result)
    context.exit(1 if any(result.problems for result in results) else 0)


@click.command("init")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", help="Name of the mapping. Default: from the name of the first file.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this file, which must not be there yet.")
@reading
def init(files: Sequence[Path], name: str | None, out: Path | None, **said: str | None) -> None:
    """Propose a mapping for FILES that nobody has seen before, with a TODO where a person must decide."""
    text = proposed(files, name or name_for(files[0]), gettext, guidance(said))
    if out is None:
        click.echo(text, nl=False)
        return
    write_new(out, text.encode())
    result = check(out)
    _tell(result)
    todos = text.count("TODO: ")
    message = gettext(N_("The mapping is in %(file)s; it leaves %(count)s things to decide (TODO)."))
    say(message % {"file": out, "count": todos})


@click.command("template")
@click.argument("name", metavar="MAPPING")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The workbook to make, a new .xlsx file.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the workbook. Default: yours.")
def make_template(name: str, out: Path, language: str | None) -> None:
    """Make an Excel workbook to fill in for MAPPING: a sheet for each table, with lists, checks and notes."""
    mapping = library(Settings.read().mappings).named(name).mapping
    said = translations(language).gettext if language else gettext
    if out.suffix.lower() != ".xlsx":
        raise LoadError(N_("A workbook is a file that ends in .xlsx; %(file)s does not."), file=out.name)
    write_new(out, template(mapping, language or chosen(), said))
    say(gettext(N_("The workbook is in %(file)s.")) % {"file": out})


def write_new(path: Path, content: bytes) -> None:
    """Write ``content`` to a new file at ``path``.

    Raises
    ------
    LoadError
        If it is there already, or cannot be written.

    """
    try:
        with path.open("xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise LoadError(N_("%(file)s is there already, and nothing is overwritten."), file=path) from error
    except OSError as error:
        raise LoadError(N_("%(file)s cannot be written: %(reason)s"), file=path, reason=reason_of(error)) from error


def _tell(result: Checked) -> None:
    for problem in result.problems:
        say(told(problem))
    if not result.problems:
        message = gettext(N_("%(mapping)s: in order, %(tests)s tests."))
        click.echo(message % {"mapping": result.name, "tests": result.tests})


def _row(one: Found) -> tuple[str, ...]:
    origin = gettext(N_("Peyvand")) if one.shipped else str(one.path)
    tables = ", ".join(table.file for table in one.mapping.tables)
    about = one.mapping.about.in_language(chosen())
    return one.mapping.mapping, str(one.mapping.version), tables, origin, about


def _entry(one: Found) -> dict[str, object]:
    mapping = one.mapping
    return {
        "name": mapping.mapping,
        "version": mapping.version,
        "about": {"en": mapping.about.en, "fa": mapping.about.fa},
        "tables": [table.file for table in mapping.tables],
        "tests": len(mapping.tests),
        "file": str(one.path),
        "shipped": one.shipped,
    }

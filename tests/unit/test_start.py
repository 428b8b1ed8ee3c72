"""What a start costs, told without a clock: what is imported, and that lists of commands are whole all the same."""

import subprocess
import sys

import click
import pytest

from graph_app.cli import peyvand
from graph_app.cli.loads import load

LARGE = {"alembic", "flask", "flask_security", "matplotlib", "neo4j", "networkx", "numpy", "openpyxl", "pyvis"}
LARGE |= {"reportlab", "sqlalchemy", "waitress"}


def imported(*arguments):
    """Return the modules that a command has imported by its end."""
    told = (
        "import sys; from graph_app.cli import main; sys.argv[1:] = sys.argv[1:]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "finally:\n    print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", told, *arguments], capture_output=True, text=True, check=True)
    return done.stdout, set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--help",), ("version",), ("load", "--help")])
def test_who_only_asks_what_there_is_pays_for_none_of_it(arguments):
    said, modules = imported(*arguments)
    assert said
    assert not modules & LARGE
    here = {name for name in modules if name.startswith(("graph_app.", "loaders"))}
    assert len(here) < 25, sorted(here)


def test_an_app_is_not_started_with_what_only_measuring_or_migrating_needs():
    told = "import sys, graph_app.cli.context, loaders.planning; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert not {"alembic", "networkx", "flask"} & set(found)


def test_the_app_is_imported_without_what_few_of_its_pages_need():
    told = "import sys, graph_app.app, graph_app.cli.server; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    seldom = {"alembic", "authlib", "docx", "icalendar", "lxml", "matplotlib", "networkx", "openpyxl", "pandas"}
    seldom |= {"playwright", "pyarrow", "pyvis", "reportlab", "requests", "scipy", "segno", "xlsxwriter"}
    assert not seldom & set(found)
    assert "flask_security" in found


def test_what_was_hidden_at_an_import_is_found_later():
    told = "import sys, graph_app.auth.extension; assert 'authlib' not in sys.modules; import authlib.oidc.core, numpy"
    subprocess.run([sys.executable, "-c", told], check=True)


@pytest.mark.parametrize("group", [peyvand, load])
def test_a_list_of_commands_says_of_each_what_it_says_of_itself(group):
    context = click.Context(group)
    for name, command in group.commands.items():
        assert " ".join(command.get_short_help_str(200).split()) in " ".join(
            group.commands.told(name).get_short_help_str(200).split()
        )
        assert f"  {name} " in group.get_help(context)

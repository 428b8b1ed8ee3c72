"""What the command line prints of data: a terminal must obey none of it."""

import io

from graph_app.cli.context import say
from graph_app.cli.tables import print_table
from graph_app.errors import LoadError

HOSTILE = "Mash\x1b[2Jhad\x9b31m\x07\r می\u200cشود"
SHOWN = "Mash[2Jhad31m می\u200cشود"


def test_a_table_shows_names_without_control_characters():
    stream = io.StringIO()
    print_table(["Na\x1bme"], [[HOSTILE]], stream)
    assert [line.rstrip() for line in stream.getvalue().splitlines()] == ["Name", SHOWN]


def test_messages_and_errors_show_data_without_control_characters(capsys):
    say(HOSTILE)
    assert capsys.readouterr().err == f"{SHOWN}\n"
    error = LoadError("There is no “%(name)s”.", "Look for %(name)s.", name=HOSTILE)
    assert error.translated(str) == f"There is no “{SHOWN}”."
    assert error.translated_hint(str) == f"Look for {SHOWN}."

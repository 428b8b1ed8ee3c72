"""``peyvand engine`` where no engine runs: what it prints, and how it refuses."""

import json
import sys

import pytest
from click.testing import CliRunner

from graph_app.cli.engine import engine
from graph_app.errors import EngineError
from graph_app.graph.guard import Found
from graph_app.graph.results import Table


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("PEYVAND_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PEYVAND_ENGINE_JARS", str(tmp_path))

    def run(*arguments, **options):
        return CliRunner().invoke(engine, arguments, catch_exceptions=True, **options)

    return run


def test_status_as_json_has_every_field(run, tmp_path):
    assert json.loads(run("status", "--format", "json").stdout) == {
        "running": False,
        "uri": None,
        "pid": None,
        "version": "5.26.30",
        "memory": None,
        "holders": 0,
        "home": str(tmp_path / "home" / "engine"),
        "failure": None,
    }


def test_status_for_people_says_yes_or_no(run):
    lines = [line.split() for line in run("status").stdout.splitlines()]
    assert ["Running", "no"] in lines
    assert ["Version", "5.26.30"] in lines


def test_stop_of_what_does_not_run_says_so(run):
    found = run("stop")
    assert (found.exit_code, found.output) == (0, "Neo4j was not running.\n")


def test_start_and_install_without_files_are_an_error_of_the_engine(run):
    for command in ("start", "install"):
        assert isinstance(run(command).exception, EngineError)


def test_logs_print_the_end_of_both(run, tmp_path):
    folder = tmp_path / "home" / "engine"
    (folder / "neo4j" / "logs").mkdir(parents=True)
    (folder / "supervisor.log").write_text("one\ntwo\n")
    (folder / "neo4j" / "logs" / "neo4j.log").write_text("three\n")
    assert run("logs", "-n", "1").stdout.splitlines() == [
        f"== {folder / 'supervisor.log'}",
        "two",
        f"== {folder / 'neo4j' / 'logs' / 'neo4j.log'}",
        "three",
    ]


def test_shell_asks_each_statement_and_prints_brackets_as_they_are(run, monkeypatch):
    asked = []

    class Store:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        @property
        def gate(self):
            return self

        def ask(self, statement):
            asked.append(statement)
            if statement == "bad":
                raise EngineError("No.")
            return Found(Table(("[red]name",), [("[bold]مشهد[/bold]",)], cut=True), 0.1, "rows")

    monkeypatch.setattr(sys.modules[engine.callback.__module__], "open_store", Store)
    found = run("shell", input="MATCH (n)\nRETURN n;\nbad;\n")
    assert asked == ["MATCH (n)\nRETURN n", "bad"]
    assert "[red]name" in found.output
    assert '"[bold]مشهد[/bold]"' in found.output
    assert "cut at 1 rows" in found.output
    assert "No." in found.output
    assert found.exit_code == 0

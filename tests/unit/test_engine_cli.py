"""``peyvand engine`` where no engine runs: what it prints, and how it refuses."""

import json
import os
import sys
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from graph_app.cli.engine import engine
from graph_app.engine import condition, lease
from graph_app.engine.configuration import Home
from graph_app.engine.logs import turn
from graph_app.errors import EngineError
from graph_app.graph.guard import Found
from graph_app.graph.results import Table
from graph_app.language import choose
from graph_app.settings import Settings


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("PEYVAND_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PEYVAND_ENGINE_JARS", str(tmp_path))

    def run(*arguments, **options):
        return CliRunner().invoke(engine, arguments, catch_exceptions=True, **options)

    return run


def test_status_as_json_has_every_field(run, tmp_path):
    found = json.loads(run("status", "--format", "json").stdout)
    assert found.pop("free") > 0
    assert isinstance(found.pop("low"), bool)
    nothing = dict.fromkeys(("uri", "pid", "since", "memory", "heap", "pagecache", "failure"))
    assert found == {
        **nothing,
        "running": False,
        "version": "5.26.30",
        "restarts": 0,
        "holders": 0,
        "users": [],
        "home": str(tmp_path / "home" / "engine"),
        "disk": 0,
        "logs": [],
    }


def test_status_for_people_says_yes_or_no(run):
    lines = [line.split() for line in run("status").stdout.splitlines()]
    assert ["Running", "no"] in lines
    assert ["Version", "5.26.30"] in lines


def test_status_names_who_uses_the_engine_and_what_its_store_takes(run, tmp_path):
    home = Home.of(Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    (home.neo4j / "data").mkdir(parents=True)
    (home.neo4j / "data" / "store").write_bytes(b"x" * 3_000_000)
    mine = lease.take(home.leases)
    shown = run("status").stdout
    lease.give_back(mine)
    assert f"{os.getpid()} " in shown
    assert "the store takes 3 MB" in shown


def test_a_disk_that_is_almost_full_is_said_in_both_languages(run, monkeypatch):
    monkeypatch.setattr(condition.shutil, "disk_usage", lambda _path: SimpleNamespace(free=500_000_000))
    shown = run("status")
    assert "500 MB are free" in shown.stdout
    assert "Less than 1 GB is free" in shown.stderr
    choose("fa")
    try:
        assert "کمتر از" in run("status").stderr
    finally:
        choose("en")


def test_stop_of_what_does_not_run_says_so(run):
    found = run("stop")
    assert (found.exit_code, found.output) == (0, "Neo4j was not running.\n")


def test_start_and_install_without_files_are_an_error_of_the_engine(run):
    for command in ("start", "install"):
        assert isinstance(run(command).exception, EngineError)


@pytest.fixture
def logs(tmp_path):
    folder = tmp_path / "home" / "engine"
    (folder / "neo4j" / "logs").mkdir(parents=True)
    found = {"supervisor": folder / "supervisor.log"}
    found |= {name: folder / "neo4j" / "logs" / f"{name}.log" for name in ("neo4j", "java", "debug")}
    for name, path in found.items():
        path.write_text(f"{name} one\n{name} two\n")
    return found


def test_logs_print_the_end_of_each_that_a_user_reads(run, logs):
    shown = [line for name in ("supervisor", "neo4j", "java") for line in (f"== {logs[name]}", f"{name} two")]
    assert run("logs", "-n", "1").stdout.splitlines() == shown


def test_the_log_for_developers_is_one_word_away(run, logs):
    assert run("logs", "--log", "debug").stdout.splitlines() == [f"== {logs['debug']}", "debug one", "debug two"]


def test_logs_are_followed_while_they_grow_and_are_turned_over(run, logs, monkeypatch):  # noqa: ARG001 - its environment
    def grow(_seconds):
        """Stand in for the pause: whatever happens to logs happens here."""
        step = next(steps)
        if step == 0:
            with logs["neo4j"].open("a") as stream:
                stream.write("whole\nhal")
        elif step == 1:
            with logs["neo4j"].open("a") as stream:
                stream.write("f\n")
        elif step == 2:
            turn(logs["neo4j"])
            logs["neo4j"].write_text("first of the new one\n")
        else:
            raise KeyboardInterrupt

    steps = iter(range(4))
    monkeypatch.setattr("graph_app.engine.logs.time.sleep", grow)
    command = CliRunner().invoke(engine, ["logs", "-f", "-n", "0", "--log", "neo4j"])
    assert command.output.splitlines()[1:4] == ["whole", "half", "first of the new one"]


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

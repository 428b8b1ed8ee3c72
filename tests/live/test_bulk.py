"""``peyvand load bulk``: the graph, the ledger and what follows are those of the usual load, whatever kills it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench import world
from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.database import open_database
from graph_app.engine import importing
from graph_app.errors import EngineError, LoadError
from graph_app.graph.store import Store, connect
from graph_app.settings import Settings
from loaders import syncing
from loaders.bulk import refuse_filled
from loaders.digest import digest
from loaders.importing import ImportFiles, options
from loaders.ledger import Ledger

pytestmark = pytest.mark.live
ROOT = Path(__file__).resolve().parents[2]
PROVE = pytest.mark.skipif(not os.environ.get("PEYVAND_PROVE"), reason="engines of their own take minutes: make prove")
DERIVED = "MATCH (a)-[r:TWINNED_WITH|HAD_STATUS]->(b) RETURN type(r), a.id, b.id, properties(r) ORDER BY r.id"
MEMORY = {"PEYVAND_ENGINE_HEAP": "512m", "PEYVAND_ENGINE_PAGECACHE": "64m"}


def peyvand(home, *arguments, after=None, **settings):
    """Run a command with its own home, killed some seconds ``after`` its start; return its exit code and output."""
    values = {"PEYVAND_HOME": str(home), **MEMORY, "PYTHONPATH": str(ROOT), **settings}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")} | values
    command = [sys.executable, "-m", "graph_app", *map(str, arguments)]
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        out, _ = child.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        out, _ = child.communicate()
    return child.returncode, out.decode()


def held(home, monkeypatch):
    """Return all that is compared of the graph in ``home``, and what it and its ledger say of loads."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    own = Settings.read({"PEYVAND_HOME": str(home), **MEMORY})
    database = open_database(own)
    with (
        engine.hold(own) as found,
        Store(connect(found.uri, found.username, found.password), "neo4j") as store,
    ):
        state, ledger = syncing.state(store), Ledger(database)
        loads = [(load.state, load.balance) for load in ledger.loads()]
        assert (ledger.serial(state.graph), state.running) == (state.serial, None)
        same = digest(store), store.table(DERIVED, rows=10**6, seconds=60).rows
    database.close()
    return same, (state.serial, loads)


def test_a_graph_that_holds_anything_is_refused(founding):
    with pytest.raises(LoadError, match="Only an empty graph"):
        refuse_filled(founding)


def test_a_graph_that_was_emptied_is_none_that_holds_anything(empty):
    refuse_filled(empty)


def test_the_import_tool_says_why_it_refuses_files_and_is_gone(settings, tmp_path):
    home = Settings.read({**settings.values, "PEYVAND_HOME": str(tmp_path)})
    folder = importing.folder(home)
    files = ImportFiles(folder / importing.FILES)
    files.node(["Entity"], {"id": "a", "n": 3}, "a")
    told = options([files.written()])
    (folder / importing.FILES / "1.csv").write_text(':ID,"id:string","n:long"\n"a","a",three\n')
    with importing.Import(home, folder, told) as tool, pytest.raises(EngineError, match="three"):
        tool.wait()


def test_a_large_first_load_goes_by_the_import_tool_without_being_asked_to(tmp_path):
    world.write(tmp_path, 9000, 1)  # more than a megabyte
    home = tmp_path / "home"
    code, out = peyvand(home, "load", "apply", tmp_path, "--yes", PEYVAND_BULK="1")
    assert (code, "loads it as a whole" in out, "9147 rows = 9147 new" in out) == (0, True, True), out
    code, out = peyvand(home, "load", "apply", tmp_path, "--yes", PEYVAND_BULK="1")
    assert (code, "as a whole" in out, "9147 unchanged" in out) == (0, False, True), out


@PROVE
def test_a_large_first_load_that_the_import_tool_cannot_take_is_written_change_by_change(tmp_path):
    [cities] = [file for file in world.write(tmp_path, 9000, 1) if file.name == "cities.csv"]
    first, second, *others = cities.read_text(encoding="utf-8").splitlines()
    name, rest = second.split(",", 1)[0], second.split(",", 2)[2]
    long = f"{name},{'Basra ' * 2000},{rest}"
    cities.write_text("\n".join([first, long, *others, ""]), encoding="utf-8")
    code, out = peyvand(tmp_path / "home", "load", "apply", tmp_path, "--yes", PEYVAND_BULK="1")
    assert "cannot be loaded in bulk: search" in out
    assert "So it is loaded change by change." in out
    assert (code, "9147 rows = 9147 new" in out) == (0, True), out  # of twelve thousand bytes: an index can take it


@PROVE
@pytest.mark.parametrize("name", ["founding", "world", "generated"])
def test_bulk_makes_the_graph_and_the_ledger_of_the_usual_load(name, tmp_path, monkeypatch):
    folder = tmp_path / "generated" if name == "generated" else EXAMPLES / name
    if name == "generated":
        folder.mkdir()
        world.write_entities(folder, 10_000, 1)
    for way, home in (("bulk", tmp_path / "bulk"), ("apply", tmp_path / "apply")):
        code, out = peyvand(home, "load", way, folder, "--yes")
        assert code == 0, out
    assert held(tmp_path / "bulk", monkeypatch) == held(tmp_path / "apply", monkeypatch)
    code, out = peyvand(tmp_path / "bulk", "load", "plan", folder)
    assert code == 0, out
    code, out = peyvand(tmp_path / "bulk", "load", "bulk", folder, "--yes")
    assert code == 1
    assert "Only an empty graph" in out
    if name == "founding":
        with_nothing = peyvand(tmp_path / "none", "load", "digest")[1].split()[-1]
        database = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path / "bulk")}))
        [load] = Ledger(database).loads()
        database.close()
        code, out = peyvand(tmp_path / "bulk", "load", "undo", load.run, "--yes")
        assert code == 0, out
        assert peyvand(tmp_path / "bulk", "load", "digest")[1].split()[-1] == with_nothing


@PROVE
def test_a_bulk_load_that_is_killed_leaves_nothing_or_is_finished_by_the_next_command(tmp_path, monkeypatch):
    chance = random.Random(1)  # noqa: S311 - a moment, not a secret
    whole = tmp_path / "whole"
    begin = time.monotonic()
    assert peyvand(whole, "load", "bulk", EXAMPLES / "world", "--yes")[0] == 0
    took = time.monotonic() - begin
    wanted, _ = held(whole, monkeypatch)
    for number in range(6):
        home = tmp_path / str(number)
        peyvand(home, "load", "bulk", EXAMPLES / "world", "--yes", after=chance.uniform(0.2, 1) * took)
        code, out = peyvand(home, "load", "apply", EXAMPLES / "world", "--yes")
        assert code == 0, out
        found, (serial, loads) = held(home, monkeypatch)
        assert found == wanted, number
        assert (serial, [state for state, _ in loads]) == (1, ["done"])

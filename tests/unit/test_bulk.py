"""Files for the import tool, and a store that takes the place of another: whole, whenever it is cut off."""

import csv
import os
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from click.testing import CliRunner

from graph_app.cli import peyvand
from graph_app.engine import importing, lease
from graph_app.engine.configuration import Home
from graph_app.errors import EngineError, LoadError
from graph_app.graph.results import Position
from graph_app.settings import Settings
from loaders import bulk
from loaders.importing import ImportFiles, UnfitError, options
from loaders.syncing import State


@pytest.fixture
def home(tmp_path):
    return Home.of(Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))


def tables(folder, options):
    """Return the rows of each file, by what the tool is told of it."""
    told = [option.split("=", 1)[1].split("=") for option in options if option.startswith(("--nodes", "--rel"))]
    return [(kind, list(csv.reader(StringIO((folder / name).read_text(encoding="utf-8"))))) for kind, name in told]


@pytest.mark.parametrize("public", [True, False])
def test_the_store_says_from_its_first_moment_on_whether_all_may_watch_what_is_left_to_do(public):
    marks = bulk._marks(State("here", "graph", 0, None, None), "run", 3, public=public)
    assert marks["Sync"]["running"] == "run"
    assert marks["Sync"]["public_run"] == ("run" if public else None)


def test_every_type_of_property_has_its_column_and_what_is_missing_is_an_empty_cell(tmp_path):
    files = ImportFiles(tmp_path)
    files.node(
        ["Place", "Entity"],
        {"id": "a", "name": 'The "old" town', "n": 3, "x": 0.1, "sure": True, "on": date(2024, 2, 29), "gone": None},
        "a",
    )
    files.node(["Entity", "Place"], {"id": "b", "position": Position(36.3, 59.6), "also": ["x", "y"]}, "b")
    files.tie("WITHIN", "b", "a", {"id": "t"})
    [nodes, ties] = tables(tmp_path, options([files.written()]))
    head, *rows = nodes[1]
    assert nodes[0] == "Entity:Place"
    assert head == [
        *(":ID", "id:string", "name:string", "n:long", "x:double", "sure:boolean", "on:date"),
        *("position:point{crs:WGS-84}", "also:string[]"),
    ]
    assert rows[0] == ["a", "a", 'The "old" town', "3", "0.1", "true", "2024-02-29", "", ""]
    assert rows[1] == ["b", "b", "", "", "", "", "", "{latitude:36.3,longitude:59.6}", "x\x1fy"]
    assert ties == ("WITHIN", [[":START_ID", ":END_ID", "id:string"], ["b", "a", "t"]])


def test_an_empty_list_that_ties_always_have_is_left_out_and_told(tmp_path):
    files = ImportFiles(tmp_path)
    files.tie("EVIDENCED_BY", "a", "s", {"properties": [], "id": "t"})
    files.tie("WITHIN", "a", "s", {"id": "u"})
    written = files.written()
    assert written.hollow == {"EVIDENCED_BY"}
    assert tables(tmp_path, options([written]))[0][1] == [[":START_ID", ":END_ID", "id:string"], ["a", "s", "t"]]


def test_another_type_and_a_line_break_go_into_files_of_their_own(tmp_path):
    files = ImportFiles(tmp_path)
    for value in ("text", 3, "two\nlines", "more"):
        files.node(["Metric"], {"value": value})
    told = options([files.written()])
    assert sorted(rows[0][1] for _, rows in tables(tmp_path, told)) == ["value:long", "value:string", "value:string"]
    [broken] = [option for option in told if option.startswith("--multiline-fields=")]
    assert "two\nlines" in (tmp_path / broken.partition("=")[2]).read_text()


def test_what_the_tool_could_not_tell_apart_is_refused(tmp_path):
    files = ImportFiles(tmp_path)
    for wrong in (["a", 1], ["a\x1fb"], []):
        with pytest.raises(LoadError, match="cannot be loaded in bulk"):
            files.node(["A"], {"items": wrong})


def test_what_the_graph_or_its_indexes_could_not_hold_is_refused_before_the_tool_begins(tmp_path):
    files = ImportFiles(tmp_path)
    for name, wrong in (("search", "x" * 8001), ("id", "x" * 8001), ("n", 1 << 63), ("n", -(1 << 63) - 1)):
        with pytest.raises(UnfitError, match="cannot be loaded in bulk"):
            files.node(["A"], {name: wrong})
    files.node(["A"], {"note": "x" * 8001, "n": (1 << 63) - 1, "search": "x" * 8000})


def _staged(home):
    for root, text in ((home.staged, "new"), (home.neo4j, "old")):
        for part in ("transactions", "databases"):
            folder = root / "data" / part / "neo4j"
            folder.mkdir(parents=True)
            (folder / text).touch()
    (home.neo4j / "data" / "databases" / "system").mkdir()


@pytest.mark.parametrize("cut", range(7))
def test_a_store_takes_its_place_wherever_that_was_cut_off(home, monkeypatch, cut):
    _staged(home)
    left = [cut]

    def mortal(work):
        def once(*arguments, **options):
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return work(*arguments, **options)

        return once

    with monkeypatch.context() as patch:
        patch.setattr(importing.shutil, "rmtree", mortal(importing.shutil.rmtree))
        patch.setattr(type(home.root), "rename", mortal(type(home.root).rename))
        try:
            importing.take_up(home)
        except KeyboardInterrupt:
            assert cut < 6
    importing.take_up(home)
    for part in ("transactions", "databases"):
        assert [path.name for path in (home.neo4j / "data" / part / "neo4j").iterdir()] == ["new"]
    assert (home.neo4j / "data" / "databases" / "system").exists()
    assert not home.staged.exists()


def test_a_store_that_never_became_ready_takes_nobodys_place_and_no_room(home):
    _staged(home)
    home.staged.rename(home.building)
    importing.take_up(home)
    assert [path.name for path in (home.neo4j / "data" / "databases" / "neo4j").iterdir()] == ["old"]
    assert not home.building.exists()


def test_an_engine_that_others_use_keeps_its_store(home):
    holder = "import sys\nfrom pathlib import Path\nfrom graph_app.engine import lease\nlease.take(Path(sys.argv[1]))\n"
    holder += "print('held', flush=True)\nsys.stdin.read()"
    mine = lease.take(home.leases)
    importing.refuse_others(home)
    other = subprocess.Popen(
        [sys.executable, "-c", holder, str(home.leases)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(EngineError, match="used by 1 other processes"):
            importing.refuse_others(home)
    finally:
        other.communicate()
        lease.give_back(mine)


def test_a_server_of_ones_own_is_not_loaded_in_bulk(monkeypatch, tmp_path):
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    done = CliRunner().invoke(peyvand, ["load", "bulk", str(tmp_path)])
    assert isinstance(done.exception, LoadError)
    assert "NEO4J_URI" in done.exception.message

"""The bench, on very little: it runs, both sides do the same work, and every section has its rows."""

import os
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bench import asking, large, loading, profiles
from bench.__main__ import SECTIONS
from bench.installation import Bench, facts
from graph_app.settings import Settings

pytestmark = pytest.mark.live
# engines, pages and processes of their own: `make prove`
NO_GOAL = ("LOAD CSV", "the whole", "bare driver, 50", "bare full-text")  # of some of their rows at least
PROVE = pytest.mark.skipif(not os.environ.get("PEYVAND_PROVE"), reason="engines of their own take minutes: make prove")
LONG = {"bulk", "drawing", "frames", "readers", "starting", "networks"}


@pytest.fixture
def bench(empty, address, tmp_path):
    there = {"NEO4J_URI": address.uri, "NEO4J_USERNAME": address.username, "NEO4J_PASSWORD": address.password}
    sizes = {"PEYVAND_ENGINE_HEAP": "512m", "PEYVAND_ENGINE_PAGECACHE": "64m"}
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path), **there, **sizes})
    return Bench(empty, settings, tmp_path, size=60, rounds=1, bulk=700)


@pytest.mark.timeout(900)
def test_every_section_measures_what_it_names(bench, monkeypatch):
    monkeypatch.setattr("bench.asking._HUBS", 1)
    monkeypatch.setattr("bench.asking._OTHERS", 1)
    monkeypatch.setattr("bench.asking.SIZES", {5: 2})
    monkeypatch.setattr("bench.drawing.SIZES", (10,))
    monkeypatch.setattr("bench.frames.SIZES", (20,))
    monkeypatch.setattr("bench.frames.SIGMA", ("kept@nowhere",))  # not fetched: tests need no network
    monkeypatch.setattr("bench.frames.shutil.which", lambda _name: None)
    monkeypatch.setattr("bench.networks.TIES", (200, 400))
    monkeypatch.setattr("bench.networks._ALL", 300)
    sections = {name: one for name, one in SECTIONS.items() if name not in LONG or os.environ.get("PEYVAND_PROVE")}
    found = {name: list(section(bench)) for name, section in sections.items()}
    loaded = ["first load"] * 3 + ["first load, of it"] * 5 + ["identical files again"]
    assert [row.name for row in found["loading"]] == loaded
    if found.keys() >= LONG:
        bulk = ["bulk"] + ["bulk, of it"] * 5 + ["identical files again, the command"] * 2 + ["first load of much"] * 2
        assert [row.name for row in found["bulk"]] == bulk
        assert {row.peer_is.split(",")[0] for row in found["drawing"]} == {"vis-network alone", "stock pyvis"}
        peers = {"vis-network alone, same places", "stock pyvis, physics off, same places"}
        assert {row.peer_is for row in found["frames"]} == peers
    for row in [row for rows in found.values() for row in rows]:
        assert len(row.ours) == len(row.peer) >= 1
        assert all(0 < time < 600 for time in (*row.ours, *row.peer))
        assert row.goals or row.unit == "MiB" or row.peer_is.startswith(NO_GOAL)
    assert "Community" in facts(bench.store)["neo4j"]


def test_a_peer_that_writes_another_graph_is_found_out(bench, monkeypatch):
    monkeypatch.setattr("bench.same_graph.merge", lambda *_: None)
    with pytest.raises(AssertionError, match="not the same graph"):
        list(loading.rows(bench))


def test_a_question_that_fails_is_not_measured(bench):
    with pytest.raises(AssertionError, match="404"):
        asking.recorded(replace(bench, rounds=1), "/queries/cities/nothing.json")


@PROVE
@pytest.mark.timeout(1200)
def test_a_large_world_is_loaded_once_used_and_told_with_pictures(tmp_path):
    page = tmp_path / "large.md"
    for _ in range(2):
        CliRunner().invoke(
            large.main, [str(tmp_path), "--entities", "700", "--output", str(page)], catch_exceptions=False
        )
        text = page.read_text(encoding="utf-8")
        assert "became 700 entities" in text
        assert "| search, typed letter by letter |" in text
        assert (tmp_path / "large" / "explore.png").stat().st_size > 10_000
    assert len(list(tmp_path.glob("loaded.json"))) == 1


@PROVE
@pytest.mark.timeout(1200)
def test_where_the_time_goes_is_told_step_by_step(tmp_path, monkeypatch):
    monkeypatch.setattr("bench.ladders.ROUNDS", 1)
    monkeypatch.setattr("bench.ladders._ROWS", 60)
    page = tmp_path / "profiles.md"
    CliRunner().invoke(
        profiles.main, [str(tmp_path), "--entities", "700", "--output", str(page)], catch_exceptions=False
    )
    text = page.read_text(encoding="utf-8")
    assert text.count("\n## ") == 7
    for step in ("over HTTP", "the first page", "until the first frame with ink", "looking for what nobody defines"):
        assert f"| {step} |" in text
    assert "loaders/" in text

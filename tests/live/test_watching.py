"""Mappings and the drop folder as people use them: real processes, real files, the session's engine."""

import os
import signal
import subprocess
import sys
import time

import openpyxl
import pytest

from graph_app._layout import EXAMPLES

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("empty")]

SISTERS = """ردیف;شهر خواهرخوانده;کشور;نوع سند;تاریخ امضا
1;باکو;آذربایجان;خواهرخواندگی;1389/5/12
2;لاهور;پاکستان;تفاهم نامه;9 شهریور 1400
"""


@pytest.fixture
def environment(graph, settings, tmp_path):  # noqa: ARG001 - the engine of the session runs already
    values = dict(settings.values)
    if uri := os.environ.get("PEYVAND_TEST_NEO4J_URI"):
        given = {name: os.environ.get(f"PEYVAND_TEST_NEO4J_{name}") for name in ("USERNAME", "PASSWORD", "DATABASE")}
        values |= {"NEO4J_URI": uri, **{f"NEO4J_{name}": text for name, text in given.items() if text}}
    kept = {name: value for name, value in os.environ.items() if name not in values}
    return {**kept, **values, "LANG": "C.UTF-8", "PEYVAND_MAPPINGS": str(tmp_path / "mappings")}


@pytest.fixture
def peyvand(environment):
    def run(*arguments, **more):
        command = [sys.executable, "-m", "graph_app", *map(str, arguments)]
        return subprocess.run(command, env={**environment, **more}, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def drop(tmp_path):
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def put(drop, text=SISTERS, name="sisters.csv"):
    (drop / name).write_bytes(text.replace("ی", "ي").encode("cp1256"))


def only(folder):
    [found] = [path for path in folder.iterdir() if path.is_dir()]
    return found


@pytest.fixture
def mapped(peyvand, tmp_path, drop):
    """The user's own mapping for the file, proposed and kept where it is found by itself."""
    (tmp_path / "mappings").mkdir()
    put(drop)
    out = tmp_path / "mappings" / "sisters.yaml"
    made = peyvand("load", "init", drop / "sisters.csv", "--out", out)
    assert (made.returncode, "sisters: in order" in made.stdout) == (0, True), made.stderr
    assert "is there already" in peyvand("load", "init", drop / "sisters.csv", "--out", out).stderr
    return out


@pytest.mark.usefixtures("mapped")
def test_what_is_dropped_waits_for_approval_and_is_done_when_the_plan_was_applied(peyvand, drop):
    watch = ("load", "watch", drop, "--once", "--quiet", "0.2")
    told = peyvand(*watch)
    assert told.returncode == 0, told.stderr
    waiting = only(drop / "waiting")
    assert {path.name for path in waiting.iterdir()} == {"sisters.csv", "plan.json.gz", "report.txt"}
    assert "2 rows = 2 new" in (waiting / "report.txt").read_text(encoding="utf-8")
    assert f"peyvand load apply {waiting / 'plan.json.gz'}" in told.stderr
    assert peyvand("load", "apply", waiting / "plan.json.gz", "--yes").returncode == 0
    assert peyvand(*watch).returncode == 0
    done = only(drop / "done")
    assert "Loaded by the run" in (done / "report.txt").read_text(encoding="utf-8")
    assert not list((drop / "waiting").iterdir())


@pytest.mark.usefixtures("mapped")
def test_with_apply_it_is_loaded_once_rejects_wait_and_what_nobody_knows_fails(peyvand, drop):
    watch = ("load", "watch", drop, "--once", "--quiet", "0.2", "--apply")
    (drop / "strange.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (drop / "notes.txt").write_text("not an export", encoding="utf-8")
    told = peyvand(*watch)
    assert "Loaded by the run" in (only(drop / "done") / "report.txt").read_text(encoding="utf-8"), told.stderr
    assert "No mapping fits" in (only(drop / "failed") / "report.txt").read_text(encoding="utf-8"), told.stderr
    assert (drop / "notes.txt").exists()
    put(drop)
    assert "not loaded twice" in peyvand(*watch).stderr
    put(drop, SISTERS + "3;کراچی;پاکستان;خواهرخواندگی;بهار\n4;دوحه;قطر;خواهرخواندگی;1390\n")
    assert peyvand(*watch).returncode == 0
    waiting = only(drop / "waiting")
    assert "بهار" in (waiting / "rejected-rows.csv").read_text(encoding="utf-8-sig")
    assert len(list((drop / "done").iterdir())) == 2


@pytest.mark.usefixtures("mapped")
def test_it_watches_until_it_is_told_to_stop_and_goes_on_after_a_restart(environment, drop):
    command = [sys.executable, "-m", "graph_app", "load", "watch", str(drop), "--apply", "--every", "0.2"]
    first = [*command, "--quiet", "3600"]
    with subprocess.Popen(first, env=environment, stderr=subprocess.PIPE, text=True) as watching:
        assert wait((drop / "waiting").exists)
        assert "Watching" in watching.stderr.readline()
        watching.send_signal(signal.SIGTERM)
        assert "Stopped" in watching.stderr.read()
        assert watching.wait() == 0
    assert (drop / "sisters.csv").exists(), "it was not quiet for an hour"
    with subprocess.Popen([*command, "--quiet", "0.5"], env=environment, stderr=subprocess.PIPE, text=True) as watching:
        assert wait(lambda: list((drop / "done").iterdir()))
        watching.send_signal(signal.SIGINT)
        watching.communicate()
        assert watching.returncode == 0


def wait(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def test_a_set_that_is_a_folder_is_one_load_and_a_template_loads_as_one_file(peyvand, drop, tmp_path):
    (drop / "world").mkdir()
    for name in ("sources", "countries", "cities", "links"):
        text = (EXAMPLES / "world" / f"{name}.csv").read_bytes()
        (drop / "world" / f"{name}.csv").write_bytes(b"".join(text.splitlines(keepends=True)[:1]))
    assert peyvand("load", "watch", drop, "--once", "--quiet", "0.2").returncode == 0
    assert not (drop / "world").exists()
    assert "nothing to change" in (only(drop / "done") / "report.txt").read_text(encoding="utf-8")
    out = tmp_path / "portfolio.xlsx"
    assert peyvand("load", "template", "portfolio", "--language", "fa", "--out", out).returncode == 0
    book = openpyxl.load_workbook(out)
    for column, cell in zip("ABC", ("عنوان", None, "۱۴۰۲/۵/۱"), strict=True):
        book["sources"][f"{column}2"] = cell
    heads = {str(cell.value).split("\n")[-1]: cell.column for cell in book["sources"][1]}
    book["sources"].cell(2, heads["source_id"]).value = "letter-1"
    book["sources"].cell(2, heads["certainty"]).value = "stated"
    book.save(out)
    saved = tmp_path / "plan.json"
    planned = peyvand("load", "plan", out, "--save", saved)
    assert (planned.returncode, "1 rows = 1 new" in planned.stdout) == (2, True), planned.stderr
    assert peyvand("load", "apply", saved, "--yes").returncode == 0
    assert peyvand("load", "plan", out).returncode == 0

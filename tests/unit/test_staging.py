"""A plan that is made by way of files, part by part: it is the plan that is made of all rows at once."""

import csv
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from time import monotonic

import psutil
import pytest

from bench import world
from graph_app._layout import EXAMPLES
from loaders import classes, entries
from loaders.blank import Blank
from loaders.known import KnownTable
from loaders.mapping import shipped
from loaders.planning import planned, read_exports
from loaders.progress import nobody
from loaders.reading import NOTHING_SAID
from loaders.staging import planning
from loaders.staging.planning import stage
from loaders.staging.task import Task, here

MAPPINGS = {one.mapping: one for one in shipped()}


class Nothing(Blank):
    """A graph without a server."""

    def __init__(self):
        self.server, self.database = None, "neo4j"


@pytest.fixture
def one_process(monkeypatch):
    monkeypatch.setattr(planning, "at_work", lambda _task: nullcontext(here))


def both(files, mapping, folder, *, parts=3, shares=2):
    """Return the plan that is made at once, and the one that is made by way of files in so many parts."""
    for name in ("away", "files"):
        (folder / name).mkdir()
    task = Task(tuple(files), mapping, NOTHING_SAID, folder / "away", parts, shares)
    whole = planned(Nothing(), read_exports(files, mapping), mapping)
    return whole, stage(task, folder / "files", nobody)


def rejects(plan):
    return Counter((one.file, one.row.line, one.column, one.value, str(one.reason)) for one in plan.rejects)


def alike(whole, staged):
    for kind in ("entities", "ties"):
        made = [sorted(tuple(entries.row_of(one).values()) for one in getattr(plan, kind)) for plan in (whole, staged)]
        assert made[0] == made[1]
    assert rejects(whole) == rejects(staged)
    assert whole.balance == staged.balance
    assert (whole.tables, whole.blocks, whole.counts()) == (staged.tables, staged.blocks, staged.counts())
    assert [vars(one) for one in whole.readings] == [vars(one) for one in staged.readings]
    assert classes.of_plan(whole) == classes.of_plan(staged)
    assert whole.public == staged.public
    rows = staged.rows_of_changes()
    assert len(list(rows)) == len(staged.entities) + len(staged.ties) == len(whole.steps())


def csvs(folder):
    return sorted(folder.glob("*.csv"))


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize("name", ["founding", "demo"])
def test_the_examples_have_the_plan_that_they_have_at_once(name, tmp_path):
    mapping = max(MAPPINGS.values(), key=lambda one: sum(map(bool, map(one.tables_in, csvs(EXAMPLES / name)))))
    files = [file for file in csvs(EXAMPLES / name) if mapping.tables_in(file)]
    alike(*both(files, mapping, tmp_path))


def rewritten(folder, **tables):
    """Write a small world into ``folder``, each of ``tables`` changed by a function of its lines."""
    folder.mkdir()
    for path in world.write_entities(folder, 400, 1):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(tables.get(path.stem, list)(lines)) + "\n", encoding="utf-8")
    return csvs(folder)


def wrong(lines):
    """Return the cities with a few that cannot be read, are there twice, contradict another or live nowhere."""
    twice, contradicting, nowhere = lines[1], lines[2].replace(" City,", " Town,"), lines[3].split(",")
    nowhere[0], nowhere[5] = "c-nowhere", "no-country"
    return [*lines, twice, contradicting, ",".join(nowhere), "c-short,only", "", twice.replace("c0", "c zero", 1)]


def wrong_links(lines):
    """Return the links with one that speaks of a city that is only defined in a row that is rejected."""
    first = lines[1].split(",")
    first[0], first[1] = "c-nowhere-c1", "c-nowhere"
    return [*lines, ",".join(first), lines[2], lines[3].replace("sister_city", "no_kind")]


@pytest.mark.usefixtures("one_process")
def test_a_plan_in_files_knows_whether_it_brings_what_is_confidential(tmp_path):
    shutil.copytree(EXAMPLES / "founding", tmp_path / "founding")
    path = tmp_path / "founding" / "agreements.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["confidentiality"] = "restricted"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    whole, staged = both(csvs(tmp_path / "founding"), MAPPINGS["founding"], tmp_path)
    assert (whole.public, staged.public) == (False, False)


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize("parts", [1, 7])
def test_rows_that_cannot_stand_are_rejected_as_they_are_at_once(parts, tmp_path):
    files = rewritten(tmp_path / "made", cities=wrong, links=wrong_links)
    whole, staged = both(files, MAPPINGS["world"], tmp_path, parts=parts)
    assert whole.balance.rejected >= 5
    assert whole.balance.duplicate >= 2
    alike(whole, staged)


def test_the_ledger_keeps_the_rows_that_it_would_keep_at_once(tmp_path, monkeypatch):
    class Unknown:
        """A ledger that knows no row."""

        mapping = "world"

        def table(self, _name):
            return KnownTable(())

        def holders(self, _claims):
            return ()

    monkeypatch.setattr(planning, "at_work", lambda _task: nullcontext(here))
    files = rewritten(tmp_path / "made", cities=wrong, links=wrong_links)
    mapping = MAPPINGS["world"]
    whole = planned(Nothing(), read_exports(files, mapping), mapping, Unknown(), thorough=True)
    for name in ("away", "files"):
        (tmp_path / name).mkdir()
    staged = stage(Task(tuple(files), mapping, NOTHING_SAID, tmp_path / "away", 3, 2), tmp_path / "files", nobody)
    kept = [
        sorted((one.table, one.line, vars(one).items() and repr(vars(one))) for one in plan.rows.new)
        for plan in (whole, staged)
    ]
    assert kept[0] == kept[1]


KILLED = """
import os, sys, time
from pathlib import Path
from loaders.mapping import shipped
from loaders.reading import NOTHING_SAID
from loaders.staging.task import Task, at_work
from tests.unit.test_staging import told

if __name__ == "__main__":
    with at_work(Task((), next(iter(shipped())), NOTHING_SAID, Path(), 1, 2)) as each:
        each(told, [sys.argv[1]])
"""


def told(path):
    """Tell who is at work, and be at work for long."""
    Path(path).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def test_a_process_at_work_dies_with_the_load(tmp_path):
    (script := tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    path = os.pathsep.join([str(EXAMPLES.parent), *sys.path])
    load = subprocess.Popen([sys.executable, script, tmp_path / "pid"], env={**os.environ, "PYTHONPATH": path})
    waited = monotonic() + 60
    while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()) and monotonic() < waited:
        time.sleep(0.05)
    worker = psutil.Process(int((tmp_path / "pid").read_text()))
    load.kill()
    load.wait()
    assert psutil.wait_procs([worker], timeout=30)[1] == []


def test_two_processes_make_the_plan_of_one(tmp_path):
    files = rewritten(tmp_path / "made")
    alike(*both(files, MAPPINGS["world"], tmp_path))

"""The ledger on both databases: what goes in comes out exactly, and later runs are found."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import inspect

from graph_app.errors import LoadError
from graph_app.graph.results import Position
from loaders.columns import CellError
from loaders.entries import row_of
from loaders.facts import Reject
from loaders.ledger import Ledger
from loaders.plan import Balance, EntityChange, Plan, TieChange
from loaders.promise import PlannedFile, Promise
from loaders.reading import Row
from loaders.staging.spill import ENTITIES, TIES, Spill
from loaders.staging.staged import Kept, StagedPlan
from loaders.syncing import State

VALUES = {
    "id": "place:a",
    "name_fa": "مشهد‌مقدس",
    "at": Position(36.297, 59.606),
    "on": date(2025, 12, 5),
    "seen": datetime(2025, 12, 5, 1, 2, 3, 456, tzinfo=UTC),
    "aliases": ["a", "ب"],
    "days": [date(1, 1, 1), date(9999, 12, 31)],
    "share": 0.1,
    "count": 1,
    "whole": 1.0,
    "good": True,
}
ENTITY = EntityChange("place:a", frozenset({"Entity", "Place"}), frozenset(), None, VALUES)
TIE = TieChange("t1", "WITHIN", "place:a", "place:b", None, {"id": "t1", "quote": "«»"})
BALANCE = Balance(2, 1, 0, 0, 0, 0, 1, 0)


def work(*changes, serial=0, rejects=(), undoes=None):
    entities = tuple(change for change in changes if isinstance(change, EntityChange))
    ties = tuple(change for change in changes if isinstance(change, TieChange))
    plan = Plan("founding", ("f/a.csv",), entities, ties, rejects, BALANCE)
    files = (PlannedFile("f/a.csv", "/f/a.csv", "0" * 64, 7, "UTF-8", ",", 2),)
    return Promise(plan, files, 1, "1" * 64, State("here", "g" * 32, serial, None, None), undoes)


@pytest.fixture
def ledger(database):
    return Ledger(database)


def kept(ledger, run, *changes, **more):
    ledger.begin(run, work(*changes, **more), "sara@office")
    return ledger.load(run)


def test_changes_come_back_exactly_with_the_types_of_their_values(ledger):
    changed = EntityChange("place:b", frozenset({"Entity", "City"}), frozenset({"Entity"}), VALUES, {"id": "place:b"})
    removed = TieChange("t2", "WITHIN", "place:a", "place:b", {"id": "t2"}, {})
    load = kept(ledger, "run-1", ENTITY, changed, TIE, removed)
    found = ledger.changes(load)
    assert found == [ENTITY, changed, TIE, removed]
    assert {name: type(item) for name, item in found[0].after.items()} == {n: type(v) for n, v in VALUES.items()}
    assert ledger.counts(load) == (2, 2)


def indexes(ledger):
    return sorted(str(one["name"]) for one in inspect(ledger.database.engine).get_indexes("load_changes"))


def test_a_plan_in_files_is_kept_as_any_other_and_the_indexes_are_there_again(ledger, tmp_path):
    for kind, change in ((ENTITIES, ENTITY), (TIES, TIE)):
        spill = Spill(tmp_path, kind, 0, 1, plain=True)
        spill.add(0, tuple(row_of(change).values()))
        spill.close()
    kinds = [Kept(tmp_path, kind, 1, 1) for kind in (ENTITIES, TIES)]
    plan = StagedPlan("founding", ("f/a.csv",), *kinds, (), BALANCE, digest="2" * 64)
    before = indexes(ledger)
    for run in ("run-1", "run-2"):  # into a table that is empty, and into one that is not
        ledger.begin(run, replace(work(), plan=plan), "sara@office")
        load = ledger.load(run)
        assert ledger.changes(load) == [ENTITY, TIE]
        assert (load.plan, ledger.counts(load)) == ("2" * 64, (1, 1))
        assert indexes(ledger) == before


def test_rejects_come_back_in_either_language(ledger):
    inner = CellError("“%(text)s” is bad.", text="=1")
    reason = LoadError("Row: %(reason)s", "Mend it.", reason=inner)
    reject = Reject("f/a.csv", Row(7, ("=1", "شهر")), ("a", "b"), "a", "=1", reason)
    load = kept(ledger, "run-1", ENTITY, rejects=(reject,))
    [found] = ledger.rejects(load)
    assert (found.file, found.row, found.header, found.column) == (reject.file, reject.row, reject.header, "a")
    assert str(found.reason) == "Row: “=1” is bad."
    assert found.reason.translated({"Row: %(reason)s": "R %(reason)s", inner.message: "B %(text)s"}.get) == "R B =1"
    assert found.reason.translated_hint(str) == "Mend it."


def test_later_runs_that_touched_the_same_or_tied_something_to_it_are_found_until_they_are_undone(ledger):
    first = kept(ledger, "run-1", ENTITY)
    ledger.finish("run-1", 1)
    kept(ledger, "run-2", TIE, serial=1)
    ledger.finish("run-2", 2)
    other = EntityChange("place:z", frozenset({"Entity"}), frozenset(), None, {"id": "place:z"})
    kept(ledger, "run-3", other, serial=2)
    ledger.finish("run-3", 3)
    assert ledger.later(first) == {"run-2": ["t1"]}
    kept(ledger, "run-4", TieChange("t1", "WITHIN", "place:a", "place:b", {"id": "t1"}, {}), serial=3, undoes="run-2")
    ledger.finish("run-4", 4)
    assert ledger.load("run-2").state == "undone"
    assert ledger.later(first) == {}
    assert ledger.serial("g" * 32) == 4


def test_a_run_is_found_by_a_part_of_its_id_and_a_part_of_two_is_refused(ledger):
    kept(ledger, "20250101T000000-abc", ENTITY)
    kept(ledger, "20250101T000000-def", ENTITY)
    assert ledger.load("def").run.endswith("def")
    for wrong in ("20250101", "xyz", ""):
        with pytest.raises(LoadError, match="peyvand load runs"):
            ledger.load(wrong)


def test_an_installation_keeps_its_name_and_says_who_is_loading(ledger, database):
    assert ledger.installation == Ledger(database).installation
    with (
        ledger.writing_alone("sara@office"),
        pytest.raises(LoadError, match="sara@office"),
        Ledger(database).writing_alone("reza@home"),
    ):
        pass
    with ledger.writing_alone("reza@home"):
        pass


def test_what_was_cut_off_is_found_in_its_graph_only(ledger):
    kept(ledger, "run-1", ENTITY)
    assert ledger.unfinished("g" * 32).run == "run-1"
    assert ledger.unfinished("h" * 32) is None
    ledger.fail("run-1", LoadError("The server went away."))
    assert ledger.unfinished("g" * 32).reason["message"] == "The server went away."
    ledger.finish("run-1", 1)
    assert ledger.unfinished("g" * 32) is None

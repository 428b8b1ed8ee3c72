"""The ledger and the graph together: runs, undo, interruptions, one writer at a time, saved plans."""

import itertools

import pytest

from graph_app.errors import LoadError, StoreError
from graph_app.graph.writer import Writer
from loaders import entries, filing, guards, syncing
from loaders.conflicts import conflicts, edits, without
from loaders.digest import digest
from loaders.ledger import Ledger
from loaders.mapping import shipped
from loaders.plan import differences
from loaders.promise import promise
from loaders.resyncing import resync
from loaders.running import adopt, perform, settle
from loaders.undoing import taken_back

pytestmark = pytest.mark.live
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
WHO = "tester@here"


@pytest.fixture
def told():
    return []


def planned(store, folder, *files):
    return promise(store, [folder / file for file in files or FOUNDING.by_file], FOUNDING)


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def loaded(store, ledger, folder, told, *files):
    settle(store, ledger, WHO, told.append)
    return perform(store, ledger, planned(store, folder, *files), WHO, told.append)


def undone(store, ledger, run, told):
    return perform(store, ledger, taken_back(store, ledger, ledger.load(run)), WHO, told.append)


def test_three_loads_are_undone_from_the_top_and_each_graph_is_as_it_was(empty, ledger, folder, told):
    digests, made = [digest(empty)], []
    made.append(loaded(empty, ledger, folder, told, "sources.csv", "places.csv", "topics.csv"))
    digests.append(digest(empty))
    made.append(loaded(empty, ledger, folder, told))
    digests.append(digest(empty))
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    change(folder, "people.csv", ",stated,", ",reported,")
    made.append(loaded(empty, ledger, folder, told))
    assert len({one.digest for one in (*digests, digest(empty))}) == 4
    for run, before in zip(reversed(made), reversed(digests), strict=True):
        undone(empty, ledger, run, told)
        assert digest(empty) == before
    assert [load.state for load in ledger.loads()] == ["done"] * 3 + ["undone"] * 3
    assert [load.serial_after for load in ledger.loads()] == [6, 5, 4, 3, 2, 1]
    assert told == []
    again = loaded(empty, ledger, folder, told)
    assert ledger.load(again).balance["created"] == 618


def test_a_run_that_was_touched_later_is_not_undone_and_the_later_runs_are_named(empty, ledger, folder, told):
    first = loaded(empty, ledger, folder, told)
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    second = loaded(empty, ledger, folder, told)
    before = digest(empty)
    with pytest.raises(LoadError, match=rf"{second} \(topic:.*Undo those first"):
        taken_back(empty, ledger, ledger.load(first))
    assert digest(empty) == before
    undone(empty, ledger, second, told)
    with pytest.raises(LoadError, match="undone already"):
        taken_back(empty, ledger, ledger.load(second))
    with pytest.raises(LoadError, match="load its files again"):
        taken_back(empty, ledger, ledger.loads()[0])
    undone(empty, ledger, first, told)
    assert digest(empty).parts == {}


def test_what_a_hand_changed_or_tied_since_is_not_undone(empty, ledger, folder, told):
    run = loaded(empty, ledger, folder, told)
    Writer(empty).run("MATCH (e:Topic) WITH e ORDER BY e.id LIMIT 1 SET e.name_en = 'By hand'")
    with pytest.raises(LoadError, match=r"changed since, by hand .*topic:"):
        taken_back(empty, ledger, ledger.load(run))
    second = loaded(empty, ledger, folder, told)
    undone(empty, ledger, second, told)
    Writer(empty).run(
        "MATCH (e:Topic) WITH e ORDER BY e.id LIMIT 1 SET e.name_en = $name",
        {"name": next(one.after for one in ledger.changes(ledger.load(second)) if one.after)["name_en"]},
    )
    Writer(empty).run("MATCH (a:Topic), (b:Person) WITH a, b LIMIT 1 CREATE (a)-[:ABOUT {id: 'by hand'}]->(b)")
    with pytest.raises(LoadError, match="hold on to what it made"):
        taken_back(empty, ledger, ledger.load(run))


def test_what_a_hand_changed_is_a_conflict_and_left_with_its_evidence(empty, ledger, folder, told):
    loaded(empty, ledger, folder, told)
    assert conflicts(ledger, planned(empty, folder)) == []
    Writer(empty).run("MATCH (e:Person {id: 'person:hardanian'}) SET e.name_en = 'By hand'")
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    work = planned(empty, folder)
    left = conflicts(ledger, work)
    assert [one.id for one in left] == ["person:hardanian"]
    [(_, edit)] = edits(ledger, work, left)
    [(name, old, new)] = differences(edit)
    assert (name, new, old) == ("name_en", "By hand", left[0].after["name_en"])
    perform(empty, ledger, without(work, left), WHO, told.append)
    again = planned(empty, folder)
    assert [one.id for one in again.plan.steps()] == ["person:hardanian"]
    assert not without(again, conflicts(ledger, again)).plan.changes
    perform(empty, ledger, again, WHO, told.append)  # overwritten
    assert not planned(empty, folder).plan.changes


@pytest.mark.parametrize("transaction", [1, 2, 3, 8, -1])
def test_a_run_that_was_cut_off_anywhere_is_finished_by_the_next(empty, ledger, folder, told, monkeypatch, transaction):
    whole, count = Writer.transaction, itertools.count()

    def cut_off(self, work):
        if next(count) == transaction or (transaction == -1 and "derive" in seen):
            raise KeyboardInterrupt
        return whole(self, work)

    seen = []
    work = planned(empty, folder)
    monkeypatch.setattr(Writer, "transaction", cut_off)
    with pytest.raises(KeyboardInterrupt):
        perform(empty, ledger, work, WHO, told.append, watch=lambda step: seen.append(step.phase))
    monkeypatch.undo()
    [cut] = ledger.loads()
    assert (cut.state, syncing.state(empty).running) == ("running", cut.run)
    settle(empty, ledger, WHO, told.append)
    assert ["had been cut off" in str(note) for note in told] == [True]
    assert (ledger.loads()[0].state, syncing.state(empty).running) == ("done", None)
    assert not planned(empty, folder).plan.changes
    undone(empty, ledger, cut.run, told)
    assert digest(empty).parts == {}


def test_a_run_that_failed_can_be_taken_back_instead(empty, ledger, folder, told, monkeypatch):
    def refused(self, work):
        if next(count) == 5:
            raise StoreError("The server refuses.")
        return whole(self, work)

    whole, work, count = Writer.transaction, planned(empty, folder), itertools.count()
    monkeypatch.setattr(Writer, "transaction", refused)
    with pytest.raises(StoreError):
        perform(empty, ledger, work, WHO, told.append)
    monkeypatch.undo()
    [load] = ledger.loads()
    assert (load.state, str(entries.reason(load.reason))) == ("failed", "The server refuses.")
    settle(empty, ledger, WHO, told.append, but=load.run)
    undone(empty, ledger, load.run, told)
    assert digest(empty).parts == {}
    assert ledger.load(load.run).state == "undone"
    loaded(empty, ledger, folder, told)


def test_a_death_between_the_graph_and_the_ledger_is_noticed(empty, ledger, folder, told, monkeypatch):
    def died(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "finish", died)
    with pytest.raises(KeyboardInterrupt):
        perform(empty, ledger, planned(empty, folder), WHO, told.append)
    monkeypatch.undo()
    assert (ledger.loads()[0].state, syncing.state(empty).serial) == ("running", 1)
    settle(empty, ledger, WHO, told.append)
    assert (ledger.loads()[0].state, syncing.state(empty).serial) == ("done", 1)


def test_somebody_who_loads_at_the_same_time_is_refused_and_told_by_whom(empty, ledger, folder, told):
    work = planned(empty, folder)
    with ledger.writing_alone("sara@office"), pytest.raises(LoadError, match=r"sara@office has been loading since 20"):
        perform(empty, ledger, work, WHO, told.append)
    assert ledger.loads() == []
    perform(empty, ledger, work, WHO, told.append)


def test_a_graph_of_another_installation_is_refused_until_it_is_adopted(empty, ledger, new_ledger, folder, told):
    loaded(empty, ledger, folder, told)
    other = new_ledger("other")
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    with pytest.raises(LoadError, match="loaded by another installation"):
        perform(empty, other, planned(empty, folder), WHO, told.append)
    with pytest.raises(LoadError, match="loaded by another installation"):
        settle(empty, other, WHO, told.append)
    adopt(empty, other, WHO)
    loaded(empty, other, folder, told)
    assert other.serial(syncing.state(empty).graph) == 2
    assert told == []
    adopt(empty, ledger, WHO)  # the first one again
    assert ledger.serial(syncing.state(empty).graph) == 2


def test_a_load_that_the_ledger_does_not_know_is_told(empty, ledger, folder, told):
    loaded(empty, ledger, folder, told)
    Writer(empty).run("MATCH (s:Sync) SET s.serial = 5")
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    loaded(empty, ledger, folder, told)
    assert [str(note) for note in told] == [
        "The graph has had 5 loads and the ledger knows 1: somebody else loaded it meanwhile."
    ]
    assert ledger.loads()[0].serial_after == 6


@pytest.mark.parametrize("name", ["plan.json", "plan.json.gz"])
def test_a_saved_plan_is_written_exactly_and_only_once(empty, ledger, folder, told, tmp_path, name):
    change(folder, "people.csv", ",stated,", ",certainly,")
    work, path = planned(empty, folder), tmp_path / name
    filing.save(work, path)
    read = filing.opened(path)
    assert read.plan.steps() == work.plan.steps()
    assert [str(one.reason) for one in read.plan.rejects] == [str(one.reason) for one in work.plan.rejects]
    assert list(filing.moved(empty, read)) == []
    run = perform(empty, ledger, read, WHO, told.append)
    assert not planned(empty, folder).plan.changes
    assert ledger.applied(read.digest, syncing.state(empty).graph).run == run
    assert [one.row.cells for one in ledger.rejects(ledger.load(run))] == [one.row.cells for one in work.plan.rejects]
    with pytest.raises(LoadError, match="Plan again"):
        perform(empty, ledger, read, WHO, told.append)


def test_a_saved_plan_that_a_guard_blocks_stays_blocked_until_its_numbers_are_accepted(
    empty, ledger, folder, told, tmp_path
):
    files = [folder / name for name in ("sources.csv", "places.csv", "topics.csv")]
    whole = FOUNDING.model_copy(update={"export": "full", "on_absent": "delete"})
    perform(empty, ledger, resync(empty, ledger, files, whole), WHO, told.append)
    held, lines = digest(empty), files[-1].read_text(encoding="utf-8").splitlines(keepends=True)
    files[-1].write_text("".join(lines[:-20]), encoding="utf-8")
    filing.save(resync(empty, ledger, files, whole), tmp_path / "plan.json.gz")
    work = filing.opened(tmp_path / "plan.json.gz")
    assert [(block.number, block.of) for block in work.plan.blocks] == [(20, 58)]
    for accepted in (guards.NOTHING, {guards.REMOVALS: 19}):
        with pytest.raises(LoadError, match="blocked"):
            perform(empty, ledger, work, WHO, told.append, accepted=accepted)
        assert (digest(empty), len(ledger.loads())) == (held, 1)
    perform(empty, ledger, work, WHO, told.append, accepted={guards.REMOVALS: 20})
    assert digest(empty) != held


def test_a_saved_plan_is_stale_when_a_file_the_mapping_or_the_graph_moved(empty, ledger, folder, told, tmp_path):
    path = tmp_path / "plan.json"
    filing.save(planned(empty, folder), path)
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    (folder / "people.csv").unlink()
    assert sorted(str(reason).rpartition("/")[2] for reason in filing.moved(empty, filing.opened(path))) == [
        "people.csv was changed or is away",
        "topics.csv was changed or is away",
    ]
    perform(empty, ledger, planned(empty, folder, "sources.csv"), WHO, told.append)
    assert "the graph was loaded since" in str(next(filing.moved(empty, filing.opened(path))))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"rules": "', '"rules": "0'), encoding="utf-8")
    assert any("another one now" in str(reason) for reason in filing.moved(empty, filing.opened(path)))
    path.write_text(text.replace("Quranic cooperation", "Something else"), encoding="utf-8")
    with pytest.raises(LoadError, match="changed by hand"):
        filing.opened(path)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(LoadError, match="no plan"):
        filing.opened(path)

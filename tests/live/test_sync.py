"""The ledger of rows: what is known is not read again, what is absent loses its claims, nothing by accident."""

import csv
import shutil
from pathlib import Path

import pytest

from graph_app._layout import EXAMPLES
from graph_app.database.glance import glance
from graph_app.errors import LoadError
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders import guards
from loaders.batches import Batches
from loaders.conflicts import conflicts, without
from loaders.digest import digest
from loaders.mapping import shipped
from loaders.resyncing import resync
from loaders.running import perform, settle
from loaders.unchanged import unchanged
from loaders.undoing import taken_back

pytestmark = pytest.mark.live
SHIPPED = next(mapping for mapping in shipped() if mapping.mapping == "founding")
WHO = "tester@here"


def founding(**rules):
    return SHIPPED.model_copy(update=rules)


@pytest.fixture
def sync(empty, ledger, folder):
    """Plan, and load if there is anything to load."""

    def work(mapping=SHIPPED, files=SHIPPED.by_file, accepted=guards.NOTHING, **how):
        made = resync(empty, ledger, [folder / file for file in files], mapping, **how)
        made = without(made, conflicts(ledger, made))
        if made.plan.changes:
            perform(empty, ledger, made, WHO, lambda _: None, accepted=accepted)
        else:
            ledger.keep(made)
        return made.plan

    return work


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def drop(folder, file, *starts):
    rows = rows_of(folder / file)
    write(folder / file, [row for row in rows if row[0] not in starts])


def test_the_same_files_again_are_not_even_read(sync, ledger, empty, folder):
    first = sync()
    again = sync()
    assert (again.changes, again.readings) == (False, ())
    assert again.balance.unchanged + again.balance.duplicate == again.balance.read == first.balance.read == 618
    thorough = resync(empty, ledger, [folder / file for file in SHIPPED.by_file], SHIPPED, thorough=True).plan
    assert (thorough.steps(), thorough.rejects) == ([], ())
    assert thorough.balance.adds_up
    assert thorough.balance.met == thorough.balance.known
    rows = rows_of(folder / "people.csv")
    write(folder / "people.csv", [rows[0], *reversed(rows[1:])])
    permuted = sync()
    assert (permuted.steps(), permuted.balance.unchanged + permuted.balance.duplicate) == ([], 618)
    assert sync().readings == ()


def test_one_row_that_changed_is_compared_with_those_that_speak_of_the_same(sync, folder):
    sync()
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    plan = sync()
    assert [step.id for step in plan.steps()] == ["topic:quranic-cooperation"]
    assert (plan.balance.updated, plan.balance.replaced, plan.balance.adds_up) == (1, 1, True)
    assert not sync().changes


@pytest.mark.parametrize("on_absent", ["tombstone", "delete"])
def test_a_row_that_is_missing_in_a_full_export_loses_its_claims_and_gets_them_back(sync, empty, folder, on_absent):
    mapping = founding(export="full", on_absent=on_absent)
    sync(mapping)
    before = digest(empty)
    shutil.copy(folder / "topics.csv", folder / "kept.csv")
    topics = rows_of(folder / "topics.csv")
    free = "topic:" + topics[-1][0]
    drop(folder, "topics.csv", topics[-1][0])
    drop_second(folder, "event_topics.csv", topics[-1][0])
    drop_second(folder, "agreement_topics.csv", topics[-1][0])
    with pytest.raises(LoadError, match=r"The plan is blocked: .*absent"):
        sync(mapping)
    assert digest(empty) == before
    plan = sync(mapping, accepted=accepted_by(empty, sync, mapping))
    assert plan.balance.absent > 0
    assert plan.balance.adds_up
    rows = empty.table("MATCH (t:Entity {id: $id}) RETURN t.rank", {"id": free}).rows
    assert rows == ([("deprecated",)] if on_absent == "tombstone" else [])
    assert not sync(mapping).changes
    for file in ("topics.csv", "event_topics.csv", "agreement_topics.csv"):
        shutil.copy(EXAMPLES / "founding" / file, folder / file)
    sync(mapping)
    assert digest(empty) == before
    assert not sync(mapping, thorough=True).changes


def drop_second(folder, file, start):
    rows = rows_of(folder / file)
    write(folder / file, [row for row in rows if row[1] != start])


def accepted_by(_store, sync, mapping):
    try:
        sync(mapping)
    except LoadError as error:
        words = str(error.translated_hint(lambda text: text)).split()
        return {
            words[words.index(one)].removeprefix("--accept-"): int(words[words.index(one) + 1])
            for one in words
            if one.startswith("--accept")
        }
    return {}


def test_a_truncated_full_export_is_blocked_and_a_file_that_is_away_is_not_absence(sync, empty, folder):
    mapping = founding(export="full")
    sync(mapping)
    before = digest(empty)
    rows = rows_of(folder / "mentions.csv")
    write(folder / "mentions.csv", rows[: len(rows) // 2])
    with pytest.raises(LoadError, match=r"mentions\.csv: 92 of 182 known rows are absent; 5 % may be"):
        sync(mapping)
    assert digest(empty) == before
    files = [file for file in SHIPPED.by_file if file != "mentions.csv"]
    plan = sync(mapping, files)
    assert (plan.changes, plan.balance.absent) == (False, 0)
    incremental = sync()
    assert (incremental.changes, incremental.balance.kept) == (False, 92)


def test_an_entity_to_which_a_tie_still_leads_is_kept_with_what_was_said_of_it(sync, empty, folder):
    mapping = founding(
        export="full", on_absent="delete", guards=SHIPPED.guards.model_copy(update={"max_absent_percent": 100})
    )
    sync(mapping)
    before = digest(empty)
    drop(folder, "people.csv", "hardanian")
    plan = sync(mapping)
    assert plan.held == ("person:hardanian",)
    assert not plan.changes
    assert digest(empty) == before
    again = sync(mapping, thorough=True)
    assert (again.held, again.balance.absent) == (("person:hardanian",), 1)


def test_a_claim_stands_as_long_as_one_row_makes_it(sync, empty, folder):
    mapping = founding(
        export="full", on_absent="delete", guards=SHIPPED.guards.model_copy(update={"max_absent_percent": 100})
    )
    rows = rows_of(folder / "event_topics.csv")
    twice = [*rows[1]]
    write(folder / "event_topics.csv", [*rows, [*twice[:4], "the same in other words", *twice[5:]]])
    sync(mapping)
    before = digest(empty)
    write(folder / "event_topics.csv", rows)
    plan = sync(mapping)
    assert (plan.balance.absent + plan.balance.replaced, [step for step in plan.steps() if not step.after]) == (1, [])
    assert digest(empty).parts["ABOUT"].count == before.parts["ABOUT"].count


def test_a_row_that_is_rejected_is_not_absent(sync, empty, folder):
    mapping = founding(export="full", on_absent="delete")
    sync(mapping)
    before = digest(empty)
    change(folder, "people.csv", ",stated,", ",sure,")
    change(folder, "event_topics.csv", ",stated,", ",sure,")
    plan = sync(mapping)
    assert plan.balance.rejected > 10
    assert (plan.changes, plan.balance.absent) == (False, 0)
    assert [table.table for table in plan.tables if table.unsure] == ["event_topics.csv"]
    assert digest(empty) == before


def test_undo_takes_the_rows_back_too(sync, empty, ledger, folder):
    mapping = founding(export="full", guards=SHIPPED.guards.model_copy(update={"max_absent_percent": 100}))
    sync(mapping)
    before = digest(empty)
    write(folder / "mentions.csv", rows_of(folder / "mentions.csv")[:10])
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    sync(mapping)
    run = ledger.loads()[0]
    perform(empty, ledger, taken_back(empty, ledger, run), WHO, lambda _: None)
    assert digest(empty) == before
    again = sync(mapping)
    assert (again.balance.absent, again.balance.updated) == (173, 1)
    shutil.copy(EXAMPLES / "founding" / "mentions.csv", folder)
    shutil.copy(EXAMPLES / "founding" / "topics.csv", folder)
    sync(mapping)
    assert digest(empty) == before


def test_what_a_hand_changed_stays_a_conflict_until_it_is_mended(sync, empty, folder):
    sync()
    Writer(empty).run("MATCH (e:Topic {id: 'topic:quranic-cooperation'}) SET e.name_en = 'By hand'")
    assert not sync().changes
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    for _ in range(2):
        plan = sync()
        assert (plan.changes, plan.balance.updated) == (False, 1)
    Writer(empty).run("MATCH (e:Topic {id: 'topic:quranic-cooperation'}) SET e.name_en = 'Quranic cooperation'")
    assert [step.id for step in sync().steps()] == ["topic:quranic-cooperation"]


def test_a_run_that_was_cut_off_leaves_the_rows_as_the_finished_one(sync, empty, ledger, monkeypatch):
    whole = Batches._write

    def cut_off(self, batch, ways):
        if "EVIDENCED_BY" in ways[0]:
            raise KeyboardInterrupt
        return whole(self, batch, ways)

    monkeypatch.setattr(Batches, "_write", cut_off)
    with pytest.raises(KeyboardInterrupt):
        sync()
    monkeypatch.undo()
    settle(empty, ledger, WHO, lambda _: None)
    assert sync().readings == ()
    assert not sync(thorough=True).changes


def test_a_changed_row_that_contradicts_one_that_did_not_change_is_weighed_with_it(sync, folder):
    rows = rows_of(folder / "groups.csv")
    write(folder / "groups.csv", [*rows, [*rows[1][:2], "", *rows[1][3:]]])
    sync()
    write(folder / "groups.csv", [*rows, [*rows[1][:2], "Another name", *rows[1][3:]]])
    plan = sync()
    assert [str(reject.reason) for reject in plan.rejects if "but line 2 says" in str(reject.reason)]
    write(folder / "groups.csv", [rows[0], [*rows[1][:2], "Another name", *rows[1][3:]], *rows[1:]])
    plan = sync()
    assert plan.balance.rejected == 1
    assert plan.balance.adds_up


def test_a_glance_tells_what_the_whole_ledger_tells_and_nothing_where_anything_moved(sync, ledger, empty, folder):
    files = [folder / file for file in SHIPPED.by_file]
    settings = Settings.read({"PEYVAND_HOME": str(Path(ledger.database.engine.url.database).parent)})

    def glanced():
        with glance(settings) as seen:
            return unchanged(empty, seen, files, SHIPPED)

    assert glanced() is None
    sync()
    assert glanced() == resync(empty, ledger, files, SHIPPED)
    drop(folder, "agreements.csv", rows_of(folder / "agreements.csv")[-1][0])
    assert glanced() is None

"""Merged entities whose rows the ledger knows: nothing to do twice, absent rows lose their claims, undo as if never."""

import csv
import shutil

import pytest

from graph_app._layout import EXAMPLES
from graph_app.errors import LoadError
from loaders import current, filing, guards
from loaders.digest import digest
from loaders.mapping import shipped
from loaders.resyncing import resync
from loaders.reviewing import Choice, Review
from loaders.running import perform

pytestmark = pytest.mark.live
SHIPPED = next(mapping for mapping in shipped() if mapping.mapping == "founding")
ANY = SHIPPED.guards.model_copy(update={"max_absent_percent": 100})
WHO = "tester@here"
DEV, EXPANSION = "institution:quran-dev-council", "institution:quran-expansion-council"


@pytest.fixture
def review(empty, ledger):
    return Review(empty, ledger)


@pytest.fixture
def planned(review, folder):
    def plan(mapping, **how):
        return resync(review.store, review.ledger, [folder / file for file in mapping.by_file], mapping, **how)

    return plan


@pytest.fixture
def sync(review, planned):
    def work(mapping, **how):
        made = planned(mapping, **how)
        if made.plan.changes:
            perform(review.store, review.ledger, made, WHO, lambda _: None, accepted=guards.numbers(made.plan))
        else:
            review.ledger.keep(made)
        return made.plan

    return work


def merged(review, kept):
    one, choice = review.pair(DEV, EXPANSION), Choice("same", why="Because", kept=kept)
    return review.decide(one, choice, review.plan(one, choice), WHO, lambda _: None)


def undone(review, decision):
    review.undo(decision, review.undo_plan(decision), WHO, lambda _: None)


def without_rows_of(folder, key, files="*.csv"):
    """Take every row out of the export that speaks of ``key`` in one of its first three cells."""
    for path in folder.glob(files):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        kept = [row for row in rows if not any(key in cell.split(";") for cell in row[:3])]
        if kept != rows:
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(kept)


def restored(folder):
    shutil.copytree(EXAMPLES / "founding", folder, dirs_exist_ok=True)


@pytest.mark.parametrize("on_absent", ["tombstone", "delete"])
@pytest.mark.parametrize(("kept", "away"), [(DEV, EXPANSION), (EXPANSION, EXPANSION)])
def test_rows_of_merged_entities_come_and_go(review, folder, sync, kept, away, on_absent):
    store = review.store
    mapping = SHIPPED.model_copy(update={"export": "full", "on_absent": on_absent, "guards": ANY})
    sync(mapping)
    never = digest(store)
    decision = merged(review, kept)
    as_one = digest(store)
    again = sync(mapping)
    assert (again.steps(), again.balance.absent, again.balance.adds_up) == ([], 0, True)
    assert sync(mapping).readings == ()
    assert not sync(mapping, thorough=True).changes

    without_rows_of(folder, away.partition(":")[2])
    gone = sync(mapping)
    assert gone.balance.absent > 0
    assert gone.held == ()
    [node] = current.entities(store, [DEV, EXPANSION]).values()
    assert node.properties["id"] == kept
    standing = {claim.original or kept for claim in node.claims if claim.rank != "deprecated"}
    assert standing == {DEV, EXPANSION} - {away}
    assert {claim.original or kept for claim in node.claims} == (
        {DEV, EXPANSION} if on_absent == "tombstone" else {DEV}
    )
    assert not sync(mapping).changes

    restored(folder)
    assert sync(mapping).changes
    assert digest(store) == as_one
    assert not sync(mapping, thorough=True).changes

    undone(review, decision)
    assert digest(store) == never
    last = sync(mapping)
    assert (last.steps(), last.balance.absent) == ([], 0)
    assert not sync(mapping, thorough=True).changes


def test_a_plan_that_was_made_before_a_decision_is_stale(review, planned, sync, folder, tmp_path):
    sync(SHIPPED)
    text = (folder / "topics.csv").read_text(encoding="utf-8")
    (folder / "topics.csv").write_text(text.replace("Quranic cooperation", "Cooperation"), encoding="utf-8")
    made = planned(SHIPPED)
    filing.save(made, tmp_path / "plan.json")
    work = filing.opened(tmp_path / "plan.json")
    assert list(filing.moved(review.store, work, review.decisions.merges())) == []
    review.decisions.keep((DEV, "institution:elsewhere"), "same", why="", who=WHO, evidence={}, kept=DEV)
    [reason] = filing.moved(review.store, work, review.decisions.merges())
    assert "decided about duplicates" in str(reason)
    assert planned(SHIPPED).plan.steps() == made.plan.steps()


def test_what_only_the_merged_one_keeps_alive_is_not_parted_until_its_rows_are_back(review, sync, folder):
    mapping = SHIPPED.model_copy(update={"export": "full", "on_absent": "delete", "guards": ANY})
    sync(mapping)
    never = digest(review.store)
    decision = merged(review, EXPANSION)
    without_rows_of(folder, EXPANSION.partition(":")[2], "institutions.csv")
    assert sync(mapping).changes
    lonely = digest(review.store)
    with pytest.raises(LoadError, match="of which no file speaks any more"):
        undone(review, decision)
    assert digest(review.store) == lonely
    restored(folder)
    sync(mapping)
    undone(review, decision)
    assert digest(review.store) == never
    assert not sync(mapping, thorough=True).changes


def test_what_was_decided_before_the_first_load_is_known_by_its_rows_too(review, sync, folder):
    review.decisions.keep((DEV, EXPANSION), "same", why="", who=WHO, evidence={}, kept=DEV)
    mapping = SHIPPED.model_copy(update={"export": "full", "on_absent": "delete", "guards": ANY})
    sync(mapping)
    as_one = digest(review.store)
    assert list(current.entities(review.store, [DEV, EXPANSION])) == [DEV]
    assert sync(mapping).readings == ()
    without_rows_of(folder, EXPANSION.partition(":")[2])
    assert sync(mapping).balance.absent > 0
    assert "merged_ids" not in current.entities(review.store, [DEV])[DEV].properties
    restored(folder)
    sync(mapping)
    assert digest(review.store) == as_one
    [decision] = review.decisions.standing()
    undone(review, decision)
    assert list(current.entities(review.store, [DEV, EXPANSION])) == [DEV, EXPANSION]
    assert not sync(mapping).changes
    assert not sync(mapping, thorough=True).changes

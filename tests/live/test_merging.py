"""Two entities made one and taken apart again, on the real engine: nothing is lost, and the digest proves it."""

from contextlib import contextmanager

import pytest

from graph_app.errors import LoadError, StoreError
from graph_app.exploration.history import Records
from graph_app.graph.writer import Writer
from loaders import current
from loaders.aliases import in_effect
from loaders.decision_text import read, written
from loaders.digest import digest
from loaders.duplicates.queue import waiting
from loaders.folding import fold
from loaders.mapping import shipped
from loaders.merging import _explained
from loaders.promise import promise
from loaders.reviewing import CautionError, Choice, Review
from loaders.running import perform, settle
from loaders.undoing import taken_back

pytestmark = pytest.mark.live
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
WHO = "tester@here"
DEV, EXPANSION = "institution:quran-dev-council", "institution:quran-expansion-council"
OWN, SUPREME, UNNAMED = (
    f"institution:{id_}"
    for id_ in ("mashhad-sister-city-committee", "scp-sister-city-committee", "mashhad-specialised-committee")
)
COUNCIL = {"first": DEV, "second": EXPANSION}


@pytest.fixture
def review(empty, new_ledger, folder):
    made = Review(empty, new_ledger("home"))
    loaded(made, folder)
    return made


def planned(review, folder):
    files = [folder / file for file in FOUNDING.by_file]
    return promise(review.store, files, FOUNDING, decided=review.decisions.merges())


def loaded(review, folder):
    return perform(review.store, review.ledger, planned(review, folder), WHO, print)


def decided(review, first, second, decision="same", **more):
    one, choice = review.pair(first, second), Choice(decision, why="Because", **more)
    return review.decide(one, choice, review.plan(one, choice), WHO, print)


def undone(review, decision):
    work = review.undo_plan(decision)
    review.undo(decision, work, WHO, print)
    return work


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def ids(store):
    return {row["id"] for row in store.table("MATCH (e:Entity) RETURN e.id AS id", rows=100_000)}


def test_every_entity_is_what_its_claims_add_up_to(founding):
    present = current.entities(founding, sorted(ids(founding)))
    strange = [entity for entity, found in present.items() if not _explained(entity, found)]
    assert strange == [], fold(strange[0], present[strange[0]].claims)


def test_the_councils_merged_load_without_a_change_and_are_taken_apart_to_the_same_digest(review, folder):
    store, before, claims = review.store, digest(review.store), count(review.store)
    made = decided(review, DEV, EXPANSION, kept=DEV)
    merged = digest(store)
    assert before.digest != merged.digest
    assert EXPANSION not in ids(store)
    assert count(store) == claims
    node = current.entities(store, [DEV])[DEV]
    assert node.properties["merged_ids"] == [EXPANSION]
    [decision] = Records(review.ledger.database, store).mergings(node.properties["merged_ids"]).values()
    assert (decision.who, decision.at, decision.run.id) == (made.who, made.at, made.run)
    old = {name for name in (made.evidence[EXPANSION].get("name_fa"), made.evidence[EXPANSION].get("name_en")) if name}
    assert old <= {*node.properties["aliases"], node.properties["name_fa"], node.properties["name_en"]}
    assert {claim.original for claim in node.claims} == {None, EXPANSION}
    again = planned(review, folder).plan
    assert not again.changes
    assert again.balance.unchanged == again.balance.read == 618
    work = undone(review, made)
    assert work.undoes == made.run
    assert digest(store) == before
    assert not Records(review.ledger.database, store).mergings([EXPANSION])
    led = [step for step in Records(review.ledger.database, store).around(EXPANSION).steps if step.led]
    assert {step.run.id: EXPANSION in (step.start, step.end) for step in reversed(led)} == {
        made.run: False,
        review.ledger.loads()[0].run: True,
    }
    assert all({DEV, EXPANSION} & {*step.led} for step in led)
    assert not planned(review, folder).plan.changes
    assert review.ledger.load(made.run).state == "undone"
    assert review.decisions.standing() == []


def count(store):
    """Return how many claims there are; what is derived and mere marks are none."""
    return store.table(
        "MATCH (:Entity)-[r]->(:Entity) WHERE NOT type(r) IN ['TWINNED_WITH', 'HAD_STATUS'] RETURN count(DISTINCT r.id)"
    ).rows[0][0]


def test_a_fresh_graph_with_the_decisions_loads_to_the_same_digest(review, folder, new_ledger):
    decided(review, DEV, EXPANSION, kept=DEV)
    by_hand = digest(review.store)
    text = written(review.decisions.standing())
    Writer(review.store).run("MATCH (n) DETACH DELETE n")
    fresh = Review(review.store, new_ledger("fresh"))
    fresh.decisions.add(read(text, fresh.decisions.standing()))
    assert read(text, fresh.decisions.standing()) == []
    loaded(fresh, folder)
    assert digest(fresh.store) == by_hand
    assert fresh.waiting_merges() == []
    [made] = fresh.decisions.standing()
    assert (made.who, made.why, made.kept) == (WHO, "Because", DEV)
    undone(fresh, made)
    assert not planned(fresh, folder).plan.changes
    assert EXPANSION in ids(fresh.store)


def test_decisions_that_come_after_the_load_are_carried_out_and_undone(review):
    before = digest(review.store)
    decided(review, DEV, EXPANSION, kept=DEV)
    merged, text = digest(review.store), written(review.decisions.standing())
    [made] = review.decisions.standing()
    undone(review, made)
    review.decisions.add(read(text, review.decisions.standing()))
    [open_] = review.waiting_merges()
    run = review.carry_out([open_], WHO, print)
    assert digest(review.store) == merged
    assert [one.run for one in review.decisions.standing()] == [run]
    perform(review.store, review.ledger, taken_back(review.store, review.ledger, review.ledger.load(run)), WHO, print)
    assert digest(review.store) == before
    assert review.decisions.standing() == []  # the run is undone, and so is what it carried out


def test_a_chain_is_taken_apart_in_any_order_and_keeps_what_was_loaded_meanwhile(review, folder):
    store, before = review.store, digest(review.store)
    first = decided(review, OWN, SUPREME, kept=SUPREME, insists=True)
    second = decided(review, UNNAMED, OWN, kept=UNNAMED, insists=True)
    assert (second.first, second.second) == (UNNAMED, SUPREME)  # what the graph keeps is decided about
    assert in_effect(store) == {OWN: UNNAMED, SUPREME: UNNAMED}
    with pytest.raises(LoadError, match="one entity already"):
        review.pair(OWN, SUPREME)
    assert not planned(review, folder).plan.changes
    change(folder, "institutions.csv", ",stated,", ",reported,")
    loaded(review, folder)
    assert undone(review, first).undoes is None
    assert in_effect(store) == {SUPREME: UNNAMED}
    assert not planned(review, folder).plan.changes
    undone(review, second)
    assert not planned(review, folder).plan.changes
    change(folder, "institutions.csv", ",reported,", ",stated,")
    loaded(review, folder)
    assert digest(store) == before


def test_the_three_committees_are_only_merged_by_a_person_who_insists(review):
    for first, second in ((OWN, SUPREME), (OWN, UNNAMED), (UNNAMED, SUPREME)):
        with pytest.raises(CautionError, match="what speaks against it"):
            decided(review, first, second)
    assert {OWN, SUPREME, UNNAMED} <= ids(review.store)
    assert review.decisions.all() == []
    assert not [one for one in waiting(review.store) if one.offers_merging and one.is_decided]


def test_what_was_kept_apart_is_not_asked_again_until_something_else_is_known(review, folder):
    made = decided(review, DEV, EXPANSION, "different")
    pairs = lambda **more: {  # noqa: E731
        (one.candidate.first.id, one.candidate.second.id): one
        for one in waiting(review.store, people=review.decisions.standing(), **more)
    }
    assert (DEV, EXPANSION) not in pairs()
    assert pairs(decided=True)[DEV, EXPANSION].decision.number == made.number
    change(folder, "institutions.csv", "Quranic Development Council", "Quranic Culture Council")
    loaded(review, folder)
    again = pairs()[DEV, EXPANSION]
    assert (again.decision.number, again.changed, again.offers_merging) == (made.number, ("name_en",), False)
    undone(review, made)
    assert pairs()[DEV, EXPANSION].decision is None


def test_a_pair_that_was_put_off_comes_last(review):
    decided(review, DEV, EXPANSION, "later")
    queue = waiting(review.store, people=review.decisions.standing())
    assert (queue[-1].candidate.first.id, queue[-1].put_off) == (DEV, True)
    made = decided(review, DEV, EXPANSION, "different")
    assert [one.number for one in review.decisions.standing()] == [made.number]


def test_what_was_kept_apart_stays_apart_under_another_name(review):
    decided(review, OWN, UNNAMED, "different")
    decided(review, OWN, SUPREME, kept=SUPREME, insists=True)
    with pytest.raises(LoadError, match="are two, and one of them is merged in here"):
        decided(review, UNNAMED, SUPREME, insists=True)


def test_what_a_hand_changed_is_not_merged(review):
    Writer(review.store).run("MATCH (e:Entity {id: $id}) SET e.name_en = 'By hand'", {"id": EXPANSION})
    with pytest.raises(LoadError, match="changed by hand"):
        decided(review, DEV, EXPANSION)
    assert review.decisions.all() == []


def test_who_is_loading_is_not_disturbed_and_nothing_is_decided(review):
    with review.ledger.writing_alone("sara@office"), pytest.raises(LoadError, match="sara@office"):
        decided(review, DEV, EXPANSION)
    assert review.decisions.standing() == []
    decided(review, DEV, EXPANSION)


@pytest.mark.parametrize("death", [KeyboardInterrupt, StoreError("The server is gone.")], ids=["killed", "refused"])
def test_a_merging_that_was_cut_off_is_the_work_of_its_decision_and_so_is_its_undoing(review, monkeypatch, death):
    before = digest(review.store)
    first = decided(review, DEV, EXPANSION, "later")
    with cut_off(monkeypatch, death):
        decided(review, DEV, EXPANSION)
    settle(review.store, review.ledger, WHO, print)
    [made] = review.decisions.standing()
    assert made.run == review.ledger.loads()[0].run
    assert review.decisions.number(first.number).undone_at
    assert review.waiting_merges() == []
    with cut_off(monkeypatch, death):
        undone(review, made)
    settle(review.store, review.ledger, WHO, print)
    assert digest(review.store) == before
    assert review.decisions.standing() == []
    assert review.decisions.number(made.number).undone_run == review.ledger.loads()[0].run


@contextmanager
def cut_off(monkeypatch, death):
    """Let the writing end before what follows is derived."""

    def die(*_):
        raise death

    with monkeypatch.context() as patch:
        patch.setattr("loaders.following.follow", die)
        with pytest.raises(death if isinstance(death, type) else type(death)):
            yield

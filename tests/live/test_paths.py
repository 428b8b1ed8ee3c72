"""How two entities are connected, what leads to one, what several have in common: on the examples and around hubs."""

import itertools
from datetime import date

import pytest

from graph_app.errors import NotFoundError
from graph_app.exploration import common as sharing
from graph_app.exploration import neighbourhood, web
from graph_app.exploration.common import TooFewError, common
from graph_app.exploration.paths import SameEndsError, find, leading_to
from graph_app.exploration.telling import sentences
from graph_app.exploration.web import Filters
from graph_app.graph.writer import Writer
from graph_app.picture import name_of

pytestmark = pytest.mark.live

MASHHAD, ISFAHAN, LAHORE, KUALA_LUMPUR = "place:mashhad", "place:418863", "place:1172451", "place:1735161"
ABYAR, RAZI = "person:hadi-abyar", "person:ali-razi"
PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"


def ids(path):
    return [node.id for node in path.nodes]


def said(path, language):
    parts = [part for sentence in sentences(path, language) for part in sentence]
    return "".join(part if isinstance(part, str) else name_of(part, language) for part in parts)


def test_two_people_are_connected_by_the_session_with_the_sentence_behind_each_step(examples):
    [path] = find(examples, ABYAR, RAZI).paths
    assert len(path.steps) == 2
    assert path.nodes[1].id.startswith("event:")
    claims = [claim for step in path.steps for fact in step.facts for claim in fact.claims]
    assert all(claim.source.id == "source:src-000-ilna" and claim.get("quote") for claim in claims)
    session = name_of(path.nodes[1], "en")
    assert said(path, "en") == f"Hadi Abyar took part in {session}, which Ali Razi took part in, too."
    session = name_of(path.nodes[1], "fa")
    assert said(path, "fa") == f"هادی آبیار در {session} شرکت داشت که علی راضی نیز در آن شرکت داشت."


def test_a_path_tells_what_is_planned_as_planned(examples):
    path = find(examples, MASHHAD, "place:sanaa").paths[0]
    assert said(path, "en") == "Mashhad is to become a sister city of Sana'a (under study)."
    assert said(path, "fa") == "قرار است مشهد خواهرخواندهٔ صنعا شود (در دست بررسی)."


def test_all_shortest_paths_are_those_of_the_servers_own_search(examples):
    found = find(examples, MASHHAD, ISFAHAN, kind="all", filters=Filters(types=("TWINNED_WITH",)))
    [[known]] = examples.table(
        "MATCH p = ALL SHORTEST (:Entity {id: $a})-[:TWINNED_WITH]-{1,6}(:Entity {id: $b})"
        " RETURN collect(DISTINCT [n IN nodes(p) | n.id])",
        {"a": MASHHAD, "b": ISFAHAN},
    ).rows
    assert sorted(map(ids, found.paths)) == sorted(known)
    assert {path.nodes[1].id for path in found.paths} == {LAHORE, KUALA_LUMPUR}
    assert not found.more


@pytest.mark.parametrize(("start", "end"), [(MASHHAD, "place:2643743"), ("place:119208", LAHORE), (PLAN, ISFAHAN)])
def test_the_shortest_is_as_short_as_the_servers_own_search_finds(examples, start, end):
    [path] = find(examples, start, end, filters=Filters(groups=True, hubs=True), steps=8).paths
    types = Filters().parameters["types"]
    [[length]] = examples.table(
        "MATCH p = SHORTEST 1 (:Entity {id: $a})((x)-[r]-(y) WHERE type(r) IN $types AND NOT y:Statement){1,8}"
        "(:Entity {id: $b}) RETURN length(p)",
        {"a": start, "b": end, "types": types},
    ).rows
    assert len(path.steps) == length


def test_alternatives_come_in_order_without_loops_and_no_longer_than_two_steps_more(examples):
    found = find(examples, MASHHAD, ISFAHAN, kind="alternatives", most=20)
    lengths = [len(path.steps) for path in found.paths]
    assert lengths == sorted(lengths)
    assert lengths[-1] <= lengths[0] + 2
    assert len({tuple(ids(path)) for path in found.paths}) == len(lengths) == 20
    assert all(len(set(ids(path))) == len(path.nodes) for path in found.paths)
    assert found.more


def test_steps_types_and_certainty_narrow_down(examples):
    assert find(examples, MASHHAD, ISFAHAN, steps=1).paths == ()
    [path] = find(examples, MASHHAD, ISFAHAN, filters=Filters(types=("WITHIN",))).paths
    assert {fact.tie.type for step in path.steps for fact in step.facts} == {"WITHIN"}
    sure = find(examples, MASHHAD, ISFAHAN, filters=Filters(types=("TWINNED_WITH",), certainties=("stated",)))
    assert sure.paths == ()


def test_groups_are_not_passed_unless_they_may(examples):
    [[group]] = examples.table("MATCH (g:Entity {is_group: true})--(:Entity) RETURN g.id ORDER BY g.id LIMIT 1").rows
    [[other]] = examples.table(
        "MATCH (:Entity {id: $id})-[r]-(n:Entity) WHERE type(r) IN $types RETURN n.id ORDER BY n.id LIMIT 1",
        {"id": group, **Filters().parameters},
    ).rows
    assert group in ids(find(examples, group, other).paths[0])
    around = leading_to(examples, other, steps=1)
    assert group in {node.id for node in around.groups}
    assert group not in {one for path in around.paths for one in ids(path)}
    passed = leading_to(examples, other, steps=1, filters=Filters(groups=True), most=50)
    assert group in {one for path in passed.paths for one in ids(path)}


def test_what_leads_to_one_comes_nearest_first_and_from_one_type_only(examples):
    found = leading_to(examples, PLAN, label="City", steps=2, most=50)
    assert {"place:mashhad", "place:sanaa", "place:gaza"} <= {path.nodes[0].id for path in found.paths}
    assert all(path.nodes[-1].id == PLAN and "City" in path.nodes[0].labels for path in found.paths)
    assert [len(path.steps) for path in found.paths] == sorted(len(path.steps) for path in found.paths)


def test_ends_must_be_two_that_are_there(examples):
    with pytest.raises(SameEndsError):
        find(examples, MASHHAD, MASHHAD)
    with pytest.raises(NotFoundError, match="place:atlantis"):
        find(examples, MASHHAD, "place:atlantis")


NODES = "UNWIND $rows AS row CREATE (:Entity:Place {id: row.id, name_en: row.id})"
TIES = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.start}), (b:Entity {id: row.end})"
    " CREATE (a)-[r:SERVES {id: row.start + row.end, certainty: 'stated'}]->(b) SET r += row.more"
)


def made(store, *ties, **dates):
    names = dict.fromkeys(name for pair in ties for name in pair)
    writer = Writer(store)
    writer.rows(NODES, [{"id": name} for name in names])
    rows = [{"start": start, "end": end, "more": dates.get(f"{start}{end}", {})} for start, end in ties]
    writer.rows(TIES, rows)


def test_what_is_over_or_yet_to_come_on_a_day_is_no_way(empty):
    ended = {"valid_to_earliest": date(2020, 1, 1), "valid_to_latest": date(2020, 12, 31)}
    begun = {"valid_from_earliest": date(2022, 1, 1), "valid_from_latest": date(2022, 1, 1)}
    made(empty, ("a", "b"), ("b", "d"), ("a", "c"), ("c", "d"), ab=ended, cd=begun)
    ways = {
        year: [ids(path) for path in find(empty, "a", "d", filters=Filters(day=date(year, 6, 1))).paths]
        for year in (2020, 2021, 2023)
    }
    assert ways == {2020: [["a", "b", "d"]], 2021: [], 2023: [["a", "c", "d"]]}


def test_a_hub_is_not_passed_unless_it_may_and_is_named(empty):
    leaves = [f"leaf{index:03}" for index in range(150)]
    made(empty, *((leaf, "hub") for leaf in leaves), ("leaf000", "way"), ("way", "detour"), ("detour", "leaf149"))
    around = find(empty, "leaf000", "leaf149")
    assert [ids(path) for path in around.paths] == [["leaf000", "way", "detour", "leaf149"]]
    assert {node.id: ties for node, ties in around.hubs.items()} == {"hub": 150}
    through = find(empty, "leaf000", "leaf149", filters=Filters(hubs=True))
    assert [ids(path) for path in through.paths] == [["leaf000", "hub", "leaf149"]]
    assert ids(find(empty, "leaf000", "hub").paths[0]) == ["leaf000", "hub"]


def test_what_is_too_much_to_look_at_is_said_and_what_joins_two_hubs_is_found_all_the_same(empty, monkeypatch):
    monkeypatch.setattr(web, "_TIES", 100)
    monkeypatch.setattr(web, "_LEAST", 50)
    leaves = [f"leaf{index:03}" for index in range(300)]
    made(empty, *((leaf, hub) for leaf in leaves for hub in ("one", "two")))
    found = find(empty, "one", "two", kind="all")
    assert found.cut == "size"
    assert {len(path.steps) for path in found.paths} == {2}
    assert leading_to(empty, "one", steps=1).cut == "size"


def test_a_search_whose_time_is_up_says_so_with_what_it_has(examples, monkeypatch):
    monkeypatch.setattr(web, "monotonic", itertools.count(0, examples.seconds * 0.4).__next__)
    found = find(examples, MASHHAD, "place:2643743", steps=8)
    assert (found.paths, found.cut) == ((), "time")


def test_cities_twinned_with_both_are_found_with_their_ties(examples):
    found = common(examples, [MASHHAD, ISFAHAN], type_="TWINNED_WITH")
    assert {one.node.id for one in found.shared} == {LAHORE, KUALA_LUMPUR}
    assert all(set(one.ties) == {MASHHAD, ISFAHAN} and one.types == {"TWINNED_WITH"} for one in found.shared)
    assert [node.id for node in found.entities] == [MASHHAD, ISFAHAN]


def test_common_ties_are_those_of_all_or_of_as_many_as_is_asked(examples):
    three = [MASHHAD, ISFAHAN, "place:sanaa"]
    assert common(examples, three, type_="TWINNED_WITH").shared == ()
    two = common(examples, three, type_="TWINNED_WITH", least=2)
    assert {LAHORE, KUALA_LUMPUR} <= {one.node.id for one in two.shared}
    with pytest.raises(TooFewError):
        common(examples, [MASHHAD])
    with pytest.raises(NotFoundError, match="atlantis"):
        common(examples, [MASHHAD, "place:atlantis"])


def test_more_in_common_than_is_shown_is_said(empty, monkeypatch):
    monkeypatch.setattr(sharing, "MOST", 5)
    made(empty, *((f"leaf{index}", hub) for index in range(9) for hub in ("one", "two")))
    found = common(empty, ["one", "two"])
    assert (len(found.shared), found.cut) == (5, True)


def test_a_selection_is_expanded_by_what_most_of_it_is_tied_to_and_hubs_are_left_out(empty):
    crowd = [(f"leaf{index:03}", "hub") for index in range(120)]
    made(empty, *crowd, ("a", "both"), ("b", "both"), ("a", "one"), ("a", "hub"))
    found = neighbourhood.expand_all(empty, ["a", "b", "hub"], shown=["a", "b", "hub"])
    assert found.ids == ("both", "one")
    assert (found.more, dict(found.hubs)) == (0, {"hub": 120})
    assert neighbourhood.expand_all(empty, ["a", "b"], shown=["a", "b", "both"], limit=1).more == 1

"""What people type finds what they mean: measured on labelled spellings, by plans that use the indexes."""

import csv

import pytest

from bench import recall
from graph_app._layout import EXAMPLES
from graph_app.exploration.search import search
from graph_app.graph.statements import statement
from graph_app.graph.writer import Writer
from graph_app.keys import KEYS, VERSION, search_keys
from loaders import keying
from loaders import mapping as mappings
from loaders.planning import plan

pytestmark = pytest.mark.live

PARAMETERS = {
    "lucene": "(mash^4 OR mash*)",
    "squashed": "mash",
    "apart": ["mashhad", "plan"],
    "labels": [],
    "enough": 12,
    "ranked": ["Place"],
    "candidates": 12,
    "looked_at": 2000,
    "infixed": 200,
}


def first(store, text):
    return search(store, text, limit=1)[0]


@pytest.mark.timeout(600)
def test_spellings_that_were_held_back_are_found_and_far_more_often_than_by_a_bare_index(examples, record_property):
    asked = recall.measure(examples, recall.spellings("held"))
    table = "\n".join(recall.report(asked))
    record_property("recall", table)
    print(table)  # noqa: T201 - shown with -rP
    counted = [one for one in asked if one.spelling.kind not in recall.APART]
    ours, bare = recall.recall([one.ours for one in counted]), recall.recall([one.bare for one in counted])
    assert len(counted) > 400
    assert ours >= 0.98
    assert ours > bare + 0.2


def test_the_bare_index_is_gone_after_it_was_measured(examples):
    recall.measure(examples, recall.spellings("dev")[:1])
    assert examples.table("SHOW INDEXES YIELD name WHERE name = 'bare' RETURN name").rows == []


def test_most_persian_names_find_a_city_of_which_only_the_latin_name_is_known(empty):
    """The Persian names were written by hand; the graph gets nothing but the English ones."""
    with (EXAMPLES / "world" / "names_fa.csv").open(encoding="utf-8", newline="") as file:
        pairs = {row["name_en"]: row["name_fa"] for row in csv.DictReader(file)}
    rows = [{"id": f"place:{en}", "name_en": en, **search_keys([en])} for en in pairs]
    Writer(empty).rows("UNWIND $rows AS row CREATE (e:Entity:Place) SET e = row", rows)
    asked = list(pairs.items())[::3]
    found = [f"place:{en}" in [hit.node.id for hit in search(empty, fa, limit=5)] for en, fa in asked]
    assert sum(found) / len(asked) > 0.8


@pytest.mark.parametrize(
    ("text", "wanted", "how", "told"),
    [
        ("lai]", "place:mashhad", "layout", "مشهد"),
        ("lahore pakistan", "place:1172451", "near", "Pakistan"),
        ("لاهور پاکستان", "place:1172451", "near", "پاکستان"),
        ("Rostamov", "person:bakht-rustamov", "like", "Bakht Rustamov"),
        ("طهران", "place:tehran", "alias", "طهران"),
        ("Alireza Arafi", "person:arafi", "part", "arafi"),
    ],
)
def test_a_hit_says_why_it_was_found_if_its_name_does_not(examples, text, wanted, how, told):
    hit = first(examples, text)
    assert (hit.node.id, hit.why.how) == (wanted, how)
    assert told in {hit.why.text, hit.why.text_fa}


@pytest.mark.parametrize("text", ["تفاهم نامه ایلام", "تفاهم‌نامه ایلام", "تفاهمنامه ایلام", "ایلام تفاهم نامه"])
def test_neighbouring_words_are_also_one_word_however_both_sides_write_them(examples, text):
    hits = search(examples, text)
    assert (hits[0].node.id, hits[0].why) == ("agreement:mou-ilam-blood-mosques", None)
    assert "source:src-003-shabestan" in [hit.node.id for hit in hits]  # there the words stand apart


def test_joined_words_do_not_make_a_text_fit_that_has_another_word(examples):
    assert first(examples, "تفاهم نامه قرآنی").why is None
    assert first(examples, "تفاهم نامه گلپژشت").why.how == "part"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("مشحد", "place:mashhad"),
        ("تحران", "place:tehran"),
        ("لاحور", "place:1172451"),
        ("اسفهان", "place:418863"),
    ],
)
def test_a_like_name_comes_before_the_beginning_of_a_name_on_another_layout(examples, text, wanted):
    hits = search(examples, text)
    assert (hits[0].node.id, hits[0].why.how) == (wanted, "like")
    assert {hit.why.how for hit in hits} == {"like"}


def test_the_beginning_of_a_name_on_another_layout_is_found_if_nothing_else_is(examples):
    hit = first(examples, "hwtih")
    assert (hit.node.id, hit.why.text) == ("place:418863", "اصفها")


@pytest.mark.parametrize("text", [one.query for one in recall.spellings("dev") if one.kind == recall.NOTHING])
def test_a_text_that_is_no_name_finds_nothing(examples, text):
    assert search(examples, text) == []


def test_after_a_clear_answer_names_that_are_far_less_like_it_are_left_out(examples):
    assert [hit.node.id for hit in search(examples, "نجف عراق")] == ["place:98860"]


@pytest.mark.parametrize("text", ["Mashhad", "مشهد", "mash", "city: mashhad", "شهر:مشهد"])
def test_a_hit_that_is_called_what_was_typed_needs_no_reason(examples, text):
    hit = first(examples, text)
    assert (hit.node.id, hit.why) == ("place:mashhad", None)


def test_a_type_before_a_colon_leaves_only_entities_of_that_type(examples):
    assert {"Agreement"} == {label for hit in search(examples, "agreement: mashhad") for label in hit.node.labels} - {
        "Entity"
    }
    assert all("Person" in hit.node.labels for hit in search(examples, "person: a"))


def operators(plan_of):
    yield plan_of
    for child in plan_of.get("children", ()):
        yield from operators(child)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("search", PARAMETERS),
        ("resembling", {"labels": [], "ways": [{"index": "names", "text": "mash~1", "how": "part", "limit": 40}]}),
    ],
)
def test_no_search_walks_through_all_entities(examples, name, parameters):
    with examples.driver.session(database=examples.database) as session:
        found = session.run(f"EXPLAIN {statement(name)}", parameters).consume().plan
    used = [one["operatorType"].partition("@")[0] for one in operators(found)]
    assert not {"NodeByLabelScan", "AllNodesScan"} & set(used)
    if name == "search":
        assert used.count("ProcedureCall") == 1  # it is what costs most
        assert used.count("NodeIndexSeek") == 1
        scans = [one["args"]["Details"] for one in operators(found) if "NodeIndex" in one["operatorType"]]
        assert len(scans) == 3
        assert all(scan.startswith("TEXT INDEX node:Entity(squashed)") for scan in scans)


def test_a_graph_with_keys_of_an_earlier_version_shows_it_in_the_plan_and_gets_new_ones_once(empty):
    folder = EXAMPLES / "founding"
    mapping = next(one for one in mappings.shipped() if one.mapping == "founding")
    made = plan(empty, [folder / table.file for table in mapping.tables], mapping)
    rows = [dict(change.after) | {"sounds": "old"} for change in made.entities]
    Writer(empty).rows("UNWIND $rows AS row CREATE (e:Entity) SET e = row", rows)
    Writer(empty).run("MATCH (k:Keys) DELETE k")
    assert keying.stale(empty)
    again = plan(empty, [folder / table.file for table in mapping.tables], mapping)
    assert len(again.entities) == len(rows)
    assert keying.renew(empty) == len(rows)
    assert (keying.renew(empty), keying.stale(empty)) == (0, False)
    kept = empty.table("MATCH (e:Entity {id: 'place:mashhad'}) RETURN e {.*} AS e").rows[0][0]
    wanted = next(change.after for change in made.entities if change.id == "place:mashhad")
    assert {name: kept[name] for name in KEYS} == {name: wanted[name] for name in KEYS}
    assert empty.table("MATCH (k:Keys) RETURN k.version").rows == [(VERSION,)]

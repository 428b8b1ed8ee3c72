import pytest

from graph_app.errors import NotFoundError
from graph_app.exploration import neighbourhood, overview, profile, sources
from graph_app.exploration.neighbourhood import UnknownTieError
from graph_app.exploration.search import search
from graph_app.graph import counting
from graph_app.graph.statements import together
from graph_app.graph.writer import Writer
from graph_app.text import fold
from graph_app.vocabulary import vocabulary

pytestmark = pytest.mark.live


def ids(store, text, limit=5):
    return [hit.node.id for hit in search(store, text, limit=limit)]


@pytest.mark.parametrize("text", ["مشهد", "Mashhad", "MASHHAD", "mash", "مشه", "مَشهَد", "  mashhad "])
def test_mashhad_is_found_first_in_either_language_and_as_one_types(examples, text):
    assert ids(examples, text)[0] == "place:mashhad"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("انتقال‌خون", "institution:ilam-blood-transfusion"),
        ("انتقال خون", "institution:ilam-blood-transfusion"),
        ("كانونهاي مساجد", "institution:ilam-mosque-centres"),
        ("کانون های مساجد", "institution:ilam-mosque-centres"),
        ("رستموف", "person:bakht-rustamov"),
        ("rustamof", "person:bakht-rustamov"),
        ("Urumqi", "place:1529102"),
        ("Ürümqi", "place:1529102"),
        ("قم", "place:119208"),
    ],
)
def test_any_spelling_and_spacing_finds_it(examples, text, wanted):
    assert wanted in ids(examples, text)


@pytest.mark.parametrize("text", ["foo:bar* AND (", '"', "\\", "*", "~", "a OR", "[x TO", "٪", "", " "])
def test_nothing_that_is_typed_can_break_the_search(examples, text):
    assert isinstance(search(examples, text), list)


def test_a_hit_tells_where_it_lies(examples):
    [hit] = search(examples, "مشهد", limit=1)
    assert hit.place.id == "place:khorasan-razavi"
    assert hit.ties > 30


def test_neighbours_are_counted_by_type_and_direction_and_only_new_ones_are_given(examples):
    groups = {(g.type, g.direction): g for g in neighbourhood.neighbours(examples, "place:mashhad", ["place:sanaa"])}
    twinned = groups["TWINNED_WITH", "both"]
    assert (twinned.count, twinned.new) == (20, 19)
    first = neighbourhood.expand(examples, "place:mashhad", "TWINNED_WITH", "both", shown=["place:sanaa"], limit=5)
    assert (len(first.ids), first.more) == (5, 14)
    second = neighbourhood.expand(
        examples, "place:mashhad", "TWINNED_WITH", "both", shown=["place:sanaa", *first.ids], limit=100
    )
    assert not set(first.ids) & set(second.ids)
    assert second.more == 0


def test_an_unknown_type_or_entity_is_said(examples):
    with pytest.raises(UnknownTieError, match="LOVES"):
        neighbourhood.expand(examples, "place:mashhad", "LOVES", "out")
    with pytest.raises(NotFoundError, match="place:atlantis"):
        neighbourhood.neighbours(examples, "place:atlantis")
    with pytest.raises(NotFoundError, match="place:atlantis"):
        profile.entity(examples, "place:atlantis")
    with pytest.raises(NotFoundError, match="no tie"):
        profile.tie(examples, "abc")


def test_a_picture_holds_all_ties_among_its_entities_and_never_evidence(examples):
    plan = "agreement:plan-mashhad-sanaa-gaza-sister-city"
    found, hidden = neighbourhood.picture(
        examples, ["place:mashhad", "place:sanaa", plan, "source:src-001-tasnim", "place:none"]
    )
    assert {node.id for node in found.nodes} == {"place:mashhad", "place:sanaa", plan, "source:src-001-tasnim"}
    assert sorted(tie.type for tie in found.ties) == ["PARTY_TO", "PARTY_TO", "TWINNED_WITH"]
    assert hidden["place:mashhad"] > 30


def test_a_picture_is_cut_at_the_limit_and_says_so(examples):
    wanted = [row[0] for row in examples.table("MATCH (c:City) RETURN c.id LIMIT 320").rows]
    found, _ = neighbourhood.picture(examples, wanted)
    assert (len(found.nodes), found.cut) == (300, True)


def test_a_tie_has_publisher_line_quote_and_the_row_it_was_loaded_from(examples):
    groups = profile.entity(examples, "agreement:mou-ilam-blood-mosques").groups
    party = next(fact for group in groups if group.type == "PARTY_TO" for fact in group.facts)
    connection = profile.tie(examples, party.tie.id)
    [claim] = connection.claims
    assert claim.source.properties["publisher_en"] == "Shabestan News Agency"
    assert claim.get("source_line") == 3
    assert "انتقال خون" in claim.get("quote")
    assert claim.get("file") == "founding/agreement_parties.csv"
    assert claim.get("row_line") in range(16, 19)


def test_two_sources_for_one_link_are_one_fact_with_two_claims(examples):
    [row] = examples.table(
        "MATCH (a:Agreement)-[e:EVIDENCED_BY]->() WHERE a.kind = 'sister_city' WITH a, count(e) AS sources"
        " WHERE sources = 2 RETURN a.id AS id ORDER BY id LIMIT 1"
    )
    found = profile.entity(examples, row["id"])
    parties = next(group for group in found.groups if group.type == "PARTY_TO")
    assert [len(fact.claims) for fact in parties.facts] == [2, 2]


def test_a_derived_tie_shows_the_evidence_of_its_agreement(examples):
    groups = profile.entity(examples, "place:sanaa").groups
    facts = next(group.facts for group in groups if group.type == "TWINNED_WITH")
    twinned = next(fact for fact in facts if fact.other.id == "place:mashhad")
    connection = profile.tie(examples, twinned.tie.id)
    assert connection.agreement.id == "agreement:plan-mashhad-sanaa-gaza-sister-city"
    assert connection.claims[0].source.id == "source:src-001-tasnim"


def test_a_source_states_its_facts_in_the_order_of_its_lines(founding):
    page = sources.source(founding, "source:src-003-shabestan")
    lines = [item.line for item in page.stated if item.line is not None]
    assert lines == sorted(lines)
    assert len(page.stated) > 100
    with pytest.raises(NotFoundError, match="is not a source"):
        sources.source(founding, "place:ilam")


def test_the_overview_counts_what_is_there_and_every_fact_has_evidence(examples):
    found = overview.overview(examples)
    assert (found.labels["Person"], found.labels["Source"], found.fictional) == (14, 10, 0)
    assert found.share == 1.0
    assert {"place:mashhad", "person:bakht-rustamov"} <= {node.id for node in found.starting_points}
    assert found.last_load["mapping"] == "world"


def test_what_the_server_has_counted_is_what_is_there(examples):
    labels = examples.table("MATCH (e:Entity) UNWIND labels(e) AS label RETURN label, count(*) AS count")
    types = examples.table("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS count")
    assert counting.labels(examples) == {row["label"]: row["count"] for row in labels if row["label"] != "Entity"}
    assert counting.types(examples) == {row["type"]: row["count"] for row in types}
    assert counting.types(examples, ["WITHIN"]).keys() == {"WITHIN"}
    assert list(counting.labels(examples)) == [one for one in vocabulary().labels if one in counting.labels(examples)]


@pytest.mark.parametrize(
    ("name", "several"),
    [("label_count", tuple(vocabulary().labels)[:3]), ("type_count", tuple(vocabulary().types)[:3])],
)
def test_counts_together_are_each_looked_up_where_the_server_keeps_them(examples, name, several):
    found = [step.operator for step in walk(examples.gate.inspect(together(name, several)).root)]
    assert sum(operator.endswith("CountFromCountStore") for operator in found) == len(several)
    assert not [operator for operator in found if "Scan" in operator or "Expand" in operator]


def walk(step):
    yield step
    for one in step.inputs:
        yield from walk(one)


def test_an_empty_graph_has_an_overview_too(empty):
    found = overview.overview(empty)
    assert (found.entities, found.share, found.starting_points) == (0, 1.0, ())


CITY = "CREATE (:Entity:Place:City {id: row.id, name_en: row.name, search: row.search, squashed: row.search})"


def made(store, names):
    """Write cities by hand, so that a test can have more of them than any example."""
    rows = [{"id": f"place:{index:05}", "name": name, "search": fold(name)} for index, name in enumerate(names)]
    Writer(store).rows(f"UNWIND $rows AS row {CITY}", rows)
    store.table("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


def tied(store, type_, start, ends):
    rows = [{"start": start, "end": end, "id": f"{type_}-{end}"} for end in ends]
    match = "UNWIND $rows AS row MATCH (a:Entity {id: row.start}), (b:Entity {id: row.end})"
    claim = "{id: row.id, source: 'source:x', certainty: 'stated'}"
    Writer(store).rows(f"{match} CREATE (b)-[:{type_} {claim}]->(a)", rows)


def test_the_best_connected_is_found_by_two_letters_among_thousands_that_were_loaded_before_it(empty):
    made(empty, [*(f"Mallow {index}" for index in range(1500)), "Mahan"])
    tied(empty, "WITHIN", "place:01500", [f"place:{index:05}" for index in range(20)])
    assert ids(empty, "ma")[0] == ids(empty, "m")[0] == "place:01500"


def test_an_exact_name_is_first_however_few_ties_it_has(empty):
    made(empty, [*(f"Sanford {index}" for index in range(1500)), "San"])
    tied(empty, "WITHIN", "place:00001", [f"place:{index:05}" for index in range(2, 20)])
    assert ids(empty, "san")[:2] == ["place:01500", "place:00001"]


def test_a_hub_shows_the_first_of_each_kind_of_tie_and_counts_all(empty):
    made(empty, [f"Town {index}" for index in range(1200)])
    tied(empty, "WITHIN", "place:00000", [f"place:{index:05}" for index in range(1, 1200)])
    tied(empty, "SERVES", "place:00000", ["place:00001"])
    found = profile.entity(empty, "place:00000")
    assert [(group.type, len(group.facts), group.count) for group in found.groups] == [
        ("WITHIN", 500, 1199),
        ("SERVES", 1, 1),
    ]
    assert found.cut
    expansion = neighbourhood.expand(empty, "place:00000", "WITHIN", "in", limit=1000)
    assert (len(expansion.ids), expansion.more) == (100, 1099)


@pytest.mark.parametrize("text", ["تفاهم نامه", "تفاهم‌نامه", "تفاهمنامه", "تفاهم نامه "])
def test_a_compound_finds_the_same_however_it_is_spaced_and_sources_come_last(examples, text):
    found = search(examples, text, limit=50)
    assert [hit.node.id for hit in found] == ids(examples, "تفاهمنامه", limit=50)
    labels = ["Source" in hit.node.labels for hit in found]
    assert "Agreement" in found[0].node.labels
    assert labels == sorted(labels)


def test_the_ties_of_a_hit_are_those_that_can_be_drawn(examples):
    [hit] = search(examples, "مشهد", limit=1)
    [[drawn]] = examples.table(
        "MATCH (:Entity {id: 'place:mashhad'})-[r]-() WHERE type(r) <> 'EVIDENCED_BY' RETURN count(r)"
    ).rows
    assert hit.ties == drawn


def test_a_tie_without_direction_is_walked_both_ways_whatever_is_asked(examples):
    both, out = (neighbourhood.expand(examples, "place:mashhad", "TWINNED_WITH", way) for way in ("both", "out"))
    assert both == out


def test_two_dates_for_one_thing_stand_side_by_side_as_they_were_written(empty):
    made(empty, ["Older", "Newer"])
    Writer(empty).run(
        "MATCH (b:Entity {id: 'place:00001'}) SET b.signed_on_written = '2014'"
        " CREATE (b)-[:EVIDENCED_BY {id: 'e', certainty: 'stated', properties: ['name_en', 'signed_on_earliest',"
        " 'signed_on_written'], signed_on_written: '2013-05'}]->(:Entity:Source {id: 'source:x', name_en: 'X'})"
    )
    found = profile.entity(empty, "place:00001")
    assert [version.properties["signed_on_written"] for version in found.disputed("signed_on")] == ["2014", "2013-05"]
    assert (len(found.speakers("signed_on")), found.disputed("name_en")) == (1, ())


def test_evidence_is_not_a_tie_that_can_be_opened(founding):
    [row] = founding.table("MATCH ()-[r:EVIDENCED_BY]->() RETURN r.id AS id LIMIT 1")
    with pytest.raises(NotFoundError, match="no tie"):
        profile.tie(founding, row["id"])

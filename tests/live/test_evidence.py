"""Who says so, in the real graph: ranks, grades, cells as written, mentions, quotations, what nobody vouches for."""

import csv
import shutil

import pytest
from bs4 import BeautifulSoup

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.catalog.library import shipped as questions
from graph_app.exploration import neighbourhood, profile, sources
from graph_app.exploration.search import search
from graph_app.graph.writer import Writer
from loaders.applying import apply
from loaders.mapping import shipped
from loaders.planning import plan

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("patience")]

FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
MASHHAD = "place:mashhad"


def rows(name):
    with (EXAMPLES / "founding" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", made)
    return made


def rewrite(folder, name, change):
    """Write a table again; ``change`` gives each row its new cells."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        table = [change(dict(row)) for row in csv.DictReader(stream)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, table[0])
        writer.writeheader()
        writer.writerows(table)


def planned(store, folder):
    return plan(store, [folder / table.file for table in FOUNDING.tables], FOUNDING)


def demoted(row):
    """Return a party's row; that of Mashhad in the twinning plan is deprecated."""
    wanted = row["party_id"] == "mashhad" and row["role"] == "initiator"
    return {**row, "rank": "deprecated" if wanted else "", "rank_reason": "Not a party" if wanted else ""}


def parties(store):
    [group] = [g for g in profile.entity(store, PLAN).groups if (g.type, g.direction) == ("PARTY_TO", "in")]
    return {f.other.id for f in group.facts}, {f.other.id for f in group.deprecated}


def answer(store, name, **given):
    question = questions()[name]
    return question.ask(store, question.read(store, given).values)


def everything(store):
    """Return all nodes and ties of the graph but the records of loads, without which run wrote them."""
    nodes = store.table("MATCH (n) WHERE NOT n:Sync RETURN labels(n), properties(n)", rows=100_000).rows
    ties = store.table("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)", rows=100_000).rows
    told = [(*ends, {name: item for name, item in said.items() if name != "run"}) for *ends, said in ties]
    return sorted(map(repr, nodes)), sorted(map(repr, told))


def test_an_entity_is_marked_and_found_by_no_search_while_all_that_speaks_of_it_is_set_aside(empty, folder):
    def ranked(rank):
        rewrite(folder, "topics", lambda row: {**row, "rank": rank if row["topic_id"] == "quranic-cooperation" else ""})
        made = planned(empty, folder)
        apply(empty, made)
        return made

    apply(empty, planned(empty, folder))
    before, topic = everything(empty), "topic:quranic-cooperation"
    kinds = "MATCH (:Topic {id: $id})-[r]->(:Source) RETURN type(r), r.type, r.rank"
    name = profile.entity(empty, topic).node.properties["name_en"]
    assert topic in {hit.node.id for hit in search(empty, name)}
    assert {change.type for change in ranked("deprecated").ties} == {"EVIDENCED_BY"}
    found = profile.entity(empty, topic)
    assert (found.node.properties["rank"], found.node.properties["name_en"]) == ("deprecated", name)
    assert [claim.deprecated for claim in found.claims] == [True]
    assert empty.table(kinds, {"id": topic}).rows == [("SET_ASIDE", "EVIDENCED_BY", "deprecated")]
    assert topic not in {hit.node.id for hit in search(empty, name)}
    assert neighbourhood.evidence(empty, [topic]) == {topic: 0}
    assert not planned(empty, folder).changes
    ranked("normal")
    assert empty.table(kinds, {"id": topic}).rows == [("EVIDENCED_BY", None, None)]
    assert everything(empty) == before


def test_a_demoted_tie_leaves_pictures_walks_and_questions_and_stays_on_the_page_until_it_is_promoted(empty, folder):
    apply(empty, planned(empty, folder))
    before = everything(empty)
    assert neighbourhood.picture(empty, [MASHHAD, PLAN])[0].ties
    rewrite(folder, "agreement_parties", demoted)
    made = planned(empty, folder)
    assert (len(made.ties), made.balance.updated, made.balance.created) == (1, 1, 0)
    apply(empty, made)

    assert not neighbourhood.picture(empty, [MASHHAD, PLAN])[0].ties
    assert not [g for g in neighbourhood.neighbours(empty, MASHHAD) if g.type == "PARTY_TO"]
    assert neighbourhood.expand(empty, MASHHAD, "PARTY_TO", "out").ids == ()
    assert not [g for g in neighbourhood.neighbours(empty, MASHHAD) if g.type == "TWINNED_WITH"]
    standing, set_aside = parties(empty)
    assert (MASHHAD in standing, set_aside) == (False, {MASHHAD})
    assert not empty.table("MATCH (:Entity {id: $a})-[r:PARTY_TO]->() RETURN r", {"a": MASHHAD}).rows
    [tie] = empty.table("MATCH (:Entity {id: $a})-[r:SET_ASIDE {type: 'PARTY_TO'}]->() RETURN r", {"a": MASHHAD}).rows[
        0
    ]
    assert tie.id.startswith("party_to:")
    told = profile.tie(empty, tie.id)
    assert (told.tie.type, told.claims[0].get("rank_reason")) == ("PARTY_TO", "Not a party")
    assert not planned(empty, folder).changes

    rewrite(folder, "agreement_parties", lambda row: {**row, "rank": "", "rank_reason": ""})
    back = planned(empty, folder)
    assert (len(back.ties), back.balance.updated, back.balance.created) == (1, 1, 0)
    apply(empty, back)
    assert parties(empty)[1] == set()
    assert [g for g in neighbourhood.neighbours(empty, MASHHAD) if g.type == "TWINNED_WITH"]
    assert everything(empty) == before


def test_no_path_runs_over_a_deprecated_tie_or_through_what_somebody_said(founding, aside):
    ends = {"a": "person:hadi-abyar", "b": "person:ali-razi"}
    match = "MATCH (:Person {id: 'person:ali-razi'})-[r:TOOK_PART_IN]->(:Event)"
    before = answer(founding, "paths/shortest", **ends).result
    assert {tie.type for tie in before.ties} >= {"TOOK_PART_IN"}
    gone = {row["id"] for row in founding.table(f"{match} RETURN r.id AS id")}
    assert gone & {tie.id for tie in before.ties}
    aside("TOOK_PART_IN", "a.id = 'person:ali-razi'")
    after = answer(founding, "paths/shortest", **ends).result
    assert not gone & {tie.id for tie in after.ties}
    said = answer(founding, "paths/shortest", a="person:ramin-ghane", b=PLAN).result
    assert not [node for node in said.nodes if "Statement" in node.labels]


def test_a_preferred_claim_beats_a_surer_one_and_a_deprecated_one_loses_to_any(empty, folder, settings):
    def with_rival(rank):
        columns = [*rows("places")[0], "rank", "rank_reason"]
        base = {"place_id": "here", "name_fa": "اینجا", "kind": "city", "line": "1"}
        both = [
            {**base, "name_en": "Sure", "source_id": "src-000-ilna", "certainty": "stated"},
            {**base, "name_en": "Rival", "source_id": "src-002-hawzah", "certainty": "ambiguous", "rank": rank}
            | {"iso_country": "ZZ"},
        ]
        with (folder / "places.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(both)
        files = [folder / "sources.csv", folder / "places.csv"]
        apply(empty, plan(empty, files, FOUNDING))
        return profile.entity(empty, "place:here")

    def told(found):
        return [v.properties["name_en"] for v in found.versions("name_en")]

    rewrite(folder, "sources", lambda row: {**row, "publisher_id": "", "dateline_place_id": ""})
    assert told(with_rival("")) == ["Sure", "Rival"]
    assert told(with_rival("preferred")) == ["Rival", "Sure"]
    found = with_rival("deprecated")
    assert told(found) == ["Sure", "Rival"]
    assert found.disputed("name_en") == ()
    assert search(empty, "Rival") == []

    client = create_app(empty, settings, testing=True).test_client()
    answered = client.get("/entities/place:here?lang=en", headers={"Host": "127.0.0.1:5000"})
    page = BeautifulSoup(answered.data, "html.parser")
    assert not page.select(".versions")
    assert [struck.text for struck in page.select(".set-aside dd.deprecated s")] == ["Rival"]
    assert [struck.text for struck in page.select(".profile > .facts > dd.deprecated > s")] == ["ZZ"]


def test_the_same_export_in_other_letters_and_digits_changes_nothing_and_the_first_spelling_is_kept(empty, folder):
    arabic = str.maketrans({"ی": "ي", "ک": "ك"})
    rewrite(folder, "topics", lambda row: {**row, "name_fa": row["name_fa"].translate(arabic)})
    apply(empty, planned(empty, folder))
    assert not planned(empty, EXAMPLES / "founding").changes
    [topic] = [row for row in rows("topics") if row["topic_id"] == "quranic-cooperation"]
    found = profile.entity(empty, "topic:quranic-cooperation")
    assert found.claims[0].originals == [("name_fa", topic["name_fa"].translate(arabic))]
    assert found.node.properties["name_fa"] == topic["name_fa"]


def test_every_mention_is_evidence_of_its_own_line_and_claims_nothing(founding):
    mentions = rows("mentions")
    [[count]] = founding.table("MATCH ()-[r:EVIDENCED_BY {evidence_kind: 'mention'}]->(:Source) RETURN count(r)").rows
    assert count == len(mentions)
    mine = [row for row in mentions if row["entity_id"] == "bakht-rustamov"]
    found = profile.entity(founding, "person:bakht-rustamov")
    assert [claim.get("source_line") for claim in found.mentions] == sorted(int(row["line"]) for row in mine)
    assert {claim.get("quote") for claim in found.mentions} == {row["surface_fa"] for row in mine}
    assert len(found.claims) == 1
    page = sources.source(founding, "source:src-004-icro")
    told = sum(len(claims) for _, claims in page.mentioned)
    assert told == sum(row["source_id"] == "src-004-icro" for row in mentions)
    assert not [item for item in page.stated if item.claim.get("evidence_kind")]


def test_a_source_names_the_bodies_and_the_place_behind_it(founding):
    found = sources.source(founding, "source:src-000-ilna").relations
    assert {name: node.id for name, node in found.items()} == {
        "publisher": "institution:ilna",
        "relayed_from": "institution:arvand-fzo-pr",
    }
    assert sources.source(founding, "source:src-001-tasnim").relations["dateline"].id == MASHHAD


@pytest.fixture
def get(founding, settings):
    client = create_app(founding, settings, testing=True).test_client()

    def get_(address):
        answered = client.get(address, headers={"Host": "127.0.0.1:5000"})
        assert answered.status_code == 200
        if answered.mimetype == "text/csv":
            return list(csv.DictReader(answered.text.removeprefix("\ufeff").splitlines()))
        return answered.json if answered.is_json else BeautifulSoup(answered.data, "html.parser")

    return get_


@pytest.fixture
def made_by_hand(founding, aside):
    """An entity and a tie without a source, a second source for a tie, a reliability and a deprecated tie."""
    writer = Writer(founding)
    writer.run(
        "MATCH (m:Place {id: 'place:mashhad'}) CREATE (b:Entity:Place {id: 'place:bare', name_en: 'Bare'})"
        " CREATE (b)-[:WITHIN {id: 'hand-1'}]->(m)"
    )
    writer.run(
        "MATCH (m:Place {id: 'place:mashhad'})-[r:PARTY_TO]->(g:Agreement)"
        " CREATE (m)-[:PARTY_TO {id: 'hand-2', role: r.role, role_detail_fa: 'میزبان', source: 'source:src-002-hawzah',"
        " certainty: 'inferred', credibility: 2, basis: 'told', original_role_detail_fa: 'ميزبان'}]->(g)"
        " SET r.role_detail_fa = 'پیشنهاددهنده'"
    )
    writer.run("MATCH (s:Source {id: 'source:src-002-hawzah'}) SET s.reliability = 'B'")
    writer.run("MATCH (s:Source {id: 'source:src-001-tasnim'}) SET s.reliability = 'F'")
    aside("WITHIN", "a.id = 'place:sanaa'", "Misread")
    yield
    writer.run("MATCH (b:Place {id: 'place:bare'}) DETACH DELETE b")
    writer.run("MATCH ()-[r:PARTY_TO {id: 'hand-2'}]->() DELETE r")
    writer.run("MATCH (:Place {id: 'place:mashhad'})-[r:PARTY_TO]->() REMOVE r.role_detail_fa")
    writer.run("MATCH (s:Source) REMOVE s.reliability")


@pytest.mark.usefixtures("made_by_hand")
def test_two_versions_of_a_tie_stand_side_by_side_with_grades_and_cells_as_written(get):
    page = get(f"/entities/{PLAN}?lang=en")
    fact = next(f for f in page.select(".fact") if f.select_one(f"[data-entity='{MASHHAD}']"))
    assert fact.select_one(".evidence > summary").text == "2 sources"
    assert fact.select_one(".versions > summary").text == "2 versions"
    tasnim, hawzah = fact.select(".version")
    assert tasnim.select_one(".value bdi").text == "پیشنهاددهنده"
    assert hawzah.select_one(".value bdi").text == "میزبان"
    assert [grade["title"] for grade in hawzah.select(".grade")] == [
        "Reliability of the source: usually reliable",
        "Credibility of the claim: probably true",
    ]
    assert "unknown" in tasnim.select_one(".grade")["class"]
    assert "Told by others" in hawzah.text
    assert "as written: ميزبان" in hawzah.select_one(".written").text


@pytest.mark.usefixtures("made_by_hand")
def test_what_was_set_aside_is_behind_a_disclosure_struck_and_with_its_reason(get):
    page = get("/entities/place:sanaa?lang=fa")
    aside = page.select_one("#within-out .set-aside")
    assert "نمایش کنارگذاشته‌ها" in aside.summary.text
    assert aside.select_one(".fact.deprecated .rank-deprecated").text == "کنارگذاشته: Misread"
    assert not page.select("#within-out > .ties .fact")


@pytest.mark.usefixtures("made_by_hand")
def test_what_nobody_vouches_for_looks_so_on_pages_in_pictures_and_in_files(get):
    page = get("/entities/place:bare?lang=en")
    assert page.select_one(".fact .stroke")["aria-label"] == "No source recorded"
    assert page.select_one(".fact .unsourced").text == "no source recorded"
    picture = get("/api/v1/picture?ids=place:bare,place:mashhad&lang=en")
    assert [(edge["stroke"], edge["certainty"]) for edge in picture["edges"]] == [("sparse", "No source recorded")]
    assert {node["id"] for node in picture["nodes"] if node["unsourced"]} == {"place:bare"}
    assert "no source recorded" in get("/ties/hand-1?lang=en").select_one(".claims").text
    table = get("/queries/paths/shortest?a=place:bare&b=place:mashhad&lang=en")
    assert table.select_one("td .unsourced").text == "No source recorded"
    [row] = get("/queries/paths/shortest.csv?a=place:bare&b=place:mashhad")
    assert (row["sourced"], row["source"]) == ("false", "")


def test_a_statement_is_a_quotation_with_speaker_kind_and_line_and_never_a_fact(get):
    for address, count in ((f"/entities/{PLAN}", 2), ("/entities/person:ramin-ghane", 2)):
        page = get(f"{address}?lang=en")
        quotations = page.select("#statements .quotation")
        assert len(quotations) == count
        said = next(q for q in quotations if "higher-level" in q.blockquote.text)
        assert said.select_one(".said-as").text == "Claim"
        assert said.figcaption.select_one("[data-entity='person:ramin-ghane']")
        assert "line 9" in said.figcaption.text
        assert "همسویی این طرح" in said.select_one(".verbatim").text
        assert not page.select(".fact [data-entity^='statement:']")
    persian = {quoted.text for quoted in get(f"/entities/{PLAN}?lang=fa").select("#statements blockquote")}
    assert persian == {row["evidence"] for row in rows("statements") if row["about_id"] == PLAN.partition(":")[2]}


def test_dates_tell_how_they_were_written(get):
    page = get("/entities/event:evt-nation-rights-conference?lang=en")
    dates = [found["title"] for found in page.select(".facts time")]
    assert any("as written: 2025-12-03" in title for title in dates)
    mou = get("/entities/agreement:mou-ilam-blood-mosques?lang=en")
    assert any("XXXX-06-09" in facts.text for facts in mou.select(".facts"))

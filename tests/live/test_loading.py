import csv
import itertools
import shutil

import pytest

from graph_app._layout import EXAMPLES
from graph_app.exploration import profile
from graph_app.graph import schema
from graph_app.graph.writer import Writer
from loaders.applying import apply
from loaders.mapping import shipped
from loaders.plan import differences
from loaders.planning import plan
from loaders.reading import read

pytestmark = pytest.mark.live
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")


def planned(store, folder):
    return plan(store, [folder / table.file for table in FOUNDING.tables], FOUNDING)


def counts(store):
    return store.table("MATCH (e:Entity) OPTIONAL MATCH (e)-[r]->() RETURN count(DISTINCT e), count(r)").rows[0]


def test_the_second_load_changes_nothing(founding):
    again = planned(founding, EXAMPLES / "founding")
    assert not again.changes
    assert again.balance.unchanged == again.balance.read == 618
    assert again.balance.adds_up


def test_all_tables_of_the_articles_are_in_the_graph(founding):
    labels = {
        row["label"]: row["count"]
        for row in founding.table("MATCH (e:Entity) UNWIND labels(e) AS label RETURN label, count(*) AS count")
    }
    assert {name: labels[name] for name in ("Person", "Post", "Appointment", "Agreement", "Event", "Topic")} == {
        "Person": 14,
        "Post": 29,
        "Appointment": 15,
        "Agreement": 9,
        "Event": 19,
        "Topic": 58,
    }
    assert {name: labels[name] for name in ("Commitment", "Metric", "Statement", "Source", "Body", "Place")} == {
        "Commitment": 60,
        "Metric": 12,
        "Statement": 8,
        "Source": 5,
        "Body": 12,
        "Place": 21,
    }
    assert labels["Institution"] == 42 + 3 + 12


def test_every_fact_says_which_line_of_which_article_and_of_which_file_states_it(founding):
    entities = founding.table(
        "MATCH (e:Entity) WHERE NOT EXISTS {"
        " (e)-[c:EVIDENCED_BY]->(:Source) WHERE c.file IS NOT NULL AND c.row_line > 1 } RETURN e.id"
    ).rows
    ties = founding.table(
        "MATCH (:Entity)-[r]->(:Entity) WHERE NOT type(r) IN ['EVIDENCED_BY', 'TWINNED_WITH']"
        " AND (r.source IS NULL OR r.quote IS NULL OR r.file IS NULL OR r.row_line IS NULL OR r.certainty IS NULL)"
        " RETURN r.id"
    ).rows
    assert (entities, ties) == ([], [])


def test_the_evidence_of_a_tie_is_the_row_it_came_from(founding):
    [row] = founding.table(
        "MATCH (:Person {id: 'person:bakht-rustamov'})-[r:TOOK_PART_IN]->(:Event {id: 'event:evt-rustamov-visit-2013'})"
        " RETURN r.file AS file, r.row_line AS line, r.quote AS quote, r.source_line AS source_line"
    )
    with (EXAMPLES / row["file"]).open(encoding="utf-8") as stream:
        lines = list(csv.reader(stream))
    cells = lines[row["line"] - 1]
    assert cells[0] == "evt-rustamov-visit-2013"
    assert row["quote"] in cells
    assert str(row["source_line"]) in cells


def test_a_bad_row_is_rejected_and_the_rest_loads(empty, tmp_path):
    folder = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", folder)
    people = folder / "people.csv"
    with people.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[1][-2] = "certainly"  # not a word of the vocabulary; the person is named by other tables
    with people.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    made = planned(empty, folder)
    reasons = {(reject.file, reject.row.line): str(reject.reason) for reject in made.rejects}
    assert "“certainly” is not a known word" in reasons["founding/people.csv", 2]
    dangling = [reason for reason in reasons.values() if "speaks of person:hardanian" in reason]
    assert len(dangling) == len(reasons) - 1 == 4  # two posts that he holds, a session that he attended, a mention
    assert made.balance.adds_up
    assert made.balance.rejected == 5
    apply(empty, made)
    assert not empty.table("MATCH (p:Person {id: 'person:hardanian'}) RETURN p").rows
    assert len(empty.table("MATCH (p:Person) RETURN p").rows) == 13


def test_a_changed_cell_is_one_update_with_before_and_after(empty, tmp_path):
    folder = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", folder)
    apply(empty, planned(empty, folder))
    topics = folder / "topics.csv"
    topics.write_text(
        topics.read_text(encoding="utf-8").replace("Quranic cooperation", "Cooperation on the Quran"), encoding="utf-8"
    )
    made = planned(empty, folder)
    [change] = made.entities
    assert list(differences(change)) == [("name_en", "Quranic cooperation", "Cooperation on the Quran")]
    assert (made.balance.updated, made.balance.created) == (1, 0)
    apply(empty, made)
    assert not planned(empty, folder).changes


def test_two_sources_that_differ_stand_side_by_side_in_whatever_order_they_are_loaded(empty, tmp_path):
    table = FOUNDING.by_file["places.csv"]
    header = ",".join(read(EXAMPLES / "founding" / "places.csv").header)
    sources = (EXAMPLES / "founding" / "sources.csv").read_text(encoding="utf-8")
    for number, order in enumerate((("src-000-ilna", "src-002-hawzah"), ("src-002-hawzah", "src-000-ilna"))):
        for place, source in enumerate(order):
            folder = tmp_path / f"{number}-{place}"
            folder.mkdir()
            (folder / "sources.csv").write_text(sources, encoding="utf-8")
            name = {"src-000-ilna": "Older name", "src-002-hawzah": "Newer name"}[source]
            row = f"here-{number},اینجا,{name},city,,,IR,,,,,,{source},1,اینجا,stated,"
            (folder / table.file).write_text(f"{header}\n{row}\n", encoding="utf-8")
            files = [folder / "sources.csv", folder / table.file]
            apply(empty, plan(empty, files, FOUNDING))
        found = profile.entity(empty, f"place:here-{number}")
        assert found.node.properties["name_en"] == "Newer name"
        assert [(v.claims[0].source.id, v.properties["name_en"]) for v in found.disputed("name_en")] == [
            ("source:src-002-hawzah", "Newer name"),
            ("source:src-000-ilna", "Older name"),
        ]
        assert len(found.claims) == 2


def test_a_row_that_contradicts_an_earlier_one_of_its_source_is_rejected(empty, tmp_path):
    folder = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", folder)
    groups = folder / "groups.csv"
    lines = groups.read_text(encoding="utf-8").splitlines()
    groups.write_text(
        "\n".join([*lines, lines[1], lines[1].replace("Quranic officials", "Officials")]), encoding="utf-8"
    )
    made = planned(empty, folder)
    [reject] = made.rejects
    assert "but line 2 says" in str(reject.reason)
    assert made.balance.duplicate == 1
    assert made.balance.adds_up


def test_a_load_that_was_cut_off_is_finished_by_loading_again(empty, monkeypatch):
    made = planned(empty, EXAMPLES / "founding")
    schema.apply(empty)
    whole, count = Writer.transaction, itertools.count()

    def cut_off(self, work):
        if next(count) == 3:
            raise ConnectionError
        return whole(self, work)

    monkeypatch.setattr(Writer, "transaction", cut_off)
    with pytest.raises(ConnectionError):
        apply(empty, made)
    monkeypatch.undo()
    apply(empty, planned(empty, EXAMPLES / "founding"))
    assert not planned(empty, EXAMPLES / "founding").changes
    assert empty.table("MATCH ()-[r:EVIDENCED_BY]->() RETURN count(r)").rows[0][0] == 307 + 182


def test_sister_cities_are_derived_from_agreements_and_marked_so(examples):
    rows = examples.table(
        "MATCH (:City {id: 'place:mashhad'})-[r:TWINNED_WITH]-(c:City)"
        " MATCH (:Entity {id: r.agreement})-[h:HAD_STATUS]->(s:Status) WHERE h.from <= date('2025-12-05') <= h.to"
        " RETURN c.id AS id, s.id AS status, r.derived AS derived"
    )
    found = {row["id"]: row["status"] for row in rows}
    assert found["place:sanaa"] == found["place:gaza"] == "under_study"
    assert sum(status == "reported" for status in found.values()) == 18
    assert all(row["derived"] for row in rows)


def test_mashhad_of_the_articles_and_of_the_lists_is_one(examples):
    rows = examples.table("MATCH (c:City) WHERE c.name_en = 'Mashhad' OR c.name_fa = 'مشهد' RETURN c.id").rows
    assert rows == [("place:mashhad",)]
    sources = {claim.source.id for claim in profile.entity(examples, "place:mashhad").claims}
    assert sources == {"source:src-001-tasnim", "source:src-iran-sister-cities"}


def test_every_sister_city_link_of_the_world_is_reported_and_none_is_in_force(examples):
    rows = examples.table("MATCH (a:Agreement {kind: 'sister_city'}) RETURN a.status AS status, count(*) AS count").rows
    assert rows == [("reported", 2033)]


def test_other_renderings_of_a_loaded_export_change_nothing(founding, tmp_path, render, renderings):
    tables = {}
    for table in FOUNDING.tables:
        with (EXAMPLES / "founding" / table.file).open(encoding="utf-8", newline="") as stream:
            tables[table.file] = list(csv.reader(stream))
    reformatted = {}
    for name in renderings:
        folder = tmp_path / name / "founding"
        folder.mkdir(parents=True)
        for file, rows in tables.items():
            (folder / file).write_bytes(render(rows, name))
        made = planned(founding, folder)
        assert (made.steps(), made.rejects) == ([], ()), name
        balance = made.balance
        assert balance.adds_up
        assert balance.unchanged + balance.reformatted == balance.read == 618
        reformatted[name] = balance.reformatted
    assert reformatted["utf-16"] == reformatted["all quoted"] == reformatted["garbled"] == 0
    assert reformatted["windows-1256"] > 0
    assert reformatted["arabic letters and digits"] > 0

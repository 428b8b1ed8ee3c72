"""The page of data quality: its counts are those of the files, and every kind of trouble made by hand is found."""

import csv
import re

import pytest
from bs4 import BeautifulSoup

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.errors import NotFoundError
from graph_app.exploration import quality
from graph_app.graph.writer import Writer

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("patience")]

DATES = {  # table: (columns that the mapping tries for one date, the first one that is filled counts)
    "sources": [("date_gregorian", "date_jalali")],
    "agreements": [
        ("status_as_of",),
        ("drafted_on",),
        ("signed_on_gregorian", "signed_on_jalali"),
        ("effective_on",),
        ("ends_on",),
    ],
    "events": [("date_gregorian", "date_jalali")],
    "commitments": [("due",)],
    "counts": [("as_of",)],
}
APPOINTED = [("from_date",), ("to_date",), ("as_of",)]


def rows(name):
    with (EXAMPLES / "founding" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def incomplete(row, columns):
    written = next((row[name] for name in columns if row[name]), "")
    return bool(written) and not re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", written)


def expected():
    """Return what the files of the founding example say that the page should count."""
    vacant = {row["position_id"] for row in rows("positions") if not row["person_id"]}
    seats = rows("event_participants")
    at = [(r["event_id"], r["participant_id"]) for r in seats if r["participant_type"] == "position"]
    seated = {(event, post) for event, post in at if post in vacant}
    doubtful = {(r["event_id"], r["participant_id"]) for r in seats if r["certainty"] == "ambiguous"}
    alone = vacant - {post for _, post in seated}
    dates = sum(incomplete(row, columns) for name, all_ in DATES.items() for row in rows(name) for columns in all_)
    held = [row for row in rows("positions") if row["person_id"]]
    return {
        **dict.fromkeys(quality.CHECKS, 0),
        "incomplete_dates": dates + sum(incomplete(row, columns) for row in held for columns in APPOINTED),
        "undated_events": sum(not (row["date_gregorian"] or row["date_jalali"]) for row in rows("events")),
        "unresolved_seats": len(seated | doubtful) + len(alone),
        "duplicates": sum(row["decision"] in {"", "undecided"} for row in rows("same_as_candidates")),
    }


def counted(store):
    return {found.check: found.count for found in quality.counts(store)}


def test_the_counts_are_those_of_the_files_and_of_the_rows(founding):
    counts = counted(founding)
    assert counts == expected()
    assert counts["incomplete_dates"] > 0
    for check, count in counts.items():
        assert len(quality.rows(founding, check).rows) == count, check


def test_the_seat_that_the_article_leaves_open_is_among_the_unresolved(founding):
    found = {
        (row["subject"].id, row["object"].id if row["object"] else None)
        for row in quality.rows(founding, "unresolved_seats")
    }
    assert ("post:pos-head-qdc-secretariat", "event:evt-quranic-mou-drafting-session") in found


def test_every_kind_of_trouble_is_found(empty):
    writer = Writer(empty)
    writer.run(
        "CREATE (a:Entity:Agreement {id: 'agreement:a', name_en: 'A', kind: 'pact', status: 'signed',"
        " signed_on_written: '1404', signed_on_earliest: date('2025-03-21'), signed_on_latest: date('2026-03-20')})"
        " CREATE (s:Entity:Source {id: 'source:s', name_en: 'S'}), (t:Entity:Source {id: 'source:t', name_en: 'T'})"
        " CREATE (p:Entity:Place {id: 'place:p', name_en: 'P'}), (e:Entity:Event {id: 'event:e'})"
        " CREATE (o:Entity:Post {id: 'post:o'}), (q:Entity:Place {id: 'place:q', name_en: 'Q'})"
        " CREATE (a)-[:EVIDENCED_BY {id: '1', properties: ['status'], differs: ['status'], status: 'drafted'}]->(s)"
        " CREATE (p)-[:EVIDENCED_BY {id: '2', properties: ['name_en'], differs: ['name_en'], name_en: 'R'}]->(s)"
        " CREATE (p)-[:PARTY_TO {id: '3', source: 'source:s', role: 'chum', role_detail_fa: 'x'}]->(a)"
        " CREATE (p)-[:PARTY_TO {id: '4', source: 'source:t', role: 'chum', role_detail_fa: 'y'}]->(a)"
        " CREATE (q)-[:WITHIN {id: '5'}]->(p), (q)-[:WITHIN {id: '6', source: 'source:gone'}]->(p)"
        " CREATE (o)-[:TOOK_PART_IN {id: '7', source: 'source:s'}]->(e)"
        " CREATE (p)-[:POSSIBLY_SAME_AS {id: '8', source: 'source:s', reason: 'alike'}]->(q)"
        " CREATE (q)-[:SET_ASIDE {id: '9', type: 'SERVES', source: 'source:s', rank_reason: 'Misread'}]->(p)"
    )
    counts = counted(empty)
    once = dict.fromkeys(quality.CHECKS, 1)
    assert counts == {**once, "unsourced_entities": 5, "unknown_words": 2}
    told = {row["key"]: row["value"] for row in quality.rows(empty, "unknown_words")}
    assert told == {"kind": "pact", "role": "chum"}
    [tie] = quality.rows(empty, "conflicting_ties")
    assert {tie["value"], tie["other"]} == {"x", "y"}
    [set_aside] = quality.rows(empty, "deprecated")
    assert (set_aside["rank_reason"], set_aside["source"].id) == ("Misread", "source:s")
    assert set_aside["tie"].type == "SERVES"
    [missing] = quality.rows(empty, "missing_sources")
    assert (missing["value"], missing["count"]) == ("source:gone", 1)


def test_a_conflict_that_somebody_decided_is_none(empty):
    Writer(empty).run(
        "CREATE (p:Entity:Place {id: 'place:p', name_en: 'P'}), (s:Entity:Source {id: 'source:s'})"
        " CREATE (p)-[:EVIDENCED_BY {id: '1', rank: 'preferred', properties: ['name_en']}]->(s)"
        " CREATE (p)-[:EVIDENCED_BY {id: '2', properties: ['name_en'], differs: ['name_en'], name_en: 'Q'}]->(s)"
    )
    assert counted(empty)["conflicting_values"] == 0
    Writer(empty).run("MATCH ()-[c:EVIDENCED_BY {id: '1'}]->() REMOVE c.rank")
    assert counted(empty)["conflicting_values"] == 1


def test_a_list_that_does_not_exist_is_said(founding):
    with pytest.raises(NotFoundError, match="no list “beauty”"):
        quality.rows(founding, "beauty")


@pytest.fixture
def client(founding, settings):
    return create_app(founding, settings, testing=True).test_client()


@pytest.mark.parametrize(("language", "title"), [("en", "Data quality"), ("fa", "کیفیت داده")])
def test_the_page_links_each_count_to_its_rows_and_says_what_to_do(client, language, title):
    answer = client.get(f"/quality?lang={language}", headers={"Host": "127.0.0.1"})
    page = BeautifulSoup(answer.data, "html.parser")
    assert page.h1.text == title
    assert [row["id"] for row in page.select("tbody tr")] == list(quality.CHECKS)
    duplicates = page.select_one("#duplicates")
    count = duplicates.select_one("a.count")
    assert count.text in {"4", "۴"}
    assert duplicates.select("td")[1].text
    rows_ = BeautifulSoup(client.get(count["href"], headers={"Host": "127.0.0.1"}).data, "html.parser")
    assert len(rows_.select("tbody tr")) == 4


@pytest.mark.parametrize("check", quality.CHECKS)
def test_each_list_is_a_page_and_a_file(client, check):
    page = client.get(f"/quality/{check}?lang=fa", headers={"Host": "127.0.0.1"})
    assert page.status_code == 200
    answer = client.get(f"/quality/{check}.csv", headers={"Host": "127.0.0.1"})
    lines = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
    assert len(lines) - 1 == expected()[check]
    assert answer.mimetype == "text/csv"

"""One picture on two days: what began, ended and changed."""

from datetime import date

import pytest

from graph_app.app import create_app
from graph_app.exploration.snapshots import compared
from graph_app.graph.writer import Writer

pytestmark = pytest.mark.live
DAYS = (date(2020, 1, 1), date(2025, 1, 1))


@pytest.fixture
def posts(empty):
    """A body, two people whose tenures touch it, and an event that happened in between."""
    Writer(empty).run(
        "CREATE (i:Entity:Institution {id: 'institution:i', name_en: 'I'})"
        " CREATE (a:Entity:Appointment {id: 'appointment:a', name_en: 'A', valid_to_latest: date('2022-06-01')})"
        " CREATE (b:Entity:Appointment {id: 'appointment:b', name_en: 'B', valid_from_earliest: date('2022-06-02')})"
        " CREATE (e:Entity:Event {id: 'event:e', name_en: 'E', date_earliest: date('2023-01-01')})"
        " CREATE (a)-[:ISSUED_BY {id: 't1'}]->(i), (b)-[:ISSUED_BY {id: 't2'}]->(i)"
        " CREATE (i)-[:TOOK_PART_IN {id: 't3'}]->(e)"
        " CREATE (i)-[:TOOK_PART_IN {id: 't4', role: 'host', valid_to_latest: date('2021-01-01')}]->(i)"
    )
    return empty


IDS = ["institution:i", "appointment:a", "appointment:b", "event:e"]


def changes(moved):
    return sorted((one.change, one.kept["id"]) for one in moved.values())


def test_what_begins_and_ends_between_the_days_is_found_with_its_ties(posts):
    found, different = compared(posts, IDS, [], DAYS)
    assert changes(different.entities) == [("began", "appointment:b"), ("began", "event:e"), ("ended", "appointment:a")]
    assert changes(different.ties) == [("began", "t2"), ("began", "t3"), ("ended", "t1"), ("ended", "t4")]
    assert {node.id for node in found.nodes} == set(IDS)
    _, backwards = compared(posts, IDS, [], DAYS[::-1])
    assert changes(backwards.entities)[0] == ("began", "appointment:a")
    _, same = compared(posts, IDS, [], (DAYS[1], DAYS[1]))
    assert not same.any


def test_what_was_removed_from_the_picture_is_not_compared(posts):
    found, different = compared(posts, IDS, ["event:e"], DAYS)
    assert "event:e" not in {node.id for node in found.nodes} | set(different.entities)


def test_a_day_that_cannot_be_read_is_said_and_the_json_has_the_rows(posts, settings):
    client = create_app(posts, settings, testing=True).test_client()
    asked = "?ids=institution:i;appointment:a,appointment:b,event:e&from={}&to=2025-01-01&lang=en"
    host = {"Host": "127.0.0.1:5000"}
    wrong = client.get("/explore/compare" + asked.format("soon"), headers=host)
    assert (wrong.status_code, "problem" in wrong.text) == (400, True)
    year = client.get("/explore/compare" + asked.format("1403"), headers=host)
    assert (year.status_code, "20 March 2025" in year.text) == (200, True), "of a year its last day counts"
    rows = client.get("/api/v1/compare" + asked.format("1398-10-11"), headers=host).json
    assert (rows["from"], rows["to"]) == ("2020-01-01", "2025-01-01")
    assert [(row["change"], row["id"]) for row in rows["entities"]] == [
        ("ended", "appointment:a"),
        ("began", "appointment:b"),
        ("began", "event:e"),
    ]

"""Watching: after a load it says what is new, changed and gone, until one says that it is seen."""

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.catalog.vetting import Vetting
from graph_app.database import open_database
from graph_app.delivery.courier import Courier
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from tests.smtp import server

pytestmark = pytest.mark.live
HERE = {"Host": "127.0.0.1:5000", "Origin": "http://127.0.0.1:5000"}


@pytest.fixture
def client(empty, settings, tmp_path):
    mine = Settings({**settings.values, "PEYVAND_HOME": str(tmp_path)})
    database = open_database(mine)
    yield create_app(empty, mine, testing=True, database=database).test_client()
    database.close()


def listed(client, language="en"):
    return BeautifulSoup(client.get(f"/watched?lang={language}", headers=HERE).text, "html.parser")


@pytest.fixture
def make(empty):
    return Writer(empty).run


def test_a_question_and_an_entity_tell_what_is_new_changed_and_gone(client, make):
    make("CREATE (:Entity:City {id: 'place:a', name_en: 'A'}), (:Entity:City {id: 'place:b', name_en: 'B'})")
    question = {"question": "overview/entities_by_type", "type": "City"}
    assert client.post("/watched", data=question, headers=HERE).status_code == 303
    assert client.post("/watched", data={"entity": "place:a"}, headers=HERE).status_code == 303
    client.post("/watched", data=question, headers=HERE)  # twice is once
    page = listed(client)
    assert len(page.select(".watched")) == 2
    assert not page.select(".moved")
    make("MATCH (b:Entity {id: 'place:b'}) DELETE b")
    make(
        "MATCH (a:Entity {id: 'place:a'}) SET a.name_en = 'Aa' CREATE (:Entity:City {id: 'place:c', name_en: 'C'})",
    )
    page = listed(client)
    told = [row.td.text.split()[-1] for row in page.select(".moved tbody tr")]
    assert sorted(told) == ["changed", "changed", "gone", "new"]
    assert page.select_one('.moved a[href="/entities/place:c"]')
    assert "تغییر" in listed(client, "fa").select_one(".moved").text
    for form in page.select("form[action$='/seen']"):
        assert client.post(form["action"], headers=HERE).status_code == 303
    assert not listed(client).select(".moved")
    for form in page.select("form[action$='/stop']"):
        client.post(form["action"], headers=HERE)
    assert not listed(client).select(".watched")


def test_what_is_not_there_any_more_says_so_and_can_be_stopped(client, make):
    make("CREATE (:Entity:City {id: 'place:a', name_en: 'A'})")
    client.post("/watched", data={"entity": "place:a"}, headers=HERE)
    make("MATCH (a:Entity {id: 'place:a'}) DELETE a")
    page = listed(client)
    assert "place:a" in page.select_one(".watched .cut").text
    assert client.post("/watched/nobody/stop", headers=HERE).status_code == 404


DUTIES = """
CREATE (:Sync {graph: 'g', serial: 1}), (:Entity:City {id: 'place:a', name_en: 'A'}),
  (a:Entity:Agreement {id: 'agreement:a', name_en: 'Accord'}),
  (a)-[:HAD_STATUS {from: date() - duration('P9D'), to: date() + duration('P9D'), next_end: date() + duration('P9D'),
    status: 'expiring', rule: 'r', disposition: 'none', implementation: 'not_applicable', renewals: 0, amendments: 0,
    acts: [], flags: [], candidates: []}]->
  (:Status {id: 'expiring'}),
  (:Entity:Commitment {id: 'commitment:due', due_latest: date()})-[:ARISES_FROM]->(a),
  (:Entity:Commitment {id: 'commitment:later', due_latest: date() + duration('P1D')}),
  (:Entity:Commitment {id: 'commitment:kept', due_latest: date(), status: 'fulfilled'}),
  (:Entity:Event {id: 'event:past', status: 'planned', date_latest: date() - duration('P1D')}),
  (:Entity:Event {id: 'event:ahead', status: 'planned', date_latest: date()}),
  (p:Entity:Post {id: 'post:p'}),
  (p)-[:TOOK_PART_IN {role: 'addressee'}]->(:Entity:Event {id: 'event:letter', date_latest: date() - duration('P40D')}),
  (p)-[:TOOK_PART_IN {role: 'addressee'}]->(:Entity:Event {id: 'event:fresh', date_latest: date() - duration('P9D')}),
  (p)-[:TOOK_PART_IN {role: 'addressee', answer: 'agreed'}]->
  (:Entity:Event {id: 'event:answered', date_latest: date() - duration('P40D')})
"""


def test_what_is_found_after_a_load_is_told_once_by_mail_and_in_the_feed(client, make):
    app, told = client.application, []
    make(DUTIES)
    question = {"question": "overview/entities_by_type", "type": "City"}
    for watched in (question, {"entity": "agreement:a"}, {"reminders": "due"}):
        assert client.post("/watched", data=watched, headers=HERE).status_code == 303
    due = [row.select("a")[0]["href"] for row in listed(client).select(".moved tbody tr")]
    assert sorted(due) == [
        f"/entities/{one}" for one in ("agreement:a", "commitment:due", "event:letter", "event:past")
    ]
    made = listed_in(client.post("/watched/channels", data={"kind": "feed", "language": "fa"}, headers=HERE))
    address = made.select_one(".shown-once input")["value"]
    with server() as (post, port):
        values = {"PEYVAND_MAIL_HOST": "127.0.0.1", "PEYVAND_MAIL_PORT": str(port), "PEYVAND_MAIL_TLS": "none"}
        values |= {"PEYVAND_MAIL_SENDER": "peyvand@example.org"}
        app.extensions["settings"] = mine = Settings({**app.extensions["settings"].values, **values})
        client.post("/watched/channels", data={"kind": "mail", "address": "sara@example.org"}, headers=HERE)
        courier = Courier(
            app.extensions["store"], app.extensions["database"], mine, app.extensions["questions"], Vetting()
        )
        for load in (
            "MATCH (s:Sync) SET s.running = 'x' CREATE (:Entity:City {id: 'place:c', name_en: 'Cork'})",
            "MATCH (s:Sync) REMOVE s.running SET s.serial = 2",
            "MATCH (s:Sync), (a:Entity {id: 'agreement:a'}) SET s.serial = 3 DETACH DELETE a",
            "MATCH (s:Sync) SET s.serial = 4",
        ):
            make(load)
            told.append((courier.check().found, courier.deliver().sent))
    assert told == [(0, 0), (2, 1), (1, 1), (0, 0)]
    plain = [mail.get_body(("plain",)).get_content() for _envelope, mail in post.mails]
    assert "Cork" in plain[0]
    assert plain[0].count("\n+ ") == 5  # four duties, one city; the accord is as it was
    assert "Accord" in plain[1]
    feed = client.get(address, headers=HERE).text
    assert feed.count("<entry>") == 3
    assert "یادآوری‌ها" in feed


def digest(client, **asked):
    answer = client.get("/digest", query_string={"lang": "en", **asked}, headers=HERE)
    return BeautifulSoup(answer.text, "html.parser")


def items(page):
    return [one.select_one("a.entity")["data-entity"] for one in page.select(".due > li")]


def test_the_digest_lists_what_is_due_until_one_is_done_with_it(client, make):
    make(DUTIES)
    make(
        "MATCH (e:Entity {id: 'event:past'}) "
        "CREATE (e)-[:EVIDENCED_BY]->(:Entity:Source {id: 'source:f', fictional: true})"
    )
    all_ = ["agreement:a", "commitment:due", "event:past", "event:letter"]
    assert items(digest(client)) == all_
    assert items(digest(client, fiction="recorded")) == ["agreement:a", "commitment:due", "event:letter"]
    page = digest(client, sort="event")
    assert items(page) == ["event:past"]
    assert {flag.text for flag in page.select(".due .flag")} == {"unconfirmed", "fictional"}
    asked = {field["name"]: field["value"] for field in page.select_one("form[action$='/done']").select("input")}
    answer = client.post("/digest/done", data=asked, headers=HERE)
    assert answer.location == "/digest?sort=event"
    assert items(digest(client)) == [one for one in all_ if one != "event:past"]
    assert items(digest(client, done="yes")) == ["event:past"]
    home = BeautifulSoup(client.get("/?lang=en", headers=HERE).text, "html.parser")
    counts = {pill.b.next_sibling.strip(): (pill.b.text, pill["href"]) for pill in home.select(".pills a:has(b)")}
    assert counts["Expiring"] == ("1", "/agreements?attention=expiring&fiction=recorded")
    assert counts["Letters without an answer"] == ("1", "/digest?sort=letter&fiction=recorded")
    assert "not counted" in home.select_one("#attention").parent.text


def test_a_comment_is_plain_text_and_an_item_has_who_takes_it(client, make):
    make(DUTIES)
    reminder = digest(client, sort="ends").select_one("input[name=reminder]")["value"]
    item = {"about": "agreement:a", "reminder": reminder, "from": "digest", "view": "sort=ends&next=//evil.example"}
    for address, said in (("/comments", {"text": "<b>Wait</b>"}), ("/comments/taker", {"taker": "me"})):
        answer = client.post(address, data={**item, **said}, headers=HERE)
        assert answer.location.startswith("/digest?sort=ends#ends_agreement:a_")
    assert digest(client, whose="mine").select_one(".comment-text").text == "<b>Wait</b>"
    assert "<b>Wait</b>" in listed_in(client.get("/entities/agreement:a", headers=HERE)).select_one("#comments").text
    assert client.post("/comments", data={**item, "about": "event:past", "text": "x"}, headers=HERE).status_code == 404
    assert client.post("/comments", data={"about": "place:no", "text": "x"}, headers=HERE).status_code == 404


def listed_in(answer):
    return BeautifulSoup(answer.text, "html.parser")

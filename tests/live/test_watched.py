"""Watching: after a load it says what is new, changed and gone, until one says that it is seen."""

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.database import open_database
from graph_app.graph.writer import Writer
from graph_app.settings import Settings

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

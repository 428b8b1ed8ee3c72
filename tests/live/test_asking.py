"""Asking in Cypher of one's own: what the gate refuses, what is remembered, kept, shared and handed on."""

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.catalog import Catalog

pytestmark = pytest.mark.live
HERE = {"Host": "127.0.0.1:5000", "Origin": "http://127.0.0.1:5000"}
SISTERS = "MATCH (city:City {id: $city})-[:TWINNED_WITH]-(other)\nRETURN other.id AS other ORDER BY other"


@pytest.fixture
def client(founding, settings):
    return create_app(founding, settings, testing=True).test_client()


def send(client, address, **form):
    answer = client.post(address, data=form, headers=HERE)
    return answer, BeautifulSoup(answer.text, "html.parser")


def test_a_statement_with_a_parameter_is_answered_remembered_and_taken_away(client):
    answer, page = send(client, "/ask?lang=en", statement=SISTERS, p_city="place:mashhad")
    assert answer.status_code == 200
    assert [cell.text.strip() for cell in page.select(".outcome tbody td")] == ["place:gaza", "place:sanaa"]
    assert page.select_one(".given input")["value"] == "place:mashhad"
    assert "TWINNED_WITH" in page.select_one(".history code").text
    (address,) = {link["href"] for link in page.select(".result-bar a[download]") if link.text == "CSV"}
    rows = client.get(address, headers=HERE)
    assert "place:gaza" in rows.text
    assert rows.headers["Content-Disposition"].endswith('"answer.csv"')


def test_declared_parameters_are_read_as_those_of_a_saved_question_and_the_answer_is_shown_in_other_views(client):
    text = "MATCH (city:City {id: $city})-[tie:TWINNED_WITH]-(other) WHERE $day > date('1900-01-01') RETURN *"
    said = {"d_city.type": "entity", "d_city.of": "City", "d_city.label": "My city", "d_day.type": "date"}
    answer, page = send(client, "/ask?lang=en", statement=text, p_city="Mashad", p_day="soon", **said)
    assert answer.status_code == 400
    assert page.select_one("#wrong-day")
    assert page.select_one("[name=p_day]")["data-day"]
    assert "My city" in page.select_one("label[for=field-city]").text
    answer, page = send(client, "/ask?lang=en", statement=text, p_city="مشهد", p_day="۱۴۰۰-۰۱-۰۱", **said)
    assert answer.status_code == 200
    views = {link.text: link["href"] for link in page.select(".result-bar nav a")}
    assert {"Network", "Map"} <= set(views)
    network = BeautifulSoup(client.get(views["Network"] + "&lang=en", headers=HERE).text, "html.parser")
    assert network.select_one("#canvas")
    assert network.select_one("[name='d_city.type'] option[selected]")["value"] == "entity"
    plan = BeautifulSoup(client.get(views["Map"] + "&plan=explain&lang=en", headers=HERE).text, "html.parser")
    assert plan.select("table.plan tbody tr")
    gone = BeautifulSoup(client.get("/ask?answer=x&lang=en", headers=HERE).text, "html.parser")
    assert "not kept" in gone.select_one("#wrong").text


@pytest.mark.parametrize(
    ("statement", "line", "column"),
    [
        ("MATCH (n)\nSET n.x = 1", 2, 1),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", 1, 1),
        ("RETURN (", 0, 0),
    ],
)
def test_what_the_gate_refuses_is_told_with_its_place_and_runs_nowhere(client, statement, line, column):
    told = client.post("/ask/check?lang=fa", data={"statement": statement}, headers=HERE).json
    assert told["problem"]
    assert not line or (told["line"], told["column"]) == (line, column)
    answer, page = send(client, "/ask?lang=fa", statement=statement)
    assert answer.status_code == 400
    assert page.select_one("#wrong").text.strip()
    assert page.textarea.text.strip() == statement  # nothing that was typed is lost


def test_the_check_names_the_parameters_of_a_good_statement(client):
    told = client.post("/ask/check", data={"statement": SISTERS}, headers=HERE).json
    assert told == {"parameters": ["city"], "problem": "", "line": 0, "column": 0}


def test_a_saved_question_opens_in_the_editor_with_its_example(client):
    page = BeautifulSoup(client.get("/ask?from=cities/sister_cities&lang=en", headers=HERE).text, "html.parser")
    assert "TWINNED_WITH" in page.textarea.text
    given = {field["name"]: field["value"] for field in page.select(".given input")}
    assert given["p_city"]
    answer, rows = send(client, "/ask?lang=en", statement=page.textarea.text, **given)
    assert answer.status_code == 200
    assert rows.select(".outcome tbody tr")  # a day is a day, not a text that equals none


def test_a_value_that_no_reader_of_json_survives_is_text(client):
    answer, page = send(client, "/ask?lang=en", statement="RETURN size($deep) AS size", p_deep="[" * 20_000)
    assert answer.status_code == 200
    assert page.select_one(".outcome tbody td").text.strip().replace(",", "") == "20000"


def test_a_kept_statement_becomes_a_file_that_the_library_reads(client, tmp_path):
    answer, _ = send(client, "/ask/keep", statement=SISTERS, p_city="place:mashhad", name="Sisters of a city")
    assert answer.status_code == 303
    key = answer.headers["Location"].partition("own=")[2]
    text = client.get(f"/ask/{key}.cypher", headers=HERE).text
    folder = tmp_path / "queries" / "mine"
    folder.mkdir(parents=True)
    (folder / "sisters.cypher").write_text(text, encoding="utf-8")
    question = Catalog.load([folder.parent]).question("mine/sisters")
    assert question.header.title.en == "Sisters of a city"
    assert question.parameters["city"].type == "text"

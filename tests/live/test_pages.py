"""Pages as a reader of their source sees them, over the real graph."""

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.errors import TimeLimitError
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.views import home
from graph_app.views.headers import POLICY

pytestmark = pytest.mark.live


@pytest.fixture
def get(examples, settings):
    client = create_app(examples, settings, testing=True).test_client()

    def get_(address, **headers):
        answer = client.get(address, headers={"Host": "127.0.0.1:5000", **headers}, buffered=True)
        return (
            answer.status_code,
            BeautifulSoup(answer.data, "html.parser") if answer.is_json is False else answer.json,
            answer,
        )

    return get_


def test_the_entity_page_shows_each_fact_with_its_source(get):
    status, page, _ = get("/entities/agreement:mou-ilam-blood-mosques?lang=en")
    assert status == 200
    assert page.h1.text.startswith("Cooperation MoU between the Blood Transfusion")
    assert any("9 Shahrivar, year not given" in facts.text for facts in page.select(".facts"))
    headings = [h.contents[0].strip() for h in page.select(".group h3")]
    assert {"Parties", "Signatories", "About", "Commitments", "Acts"} <= set(headings)
    for fact in page.select(".fact"):
        assert fact.select(".claim"), fact.text
    quotes = page.select(".claim blockquote")
    assert len(quotes) > 40


def test_the_home_page_comes_without_numbers_that_take_too_long(get, monkeypatch):
    def too_long(*_asked, **_limits):
        raise TimeLimitError("too long")

    monkeypatch.setattr(home, "counts", too_long)
    status, page, _ = get("/?lang=en")
    assert status == 200
    told = [pill.get_text(" ", strip=True) for pill in page.select("[aria-labelledby=attention] .pills li")]
    assert told[0] == "? not counted yet Expiring"
    assert "was not counted in time" in page.select_one("[aria-labelledby=agreements] .none").text


def test_unsourced_facts_look_unsourced(get, examples):
    writer = Writer(examples)
    writer.run("CREATE (:Entity:Place {id: 'place:bare', name_en: 'Bare', search: 'bare', squashed: 'bare'})")
    try:
        _, page, _ = get("/entities/place:bare?lang=en")
        assert page.select_one(".unsourced").text == "no source recorded"
        assert page.select_one("#facts .none").text == "No ties recorded."
    finally:
        writer.run("MATCH (p:Place {id: 'place:bare'}) DELETE p")


def test_rival_values_stand_beside_the_one_that_is_kept(get):
    _, page, _ = get("/entities/place:israel?lang=en")
    rivals = page.select(".versions")[0]
    assert rivals.summary.text == "2 versions"
    shown, other = rivals.select(".version")
    assert [version.select_one(".value bdi").text for version in (shown, other)] == ["رژیم صهیونیستی", "اسرائیل"]
    assert "founding/places.csv" in shown.select_one(".claim .file").text
    assert "world/countries.csv" in other.select_one(".claim .file").text


@pytest.mark.parametrize(
    "address",
    ["/", "/explore", "/queries", "/entities/place:mashhad", "/api/v1/search?q=a", "/nowhere", "/static/css/app.css"],
)
def test_every_answer_carries_the_policy(get, address):
    _, _, answer = get(address)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    if not address.startswith("/static"):
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:5000"])
def test_another_host_name_is_refused(get, host):
    assert get("/", Host=host)[0] == 400


def test_the_language_comes_from_the_address_then_the_cookie_then_the_browser(get):
    def language(address, **headers):
        return get(address, **headers)[1].html["lang"]

    assert language("/", **{"Accept-Language": "fa"}) == "fa"
    assert language("/", **{"Accept-Language": "de"}) == "en"
    assert language("/?lang=fa", **{"Accept-Language": "en"}) == "fa"
    assert language("/", **{"Accept-Language": "en"}) == "fa"  # remembered


def test_the_search_answers_in_the_readers_language(get):
    _, found, _ = get("/api/v1/search?q=mash&limit=1&lang=fa")
    [hit] = found["results"]
    assert (hit["name"], hit["other_name"], hit["label_name"], hit["lang"]) == ("مشهد", "Mashhad", "شهر", "fa")
    assert "پیوند" in hit["fact"]


def test_errors_of_the_api_are_sentences(get):
    status, body, _ = get("/api/v1/entities/place:none/neighbours?lang=en")
    assert (status, body["detail"]) == (404, "There is no “place:none” in the graph.")
    status, body, _ = get("/api/v1/entities/place:mashhad/expand?type=X&lang=fa")
    assert status == 400
    assert "وجود ندارد" in body["detail"]
    assert get("/api/v1/nowhere")[0] == 404


def test_the_same_steps_are_the_same_picture(get):
    address = "/api/v1/picture?ids=place:mashhad;place:karachi,place:sanaa"
    first, second = get(address)[1], get(address)[1]
    assert first == second
    assert {(node["id"], node["x"], node["y"]) for node in first["nodes"]} == {
        (node["id"], node["x"], node["y"]) for node in second["nodes"]
    }
    removed = get(address + "&without=place:karachi")[1]
    kept = {node["id"]: (node["x"], node["y"]) for node in removed["nodes"]}
    assert "place:karachi" not in kept
    assert kept == {node["id"]: (node["x"], node["y"]) for node in first["nodes"] if node["id"] in kept}


def test_a_store_that_is_away_is_a_page_and_no_traceback(settings):
    with Store(connect("bolt://127.0.0.1:1", "neo4j", "x"), "neo4j") as store:
        answer = create_app(store, settings).test_client().get("/?lang=en", headers={"Host": "localhost"})
    assert answer.status_code == 503
    assert b"cannot be reached" in answer.data
    assert b"Traceback" not in answer.data

"""The contract of the API: what stands in its document is what the app answers, errors included."""

import re
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from werkzeug.exceptions import TooManyRequests

from graph_app.app import create_app
from graph_app.errors import StoreError
from graph_app.settings import Settings
from graph_app.views.contract.document import document, path_of, rules
from graph_app.views.contract.persian import SHAPES
from graph_app.views.contract.records import Problem
from graph_app.views.problems import problem, titles

HOST = "http://127.0.0.1"
WHOLE = "/api/v1/openapi.json"
PART = re.compile(r"\{\w+\}")
ODD = [
    "%00", "%ff%fe", "%C3%28", "%ED%A0%80", "%F4%90%80%80", "a" * 20_000, "place:" + "x" * 5_000, "%0d%0aX: y", "'",
    '"', "`", "\\", "${7*7}", "{{7*7}}", "%E2%80%AE", "-1", "1e309", "NaN", "9" * 400, "%2e%2e/%2e%2e/etc/passwd",
    ",,,;;;",
]  # fmt: skip


@pytest.fixture
def app(no_graph, tmp_path):
    return create_app(no_graph, Settings.read({"PEYVAND_HOME": str(tmp_path)}))


@pytest.fixture
def ask(app):
    client = app.test_client()
    return lambda path, method="GET", **more: client.open(path, method=method, base_url=HOST, **more)


def test_every_address_of_the_api_stands_in_the_document_and_the_reverse(app, ask):
    told = ask(WHOLE).json
    assert told["openapi"] == "3.1.0"
    assert {path_of(rule) for rule in rules(app)} == {*told["paths"], WHOLE}
    for rule in rules(app):
        assert rule.methods == {"GET", "HEAD", "OPTIONS"}, rule


def test_the_document_names_each_operation_once_and_each_reference_leads_somewhere(ask):
    told = ask(WHOLE).json
    operations = [one["get"] for one in told["paths"].values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for path, one in ((path, item["get"]) for path, item in told["paths"].items()):
        assert one["summary"]
        assert {f"{{{p['name']}}}" for p in one["parameters"] if p["in"] == "path"} == {
            part for part in path.split("/") if part.startswith("{")
        }
        assert all(parameter["description"] and parameter["schema"] for parameter in one["parameters"]), path

    def references(part):
        if isinstance(part, dict):
            yield from [part["$ref"]] if "$ref" in part else []
            for inner in part.values():
                yield from references(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from references(inner)

    for reference in set(references(told)):
        found = told
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    for shape in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_the_document_is_told_in_both_languages(app):
    with app.test_request_context():
        english, persian = document(app, "en"), document(app, "fa")
    for path, one in english["paths"].items():
        other = persian["paths"][path]["get"]
        assert one["get"]["summary"].isascii()
        assert not other["summary"].isascii()
        assert not any(parameter["description"].isascii() for parameter in other["parameters"])


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/api/v1/nowhere", "GET", 404),
        ("/api/nowhere", "GET", 404),
        ("/api/v1/search", "POST", 405),
        ("/api/v1/search?limit=none", "GET", 400),
        ("/api/v1/search?limit=0", "GET", 400),
        ("/api/v1/search?limit=99999999999999999999999999", "GET", 400),
        ("/api/v1/paths?kind=nearest", "GET", 400),
        ("/api/v1/compare?from=never", "GET", 400),
        ("/api/v1/entities/place:atlantis", "GET", 404),
        ("/api/v1/questions/none/none", "GET", 404),
        ("/api/v1/questions/cities/sister_cities/answer", "GET", 400),
        ("/api/v1/questions/cities/sister_cities/answer?town=x", "GET", 400),
        ("/queries/cities/sister_cities.json?city=", "GET", 400),
    ],
)
def test_what_goes_wrong_is_told_as_problem_details_in_the_readers_language(ask, path, method, status):
    here = "&" if "?" in path else "?"
    english, persian = (ask(f"{path}{here}lang={language}", method) for language in ("en", "fa"))
    for answer in (english, persian):
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        Problem.model_validate(answer.json)
        assert answer.json["status"] == status
        assert answer.json["type"] == f"/api#problem-{status}"
    assert english.json["title"] != persian.json["title"]
    assert english.json["detail"] != persian.json["detail"]
    assert ("Allow" in english.headers) == (status == 405)


def test_each_field_that_cannot_be_used_is_named(ask):
    told = ask("/api/v1/search?limit=x&offers=perhaps&lang=en").json
    assert told["fields"] == {"limit": "“x” is not a whole number.", "offers": "“perhaps” is neither yes nor no."}


def test_a_refusal_does_not_repeat_all_of_a_request_that_is_far_too_long(ask):
    answer = ask(f"/api/v1/search?limit={'x' * 50_000}")
    assert answer.status_code == 400
    assert len(answer.data) < 3000


def test_a_host_or_a_reader_that_is_refused_is_told_so_as_a_problem_too(ask):
    foreign = ask("/api/v1/search?q=x", headers={"Host": "evil.example"})
    out = ask("/api/v1/search?q=x", environ_overrides={"REMOTE_ADDR": "10.0.0.7"})
    across = ask("/api/v1/search?q=x", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"})
    large = ask("/api/v1/search?q=x", "GET", data=b"x" * (2**20 + 1))
    assert [one.status_code for one in (foreign, out, across)] == [400, 401, 403]
    assert {one.mimetype for one in (foreign, out, across)} == {"application/problem+json"}
    assert large.status_code in {200, 413}


def test_every_status_that_the_document_names_has_a_title_and_a_place_in_the_reference(app, ask):
    told = ask(WHOLE).json["paths"]["/api/v1/search"]["get"]["responses"]
    page = BeautifulSoup(ask("/api?lang=fa").data, "html.parser")
    with app.test_request_context("/api/v1/search"):
        assert {int(status) for status in told} - {200} <= set(titles())
        busy = app.handle_http_exception(TooManyRequests(retry_after=30))
        assert (busy.status_code, busy.headers["Retry-After"]) == (429, "30")
        assert busy.json["type"] == problem("", HTTPStatus.TOO_MANY_REQUESTS).json["type"]
    assert {f"problem-{status}" for status in titles()} <= {row["id"] for row in page.select("tr[id]")}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_reference_shows_every_address_with_its_parameters_and_its_shape(ask, language):
    told = ask(WHOLE).json
    page = BeautifulSoup(ask(f"/api?lang={language}").data, "html.parser")
    anchors = {tag["id"] for tag in page.select("[id]")}
    for path, one in told["paths"].items():
        section = page.find(id=one["get"]["operationId"])
        assert section.h2.text == f"GET {path}"
        own = {p["name"] for p in one["get"]["parameters"] if p["in"] == "query"} - {"lang", "values"}
        assert own <= {row.text for row in section.select("th[scope=row]")}
    assert {link["href"][1:] for link in page.select("main a[href^='#']")} <= anchors


def test_the_reference_says_in_both_languages_what_each_shape_is(ask):
    shapes = ask(WHOLE).json["components"]["schemas"]
    assert set(shapes) == set(SHAPES)
    pages = {tongue: BeautifulSoup(ask(f"/api?lang={tongue}").data, "html.parser") for tongue in ("en", "fa")}
    for name, shape in shapes.items():
        told = {"en": shape["description"], "fa": SHAPES[name]}
        for tongue, page in pages.items():
            assert page.find(id=f"shape-{name}").p.text == told[tongue].replace("``", "")
        fields, persian = (set(re.findall(r"``(\w+)``", about)) for about in told.values())
        assert fields == persian, name


def test_the_saved_questions_are_listed_page_by_page(ask):
    first = ask("/api/v1/questions?limit=3").json
    second = ask(first["next"]).json
    assert (len(first["questions"]), first["total"] > 6, second["offset"]) == (3, True, 3)
    assert not {one["name"] for one in first["questions"]} & {one["name"] for one in second["questions"]}
    last = ask(f"/api/v1/questions?offset={first['total'] - 1}").json
    assert (len(last["questions"]), last["next"]) == (1, None)


def test_persian_travels_as_it_is_written(ask):
    assert "پرسش" in ask("/api/v1/openapi.json?lang=fa").text


def test_odd_bytes_and_methods_break_nothing(ask, no_graph, monkeypatch):
    """The graph is away here, so that what is tried is the reading of the request; the live tests have the graph."""

    def away(*_asked, **_limits):
        raise StoreError("away")

    for name in ("table", "subgraph"):
        monkeypatch.setattr(no_graph, name, away)
    told = ask("/api/v1/openapi.json").json
    for path, one in told["paths"].items():
        asked = [parameter["name"] for parameter in one["get"]["parameters"] if parameter["in"] == "query"]
        for at, odd in enumerate(ODD):
            name = asked[at % len(asked)]
            filled = PART.sub(lambda _found, odd=odd: odd.replace("/", "%2f"), path)
            forms = (filled, f"{path}?{name}={odd}&{name}={odd}", f"{path}?{odd}={odd}&{name}[]={odd}")
            answer = ask(forms[at % len(forms) if filled != path else 1])
            assert answer.status_code < 500 or answer.status_code == 503, (path, odd[:100], answer.text[:300])
            assert answer.is_json or answer.status_code == 308, (path, odd[:100])
        for method in ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
            answer = ask(PART.sub("x", path), method, data=b"\xff{", content_type="application/json")
            assert answer.status_code < 500 or answer.status_code == 503, (method, path)
            assert method in {"HEAD", "OPTIONS"} or answer.status_code == 405, (method, path)

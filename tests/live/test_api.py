"""The API over the real graph: answers have the shapes of its document, and nothing that is sent breaks it."""

import os
import re
from pathlib import Path
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from graph_app.app import create_app

pytestmark = pytest.mark.live

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
PROVE = bool(os.environ.get("PEYVAND_PROVE"))
TIMES = 200 if PROVE else 4  # of each operation
PART = re.compile(r"\{\w+\}")
ANSWERED = [
    "/search?q=mash&offers=yes",
    "/search?q=zzzz",
    "/picture?ids=place:mashhad;place:basra,place:sanaa&layout=circular&size=ties",
    "/picture/facets?ids=place:mashhad;place:basra,place:sanaa",
    "/entities/place:mashhad",
    "/entities/agreement:mou-ilam-blood-mosques?as_of=1404-09-14",
    "/entities/place:mashhad/neighbours",
    "/entities/place:mashhad/expand?type=WITHIN&direction=out",
    "/entities/agreement:mou-ilam-blood-mosques/history",
    "/expand?ids=place:mashhad,place:sanaa",
    "/paths?from=place:mashhad&to=place:basra",
    "/paths?from=place:mashhad&label=Agreement",
    "/common?ids=place:mashhad,place:sanaa",
    "/compare?ids=place:mashhad,place:sanaa&from=1390-01-01&to=today",
    "/map",
    "/panorama?of=City",
    "/questions",
    "/questions/cities/sister_cities",
    "/questions/cities/sister_cities/answer?city=place:mashhad&sort=-partner&limit=2",
]
ODD = [
    "%00", "%ff%fe", "%C3%28", "%ED%A0%80", "%F4%90%80%80", "a" * 20_000, "place:" + "x" * 5_000, "%0d%0aX: y", "'",
    '"', "`", "\\", "${7*7}", "{{7*7}}", "%E2%80%AE", "-1", "1e309", "NaN", "9" * 400, "%2e%2e/%2e%2e/etc/passwd",
    ",,,;;;",
]  # fmt: skip


@pytest.fixture
def app(examples, settings):
    return create_app(examples, settings)


@pytest.fixture
def ask(app):
    client = app.test_client()
    return lambda path, method="GET", **more: client.open(path, method=method, base_url="http://127.0.0.1", **more)


def test_answers_have_the_shapes_that_the_document_says(app, ask, patience):  # noqa: ARG001 - the machine is busy
    told = ask("/api/v1/openapi.json").json
    shapes = {one["get"]["operationId"]: one["get"]["responses"]["200"] for one in told["paths"].values()}
    [tie, *_] = ask("/api/v1/entities/place:mashhad").json["ties"]
    seen = set()
    for path in [*ANSWERED, f"/ties/{quote(tie['id'])}/history"]:
        answer = ask(f"/api/v1{path}")
        assert answer.status_code == 200, (path, answer.text)
        endpoint, _ = app.url_map.bind("127.0.0.1").match(f"/api/v1{path.partition('?')[0]}")
        shape = shapes[endpoint]["content"]["application/json"]["schema"]
        problems = Draft202012Validator({**shape, "components": told["components"]}).iter_errors(answer.json)
        assert [(path, list(one.absolute_path), one.message[:200]) for one in problems] == []
        seen.add(endpoint)
    assert seen == set(shapes)


def test_an_answer_comes_page_by_page_and_is_not_sent_twice(ask):
    address = "/api/v1/questions/cities/sister_cities/answer?city=place:mashhad&limit=3"
    pages, following = [], address
    while following:
        answer = ask(following)
        pages.append(answer.json)
        following = answer.json["next"]
    whole = ask(address.replace("limit=3", "limit=10000")).json
    assert [row for page in pages for row in page["rows"]] == whole["rows"]
    assert len(whole["rows"]) == whole["total"] > 3
    first = ask(address)
    assert ask(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert ask(f"{address}&sort=nothing").status_code == 400


def test_odd_bytes_and_methods_break_nothing(ask):
    told = ask("/api/v1/openapi.json").json
    for path, one in told["paths"].items():
        asked = [parameter["name"] for parameter in one["get"]["parameters"] if parameter["in"] == "query"]
        for at, odd in enumerate(ODD):
            filled = PART.sub(lambda _found, odd=odd: odd.replace("/", "%2f"), path)
            name = asked[at % len(asked)]
            for address in (filled, f"{path}?{name}={odd}&{name}={odd}", f"{path}?{odd}={odd}&{name}[]={odd}"):
                answer = ask(address)
                assert answer.status_code < 500, (address[:200], answer.text[:300])
                assert answer.is_json or answer.status_code in {302, 308}, address[:200]
        for method in ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
            answer = ask(PART.sub("x", path), method, data=b"\xff{", content_type="application/json")
            assert answer.status_code < 500, (method, path)
            assert method in {"HEAD", "OPTIONS"} or answer.status_code == 405, (method, path)


def test_schemathesis_finds_no_fault_of_the_server(app, monkeypatch):
    monkeypatch.setattr(app.extensions["store"], "seconds", 30)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for operation in (found.ok() for found in schema.get_all_operations()):
        send(operation)


def send(operation):
    """Send what the document allows, and what it does not, to one operation."""

    @bounded(
        max_examples=TIMES,
        deadline=None,
        database=None,
        derandomize=not PROVE,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(operation.as_strategy(), operation.as_strategy(schemathesis.GenerationMode.NEGATIVE)))
    def sent(case):
        answer = case.call()
        assert answer.status_code not in {500, 502}, (case.formatted_path, case.query, answer.text[:500])
        case.validate_response(answer, checks=[content_type_conformance, response_schema_conformance])

    sent()

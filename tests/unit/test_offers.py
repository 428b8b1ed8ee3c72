"""Questions and actions in the search bar."""

import pytest

from graph_app.app import create_app
from graph_app.settings import Settings


@pytest.fixture
def offered(no_graph):
    client = create_app(no_graph, Settings.read({})).test_client()

    def ask(text, language="en"):
        address = "/api/v1/search"
        query = {"q": text, "offers": "yes", "lang": language}
        return client.get(address, query_string=query, base_url="http://127.0.0.1").json["offers"]

    return ask


@pytest.mark.parametrize("text", ["shortest paths", "paths shor", "کوتاه ترین مسیر"])
def test_a_question_is_found_by_words_of_its_title_in_either_language(offered, text):
    assert offered(text)[0] | {"about": "", "begins": True} == {
        "sort": "question",
        "name": "Shortest paths between two entities",
        "about": "",
        "href": "/queries/paths/shortest",
        "icon": "question-circle",
        "begins": True,
    }


def test_names_that_begin_so_come_first_and_few_are_offered(offered):
    names = [one["name"] for one in offered("path")]
    assert names[-1] == "Find paths between two entities"
    assert len(offered("a")) <= 7


@pytest.mark.parametrize(
    ("text", "sorts"), [("action: path", {"action"}), ("پرسش: مسیر", {"question"}), ("zzz", set())]
)
def test_a_prefix_asks_for_one_sort(offered, text, sorts):
    assert {one["sort"] for one in offered(text, "fa")} == sorts


def test_only_what_begins_so_may_come_first(offered):
    assert [one["begins"] for one in offered("shortest")] == [True]
    assert not any(one["begins"] for one in offered("lai]"))

"""The pages of paths and of common ties around a graph that holds nothing: what they say of what cannot be asked."""

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.settings import Settings


@pytest.fixture
def ask(no_graph):
    client = create_app(no_graph, Settings.read({})).test_client()
    return lambda path: client.get(path, base_url="http://127.0.0.1")


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("path", ["/paths", "/common"])
def test_without_ends_there_is_a_form_and_no_answer(ask, path, language):
    answer = ask(f"{path}?lang={language}")
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200
    assert page.select_one("form.question-form input[data-search]")
    assert not page.select_one(".result")


@pytest.mark.parametrize(
    ("address", "wrong"),
    [("from=place:atlantis", "#wrong-from"), ("as_of=2025-13-40", "#wrong-as_of"), ("to=Atlantis", "#wrong-to")],
)
def test_what_cannot_be_used_is_said_at_its_field(ask, address, wrong):
    page = BeautifulSoup(ask(f"/paths?{address}&lang=en").text, "html.parser")
    assert page.select_one(wrong).get_text()
    assert page.select_one(f"[aria-describedby='{wrong[1:]}'][aria-invalid=true]")


def test_programs_are_told_which_field_is_wrong(ask):
    told = ask("/api/v1/paths?from=place:atlantis&to=place:eldorado&lang=en")
    assert (told.status_code, set(told.json["fields"])) == (400, {"from", "to"})
    assert ask("/api/v1/paths").status_code == 400
    few = ask("/api/v1/common?ids=place:atlantis&lang=en")
    assert (few.status_code, few.json["detail"]) == (400, "Choose at least two entities.")


def test_filters_are_kept_in_the_form_and_unknown_ones_are_dropped(ask):
    page = BeautifulSoup(
        ask("/paths?type=TWINNED_WITH&type=EVIDENCED_BY&sure=stated&hubs=yes&steps=99").text, "html.parser"
    )
    checked = [box["value"] for box in page.select("input[type=checkbox][checked]")]
    assert checked == ["yes", "TWINNED_WITH"]
    assert page.select_one("#field-sure option[selected]")["value"] == "stated"
    assert page.select_one("#field-steps option[selected]")["value"] == "8"
    assert page.select_one("details.filters[open]")

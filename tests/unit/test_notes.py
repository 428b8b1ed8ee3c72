"""Notes on a picture: in the address and back, within bounds, and on the drawing."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.briefing import annotations
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.notes import LONGEST, MOST, ROOM, WHOLE, noted, written

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(
    lambda text: text == text.strip()
)
IDS = st.sampled_from([WHOLE, "place:mashhad", "twinned-with-1a2b", "agreement:a~b"])


@given(st.dictionaries(IDS, TEXTS, max_size=4))
def test_any_text_comes_back_from_the_address_as_it_was(notes):
    assert noted(written(notes)) == notes
    assert set(written(notes)) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~,:*")


@pytest.mark.parametrize("field", ["", ",", "x", "~", "place:mashhad~", "place:mashhad~%%%", "place:mashhad~_w", "~YQ"])
def test_what_cannot_be_understood_is_no_note(field):
    assert noted(field) == {}


def test_notes_have_bounds():
    assert noted(written({"a": "n" * (LONGEST + 50)})) == {"a": "n" * LONGEST}
    assert len(noted(written({f"place:{at}": "n" for at in range(MOST + 5)}))) == MOST
    kept = noted(written({f"place:{at}": "ی" * LONGEST for at in range(30)}))
    assert sum(len(note.encode()) for note in kept.values()) <= ROOM


def picture():
    places = [Node(f"place:{name}", ("Entity", "Place"), {"name_en": name.title()}) for name in ("a", "b")]
    return Subgraph(tuple(places), (Tie("within-1", "WITHIN", "place:a", "place:b", {}),))


def test_notes_are_numbered_as_they_were_written_and_name_what_they_stand_on():
    notes = {"within-1": "since when?", WHOLE: "all", "place:gone": "lost", "place:a": "<b>ask</b>"}
    found = list(annotations.notes_on(picture(), notes, "en"))
    assert [(note.number, note.id, note.text) for note in found] == [
        (1, "within-1", "since when?"),
        (2, "place:a", "<b>ask</b>"),
    ]
    assert found[0].name.startswith("A ")
    assert found[0].name.endswith(" B")


def test_a_mark_stands_at_its_disc_at_its_stroke_or_at_the_stack_that_holds_it():
    notes = list(annotations.notes_on(picture(), {"within-1": "x", "place:a": "y"}, "fa"))
    drawn = {
        "nodes": [{"id": "place:a", "x": 0, "y": 0, "size": 20}, {"id": "place:b", "x": 100, "y": 0}],
        "edges": [{"from": "place:a", "to": "place:b", "tie_ids": ["within-1"]}],
    }
    assert list(annotations.marks(drawn, notes, "fa")) == [(50.0, 0.0, "۱", "x"), (15.0, 15.0, "۲", "y")]
    stack = {
        "nodes": [{"id": "group:x", "x": 5, "y": 5, "members": [{"id": "place:a"}, {"id": "place:b"}]}],
        "edges": [],
    }
    assert list(annotations.marks(stack, notes, "en")) == [(20.0, 20.0, "2", "y")]
    root = Element("svg")
    annotations.mark(root, drawn, notes, "en")
    assert [group[0].text for group in root] == ["x", "y"]

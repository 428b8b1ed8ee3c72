"""What a watch says of two looks: new, changed and gone rows, told apart by what they are about."""

from graph_app.graph.results import Node
from graph_app.watches import wording
from graph_app.watches.changes import changes
from graph_app.watches.looking import _keyed

MASHHAD = Node("place:mashhad", ("City", "Entity"), {"name_en": "Mashhad"})
LAHORE = Node("place:lahore", ("City", "Entity"), {"name_en": "Lahore"})


def look(*rows, columns=("city", "count")):
    return {"columns": list(columns), "rows": _keyed(rows)}


def kinds(before, after):
    return [(change.kind, change.before, change.after) for change in changes(before, after)]


def test_a_row_about_the_same_entities_that_says_something_else_has_changed():
    found = changes(look((MASHHAD, 20), (LAHORE, 3)), look((MASHHAD, 21), (LAHORE, 3)))
    assert [change.kind for change in found] == ["changed"]
    assert [(before, after) for before, after in found[0].cells if before != after] == [(20, 21)]


def test_new_and_gone_rows_are_told_with_their_cells():
    found = changes(look((MASHHAD, 20)), look((LAHORE, 3)))
    assert [(change.kind, (change.after or change.before)[1]) for change in found] == [("new", 3), ("gone", 20)]


def test_the_order_of_the_rows_is_no_change():
    assert changes(look((MASHHAD, 20), (LAHORE, 3)), look((LAHORE, 3), (MASHHAD, 20))) == []


def test_rows_without_entities_are_new_or_gone_never_changed():
    found = changes(look(("a", 1)), look(("a", 2)))
    assert [change.kind for change in found] == ["new", "gone"]


def test_several_rows_about_one_entity_are_kept_apart():
    assert len(look((MASHHAD, 1), (MASHHAD, 2))["rows"]) == 2


def test_a_question_with_other_columns_begins_anew():
    found = changes(look((MASHHAD, 20)), look((MASHHAD, 20), columns=("city", "number")))
    assert [change.kind for change in found] == ["gone", "new"]


def test_a_day_is_told_in_the_calendar_of_the_language_and_a_written_one_as_it_is():
    assert [wording.shown("2025-12-03", language)[0] for language in ("en", "fa")] == ["3 December 2025", "۱۲ آذر ۱۴۰۴"]
    assert wording.shown("1404-09-12", "en")[0] == "1404-09-12"


def test_the_path_of_a_watch_is_that_of_its_page():
    assert wording.path("cities/sister_cities", {"city": "place:mashhad"}) == (
        "/queries/cities/sister_cities?city=place%3Amashhad"
    )
    assert wording.path("", {"entity": "place:mashhad"}) == "/entities/place:mashhad"
    assert wording.path("", {"reminders": "due"}) == "/digest"

"""Somebody arranges the picture: layouts, stacks, pins and measures, by keyboard and by pointer."""

import pytest

pytestmark = pytest.mark.browser

SISTERS = "place:418863,place:1735161,place:1172451,place:745044,place:360630"
PICTURE = f"/explore?ids=place:mashhad;{SISTERS},place:iran,agreement:plan-mashhad-sanaa-gaza-sister-city"


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")


def places(page):
    return page.evaluate("() => window.peyvand.positions()")


def heard(page, text):
    page.wait_for_function("text => document.querySelector('.announce').textContent.includes(text)", arg=text)


def test_a_layout_is_chosen_by_key_said_undone_and_the_same_for_whoever_opens_the_address(page, shoot):
    page.goto(f"{PICTURE}&lang=en")
    ready(page)
    organic = places(page)
    page.keyboard.press("l")
    assert page.evaluate("() => document.activeElement.value") == "organic"
    page.keyboard.press("ArrowDown")
    heard(page, "Layout: Layers")
    layered = places(page)
    assert layered["place:iran"]["y"] < layered["place:mashhad"]["y"]
    page.get_by_label("On the map").check()
    heard(page, "1 without a recorded place stand below the map: Plan for")
    on_map = places(page)
    assert on_map["place:1735161"]["x"] > on_map["place:mashhad"]["x"] > on_map["place:360630"]["x"]
    shoot("explore-map-en")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => location.search.includes('layout=layers')")
    page.wait_for_function("y => window.peyvand.positions()['place:iran'].y === y", arg=layered["place:iran"]["y"])
    page.keyboard.press("Control+z")
    page.wait_for_function("x => window.peyvand.positions()['place:iran'].x === x", arg=organic["place:iran"]["x"])
    page.goto(f"{PICTURE}&layout=layers&lang=fa")
    ready(page)
    assert {id_: (-at["x"] or 0, at["y"]) for id_, at in places(page).items()} == {
        id_: (at["x"] or 0, at["y"]) for id_, at in layered.items()
    }


def test_what_is_dragged_or_moved_by_keys_is_pinned_in_every_layout_and_unpinned_again(page):
    page.goto(f"{PICTURE}&open=place:mashhad&lang=en")
    ready(page)
    before = places(page)
    spot = page.evaluate("() => window.peyvand.at('place:mashhad')")
    box = page.locator("#canvas").bounding_box()
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + spot["x"] + 60, box["y"] + spot["y"] - 30, steps=4)
    page.mouse.up()
    page.wait_for_url("**pins=place:mashhad~**")
    after = places(page)
    assert after["place:mashhad"] != before["place:mashhad"]
    assert {**after, "place:mashhad": 0} == {**before, "place:mashhad": 0}
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    heard(page, "Mashhad moved to")
    pinned = places(page)["place:mashhad"]
    assert pinned["x"] == round(after["place:mashhad"]["x"]) + 40
    page.keyboard.press("l")
    page.get_by_label("Circle").check()
    heard(page, "Layout: Circle")
    assert places(page)["place:mashhad"] == pinned
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    row = page.locator(".twin .nodes tr[data-id='place:mashhad']")
    assert "pinned" in row.inner_text()
    page.locator("#canvas").focus()
    page.keyboard.press("n")
    heard(page, "1 not pinned any more")
    assert "pins=" not in page.url
    for id_ in ("place:418863", "place:1735161", "place:mashhad"):
        page.locator(f".twin tr[data-id='{id_}'] input").check()
    page.get_by_role("button", name="Arrange the picture").click()
    page.get_by_role("button", name="Into a row").click()
    heard(page, "3 aligned")
    now = places(page)
    assert len({now[id_]["y"] for id_ in ("place:418863", "place:1735161", "place:mashhad")}) == 1


def test_countries_are_gathered_into_stacks_that_list_what_they_hold_and_open_one_by_one(page, shoot):
    page.goto(f"{PICTURE}&lang=en")
    ready(page)
    page.keyboard.press("g")
    page.locator("[name=group][value=country]").check()
    heard(page, "1 of 1 groups are stacks; they hold 3 entities.")
    assert "group:country:IR" in places(page)
    assert "place:mashhad" not in places(page)
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    merged = page.locator(".twin .edges tr", has_text="Lahore").locator("td").nth(4)
    assert merged.inner_text() == "2"
    page.locator(".twin .nodes button", has_text="Iran").click()
    page.locator(".details .ties a", has_text="Mashhad").wait_for()
    heard(page, "Group Iran, 3 entities")
    shoot("explore-stacks-en")
    page.locator(".details button", has_text="Open").click()
    page.wait_for_function("() => window.peyvand.positions()['place:mashhad']")
    assert "opened=IR" in page.url
    assert "group:country:IR" not in places(page)
    assert "Iran" in page.locator(".twin .nodes tr[data-id='place:mashhad']").inner_text()
    page.reload()
    ready(page)
    assert "group:country:IR" not in places(page)


def test_who_stands_between_is_said_in_words_and_shown_as_size_in_both_languages(page, shoot):
    page.goto(f"{PICTURE}&lang=en")
    ready(page)
    page.locator("#canvas").focus()
    page.keyboard.press("w")
    panel = page.locator(".measures")
    panel.get_by_text("stands between the most others:").wait_for()
    assert "Only of what is drawn: 8 entities" in panel.inner_text()
    panel.locator("[data-arrange=size][data-key=betweenness]").click()
    heard(page, "Size of the discs: How many shortest paths")
    page.keyboard.press("t")
    assert "Shortest paths through it" in page.locator(".twin thead").first.inner_text()
    assert "%" in page.locator(".twin .nodes tr[data-id='place:mashhad']").inner_text()
    panel.locator("td, th").get_by_role("link", name="Isfahan").first.click()
    page.locator(".details h2", has_text="Isfahan").wait_for()
    page.get_by_role("link", name="فارسی").click()
    page.wait_for_selector("html[lang=fa] .explore[data-ready=yes]")
    page.keyboard.press("w")
    page.locator(".measures", has_text="بیش از همه میان دیگران").wait_for()
    shoot("explore-measures-fa")

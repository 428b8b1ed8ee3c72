"""The map as an officer uses it: by mouse, by keyboard, in both languages."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.live


@pytest.fixture
def drawn(page):
    def go(address):
        page.goto(address)
        page.locator(".atlas[data-ready=yes]").wait_for()
        return page

    return go


def point(page, key):
    box, at = page.locator(".map").bounding_box(), page.evaluate("key => peyvand.at(key)", key)
    return box["x"] + at["x"], box["y"] + at["y"]


def test_far_out_countries_stand_for_their_places_and_an_arc_lists_what_is_behind_it(drawn, shoot):
    page = drawn("/map?lang=en")
    assert page.evaluate("peyvand.found().points.every((one) => one.key.startsWith('country:'))")
    page.mouse.click(*point(page, "country:IR"))
    page.locator(".details h2", has_text="Iran").wait_for()
    expect(page.locator(".details li").nth(60)).to_be_attached()
    assert "open=country%3AIR" in page.url or "open=country:IR" in page.url
    shoot("map-countries")


def test_the_plan_of_mashhad_is_found_on_the_persian_map_and_its_row_is_marked(drawn, shoot):
    page = drawn("/map?lang=fa&kind=sister_city_plan&by=place")
    assert page.evaluate("peyvand.found().arcs.length") == 2
    page.keyboard.press("t")
    page.mouse.click(*point(page, "place:mashhad"))
    page.locator(".details h2", has_text="مشهد").wait_for()
    page.locator(".twin tr[aria-selected=true]").wait_for()
    assert page.locator(".size").inner_text().startswith("۱")
    shoot("map-mashhad-fa")


def test_the_table_answers_by_keyboard_alone(drawn):
    page = drawn("/map?lang=en&country=IQ")
    page.keyboard.press("t")
    button = page.locator(".twin tbody button").first
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".details h2").wait_for()
    assert page.locator(".details h2").first.inner_text() == button.inner_text()


def test_turned_back_in_time_the_map_draws_what_stood_then_and_the_address_says_so(drawn):
    page = drawn("/map?lang=en&calendar=gregorian")
    now = page.evaluate("peyvand.found().arcs.length")
    years = page.get_by_label("Year whose end is shown")
    years.focus()
    page.keyboard.press("Home")
    page.wait_for_function("old => peyvand.found().arcs.length < old", arg=now)
    then, address = page.evaluate("peyvand.found().arcs.length"), page.url
    assert "as_of=" in address
    assert drawn(address).evaluate("peyvand.found().arcs.length") == then
    page.get_by_role("button", name="Today").click()
    assert page.evaluate("peyvand.found().arcs.length") == now


def test_an_unticked_state_is_not_drawn_and_agreements_without_a_position_are_listed(drawn):
    page = drawn("/map?lang=en")
    page.locator("[data-state=reported]").uncheck()
    assert page.evaluate("peyvand.found().arcs.every((arc) => arc.state !== 'reported')")
    page.locator("[data-state=reported]").check()
    page.locator("[name=by]").select_option("place")
    page.locator(".lacking").click()
    page.locator(".twin tbody tr").first.wait_for()
    assert "lacking=yes" in page.url

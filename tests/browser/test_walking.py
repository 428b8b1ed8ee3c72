"""The explorer in the hands of those who type fast, walk by keyboard, go back, or lose the server for a moment."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
PICTURE = f"/explore?ids=place:mashhad;{PLAN},place:sanaa,place:gaza&open=place:mashhad"


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")
    page.locator(".details h2", has_text="Mashhad").wait_for()


def title(page, text):
    page.locator(".details h2", has_text=text).wait_for()


def said(page):
    return page.locator(".announce").inner_text()


def test_arrows_reach_every_entity_in_reading_order_and_say_which_it_is(page):
    page.goto(PICTURE)
    ready(page)
    page.locator("#canvas").focus()
    page.keyboard.press("Home")
    heard = []
    for index in range(1, 5):
        page.wait_for_function(
            f"() => document.querySelector('.announce').textContent.includes('{index} of 4')",
        )
        heard.append(said(page).partition(",")[0])
        page.keyboard.press("ArrowRight")
    assert {"Mashhad", "Gaza", "Sana'a"} < set(heard)
    assert len(set(heard)) == 4


def test_arrows_are_mirrored_where_the_language_is(page):
    page.goto(f"{PICTURE}&lang=fa")
    page.wait_for_selector(".explore[data-ready=yes]")
    page.locator("#canvas").focus()
    page.keyboard.press("Home")
    page.wait_for_function("() => document.querySelector('.announce').textContent.includes('۱ از ۴')")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('.announce').textContent.includes('۲ از ۴')")


def test_going_back_brings_the_details_of_that_step_back(page):
    page.goto("/explore?ids=place:mashhad&open=place:mashhad")
    ready(page)
    page.keyboard.press("/")
    page.keyboard.type("Karachi")
    page.wait_for_selector("#found li[data-id]")
    page.keyboard.press("Enter")
    title(page, "Karachi")
    page.go_back()
    title(page, "Mashhad")
    assert page.evaluate("() => Object.keys(window.peyvand.positions())") == ["place:mashhad"]
    page.go_forward()
    title(page, "Karachi")


def test_enter_opens_what_was_typed_even_before_the_results_are_there(page):
    page.goto("/?lang=en")
    page.keyboard.press("/")
    page.keyboard.type("mash")
    page.wait_for_selector("#found li")
    page.keyboard.press("Control+a")
    page.keyboard.type("Khuzestan Province")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/place%3Akhuzestan")
    assert page.locator("h1").inner_text() == "Khuzestan Province"


def test_shift_enter_starts_a_picture(page):
    page.goto("/entities/place:mashhad?lang=en")
    page.keyboard.press("/")
    page.keyboard.type("Karachi")
    page.wait_for_selector("#found li")
    page.keyboard.press("Shift+Enter")
    page.wait_for_url("**/explore?ids=**")
    page.wait_for_selector(".explore[data-ready=yes]")
    title(page, "Karachi")


def test_the_details_can_be_put_away_and_made_wider_by_keyboard(page):
    page.goto(PICTURE)
    ready(page)
    page.locator("#canvas").focus()
    before = page.locator("#canvas").bounding_box()["width"]
    page.keyboard.press("d")
    expect(page.locator(".details")).to_be_hidden()
    assert page.locator("#canvas").bounding_box()["width"] > before + 300
    page.keyboard.press("d")
    page.locator(".splitter").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".details").bounding_box()["width"] == 404
    assert page.locator(".splitter").get_attribute("aria-valuenow") == "404"


def test_an_answer_that_does_not_come_is_said_and_the_picture_stays(page):
    page.goto(PICTURE)
    ready(page)
    page.route("**/expand?*", lambda route: route.fulfill(status=200, body="not JSON"))
    page.locator(".expand button:not(:disabled)").first.click()
    page.locator(".notice:not([hidden])").wait_for()
    assert page.evaluate("() => Object.keys(window.peyvand.positions()).length") == 4

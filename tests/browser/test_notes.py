"""An officer writes notes on a picture, takes one back, and sends it: by mouse in English, by keyboard in Persian."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
PICTURE = f"/explore?ids=place:mashhad;{PLAN},place:sanaa,place:gaza"
NOTES = (
    "() => [...document.querySelectorAll('.twin .note-column')].map((one) => one.textContent.trim()).filter(Boolean)"
)


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")


def test_notes_by_mouse_on_an_entity_a_tie_and_the_whole_and_undo(page, shoot):
    page.goto(f"{PICTURE}&open=place:mashhad&lang=en")
    ready(page)
    page.locator(".noted [data-note]").click()
    page.locator("dialog.note textarea").fill("<b>Ask</b> the municipality")
    page.locator("dialog.note [type=submit]").click()
    page.locator(".noted p", has_text="<b>Ask</b> the municipality").wait_for()
    page.locator("[data-do=twin]").click()
    page.locator(".twin .edges button").first.click()
    page.locator("[data-do=note]").click()
    page.locator("dialog.note textarea").fill("Since when?")
    page.locator("dialog.note select").select_option("*")
    page.locator("dialog.note textarea").fill("Plans, before the visit")
    page.locator("dialog.note [type=submit]").click()
    page.locator(".caption", has_text="before the visit").wait_for()
    assert page.evaluate(NOTES) == ["Note", "<b>Ask</b> the municipality", "Note", "Since when?"]
    shoot("notes-en")
    page.locator("[data-do=undo]").click()
    page.wait_for_function("() => document.querySelector('.caption').hidden")
    assert page.evaluate(NOTES) == ["Note", "<b>Ask</b> the municipality"]


def test_notes_by_keyboard_are_read_out_and_travel_with_the_address_and_what_is_selected(page, shoot):
    page.goto(f"{PICTURE}&open=place:mashhad&lang=fa")
    ready(page)
    page.locator("#canvas").focus()
    page.keyboard.press("o")
    page.keyboard.type("از شهرداری بپرسیم")
    page.keyboard.press("Control+Enter")
    page.locator(".noted p", has_text="از شهرداری بپرسیم").wait_for()
    assert page.locator(".announce").inner_text() == "یادداشت نگه داشته شد: مشهد"
    assert page.evaluate("() => document.activeElement.id") == "canvas"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.search.includes('marked=')")
    page.reload()
    ready(page)
    expect(page.locator(".twin tbody input:checked")).to_have_count(2)
    page.locator("#canvas").focus()
    page.keyboard.press("Escape")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        if "شهرداری" in page.locator(".announce").inner_text():
            break
    assert "یادداشت: از شهرداری بپرسیم" in page.locator(".announce").inner_text()
    shoot("notes-fa")

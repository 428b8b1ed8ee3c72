"""A passage of an article becomes a fact without a mouse: its lines, its words, what they say."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ARTICLE = "تفاهم‌نامهٔ آرمان\n\nبه گفتهٔ آقای کاوه راد\nکار آغاز می‌شود."
FOCUSED = "() => document.activeElement.textContent.trim()"
CHOOSE = "(field, words) => field.setSelectionRange(field.value.indexOf(words), field.value.length)"


@pytest.fixture
def site(empty, own_site):
    return own_site(empty)


def comes(page, keys, what):
    """Press Enter, and wait until the page that follows is there with its script."""
    keys.press("Enter")
    page.wait_for_selector(what)
    page.wait_for_load_state()


def test_who_is_named_in_a_passage_is_recorded_with_line_and_words_by_keyboard(visit, shots, barriers):
    page = visit("fa-IR")
    keys = page.keyboard
    page.goto("/texts/new")
    page.focus("#field-text")
    keys.insert_text(ARTICLE)
    page.focus("#field-title_fa")
    keys.type("خبر آرمان")
    comes(page, keys, ".lines a.number")
    page.focus(".lines a.number")
    keys.press("ArrowDown")
    assert page.evaluate(FOCUSED) == "۳"
    keys.press("Shift+ArrowDown")
    assert page.input_value("#field-until") == "۴"
    assert page.input_value("#field-quote") == "به گفتهٔ آقای کاوه راد کار آغاز می‌شود."
    keys.press("ArrowUp")
    comes(page, keys, "#field-quote")
    page.locator("#field-quote").evaluate(CHOOSE, "کاوه")
    page.focus(".keep")
    comes(page, keys, "[data-kind=person]")
    page.focus("[data-kind=person]")
    comes(page, keys, "[data-kind=person][aria-current]")
    assert page.input_value("#field-title_fa") == "کاوه راد"  # the words that were kept
    assert barriers(page) == []
    page.focus("#field-title_fa")
    keys.press("Enter")

    page.wait_for_selector(".told-done")
    third = page.locator("#line-3")
    expect(third.locator("a.known")).to_have_text(["کاوه راد"])
    assert "کاوه راد" in third.locator(".taken q").inner_text()
    page.set_viewport_size({"width": 390, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shots(page, "texts-phone-fa")

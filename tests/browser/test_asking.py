"""Asking in Cypher, as an analyst does it."""

import pytest

pytestmark = pytest.mark.live


def test_an_analyst_writes_is_told_what_is_wrong_asks_and_keeps(page, shoot):
    page.goto("/ask?lang=fa")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("MATCH (n:City {id: $city}) SET n.x = 1 RETURN n")
    page.locator("#wrong", has_text="«SET»").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("MATCH (n:City {id: $city}) RETURN n")
    page.locator("#wrong:empty").wait_for(state="attached")
    page.locator("[name=p_city]").fill("place:mashhad")
    editor.click()
    page.keyboard.press("Control+Enter")
    page.locator(".outcome td", has_text="مشهد").wait_for()
    page.locator(".history code").first.wait_for()
    shoot("ask-fa")
    editor.click()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") == "submit"
    page.locator("#name").fill("مشهد من")
    page.get_by_role("button", name="نگه‌داشتن").click()
    page.locator("h1", has_text="مشهد من").wait_for()

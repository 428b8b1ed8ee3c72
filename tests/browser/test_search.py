"""The search bar: either script, either keyboard, and why a hit is one, in both languages."""

import pytest

from graph_app.graph.writer import Writer

pytestmark = pytest.mark.browser

LAYOUT = "Showing results for “\u2068مشهد\u2069”, typed with the keyboard in the other language."


def find(page, text):
    page.keyboard.press("/")
    page.locator("form.search input").fill(text)
    page.wait_for_selector("#found li")
    return page.locator("#found li").first


@pytest.mark.parametrize(
    ("language", "text", "wanted", "told", "instead"),
    [
        ("en", "lai]", "place:mashhad", "City", LAYOUT),
        ("fa", "lai]", "place:mashhad", "شهر", "صفحه‌کلید به زبان دیگر بوده است"),
        ("en", "lahore pakistan", "place:1172451", "lies in \u2068Pakistan\u2069", ""),
        ("fa", "لاهور پاکستان", "place:1172451", "واقع در \u2068پاکستان\u2069", ""),
        ("fa", "Rostamov", "person:bakht-rustamov", "با آوا یا املای نزدیک", "نام‌هایی با آوا یا املای نزدیک"),
        ("en", "طهران", "place:tehran", "also called \u2068طهران\u2069", ""),
    ],
)
def test_a_hit_says_why_and_what_was_looked_for_instead_is_shown_and_read_out(
    page, shoot, language, text, wanted, told, instead
):
    page.goto(f"/?lang={language}")
    hit = find(page, text)
    assert hit.get_attribute("data-id") == wanted
    assert told in hit.locator(".told").inner_text()
    status = page.locator("form.search [role=status]")
    assert instead in status.inner_text()
    assert {"en": "result", "fa": "نتیجه"}[language] in status.inner_text()
    shown = page.locator(".found .meant")
    assert (shown.is_visible(), instead in shown.inner_text()) == (bool(instead), True)
    shoot(f"search-{language}-{wanted.partition(':')[2]}")
    page.keyboard.press("Escape")
    assert status.inner_text() == ""


@pytest.mark.parametrize(
    ("language", "text", "name"), [("en", "shortest pa", "Shortest paths"), ("fa", "کوتاه‌ترین", "کوتاه‌ترین مسیرها")]
)
def test_questions_and_actions_stand_in_the_same_list(page, shoot, language, text, name):
    page.goto(f"/?lang={language}")
    first = find(page, text)
    assert first.locator(".names").inner_text().startswith(name)
    assert first.locator(".tail").inner_text() == {"en": "question", "fa": "پرسش"}[language]
    shoot(f"search-offers-{language}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queries/paths/shortest")
    assert find(page, {"en": "find paths", "fa": "یافتن مسیرها"}[language]).get_attribute("data-href") == "/paths"
    page.keyboard.press("Enter")
    page.wait_for_url("**/paths")


def test_what_was_opened_and_what_is_pinned_is_offered_before_anything_is_typed(page):
    page.goto("/?lang=en")
    find(page, "Karachi")
    page.keyboard.press("Alt+p")
    assert page.locator("form.search [role=status]").inner_text() == "pinned"
    find(page, "Lahore")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/place%3A1172451")
    page.keyboard.press("/")
    page.locator("#found li").nth(1).wait_for()
    names = [one.locator(".names bdi").first.inner_text() for one in page.locator("#found li").all()]
    assert names == ["Karachi", "Lahore"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/**")
    assert page.locator("h1").inner_text() == "Karachi"


def test_the_search_goes_to_what_stands_on_the_page_and_what_opens_begins_with_its_content(page):
    page.goto("/people?lang=en")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("acting")
    page.locator("#found li[data-sort=here][aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("/")
    page.keyboard.insert_text("agreem")
    page.locator("#found li[data-sort=site][aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/agreements")
    page.wait_for_function("document.activeElement.id === 'main'")


def test_no_name_of_what_is_confidential_is_kept_in_the_browser(page, examples):
    writer, stored = Writer(examples), "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
    page.goto("/?lang=en")
    writer.run("MATCH (e:Entity {name_en: 'Karachi'}) SET e.secrecy = 1")
    try:
        find(page, "Karachi")
        page.keyboard.press("Alt+p")
        assert "Confidential" in page.locator("form.search [role=status]").inner_text()
        page.keyboard.press("Shift+Enter")
        page.wait_for_selector(".explore[data-ready=yes]")
        assert "Karachi" in page.locator(".step-list").inner_text()
        assert "Karachi" not in page.evaluate(stored)
    finally:
        writer.run("MATCH (e:Entity {name_en: 'Karachi'}) REMOVE e.secrecy")
    page.reload()
    page.wait_for_selector(".explore[data-ready=yes]")
    assert "Karachi" in page.evaluate(stored)

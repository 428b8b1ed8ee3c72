"""Real tasks from beginning to end, in both languages, by mouse and by keyboard alone.

Which cities are twinned with both Mashhad and Isfahan is asked in ``test_paths``.
"""

import pytest

pytestmark = pytest.mark.browser

SAID = {
    "en": (
        "Basra consulate",
        "Consulate of the Islamic Republic of Iran in Basra",
        "Necessary support",
        "ILNA",
        "line 9",
    ),
    "fa": ("کنسولگری بصره", "کنسولگری جمهوری اسلامی ایران در بصره", "حمایت‌های لازم", "ایلنا", "سطر ۹"),
}
QUOTE = "حمایت های لازم را در روند اجرا فراهم می کند"
FOCUSED = "text => document.activeElement.matches('a') && document.activeElement.textContent.includes(text)"
SHOWN = "() => window.peyvand.positions()"


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")


def opened(page, hand, text):
    """Open the link with ``text`` in the details, by a click or with Tab and Enter."""
    link = page.locator(".details .content a", has_text=text).first
    link.wait_for()
    if hand == "mouse":
        link.click()
        return
    page.locator("#canvas").focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, text):
            break
    page.keyboard.press("Enter")


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_the_consulate_is_to_do_who_says_so_and_a_colleague_sees_it_too(page, language, hand):
    typed, consulate, duty, publisher, line = SAID[language]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/explore?lang={language}")
    ready(page)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    found = page.locator("#found li[data-id]", has_text=consulate).first
    found.wait_for()
    if hand == "mouse":
        found.click()
    else:
        page.keyboard.press("Enter")
    page.locator(".details h2", has_text=consulate).wait_for()

    opened(page, hand, duty)
    page.locator(".details h2", has_text=duty).wait_for()
    said = page.locator(".details .claim", has_text=line).first
    said.locator("xpath=ancestor::details[1]").evaluate("(one) => { one.open = true; }")
    assert publisher in said.inner_text()
    assert QUOTE in said.inner_text()

    if hand == "mouse":
        page.locator("[data-do=copy]").click()
    else:
        page.locator("#canvas").focus()
        page.keyboard.press("c")
    page.wait_for_function("() => document.querySelector('.announce').textContent")
    address = page.evaluate("() => navigator.clipboard.readText()")
    places, other = page.evaluate(SHOWN), "fa" if language == "en" else "en"
    page.context.clear_cookies()
    page.goto(f"{address}&lang={other}")
    ready(page)
    page.locator(".details h2", has_text=SAID[other][2]).wait_for()
    assert page.evaluate(SHOWN) == places

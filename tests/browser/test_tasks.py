"""Real tasks from beginning to end, in both languages, by mouse and by keyboard alone."""

import pytest

pytestmark = pytest.mark.browser

SAID = {
    "en": {
        "cities": ("Mashhad", "Isfahan"),
        "both": ["Kuala Lumpur", "Lahore"],
        "consulate": "Consulate of the Islamic Republic of Iran in Basra",
        "support": "support",
        "publisher": "ILNA",
    },
    "fa": {
        "cities": ("مشهد", "اصفهان"),
        "both": ["کوالالامپور", "لاهور"],
        "consulate": "کنسولگری جمهوری اسلامی ایران در بصره",
        "support": "حمایت‌های لازم",
        "publisher": "ایلنا",
    },
}
languages = pytest.mark.parametrize("language", ["en", "fa"])


def sought(page, text, *, add=True):
    """Type a name into the search bar and take the first result, by keyboard."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector("#found li[data-id]")
    page.keyboard.press("Enter")
    if add:
        page.locator(".details h2", has_text=text).wait_for()
        page.locator("#canvas").focus()


@languages
@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_which_cities_are_twinned_with_both(page, language, hand):
    said = SAID[language]
    page.goto(f"/explore?lang={language}")
    page.wait_for_selector(".explore[data-ready=yes]")
    for city in said["cities"]:
        sought(page, city)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft" if language == "fa" else "ArrowRight")
    page.keyboard.press("Space")
    if hand == "keyboard":
        page.keyboard.press("b")
    else:
        page.locator(".selection .acts button").first.click()
    rows = page.locator(".details th[scope=row]")
    rows.first.wait_for()
    assert sorted(row.inner_text().strip() for row in rows.all()) == said["both"]

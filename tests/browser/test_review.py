"""Reviewing possible duplicates by keyboard, in both languages: keep apart, put off, merge, take back."""

import pytest
from playwright.sync_api import expect

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.database import open_database
from graph_app.settings import Settings
from loaders.digest import digest
from loaders.ledger import Ledger
from loaders.mapping import shipped
from loaders.promise import promise
from loaders.running import perform

pytestmark = pytest.mark.browser

FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
DEV, EXPANSION = "institution:quran-dev-council", "institution:quran-expansion-council"
OWN, SUPREME = "institution:mashhad-sister-city-committee", "institution:scp-sister-city-committee"
WORDS = {
    "en": ("Possible duplicates", "Merged", "Kept apart", "Put off", "Take back", "taken back"),
    "fa": ("تکراری‌های احتمالی", "ادغام شد", "جدا نگه داشته شد", "به بعد موکول شد", "بازگرداندن", "بازگردانده شد"),
}


@pytest.fixture
def store(empty, settings, tmp_path):
    """The founding example, loaded into a ledger of its own."""
    empty.home = Settings({**settings.values, "PEYVAND_HOME": str(tmp_path)})
    empty.database_ = open_database(empty.home)
    files = [EXAMPLES / "founding" / file for file in FOUNDING.by_file]
    perform(empty, Ledger(empty.database_), promise(empty, files, FOUNDING), "tester", print)
    yield empty
    empty.database_.close()


@pytest.fixture
def site(store, listening):
    return listening(create_app(store, store.home, database=store.database_))


def pair(first, second, language):
    return f"/loads/review/pair?first={first}&second={second}&lang={language}"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_pair_is_decided_by_keyboard_and_taken_back(page, shoot, store, barriers, language):
    title, merged, apart, later, back, taken = WORDS[language]
    before = digest(store)
    page.set_default_timeout(60_000)
    page.goto(f"/loads/review?lang={language}")
    assert page.locator("h1").inner_text().startswith(title)
    expect(page.locator("table.queue tbody tr").nth(3)).to_be_attached()
    shoot(f"review-queue-{language}")

    page.goto(pair(DEV, EXPANSION, language))
    expect(page.locator("table.records tr.differs").first).to_be_attached()
    shoot(f"review-pair-{language}")
    assert not barriers(page)
    page.keyboard.press("l")
    page.wait_for_selector(".told-done")
    assert later in page.locator(".told-done").inner_text()

    page.goto(pair(DEV, EXPANSION, language))
    page.fill("[name=why]", "k m l")  # keys in a field are letters
    page.locator(f"[name=kept][value='{DEV}']").check()
    page.locator(f"[name=kept][value='{DEV}']").press("m")
    page.wait_for_selector(".told-done")
    assert merged in page.locator(".told-done").inner_text()
    assert digest(store) != before
    page.goto(f"/entities/{EXPANSION}?lang={language}")
    assert page.url.partition("?")[0].endswith(DEV)
    shoot(f"review-merged-{language}")
    for address in (f"around={EXPANSION}", f"ids={EXPANSION}&open={EXPANSION}&pins={EXPANSION}~40~40~1"):
        page.goto(f"/explore?{address}&lang={language}")
        page.wait_for_selector(".explore[data-ready=yes]")
        assert EXPANSION in page.locator(".notice").inner_text()
        assert page.locator(f'.twin .nodes tr[data-id="{DEV}"]').get_attribute("aria-selected") == "true"
        assert EXPANSION not in page.url  # from now on it is called as what it is part of
        assert "pins" not in address or f"pins={DEV}" in page.url.replace("%7E", "~")
    shoot(f"review-merged-explored-{language}")
    page.keyboard.press("Delete")
    page.locator(".empty").wait_for()
    assert EXPANSION not in page.locator(".notice").inner_text()

    page.goto(pair(OWN, SUPREME, language))
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.name") == "insists"  # three committees stay three
    shoot(f"review-careful-{language}")
    page.keyboard.press("k")
    page.wait_for_selector(".told-done")
    assert apart in page.locator(".told-done").inner_text()

    page.goto(f"/loads/review?lang={language}")
    expect(page.locator("table.queue").get_by_text(OWN)).to_have_count(0)
    shoot(f"review-decided-{language}")
    page.locator("#decisions tbody tr", has_text=EXPANSION).get_by_role("button", name=back).press("Enter")
    page.wait_for_selector(".told-done")
    expect(page.locator("#decisions tr.taken-back", has_text=taken).first).to_be_attached()
    assert digest(store) == before

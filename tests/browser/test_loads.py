"""Loading as a person does it: files chosen, the plan read, applied, a reject mended, the run undone."""

import re
import shutil
from threading import Event

import pytest
from playwright.sync_api import expect

from graph_app._layout import EXAMPLES
from graph_app.loading.drafts import Draft
from graph_app.text import persian_digits

pytestmark = pytest.mark.browser

SAID = {
    "en": {
        "choose": "Choose files",
        "apply": r"Apply [\d,]+ creates",
        "mended": r"Apply \d creates",
        "undo": "Undo: ",
        "undone": "undone",
    },
    "fa": {
        "choose": "گزینش فایل‌ها",
        "apply": r"اجرا: [۰-۹٬]+ ایجاد",
        "mended": r"اجرا: [۰-۹] ایجاد",
        "undo": "بازگردانی: ",
        "undone": "بازگردانده‌شده",
    },
}


@pytest.fixture
def site(empty, own_site):
    return own_site(empty)


@pytest.fixture
def folder(tmp_path):
    """The founding example with one row in which somebody mistyped the certainty."""
    copy = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", copy)
    topics = copy / "topics.csv"
    lines = topics.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[-1] = lines[-1].replace("stated", "statd").replace("reported", "reportd").replace("inferred", "inferd")
    topics.write_text("".join(lines), encoding="utf-8")
    return copy


@pytest.fixture
def shown(monkeypatch):
    """Hold a load that tells how far it is until the event is set: on a fast machine it is over before a look."""
    seen, tell = Event(), Draft.tell

    def tell_and_wait(draft, state):
        tell(draft, state)
        if state.progress is not None:
            seen.wait(60)

    monkeypatch.setattr(Draft, "tell", tell_and_wait)
    yield seen
    seen.set()


def shoot(shots, page, language, name):
    shots(page, f"loads-{name}-{language}")


def fits_a_phone(page, shots, language, run):
    page.set_viewport_size({"width": 390, "height": 780})
    for name, address in (("phone", "/loads"), ("phone-run", run)):
        page.goto(f"{address}?theme=dark")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        shoot(shots, page, language, name)
    page.goto("/loads")
    assert page.inner_text(".chooser") == SAID[language]["choose"]  # and not what the browser says in its own language


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_export_is_sent_planned_applied_mended_and_taken_back(visit, shots, barriers, folder, shown, language):
    said = SAID[language]
    page = visit(language)
    page.set_default_timeout(30_000)
    page.goto("/")
    page.click("nav a[href='/loads']")
    shoot(shots, page, language, "empty")
    page.set_input_files("#files", sorted(str(path) for path in folder.glob("*.csv")))
    assert "topics.csv" in page.text_content("#chosen")
    page.click(".upload button[type=submit]")
    page.wait_for_url(re.compile("/loads/plans/"))
    page.wait_for_selector(".tally")
    shoot(shots, page, language, "plan")
    button = page.locator("h1 ~ .actions .btn-primary")
    assert re.match(said["apply"], button.text_content())
    expect(page.locator(".reject")).to_have_count(2)  # the row, and one that speaks of what it names
    page.click(".tally a[href*='of=City'][href*='effect=create']")
    expect(page.locator(".change").nth(3)).to_be_attached()
    shoot(shots, page, language, "plan-cities")
    page.locator("h1 ~ .actions .btn-primary").click()
    page.wait_for_selector("[data-events] progress[max]")
    shoot(shots, page, language, "progress")
    shown.set()
    page.wait_for_url(re.compile("/loads/runs/"))
    shoot(shots, page, language, "run")
    assert not barriers(page)
    first = page.url
    page.locator(".cells .wrong input").first.fill("stated")
    page.click(".mending button[type=submit]")
    page.wait_for_selector(".tally")
    shoot(shots, page, language, "mended")
    assert re.match(said["mended"], page.text_content("h1 ~ .actions .btn-primary"))
    expect(page.locator(".reject")).to_have_count(0)
    page.locator("h1 ~ .actions .btn-primary").click()
    page.wait_for_url(re.compile("/loads/runs/"))
    assert page.url != first
    page.click("form[action$='/undo'] button")
    page.wait_for_selector(".tally")
    shoot(shots, page, language, "undo")
    assert page.text_content("h1 ~ .actions .btn-primary").startswith(said["undo"])
    page.locator("h1 ~ .actions .btn-primary").click()
    page.wait_for_url(re.compile("/loads/runs/"))
    page.click(".foot a[href*='/loads/runs/']")
    page.click(".trail a")
    states = page.locator(".timeline .run-state")
    expect(states).to_have_count(3)
    expect(states.nth(1)).to_have_text(said["undone"])
    shoot(shots, page, language, "timeline")
    if language == "fa":
        assert persian_digits("3") in page.text_content(".timeline")
    fits_a_phone(page, shots, language, first)

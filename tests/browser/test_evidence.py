"""What an officer does with doubt: opens two versions, asks for what was set aside, works through the data quality."""

import pytest
from playwright.sync_api import expect

from graph_app.graph.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("patience")]

SANAA = "/entities/place:sanaa"


@pytest.fixture
def misread(examples, aside):
    """A deprecated tie, and a tie and an entity without a source."""
    writer = Writer(examples)
    aside("WITHIN", "a.id = 'place:sanaa'", "Misread")
    writer.run(
        "MATCH (m:Place {id: 'place:sanaa'}) CREATE (:Entity:Place {id: 'place:bare', name_en: 'Bare'})"
        "-[:WITHIN {id: 'hand-1'}]->(m)"
    )
    yield
    writer.run("MATCH (b:Place {id: 'place:bare'}) DETACH DELETE b")


@pytest.mark.parametrize(("language", "badge"), [("en", "2 versions"), ("fa", "۲ روایت")])
def test_two_versions_open_as_equal_columns_from_the_keyboard(page, shoot, language, badge):
    page.goto(f"{SANAA}?lang={language}")
    summary = page.locator(".versions > summary")
    assert summary.inner_text() == badge
    summary.focus()
    page.keyboard.press("Enter")
    columns = page.locator(".versions .version")
    expect(columns).to_have_count(2)
    shown, other = columns.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
    assert abs(shown["width"] - other["width"]) < 2
    assert abs(shown["y"] - other["y"]) < 2
    assert (shown["x"] < other["x"]) == (language == "en")
    assert [columns.nth(at).locator(".value bdi").inner_text() for at in (0, 1)] == ["Sana'a", "Sanaa"]
    shoot(f"versions-{language}")


@pytest.mark.usefixtures("misread")
@pytest.mark.parametrize(("language", "show"), [("en", "Show deprecated"), ("fa", "نمایش کنارگذاشته‌ها")])
def test_what_was_set_aside_is_shown_on_request_and_from_the_keyboard(page, shoot, language, show):
    page.goto(f"{SANAA}?lang={language}")
    struck = page.locator("#within-out .fact.deprecated")
    expect(struck.first).to_be_hidden()
    page.locator("#within-out .set-aside > summary", has_text=show).focus()
    page.keyboard.press("Enter")
    expect(struck.first).to_be_visible()
    assert "Misread" in struck.first.inner_text()
    line = struck.locator("a.entity").first.evaluate("found => getComputedStyle(found).textDecorationLine")
    assert line == "line-through"
    shoot(f"deprecated-{language}")


@pytest.mark.usefixtures("misread")
def test_the_picture_and_its_table_say_what_nobody_vouches_for(page, shoot):
    page.goto("/explore?ids=place:bare,place:sanaa,statement:stm-001-alignment,person:ramin-ghane&lang=en")
    page.wait_for_selector(".explore[data-ready=yes]")
    assert "No source recorded" in page.locator(".legend").inner_text()
    page.keyboard.press("t")
    assert page.locator(".twin .nodes tr[data-id='place:bare'] .unsourced").inner_text() == "no source recorded"
    expect(page.locator(".twin .edges tr[data-id='place:bare→place:sanaa'] .unsourced")).to_have_count(1)
    expect(page.locator(".twin .unsourced")).to_have_count(2)
    shoot("explore-unsourced")


@pytest.mark.usefixtures("misread")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("language", "title"), [("en", "Data quality"), ("fa", "کیفیت داده")])
def test_the_data_quality_is_reached_from_every_page_and_leads_to_the_rows(page, shoot, language, title, theme):
    page.goto(f"/queries?lang={language}&theme={theme}")
    page.locator("footer a", has_text=title).click()
    assert page.locator("h1").inner_text() == title
    shoot(f"quality-{language}-{theme}")
    page.locator("#unsourced_ties a.count").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/quality/unsourced_ties")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")
    shoot(f"quality-rows-{language}-{theme}")
    page.locator(".trail a").click()
    assert page.locator("h1").inner_text() == title

"""What an officer does with a picture over time: steps back and forth, keeps it, opens it later, compares two days."""

import json

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from graph_app.graph.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("patience")]

PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")


def shown(page):
    return sorted(page.evaluate("() => Object.keys(peyvand.positions())"))


def steps(page):
    return [" ".join(told.split()) for told in page.locator(".step-list li").all_inner_texts()]


def current(page):
    return page.locator(".step-list [aria-current=step]").inner_text()


def expanded(page, language):
    """Mashhad, expanded by one group and then by Sana'a."""
    page.goto(f"/explore?ids=place:mashhad&open=place:mashhad&lang={language}")
    ready(page)
    page.locator(".expand button[data-type=PARTY_TO]").click()
    page.wait_for_function("() => Object.keys(peyvand.positions()).length > 1")
    page.locator("#canvas").focus()
    page.keyboard.press("h")


@pytest.mark.parametrize(
    ("language", "began", "word"),
    [("en", "Began with Mashhad", "Expanded Mashhad: "), ("fa", "آغاز با مشهد", "گسترش مشهد: ")],
)
def test_steps_are_told_in_words_and_any_of_them_is_one_click_away(page, shoot, language, began, word):
    expanded(page, language)
    whole = shown(page)
    assert steps(page)[0] == began
    assert steps(page)[1].startswith(word)
    assert current(page) == steps(page)[1]
    shoot(f"steps-{language}")
    page.locator(".step-list button").first.click()
    page.wait_for_function("() => Object.keys(peyvand.positions()).length === 1")
    assert current(page) == began
    page.locator("#canvas").focus()
    page.keyboard.press("Control+y")
    page.wait_for_function("() => Object.keys(peyvand.positions()).length > 1")
    assert shown(page) == whole
    page.reload()
    ready(page)
    assert steps(page)[1].startswith(word)
    page.keyboard.press("Control+z")
    page.wait_for_function("() => Object.keys(peyvand.positions()).length === 1")


def test_a_picture_opened_by_its_address_can_be_undone_step_by_step_and_redone(page):
    page.goto(f"/explore?ids=place:mashhad;{PLAN};place:sanaa,place:gaza&lang=en")
    ready(page)
    page.keyboard.press("h")
    assert steps(page)[:2] == ["Began with Mashhad", steps(page)[1]]
    for left in (2, 1):
        page.keyboard.press("Control+z")
        page.wait_for_function(f"() => Object.keys(peyvand.positions()).length === {left}")
    assert page.locator("[data-do=undo]").is_disabled()
    page.keyboard.press("Control+y")
    page.wait_for_function("() => Object.keys(peyvand.positions()).length === 2")
    page.keyboard.press("Control+y")
    page.wait_for_function("() => Object.keys(peyvand.positions()).length === 4")
    assert page.locator("[data-do=redo]").is_disabled()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_kept_picture_says_later_what_changed_and_how_it_was_built(page, shoot, examples, language):
    expanded(page, language)
    built = steps(page)
    page.keyboard.press("s")
    page.locator("dialog.save input[name=name]").fill("Mashhad, for the briefing")
    shoot(f"keep-{language}")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=**")
    ready(page)
    assert page.locator(".since summary bdi").first.inner_text() == "Mashhad, for the briefing"
    page.goto("/views")
    shoot(f"views-{language}")
    writer = Writer(examples)
    writer.run(
        "MATCH (m:Place {id: 'place:mashhad'}), (p:Agreement {id: $plan}) CREATE (m)-[:APPLIES_IN {id: 'hand-9'}]->(p)",
        {"plan": PLAN},
    )
    try:
        page.evaluate("() => sessionStorage.clear()")
        page.locator("th a", has_text="briefing").first.click()
        ready(page)
        row = page.locator(".since tr.moved-began")
        expect(row).to_have_count(1)
        assert "مشهد" in row.inner_text() or "Mashhad" in row.inner_text()
        shoot(f"since-{language}")
        page.keyboard.press("h")
        assert steps(page) == built
    finally:
        writer.run("MATCH ()-[r:APPLIES_IN {id: 'hand-9'}]->() DELETE r")
    page.goto("/views")
    page.locator("form[action$=forget] button").first.click()
    page.wait_for_selector(".sheet > .none")


def test_when_a_picture_was_kept_is_told_in_the_time_and_calendar_of_the_reader(chromium, own_site, examples):
    office = own_site(examples)
    context = chromium.new_context(base_url=str(office), timezone_id="Asia/Tehran", locale="en-GB")
    page = context.new_page()
    page.goto("/explore?ids=place:mashhad&lang=en")
    ready(page)
    page.keyboard.press("s")
    page.locator("dialog.save input[name=name]").fill("Mashhad")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=**")
    ready(page)
    with office.database.writing() as session:
        session.execute(text("UPDATE views SET updated_at = '2026-03-20 21:00:00'"))  # New Year's Day in Tehran
    wanted = {
        ("en", "gregorian"): "21 March 2026, 00:30",
        ("en", "jalali"): "1 Farvardin 1405, 00:30",
        ("fa", "jalali"): "۱ فروردین ۱۴۰۵، ۰۰:۳۰",
    }
    for (language, calendar), told in wanted.items():
        page.goto(f"/views?lang={language}&calendar={calendar}")
        assert page.locator("td time").inner_text() == told
        assert "UTC" in page.locator("td time").get_attribute("title")
        page.locator("th a").click()
        ready(page)
        assert told in page.locator(".since summary").inner_text()
    context.close()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_two_days_of_a_picture_are_compared_in_the_picture_and_in_a_table(page, shoot, language):
    page.goto(f"/explore?ids=place:mashhad;{PLAN};place:sanaa,place:gaza&lang={language}")
    ready(page)
    page.keyboard.press("m")
    page.locator("dialog.compare input[name=from]").fill("2023-01-01")
    page.locator("dialog.compare input[name=to]").fill("2025-12-05")
    page.keyboard.press("Enter")
    page.wait_for_selector("#canvas[data-ready=yes]")
    drawn = json.loads(page.locator("#page").text_content())["picture"]
    changed = {node["id"]: node["change"] for node in drawn["nodes"]}
    assert changed[PLAN] == "changed"
    expect(page.locator("table.moved tr.moved-changed").first).to_be_attached()
    shoot(f"compare-{language}")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_where_a_property_comes_from_opens_from_the_keyboard_and_leads_to_the_history(page, shoot, language):
    page.goto(f"/entities/place:mashhad?lang={language}")
    mark = page.locator(".named .evidence > summary").first
    mark.focus()
    page.keyboard.press("Enter")
    assert "founding/places.csv" in page.locator(".named .claim").first.inner_text()
    shoot(f"origin-{language}")
    page.locator(".named .origin a.all").first.click()
    page.wait_for_url("**/history#name_**")
    expect(page.locator(".property:target h3")).to_have_count(1)
    shoot(f"history-{language}")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")


def test_the_history_opens_beside_the_picture_and_leads_back(page, shoot):
    page.goto("/explore?ids=place:mashhad&open=place:mashhad&lang=en")
    ready(page)
    page.locator(".details a[data-panel]", has_text="Where does this come from?").click()
    page.wait_for_selector(".details .origins")
    shoot("history-panel")
    page.locator(".details a[data-panel]", has_text="Back to the details").click()
    page.wait_for_selector(".details .group")
    assert "open=place:mashhad" in page.url


@pytest.mark.parametrize(("language", "title"), [("en", "Cypher of this step"), ("fa", "سایفر این گام")])
def test_a_click_shows_the_cypher_that_was_run_and_it_can_be_copied(page, shoot, language, title):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expanded(page, language)
    told = page.locator(".expand .cypher")
    assert told.locator("summary").inner_text() == title
    told.locator("summary").click()
    assert "Neighbours by one type and direction" in told.locator("pre").first.inner_text()
    told.locator("[data-copy]").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.includes('MATCH'))")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert '//   "type": "PARTY_TO"' in copied
    assert "RETURN ids[..$limit] AS ids" in copied
    shoot(f"cypher-{language}")
    expect(page.locator(".content .cypher .statement").nth(1)).to_be_attached()

"""How one finds what connects entities: on the page of paths and in the explorer, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MASHHAD, ISFAHAN, LAHORE, KUALA_LUMPUR = "place:mashhad", "place:418863", "place:1172451", "place:1735161"
BEIJING, CHINA = "place:1816670", "place:1814991"
BOTH = f"/explore?ids={MASHHAD},{ISFAHAN}"
FIND = {"en": "Find paths", "fa": "یافتن مسیرها"}


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")


def drawn(page):
    return set(page.evaluate("() => Object.keys(window.peyvand.positions())"))


def pick(page, field, text):
    """Type into a field and take the first name that is offered."""
    page.locator(f"#field-{field}").focus()
    page.keyboard.type(text)
    page.locator(f"#field-{field}-list li").first.wait_for()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", r"Hadi Abyar.* took part in .*, which .*Ali Razi.* took part in, too\."),
        ("fa", r"هادی آبیار.* در .* شرکت داشت که .*علی راضی.* نیز در آن شرکت داشت\."),
    ],
)
def test_how_two_people_are_connected_is_told_in_a_sentence_with_line_and_quote(page, shoot, language, sentence):
    page.goto(f"/paths?lang={language}")
    pick(page, "from", "Abyar")
    pick(page, "to", "Razi")
    page.get_by_role("button", name=FIND[language]).click()
    told = page.locator(".path .sentence").first.inner_text()
    assert re.search(sentence, re.sub(r"\s+", " ", told)), told
    assert "person%3Ahadi-abyar" in page.url
    assert "person%3Aali-razi" in page.url
    page.wait_for_selector("#canvas[data-ready=yes]")
    expect(page.locator("table.answer tbody tr").nth(1)).to_be_attached()
    page.locator(".path summary").first.click()
    page.locator(".path .evidence summary").first.click()
    expect(page.locator(".path blockquote").first).to_be_visible()
    shoot(f"paths-{language}")

    page.locator(".swap").click()
    page.wait_for_url(re.compile("from=person%3Aali-razi|from=person:ali-razi"))
    assert page.locator("#field-from").input_value() in {"Ali Razi", "علی راضی"}


def test_filters_stand_in_the_address_and_what_is_left_out_is_said(page, shoot):
    page.goto(f"/paths?from={MASHHAD}&to={ISFAHAN}&lang=en")
    page.get_by_text("Filters and limits").click()
    page.get_by_label("Sister cities").check()
    page.get_by_label("Valid on").fill("2025-13-40")
    page.get_by_role("button", name="Find paths").click()
    expect(page.locator("#wrong-as_of")).to_be_visible()
    page.get_by_label("Valid on").fill("2025-12-05")
    page.get_by_role("button", name="Find paths").click()
    page.locator(".path .sentence").nth(1).wait_for()
    sentences = [one.inner_text() for one in page.locator(".path .sentence").all()]
    assert {name for name in ("Kuala Lumpur", "Lahore") if any(name in one for one in sentences[:2])} == {
        "Kuala Lumpur",
        "Lahore",
    }
    assert "type=TWINNED_WITH" in page.url
    assert "as_of=2025-12-05" in page.url
    expect(page.get_by_label("Sister cities")).to_be_checked()
    page.wait_for_selector("#canvas[data-ready=yes]")
    shoot("paths-twinned-en")
    page.goto("/paths?to=agreement:plan-mashhad-sanaa-gaza-sister-city&label=City&lang=fa")
    page.wait_for_selector("#canvas[data-ready=yes]")
    expect(page.locator(".path").nth(2)).to_be_attached()
    shoot("paths-to-here-fa")


def twins(page):
    return page.locator(
        ".common-panel .group", has=page.locator("h3", has_text=re.compile("Sister cities|خواهرخوانده‌ها"))
    )


@pytest.mark.parametrize("language", ["en", "fa"])
def test_which_cities_are_twinned_with_both_by_mouse(page, shoot, language):
    page.goto(f"{BOTH}&lang={language}")
    ready(page)
    box = page.locator("#canvas").bounding_box()
    for id_, keys in ((MASHHAD, []), (ISFAHAN, ["Control"])):
        spot = page.evaluate("id => window.peyvand.at(id)", id_)
        for key in keys:
            page.keyboard.down(key)
        page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
        for key in keys:
            page.keyboard.up(key)
        page.wait_for_timeout(400)  # a second click at once would be a double click
    page.locator(".selection [data-act=common]").click()
    twins(page).wait_for()
    shoot(f"common-{language}")
    assert {one.get_attribute("data-entity") for one in twins(page).locator("a.entity").all()} == {LAHORE, KUALA_LUMPUR}
    twins(page).locator(".add-all").click()
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 4")
    assert drawn(page) == {MASHHAD, ISFAHAN, LAHORE, KUALA_LUMPUR}
    shoot(f"common-added-{language}")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_which_cities_are_twinned_with_both_and_how_they_are_connected_by_keyboard(page, shoot, language):
    page.goto(f"{BOTH}&lang={language}")
    ready(page)
    page.locator("#canvas").focus()
    page.keyboard.press("Home")
    page.locator(".details h2").first.wait_for()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft" if language == "fa" else "ArrowRight")
    page.locator(".selection [data-act=common]").wait_for()
    page.keyboard.press("b")
    twins(page).wait_for()
    said = page.locator(".announce").inner_text()
    assert ("Kuala Lumpur" in said and "Lahore" in said) or ("کوالالامپور" in said and "لاهور" in said)
    page.locator("#canvas").focus()
    page.keyboard.press("p")
    page.locator(".paths-panel .sentence").first.wait_for()
    shoot(f"paths-panel-{language}")
    expect(page.locator(".paths-panel .path")).to_have_count(5)
    page.locator("#canvas").focus()
    page.keyboard.press("Escape")
    page.locator(".selection [data-act=common]").wait_for(state="detached")


def test_the_table_selects_too_and_its_page_says_who_says_so(page, shoot):
    page.goto(f"{BOTH}&lang=en")
    ready(page)
    page.keyboard.press("t")
    for name in ("Mashhad", "Isfahan"):
        page.get_by_label(f"Select {name}", exact=True).check()
    page.locator(".selection").get_by_role("button", name="Common ties").click()
    page.get_by_role("link", name="As a table, with the ties and who says so").click()
    page.wait_for_selector("#canvas[data-ready=yes]")
    page.get_by_role("navigation", name="By tie").get_by_role("link", name="Sister cities").click()
    page.wait_for_selector("#canvas[data-ready=yes]")
    rows = page.locator(".common-ties tbody tr")
    expect(rows).to_have_count(2)
    assert sorted(row.locator("th").inner_text().strip() for row in rows.all()) == ["Kuala Lumpur", "Lahore"]
    shoot("common-page-en")
    page.goto(f"{page.url}&lang=fa")
    page.wait_for_selector("#canvas[data-ready=yes]")
    shoot("common-page-fa")


def test_what_is_expanded_can_be_collapsed_and_more_is_a_chip(page, shoot):
    page.goto(f"/explore?ids={BEIJING}&open={BEIJING}&lang=en")
    ready(page)
    page.locator(".selection [data-act=everything]").click()
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 51")
    chip = page.locator(".notice .chip")
    left = int(re.search(r"\d+", chip.inner_text())[0])
    shoot("expanded-en")
    chip.click()
    page.wait_for_function(f"() => Object.keys(window.peyvand.positions()).length === {51 + left}")
    page.locator("#canvas").focus()
    page.keyboard.press("x")
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 1")
    assert drawn(page) == {BEIJING}
    page.keyboard.press("Control+z")
    page.wait_for_function(f"() => Object.keys(window.peyvand.positions()).length === {51 + left}")


def test_a_crowd_is_not_put_into_the_picture_at_once_and_its_count_opens_the_choice(page):
    page.goto(f"/explore?ids={CHINA}&lang=en")
    ready(page)
    spot = page.evaluate("id => window.peyvand.at(id)", CHINA)
    scale = page.evaluate("() => window.peyvand.scale()")
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + spot["x"] - 15 * scale, box["y"] + spot["y"] - 17 * scale)
    page.locator(".expand button:focus").wait_for()
    page.locator("#canvas").focus()
    page.keyboard.press("e")
    page.locator(".notice", has_text="neighbours that are not shown").wait_for()
    assert drawn(page) == {CHINA}

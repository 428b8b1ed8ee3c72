"""What a diplomacy officer does: finds a city, expands it, opens a tie, reads who says so, in either language."""

import pytest

from graph_app.graph.writer import Writer

pytestmark = pytest.mark.browser

PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
PICTURE = f"/explore?ids=place:mashhad;{PLAN},place:sanaa,place:gaza"


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")


def places(page):
    return page.evaluate("() => window.peyvand.positions()")


def find(page, text):
    """Type into the search bar and wait for the first result."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector("#found li")
    return page.locator("#found li").first


@pytest.mark.parametrize("text", ["مشهد", "Mashhad"])
def test_an_officer_reads_the_evidence_of_a_tie_and_shares_the_picture_in_both_languages(page, shoot, text):
    page.goto("/explore")
    ready(page)
    assert find(page, text).get_attribute("data-id") == "place:mashhad"
    page.keyboard.press("Enter")
    page.locator(".expand button", has_text="Agreements").click()
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length > 10")
    page.wait_for_selector(f".twin tr[data-id='{PLAN}']", state="attached")

    page.get_by_role("button", name="The picture as a table").click()
    row = page.locator(f".twin .edges tr[data-id='place:mashhad→{PLAN}']")
    row.get_by_role("button").click()
    claim = page.locator(".details .claim").first
    claim.wait_for()
    assert claim.locator(".publisher").inner_text() == "Tasnim"
    assert "line 5" in claim.inner_text()
    assert "خواهرخواندگی" in claim.locator("blockquote").inner_text()
    assert "founding/agreement_parties.csv" in claim.inner_text()
    assert "line 9" in claim.inner_text()
    before, address = places(page), page.url
    assert "open=" in address

    page.get_by_role("link", name="فارسی").click()
    ready(page)
    assert page.evaluate("() => [document.documentElement.lang, document.dir]") == ["fa", "rtl"]
    assert places(page) == before
    assert page.locator(".details .claim .publisher").first.inner_text() == "تسنیم"
    assert "سطر ۵" in page.locator(".details .claim").first.inner_text()
    shoot(f"explore-tie-fa-{'fa' if text == 'مشهد' else 'en'}")

    page.goto(address)
    ready(page)
    assert places(page) == before
    assert page.locator(".details .claim .publisher").first.inner_text() == "تسنیم"


def test_a_click_on_a_disc_opens_it_and_back_returns_to_the_picture_before(page, shoot):
    page.goto("/explore?ids=place:mashhad")
    ready(page)
    spot = page.evaluate("() => window.peyvand.at('place:mashhad')")
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.locator(".details h2", has_text="Mashhad").wait_for()
    page.locator(".expand button", has_text="Sister cities").click()
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 21")
    shoot("explore-sisters-en")
    before = places(page)["place:mashhad"]
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 1")
    assert places(page)["place:mashhad"] == before
    page.keyboard.press("Control+y")
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 21")


def test_everything_works_from_the_keyboard(page):
    page.goto("/explore")
    ready(page)
    find(page, "رستموف")
    page.keyboard.press("Enter")
    page.locator(".details h2", has_text="Bakht Rustamov").wait_for()
    page.locator("#canvas").focus()
    page.keyboard.press("e")
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length > 5")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => /, \\d+ of \\d+; neighbours not shown: \\d+/.test(document.querySelector('.announce').textContent)"
    )
    said = page.locator(".announce").inner_text()
    assert "Rustamov, Person" not in said
    count = len(places(page))
    page.keyboard.press("Delete")
    page.wait_for_function(f"() => Object.keys(window.peyvand.positions()).length === {count - 1}")
    assert "without=" in page.url
    before = places(page)
    page.reload()
    ready(page)
    assert places(page) == before
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    page.keyboard.press("Escape")
    page.locator("dialog.keys").wait_for(state="hidden")
    page.keyboard.press("t")
    assert page.locator(".twin").is_visible()


def test_the_table_says_what_the_picture_shows(page):
    page.goto(PICTURE)
    ready(page)
    page.keyboard.press("t")
    assert page.locator(".twin .nodes tr").count() == 4
    strokes = [row.inner_text().split("\t") for row in page.locator(".twin .edges tr").all()]
    assert [
        "Mashhad",
        "is party to",
        "Plan for sister-cityhood of Mashhad with Sana'a and Gaza",
        "Stated",
        "Under study",
        "1",
        "1",
    ] in strokes
    page.get_by_role("button", name="Gaza", exact=True).click()
    page.locator(".details h2", has_text="Gaza").wait_for()
    assert page.locator(".twin tr[aria-selected=true]").count() == 1


def test_an_empty_picture_says_what_to_do_and_an_unknown_entity_is_said(page):
    page.goto("/explore")
    ready(page)
    page.locator(".empty a").first.click()
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 1")
    page.goto("/explore?ids=place:mashhad,place:atlantis")
    ready(page)
    assert "place:atlantis" in page.locator(".notice").inner_text()


def test_text_from_data_stays_text(page, examples):
    hostile = '<img src=x onerror="document.title=1"> href <script>document.title=2</script> hostile'
    rows = [
        {
            "id": "place:hostile",
            "properties": {"id": "place:hostile", "name_en": hostile, "search": "hostile", "squashed": "hostile"},
        }
    ]
    writer = Writer(examples)
    writer.rows("UNWIND $rows AS row MERGE (e:Entity:Place:City {id: row.id}) SET e = row.properties", rows)
    try:
        page.goto("/explore?ids=place:hostile&open=place:hostile")
        ready(page)
        page.locator(".details h2", has_text="<img src=x").wait_for()
        find(page, "hostile")
        page.goto("/entities/place:hostile")
        assert page.title().startswith("<img src=x")
        assert page.locator("h1").inner_text() == hostile
    finally:
        writer.run("MATCH (e:Entity {id: 'place:hostile'}) DETACH DELETE e")

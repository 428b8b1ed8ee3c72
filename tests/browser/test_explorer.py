"""What a diplomacy officer does: finds a city, expands it, opens a tie, reads who says so, in either language."""

import pytest
from playwright.sync_api import expect

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
    row.get_by_role("button").first.click()
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
    expect(page.locator("dialog.keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("dialog.keys").wait_for(state="hidden")
    page.keyboard.press("t")
    expect(page.locator(".twin")).to_be_visible()


def test_the_table_says_what_the_picture_shows(page):
    page.goto(PICTURE)
    ready(page)
    page.keyboard.press("t")
    expect(page.locator(".twin .nodes tr")).to_have_count(4)
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
    expect(page.locator(".twin tr[aria-selected=true]")).to_have_count(1)


def test_an_empty_picture_says_what_to_do_and_an_unknown_entity_is_said(page):
    page.goto("/explore")
    ready(page)
    page.locator(".empty a").first.click()
    page.wait_for_url("**/explore?ids=*;*")
    ready(page)
    assert len(places(page)) > 10, "it is opened with its neighbours"
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


def test_every_number_of_the_table_leads_to_what_it_counts_and_a_derived_tie_to_its_agreement(page):
    page.goto("/explore?ids=place:mashhad,place:1735161&lang=en")
    ready(page)
    page.keyboard.press("t")
    derived = page.locator(".twin .edges tr")
    assert "0" not in derived.inner_text().split("\t"), (
        "what is derived has no sources of its own, and is not without evidence"
    )
    assert derived.get_by_role("link").inner_text() == "by the agreement"
    derived.get_by_role("button", name="Ties: 1").click()
    page.locator(".details .derived", has_text="Derived from the agreement").wait_for()
    row = page.locator(".twin .nodes tr[data-id='place:mashhad']")
    row.get_by_role("button", name="Sources: 2").click()
    page.locator(".details h2", has_text="Mashhad").wait_for()
    assert page.evaluate("() => document.activeElement.closest('.details .content') !== null")
    row.get_by_role("button", name="Not shown:").click()
    page.wait_for_function("() => document.activeElement.closest('.expand') !== null")
    derived.get_by_role("link").click()
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length === 3")
    assert "agreement:" in page.url


IN_VIEW = """() => {
  const box = (one) => one.getBoundingClientRect();
  const canvas = box(document.querySelector("#canvas"));
  const over = [...document.querySelectorAll(".tools, .arrange, .sieve, .legend, .notice, .year-bar, .step-list")]
    .filter((one) => one.offsetWidth && getComputedStyle(one).visibility !== "hidden").map(box);
  return Object.keys(window.peyvand.positions()).filter((id) => {
    const { x, y } = window.peyvand.at(id);
    const [left, top] = [canvas.left + x, canvas.top + y];
    return left < canvas.left || left > canvas.right || top < canvas.top || top > canvas.bottom
      || over.some((one) => left > one.left && left < one.right && top > one.top && top < one.bottom);
  });
}"""


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_panel_lies_over_the_picture_while_the_whole_of_it_is_shown(page, language):
    page.goto(f"/explore?around=place:mashhad&lang={language}")
    ready(page)
    assert page.evaluate(IN_VIEW) == []
    page.keyboard.press("l")
    for layout in ("layers", "country", "map"):
        page.locator(f"input[name=layout][value={layout}]").check()
        page.wait_for_url(f"**layout={layout}**")
        page.wait_for_function(f"() => ({IN_VIEW})().length === 0")
    page.keyboard.press("i")
    page.wait_for_function(f"() => ({IN_VIEW})().length === 0")
    assert page.locator("[data-do=arrange]").get_attribute("aria-pressed") == "false", "one panel at a time lies there"
    page.keyboard.press("t")
    page.wait_for_function(f"() => ({IN_VIEW})().length === 0")
    page.keyboard.press("a")
    page.wait_for_function(f"() => ({IN_VIEW})().length === 0")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_counts_of_the_picture_are_read_whole_beside_narrow_details(page, language):
    page.set_viewport_size({"width": 1300, "height": 820})
    page.goto(f"/explore?around=place:mashhad&lang={language}")
    ready(page)
    told, stage = page.locator(".tools .size").bounding_box(), page.locator(".stage").bounding_box()
    assert stage["x"] <= told["x"]
    assert told["x"] + told["width"] <= stage["x"] + stage["width"]


def test_a_picture_seen_from_afar_has_names_that_can_be_read(page):
    page.add_init_script("""
      window.drawn = [];
      const real = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
        const size = parseFloat(this.font.match(/([\\d.]+)px/)[1]) * this.getTransform().a;
        window.drawn.push([text, size / devicePixelRatio]);
        return real.call(this, text, ...at);
      };""")
    page.set_viewport_size({"width": 650, "height": 410})  # a screen of 1,300 pixels at 200 %
    page.goto("/explore?around=place:mashhad&lang=en")
    ready(page)
    page.wait_for_function("() => window.drawn.some(([text]) => text === 'Mashhad')")
    sizes = [size for text, size in page.evaluate("() => window.drawn") if text == "Mashhad"]
    assert min(sizes) > 8
    canvas = page.locator("#canvas").bounding_box()
    x, y = page.evaluate("""() => {
      const { x, y } = window.peyvand.at("place:mashhad");
      return [x, y + 22 * window.peyvand.scale() + 5];
    }""")
    page.keyboard.press("Escape")
    page.mouse.click(canvas["x"] + x, canvas["y"] + y)
    page.locator(".details h2", has_text="Mashhad").wait_for()


def test_what_can_be_done_says_with_whom_where_nothing_else_does_and_names_are_listed_as_one_says_them(page):
    page.goto("/explore?ids=place:mashhad,place:sanaa&lang=fa")
    ready(page)
    page.locator("#canvas").focus()
    page.keyboard.press("Home")
    page.locator(".details .headed h2").wait_for()
    page.locator(".selection .alone").wait_for(state="hidden")  # the head of the details names it
    page.keyboard.press("Space")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    page.keyboard.press("b")
    page.locator(".details h2", has_text="پیوندهای مشترک").wait_for()
    assert " و " in page.locator(".selection p").inner_text()
    page.keyboard.press("Escape")
    page.locator(".selection .alone").wait_for()
    assert page.locator(".selection .alone").inner_text() in {"مشهد", "صنعا"}
    page.keyboard.press("w")
    page.locator(".details .measures").wait_for()
    expect(page.locator(".selection")).to_be_hidden()  # measures are of the whole picture


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_legend_says_what_makes_a_stroke_lighter(page, language):
    page.goto(f"/explore?around=place:mashhad&lang={language}")
    ready(page)
    legend = page.locator(".legend").inner_text()
    lighter = {
        "en": ("Lighter: not yet", "Lighter: derived", "Faint"),
        "fa": ("کم‌رنگ: امضانشده", "کم‌رنگ: برگرفته", "محو"),
    }
    assert all(word in legend for word in lighter[language])


def test_questions_about_what_is_selected_are_offered_once(page):
    page.goto("/explore?ids=place:mashhad,place:418863&open=place:mashhad&lang=en")
    ready(page)
    asked = page.locator(".details a[href^='/queries?about=']")
    expect(asked).to_have_text(["Questions about this"])
    page.keyboard.press("t")
    boxes = page.locator(".twin .nodes input")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()
    page.locator(".details .selection a", has_text="Questions about them").wait_for()

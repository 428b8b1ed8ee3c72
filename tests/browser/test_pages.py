"""Every page, in both languages, light and dark: no complaint in the console, and a screenshot to look at."""

import pytest
from playwright.sync_api import expect

from graph_app.graph.writer import Writer
from graph_app.keys import search_keys

pytestmark = pytest.mark.browser

PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
PAGES = {
    "home": "/",
    "explore": f"/explore?ids=place:mashhad;{PLAN},place:sanaa,place:gaza&open=place:mashhad",
    "explore-empty": "/explore",
    "agreement": "/entities/agreement:mou-ilam-blood-mosques",
    "city": "/entities/place:mashhad",
    "person": "/entities/person:bakht-rustamov",
    "source": "/sources/source:src-001-tasnim",
    "questions": "/queries",
    "question-table": "/queries/cities/sister_cities?city=place:mashhad",
    "question-network": "/queries/paths/shortest?a=person:hadi-abyar&b=person:ali-razi",
}


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("fa", "light")])  # the others in test_barriers
def test_every_page_is_whole_in_both_languages_and_themes(page, shoot, language, theme):
    for name, address in PAGES.items():
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}&theme={theme}")
        if name.startswith("explore"):
            page.wait_for_selector(".explore[data-ready=yes]")
        if name == "question-network":
            page.wait_for_selector("#canvas[data-ready=yes]")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1"), name
        assert page.evaluate("() => document.fonts.check('14px Vazirmatn', 'پیوند')")
        shoot(f"{name}-{language}-{theme}")


@pytest.mark.parametrize("address", ["/", "/explore", "/entities/place:mashhad", "/queries"])
def test_a_phone_shows_every_page_without_scrolling_sideways(page, shoot, address):
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(f"{address}?lang=fa")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")
    shoot(f"phone{address.replace('/', '-').replace(':', '-')}")


def test_calendar_and_theme_are_remembered(page):
    page.goto("/entities/event:evt-nation-rights-conference?calendar=jalali&lang=en")
    assert "12 Azar 1404" in page.locator(".facts").inner_text()
    page.goto("/entities/event:evt-nation-rights-conference")
    assert "12 Azar 1404" in page.locator(".facts").inner_text()
    page.goto("/entities/event:evt-nation-rights-conference?calendar=gregorian")
    assert "3 December 2025" in page.locator(".facts").inner_text()
    page.goto("/?theme=dark")
    page.goto("/explore")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_a_page_that_does_not_exist_says_so_in_the_readers_language(page, site):
    for address, status in (("/nowhere?lang=fa", 404), ("/entities/place:nowhere?lang=fa", 404)):
        answer = page.request.get(site + address)
        assert answer.status == status
        assert 'lang="fa"' in answer.text()
        assert "Traceback" not in answer.text()


WIDE = ("person:hadi-abyar", "place:mashhad", "source:src-001-tasnim", "agreement:mou-ilam-blood-mosques")
WORD = "Llanfair" * 50


@pytest.fixture
def endless(examples):
    """Give some entities names, and all quotations about them, that are one word of 400 letters."""
    writer, called = Writer(examples), {"name_en": WORD, "name_fa": WORD, **search_keys([WORD])}
    node, tie = "MATCH (n {id: $id})", "MATCH ()-[n]->() WHERE elementId(n) = $id"
    kept = ", ".join(f".{key}" for key in called)
    named = examples.table(f"MATCH (n) WHERE n.id IN $ids RETURN n.id, n {{ {kept} }}", {"ids": WIDE})
    quotes = examples.table(
        "MATCH (m)-[n]-() WHERE m.id IN $ids AND n.quote IS NOT NULL RETURN DISTINCT elementId(n), n {.quote}",
        {"ids": WIDE},
    )
    for match, rows, new in ((node, named.rows, called), (tie, quotes.rows, {"quote": WORD})):
        for id_, _old in rows:
            writer.run(f"{match} SET n += $new", {"id": id_, "new": new})
    yield
    for match, rows in ((node, named.rows), (tie, quotes.rows)):
        for id_, old in rows:
            writer.run(f"{match} SET n += $old", {"id": id_, "old": old})


@pytest.mark.usefixtures("endless")
@pytest.mark.parametrize(("language", "width"), [("en", 390), ("fa", 1360)])
def test_a_word_without_end_widens_no_page(page, shoot, language, width):
    page.set_viewport_size({"width": width, "height": 780})
    addresses = ["/", f"/queries?q={WORD}", "/queries/cities/sister_cities?city=place:mashhad", "/quality"]
    addresses += [f"/{'sources' if id_.startswith('source') else 'entities'}/{id_}" for id_ in WIDE]
    addresses += [f"/explore?ids={WIDE[1]}&open={WIDE[1]}"]
    wide = []
    for number, address in enumerate(addresses):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        if address.startswith("/explore"):
            page.wait_for_selector(".details h2 >> nth=1")
        page.evaluate("() => document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })")
        excess = page.evaluate(
            "() => [document.documentElement, document.querySelector('.details')].map("
            "(one) => one ? one.scrollWidth - one.clientWidth : 0)"
        )
        shoot(f"endless-{number}-{language}-{width}")
        wide += [(address[:60], excess)] if max(excess) > 1 else []
    assert not wide

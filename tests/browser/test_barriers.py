"""No page keeps anybody out: axe finds nothing on any of them, in both languages, light and dark."""

import pytest

from graph_app.graph.writer import Writer

pytestmark = pytest.mark.browser

PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
SHOWN = "ids=place:mashhad;place:sanaa,place:gaza"
PAGES = (
    "/",
    f"/explore?ids=place:mashhad;{PLAN},place:sanaa,place:gaza&open=place:mashhad",
    "/explore",
    "/map",
    "/panorama?of=Institution",
    "/paths?from=person:hadi-abyar&to=person:ali-razi",
    "/paths",
    "/common?ids=place:mashhad,place:gaza",
    "/people",
    "/signing?ours=place:mashhad&theirs=place:sanaa",
    "/explore/compare",
    f"/explore/compare?{SHOWN}&from=2010-01-01&to=2025-01-01",
    f"/explore/filters?{SHOWN}",
    f"/briefing?{SHOWN}",
    "/views",
    "/entities/agreement:mou-ilam-blood-mosques",
    "/entities/place:mashhad",
    "/entities/person:bakht-rustamov",
    "/entities/institution:mashhad-city-council",
    "/entities/place:mashhad/history",
    "/entities/agreement:mou-ilam-blood-mosques/sheet",
    "/pair",
    "/pair/IR/IQ",
    "/agreements",
    "/digest",
    "/watched",
    "/ask",
    "/edits",
    "/texts",
    "/texts/new",
    "/api",
    "/sources/source:src-001-tasnim",
    "/quality",
    "/queries",
    "/queries/cities/sister_cities?city=place:mashhad",
    "/queries/cities/sister_cities",
    "/queries/paths/shortest?a=person:hadi-abyar&b=person:ali-razi",
    "/loads",
    "/loads/review",
)
REFUSED = ("/nowhere", "/setup/no-such-link")


@pytest.fixture
def site(examples, own_site):
    return own_site(examples)


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_axe_finds_nothing_on_any_page(visit, barriers, language, theme):
    page, found = visit(language), []
    for address in (*PAGES, *REFUSED):
        answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}&theme={theme}")
        assert (answer.status == 200) == (address in PAGES), address
        if page.locator(".explore").count():
            page.wait_for_selector(".explore[data-ready=yes]")
        found += [f"{address}: {barrier}" for barrier in barriers(page, "moderate", "minor")]
    assert not found, "\n".join(found)


def test_the_banner_of_made_up_data_is_a_part_of_the_page_that_can_be_jumped_to(visit, barriers, examples):
    writer = Writer(examples)
    writer.run("CREATE (:Entity:Source {id: 'source:tale', name_en: 'A tale', fictional: true})")
    try:
        page = visit()
        for address in ("/", "/explore?ids=place:mashhad"):
            page.goto(f"{address}{'&' if '?' in address else '?'}lang=en")
            page.locator("aside.fiction[aria-label]").wait_for()
            assert not barriers(page, "moderate", "minor")
    finally:
        writer.run("MATCH (s:Source {id: 'source:tale'}) DELETE s")

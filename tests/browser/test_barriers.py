"""No page keeps anybody out: axe finds nothing serious on any of them, in both languages, light and dark."""

import pytest

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
def test_axe_finds_nothing_serious_on_any_page(visit, barriers, language, theme):
    page, found = visit(language), []
    for address in (*PAGES, *REFUSED):
        answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}&theme={theme}")
        assert (answer.status == 200) == (address in PAGES), address
        if page.locator(".explore").count():
            page.wait_for_selector(".explore[data-ready=yes]")
        found += [f"{address}: {barrier}" for barrier in barriers(page)]
    assert not found, "\n".join(found)


def test_all_that_stands_on_a_page_of_the_examples_belongs_to_a_part_of_it_that_can_be_jumped_to(visit, barriers):
    page = visit()
    for address in ("/", "/explore?around=place:mashhad", "/entities/place:mashhad", "/map"):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang=en")
        if address.startswith(("/explore", "/map")):
            page.wait_for_selector(".explore[data-ready=yes]")
        barriers(page)  # brings axe into the page
        strays = page.evaluate("async () => (await axe.run(document, {runOnly: ['region']})).violations")
        assert [node["html"][:160] for one in strays for node in one["nodes"]] == []

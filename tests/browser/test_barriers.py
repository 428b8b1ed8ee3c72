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
    "/compare",
    f"/compare?{SHOWN}&first=2010-01-01&second=2025-01-01",
    f"/briefing?{SHOWN}",
    "/views",
    "/entities/agreement:mou-ilam-blood-mosques",
    "/entities/place:mashhad",
    "/entities/person:bakht-rustamov",
    "/sources/source:src-001-tasnim",
    "/quality",
    "/queries",
    "/queries/cities/sister_cities?city=place:mashhad",
    "/queries/cities/sister_cities",
    "/queries/paths/shortest?a=person:hadi-abyar&b=person:ali-razi",
    "/loads",
    "/loads/review",
    "/nowhere",
    "/setup/no-such-link",
)


@pytest.fixture
def site(examples, own_site):
    return own_site(examples)


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_axe_finds_nothing_serious_on_any_page(visit, barriers, language, theme):
    page, found = visit(language), []
    for address in PAGES:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}&theme={theme}")
        if address.startswith(("/explore", "/map")):
            page.wait_for_selector(".explore[data-ready=yes]")
        found += [f"{address}: {barrier}" for barrier in barriers(page)]
    assert not found, "\n".join(found)

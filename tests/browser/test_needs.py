"""Each need that a page answers, as the officer of that article opens it: the page, and what must stand there.

Both languages are read, which is why what is expected are entities, numbers and the words of the sources.
"""

import pytest

from graph_app.app import create_app
from graph_app.text import latin_digits

pytestmark = pytest.mark.browser

QURANIC = "agreement:mou-quranic-khuzestan-arvand-basra"
PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
MOU = "agreement:mou-ilam-blood-mosques"
DAY = "as_of=2025-12-05"
QUESTION = f"/queries/agreements/{{}}?agreement={QURANIC}"
NEEDS = [  # need, address, part of the page, what stands there: ids of entities, or words
    ("000.1", f"/entities/{QURANIC}?{DAY}", "#labour", ["iran-consulate-basra", "quran-dev-council"]),
    ("000.2", QUESTION.format("tasked_but_absent"), "table.answer", ["iran-consulate-basra"]),
    ("000.3", f"/agreements?{DAY}&status=drafted", "tbody", [QURANIC]),
    ("000.4", f"/entities/{QURANIC}?{DAY}", "#chronology", ["event:"]),
    ("000.5", f"/queries/agreements/across_borders?{DAY}", "table.answer", [QURANIC]),
    ("000.6", "/entities/event:evt-quranic-mou-drafting-session", "#facts", ["person:hadi-abyar", "person:ali-razi"]),
    ("000.8", f"/entities/{QURANIC}?{DAY}", "#bodies", ["institution:quranic-mou-intl-wg"]),
    ("000.9", "/loads/review", "main", ["quran-dev-council"]),
    ("000.10", "/paths?from=person:hadi-abyar&to=person:ali-razi", "main", ["/event:evt-quranic-mou-drafting-session"]),
    ("000.11", f"/entities/{QURANIC}?{DAY}", "#parties", ["place:khuzestan", "place:basra-province"]),
    ("001.1", f"/entities/place:mashhad?{DAY}", "#sister-cities", ["place:sanaa", "place:gaza"]),
    ("001.2", f"/entities/{PLAN}?{DAY}", "#letters", ["institution:iran-mfa"]),
    ("001.3", f"/entities/{PLAN}?{DAY}", "#approvals", ["institution:iran-mfa"]),
    ("001.4", f"/people?{DAY}", "#unknown", ["post:"]),
    ("001.6", "/entities/institution:mashhad-sister-city-committee", "#structure", ["institution:"]),
    ("001.9", f"/agreements?attention=stalled&{DAY}", "tbody", [PLAN]),
    ("001.11", "/signing?ours=place:mashhad&theirs=place:sanaa", "#together", [PLAN]),
    ("001.12", f"/entities/{PLAN}/sheet?{DAY}", "#chronology", [""]),
    ("002.2", f"/agreements?tab=coverage&{DAY}", "main table", ["place:fars"]),
    ("002.5", f"/agreements?tab=figures&{DAY}", "main", ["170", "177"]),
    ("002.6", f"/agreements?tab=priority&{DAY}", "main", ["weigh_events", MOU]),
    ("002.7", f"/agreements?tab=review&{DAY}", "main", ["agreement:"]),
    ("002.9", f"/entities/{MOU}", ".recording", ["/edits/new/downgrade"]),
    ("003.1", f"/entities/{MOU}/sheet?{DAY}", "main", ["signatories"]),
    ("003.2", f"/entities/{MOU}?{DAY}", "#commitments", ["commitment:cmt-003-training-courses"]),
    ("003.4", f"/agreements?tab=calendar&{DAY}", "main", [MOU]),
    ("003.5", f"/agreements?attention=unknown_term&{DAY}", "tbody", [MOU]),
    ("003.10", "/entities/commitment:cmt-003-training-courses", "main", ["همکاری در برگزاری دوره های آموزشی اهدا خون"]),
    ("004.1", f"/entities/person:bakht-rustamov?{DAY}", "#contacts", ["event:"]),
    ("004.2", f"/people?{DAY}", "#without-instrument", ["institution:iran-cultural-office-astana"]),
    ("004.5", f"/people?{DAY}", "#visits", ["person:bakht-rustamov"]),
    ("004.6", f"/pair/IR/KZ?{DAY}", "#events", ["event:"]),
    ("004.7", f"/people?{DAY}", "#acting", ["post:"]),
    ("004.8", f"/agreements?tab=calendar&{DAY}", "main", ["event:"]),
]


@pytest.fixture
def site(founding, settings, listening):
    return listening(create_app(founding, settings))


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("article", ["000", "001", "002", "003", "004"])
def test_the_officer_of_an_article_finds_each_need_on_its_page(page, article, language):
    for need, address, part, expected in NEEDS:
        if need.startswith(article):
            page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert page.locator("html").get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
            found = latin_digits(page.locator(part).first.inner_html())
            assert [one for one in expected if one not in found] == [], need

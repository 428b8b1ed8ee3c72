"""Dossiers over both examples: what an officer looks for stands in its section, with its export."""

import csv
import io

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app

pytestmark = pytest.mark.live


@pytest.fixture
def get(examples, settings):
    client = create_app(examples, settings, testing=True).test_client()

    def get_(address):
        joined = f"{address}{'&' if '?' in address else '?'}lang=en"
        answer = client.get(joined, headers={"Host": "127.0.0.1"}, follow_redirects=True)
        assert answer.status_code == 200, joined
        if answer.content_type.startswith("text/csv"):
            return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        return BeautifulSoup(answer.text, "html.parser")

    return get_


def told(page, selector):
    return " ".join(page.select_one(selector).get_text(" ").split())


def test_a_city_counts_its_links_by_kind_and_status_and_never_calls_them_in_force(get):
    page = get("/entities/place:mashhad?as_of=2025-12-05")
    assert told(page, "#sister-cities .tally").startswith(
        "18 Sister-city link Reported, validity unknown 2 Sister-city"
    )
    assert "In force" not in page.select_one("#sister-cities").text
    assert "Specialised committee" in told(page, "#institutions")
    assert "Isfahan" in told(page, "#neighbours tr:has(a[href$='place:3141'], a[href*='418863'])")
    for part in page.select(".dossier-part .exports a[href*='.csv']"):
        assert get(part["href"])


def test_suggested_partners_are_no_partners_yet_and_each_has_its_reasons(get):
    page = get("/entities/place:mashhad")
    partners = {link["href"] for link in page.select("#sister-cities td:first-child a.entity")}
    suggested = page.select("#partners .suggested > li")
    assert len(suggested) == 10
    assert partners.isdisjoint(one.select_one("a.entity")["href"] for one in suggested)
    assert all(one.select(".why li") for one in suggested)
    rows = get("/entities/place:mashhad/partners.csv")
    assert {row["place"] for row in rows} == {str(place) for place in range(1, 11)}
    beside = get("/entities/institution:iran-cultural-office-astana/partners/panel")
    first = beside.select_one(".suggested > li")
    assert "Public Diplomacy" in first.text
    assert "Their people met" in first.text


def test_what_the_consulate_is_to_do_and_who_says_so(get):
    row = told(get("/entities/institution:iran-consulate-basra"), "#commitments tbody tr")
    assert "Necessary support during implementation" in row
    assert "Drafting of a Quranic cooperation MoU" in row


def test_the_contact_file_of_a_person_begins_with_the_last_contact(get):
    page = get("/entities/person:bakht-rustamov")
    assert "Majid Souri" in told(page, ".last-contact")
    assert len(page.select("#contacts tbody tr")) == 4
    assert page.select_one("#posts svg.bars rect.open")
    assert "2013" in told(page, "#timeline")
    assert get("/entities/person:mehdi-akbari-dehbalaei").select("#signed tbody tr")


def test_an_agreement_is_told_part_by_part_and_what_nobody_recorded_is_said_once(get):
    page = get("/entities/agreement:mou-ilam-blood-mosques?as_of=2025-12-05")
    parties = [row.get_text(" ") for row in page.select("#parties tbody tr")]
    assert [("Signed" in row, "Dehbalaei" in row) for row in parties] == [(True, True), (True, False), (False, False)]
    assert "Director General" in told(page, "#signatories tbody tr:last-child")
    assert len(page.select("#commitments tbody tr")) == 11
    assert page.select_one("p.none a#approvals")
    plan = get("/entities/agreement:plan-mashhad-sanaa-gaza-sister-city?as_of=2025-12-05")
    assert {name: len(plan.select(f"#{name} tbody tr")) for name in ("parties", "letters", "bodies")} == {
        "parties": 7,
        "letters": 9,
        "bodies": 1,
    }
    under = get("/entities/agreement:agr-hawza-supplementary?as_of=2025-12-05")
    assert "Umbrella" in told(under, "#family .answer")


def test_a_sheet_tells_the_same_of_an_agreement_and_nothing_else_has_one(get, examples, settings):
    page = get("/entities/agreement:mou-ilam-blood-mosques/sheet?as_of=2025-12-05")
    assert "Signed on 5 December 2025" in told(page, ".stands")
    assert len(page.select("section tbody tr")) == 3 + 2 + 1 + 10
    assert "and 1 more" in page.text
    client = create_app(examples, settings, testing=True).test_client()
    assert client.get("/entities/place:mashhad/sheet", headers={"Host": "127.0.0.1"}).status_code == 404


def test_between_iran_and_kazakhstan_there_is_no_agreement_and_one_meeting(get):
    page = get("/pair?a=Iran&b=Kazakhstan")
    assert "None recorded." in told(page, "#agreements")
    assert [cell.text.strip() for cell in page.select("#events td")].count("Meeting") == 1
    assert get("/entities/place:iran").select_one("#relations a[href='/pair/IR/KZ']")
    assert get("/pair/ir/iq").select("#sister-cities tbody tr")


def test_people_and_posts_stand_by_what_ends_what_is_vacant_and_who_was_not_met(get):
    page = get("/people?as_of=2025-12-05")
    counts = {link["href"]: int(link.select_one(".count").text) for link in page.select("nav.contents a")}
    assert counts["#unknown"] == 14
    assert "Rustamov" in told(page, "#visits")
    assert "Astana" in told(page, "#acting")
    assert "Public Diplomacy" in told(page, "#without-instrument")
    assert counts["#holders"] == len(get(page.select_one("#holders .exports a[href*='.csv']")["href"]))


def test_before_signing_both_sides_see_what_they_have_and_how_the_like_went(get):
    page = get("/signing?ours=mashhad&theirs=place:sanaa&as_of=2025-12-05")
    assert "Sana'a" in told(page, "#together .answer")
    assert "Under study" in told(page, "#together .answer")
    assert "Lahore" in told(page, "#similar")
    assert "Egypt" in told(page, "#partner-countries")
    overlap = get("/signing?ours=place:mashhad&theirs=institution:mosque-centres-hq&topic=topic:blood-donation-culture")
    assert "Blood Transfusion" in told(overlap, "#overlap .answer")
    assert len(overlap.select("#instruments tbody tr")) == 2
    assert "two different sides" in told(get("/signing?ours=place:mashhad&theirs=place:mashhad"), "[role=alert]")
    assert "topic" in told(get("/signing?ours=place:mashhad&theirs=place:sanaa&topic=place:iran"), "[role=alert]")

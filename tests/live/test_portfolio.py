"""The portfolio over the founding example: what its officers need, with the answers that their articles give."""

from collections import Counter
from datetime import date

import icalendar
import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.portfolio import Choice, chosen, counts, portfolio
from graph_app.portfolio.agenda import agenda
from graph_app.portfolio.figures import figures
from graph_app.portfolio.hierarchy import branches, coverage, provinces
from graph_app.portfolio.priority import scored

pytestmark = pytest.mark.live
DAY = date(2025, 12, 5)
TABS = ("list", "board", "timeline", "umbrellas", "coverage", "calendar", "priority", "figures")


@pytest.fixture
def client(founding, settings):
    return create_app(founding, settings, testing=True).test_client()


def get(client, address):
    answer = client.get(address, headers={"Host": "127.0.0.1:5000"})
    assert answer.status_code == 200, answer.text
    return answer


def test_what_wants_attention_is_what_the_articles_tell(founding):
    found = portfolio(founding, DAY)

    def by(attention):
        choice = Choice({"attention": frozenset({attention})})
        return {one.id.removeprefix("agreement:") for one in chosen(found.instruments, choice, DAY)}

    assert by("stalled") == {"plan-mashhad-sanaa-gaza-sister-city"}
    assert "mou-ilam-blood-mosques" in by("unknown_term")
    assert by("under_review") == {"mou-hawza-under-review"}
    assert by("unsigned") == {"mou-quranic-khuzestan-arvand-basra", "plan-mashhad-sanaa-gaza-sister-city"}


@pytest.mark.parametrize("day", [date(2021, 9, 1), DAY, date(2026, 6, 1)])
@pytest.mark.parametrize("fictional", [True, False])
def test_the_server_counts_as_many_as_stand_in_the_portfolio(examples, day, fictional):
    listed = [one for one in portfolio(examples, day).instruments if fictional or not one.fictional]
    counted = counts(examples, day, fictional=fictional)
    assert counted.statuses == Counter(one.status for one in listed)
    assert list(counted.statuses.values()) == sorted(counted.statuses.values(), reverse=True)
    assert counted.flags == Counter(flag for one in listed for flag in one.flags)
    assert counted.flags["stalled"] or day != DAY


def test_umbrellas_cover_fars_and_mazandaran_and_of_the_rest_none_is_recorded(founding):
    found = portfolio(founding, DAY)
    rows = coverage(found, provinces(founding))
    covered = {province for province, _umbrella in rows.cells}
    assert covered == {"place:fars", "place:mazandaran"}
    assert rows.country.id == "place:iran"
    assert len(rows.provinces) > len(covered)
    assert [tree.instrument.id for tree in branches(found.instruments)] == ["agreement:portfolio-hawza-agreements"]


def test_claimed_figures_stand_beside_what_is_recorded_each_with_its_scope(founding):
    claimed = {
        one.claim.properties["value"]: one
        for one in figures(founding, portfolio(founding, DAY))
        if one.scope.id == "agreement:portfolio-hawza-agreements" and one.claim.properties.get("value")
    }
    assert set(claimed) == {170, 177}
    assert all((one.recorded, one.grouped) == (0, 22) for one in claimed.values())
    assert all(one.sources for one in claimed.values())


def test_the_agenda_tells_the_conference_and_the_seven_occasions(founding):
    found = portfolio(founding, DAY)
    before = agenda(founding, found.instruments, date(2025, 12, 2), 7)
    assert [one.item.id for one in before.entries if one.sort == "event"] == ["event:evt-nation-rights-conference"]
    after = agenda(founding, found.instruments, DAY, 365)
    event = next(one for one in after.entries if one.sort == "event")
    assert event.passed(DAY)
    dated = {one.item.id for one in after.entries if one.sort == "occasion"}
    assert len(dated | {topic.id for topic, _agreements in after.undated}) == 7


def test_priority_follows_the_weights(founding):
    found = portfolio(founding, DAY)
    weights = {"events": 1, "bodies": 0, "subagreements": 0, "commitments": 0}
    by_events = scored(founding, found.instruments, date(2025, 5, 4), weights)
    assert not any(one.instrument.is_group for one in by_events)
    assert all(0 <= one.score <= 100 for one in by_events)
    assert by_events[0].score == 100 * by_events[0].shares["events"]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_view_answers_in_both_languages_with_links_behind_its_numbers(client, language):
    for tab in TABS:
        page = BeautifulSoup(get(client, f"/agreements?tab={tab}&as_of=2025-12-05&lang={language}").text, "html.parser")
        assert page.html["lang"] == language
        assert page.select_one(".tabs [aria-current=page]")
        for link in page.select(".pills a, .facets li a"):
            assert link["href"].startswith("/agreements?")
    stalled = get(client, f"/agreements?attention=stalled&as_of=2025-12-05&lang={language}")
    shown = BeautifulSoup(stalled.text, "html.parser")
    assert len(shown.select("tbody tr")) == 1
    assert shown.select_one(".picked .chip")


def test_the_list_leaves_as_csv_and_the_agenda_as_a_calendar_that_others_read(client):
    rows = get(client, "/agreements/agreements.csv?kind=mou&as_of=2025-12-05&lang=en").text.splitlines()
    assert len(rows) == 1 + 3
    calendar = icalendar.Calendar.from_ical(get(client, "/agreements/agreements.ics?as_of=2025-12-02&lang=fa").data)
    summaries = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    assert any("فجر" in text for text in summaries)


def test_the_home_page_counts_what_wants_attention_and_leads_there(client):
    page = BeautifulSoup(get(client, "/?lang=en").text, "html.parser")
    assert [strip.h2.text for strip in page.select(".strip")] == [
        "What changed",
        "Needs attention",
        "Start from",
        "Ties around the world",
    ]
    links = {link["href"]: int(link.b.text) for link in page.select("[aria-labelledby=attention] .pills a")[:-1]}
    assert len(links) == 4  # how many pairs may be one is looked for meanwhile
    for address, count in links.items():
        rows = BeautifulSoup(get(client, address).text, "html.parser").select("tbody tr, .due > li")
        assert len(rows) == count, address


def test_a_day_that_cannot_be_read_is_said_beside_its_field(client):
    page = BeautifulSoup(get(client, "/agreements?as_of=yesteryear&lang=en").text, "html.parser")
    assert page.select_one("#as-of[aria-invalid=true]")
    assert page.select_one("#as-of-wrong").text


def test_of_many_agreements_the_first_by_id_are_read_and_it_is_told_that_there_are_more(founding):
    every = portfolio(founding, DAY)
    some = portfolio(founding, DAY, most=3)
    assert not every.cut
    assert some.cut
    assert some.instruments == every.instruments[:3]

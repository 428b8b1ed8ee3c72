"""Dossiers without a server: their sections, time axes, trees and timelines, and how partners are ranked."""

from datetime import date

import pytest

from bench.partners import once, world
from graph_app.app import create_app
from graph_app.catalog.dossiers import PAIR, PEOPLE, SIGNING, dossiers, sections
from graph_app.catalog.library import shipped
from graph_app.catalog.parameters import fields
from graph_app.exploration.claims import Fact, Group
from graph_app.exploration.likeness import Links
from graph_app.exploration.profile import Profile
from graph_app.exploration.timeline import timeline
from graph_app.graph.results import Node, Tie
from graph_app.settings import Settings
from graph_app.text import clean
from graph_app.views.dossiers import Axis, bars, tree
from graph_app.vocabulary import vocabulary


@pytest.fixture
def in_english(no_graph):
    """Let what speaks to a reader speak to an English one, who counts by the Gregorian calendar."""
    with create_app(no_graph, Settings.read({})).test_request_context("/?lang=en"):
        yield


def dated(**days):
    return {f"{key}_{end}": date.fromisoformat(day) for key, day in days.items() for end in ("earliest", "latest")}


def node(id_, *labels, **properties):
    return Node(id_, ("Entity", *labels), {"id": id_, **properties})


@pytest.mark.parametrize("label", dossiers())
def test_every_section_gives_its_question_what_it_needs(label):
    found = dossiers()[label]
    assert label in {PAIR, PEOPLE, SIGNING} or label in vocabulary().labels
    assert len({one.anchor for one in found}) == len(found)
    for one in found:
        question = shipped()[one.question]
        needed = {name for name, given in question.parameters.items() if given.required and given.default is None}
        known = {field for name, given in question.parameters.items() for field in fields(name, given)}
        assert needed <= set(one.given) <= known
        assert one.title.fa == clean(one.title.fa)
        assert all(f" {column}" in question.statement.text for column in one.without)


def test_a_city_has_the_sections_of_a_city_and_a_province_those_of_any_place():
    assert sections(("City", "Entity", "Place"))[0].anchor == "sister-cities"
    assert sections(("Entity", "Place", "Province")) == dossiers()["Place"]
    assert sections(("Body", "Entity", "Institution")) == dossiers()["Institution"]
    assert sections(("Entity", "Topic")) == ()


@pytest.mark.usefixtures("in_english")
def test_an_appointment_is_drawn_for_the_days_that_are_known_and_says_what_is_not():
    known = node("appointment:a", "Appointment", **dated(valid_from="2001-01-01", valid_to="2011-01-01"))
    seen = node("appointment:b", "Appointment", **dated(as_of="2021-01-01"))
    rows = [{"appointment": one} for one in (known, seen, node("appointment:c", "Appointment"))]
    found = bars(rows, date(2021, 1, 1))

    whole, point = found.bars
    assert (whole.open_start, whole.open_end, point.open_start, point.open_end) == (False, False, True, True)
    assert whole.start < 1 < whole.width < point.start
    assert [row["appointment"].id for row in found.undated] == ["appointment:c"]
    assert bars(rows[2:], date(2021, 1, 1)).bars == ()


@pytest.mark.usefixtures("in_english")
def test_an_axis_names_a_few_years_of_the_readers_calendar():
    years = list(Axis(date(1990, 1, 1), date(2020, 1, 1)).years())
    assert 3 <= len(years) <= 7
    assert all(0 <= place <= 100 for _year, place in years)
    assert years[0][0].startswith("19")


def test_a_tree_puts_parents_above_and_survives_a_circle():
    top, middle, leaf = (node(f"institution:{name}", "Institution") for name in ("top", "middle", "leaf"))
    rows = [
        {"level": -1, "part": top, "whole": None},
        {"level": 0, "part": middle, "whole": top},
        {"level": 1, "part": leaf, "whole": middle},
    ]
    (root,) = tree(rows)
    assert root.row["part"] is top
    assert root.parts[0].parts[0].row["part"] is leaf
    assert tree([{"level": 0, "part": top, "whole": top}]) == ()


def test_a_timeline_has_each_dated_thing_once_and_counts_what_has_no_day():
    me = node("institution:i", "Institution", **dated(as_of="2020-02-02"))
    signed = node("agreement:a", "Agreement", **dated(signed_on="2021-03-03"))
    undated = node("event:e", "Event")
    topic = node("topic:t", "Topic")

    def fact(type_, other, name, **days):
        return Fact(Tie(name, type_, me.id, other.id, dated(**days)), other, "out", ())

    facts = (fact("PARTY_TO", signed, "1"), fact("SIGNED", signed, "2"), fact("TOOK_PART_IN", undated, "3"))
    facts += (fact("ABOUT", topic, "4", valid_from="2019-01-01"),)
    found = timeline(Profile(me, (), (Group("PARTY_TO", "out", facts, 4),), False))

    assert [(one.first.year, one.node.id, one.key) for one in found.moments] == [
        (2019, "topic:t", "valid_from"),
        (2020, "institution:i", "as_of"),
        (2021, "agreement:a", "signed_on"),
    ]
    assert found.undated == 1


COUNTRIES = {"a1": "A", "a2": "A", "b1": "B", "b2": "B", "c1": "C"}


def test_a_partner_of_both_and_links_of_the_countries_speak_for_a_city():
    links = Links([("a1", "b1"), ("a2", "b1"), ("a2", "b2"), ("c1", "b1"), ("c1", "a2")], COUNTRIES)
    found = {one.id: one for one in links.ranked("a1")}
    assert set(found) == {"b2", "c1"}  # a2 lies in the same country
    assert (found["c1"].shared, found["c1"].between) == (("b1",), 1)
    assert (found["b2"].ways, found["b2"].between) == (1, 3)


def test_neither_itself_nor_a_partner_is_suggested_and_the_order_of_the_links_does_not_matter():
    pairs = [("a1", "b1"), ("b2", "a2"), ("c1", "b1"), ("a1", "c1"), ("b1", "a1")]
    found = Links(pairs, COUNTRIES).ranked("a1")
    assert [one.id for one in found] == ["b2"]
    assert found == Links([pair[::-1] for pair in reversed(pairs)], COUNTRIES).ranked("a1")
    assert [one.shared for one in Links(pairs, {}).ranked("elsewhere")] == [()] * 5


def test_hidden_links_are_found_more_often_than_by_adamic_and_adar():
    found = once(*world(), seed=11, share=0.01, against=20)
    ours, theirs = found["ours"], found["Adamic–Adar"]
    assert all(ours[figure] > theirs[figure] for figure in theirs)

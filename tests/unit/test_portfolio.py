"""The portfolio: facets that count what a click gives, orders, trees, figures, and the days of occasions."""

from datetime import date

import pytest

from graph_app.graph.results import Node, Table
from graph_app.portfolio import Choice, Instrument, Portfolio, chosen, counted
from graph_app.portfolio.hierarchy import branches, coverage
from graph_app.portfolio.occasions import occasion
from graph_app.portfolio.order import grouped, ordered
from graph_app.portfolio.timeline import timeline

DAY = date(2025, 12, 5)


def instrument(name, status="in_force", **more):
    properties = {"name_en": name, "search": name.lower(), "squashed": name.lower().replace(" ", "")}
    properties |= more.pop("properties", {})
    node = Node(f"agreement:{name.lower().replace(' ', '-')}", ("Agreement", "Entity"), properties)
    told = {"candidates": (), "flags": (), "disposition": "none", "implementation": "not_applicable"}
    told |= {"next_end": None, "last_evidence": None, "parties": (), "countries": frozenset()}
    return Instrument(**{**told, "node": node, "status": status, **more})


ALL = [
    instrument("Basra accord", "drafted", countries=frozenset({"IR", "IQ"}), properties={"kind": "mou"}),
    instrument("Lahore twinning", countries=frozenset({"IR", "PK"}), next_end=date(2026, 1, 4)),
    instrument("Kuala Lumpur twinning", countries=frozenset({"IR", "MY"}), next_end=date(2030, 1, 1)),
    instrument("Old accord", "expired", countries=frozenset({"IQ"}), properties={"kind": "mou"}),
    instrument("A group", "none", properties={"is_group": True}),
]


def test_a_count_is_what_a_click_on_it_shows():
    for picked in ({}, {"kind": {"mou"}}, {"country": {"IR"}, "state": {"in_force"}}, {"ends": {"90"}}):
        choice = Choice({name: frozenset(values) for name, values in picked.items()})
        for facet, values in counted(ALL, choice, DAY).items():
            for value, count in values:
                clicked = Choice({**choice.values, facet: frozenset({value})})
                assert len(chosen(ALL, clicked, DAY)) == count, (facet, value)


def test_a_chosen_value_that_fits_nothing_stays_to_be_lifted():
    assert ("FR", 0) in counted(ALL, Choice({"country": frozenset({"FR"})}), DAY)["country"]


def test_none_recorded_can_be_asked_for():
    assert [one.id for one in chosen(ALL, Choice({"country": frozenset({"none"})}), DAY)] == ["agreement:a-group"]


def test_fiction_can_be_left_out():
    invented = instrument("Invented accord", fictional=True, sources=("source:tale",))
    left = chosen([*ALL, invented], Choice({"fiction": frozenset({"recorded"})}), DAY)
    assert [one.id for one in left] == [one.id for one in ALL]
    assert chosen([*ALL, invented], Choice({"source": frozenset({"source:tale"})}), DAY) == [invented]


def test_what_renews_itself_for_ever_does_not_stretch_the_scale():
    class Renewing:
        def table(self, _query, asked, **_limits):
            years = range(2024, 2069)
            states = (("in_force", 1, 10), ("expiring", 10, 12))
            rows = [
                (asked["ids"][0], date(year, begin, 2), date(year + (end == 12), end % 12 or 1, 1), status)
                for year in years
                for status, begin, end in states
            ]
            return Table(("id", "first", "last", "status"), rows)

    assert timeline(Renewing(), ALL[1:2], DAY).last.year < 2030


def test_words_are_sought_in_any_order_and_spacing():
    assert len(chosen(ALL, Choice({}, "twinning lahore"), DAY)) == 1
    assert len(chosen(ALL, Choice({}, "kualalumpur"), DAY)) == 1


def test_a_group_that_nobody_signed_does_not_count_as_unsigned():
    unsigned = chosen(ALL, Choice({"attention": frozenset({"unsigned"})}), DAY)
    assert [one.id for one in unsigned] == ["agreement:basra-accord"]


@pytest.mark.parametrize(("by", "first", "last"), [("ends", "Lahore", "Old"), ("-ends", "Kuala", "Old")])
def test_what_has_no_value_stands_last_either_way(by, first, last):
    names = [one.node.properties["name_en"] for one in ordered(ALL, by, lambda one: one.node.properties["name_en"])]
    assert names[0].startswith(first)
    assert names[-1].startswith(last)


def test_names_are_ordered_both_ways():
    def name(one):
        return one.node.properties["name_en"]

    assert ordered(ALL, "-name", name) == ordered(ALL, "name", name)[::-1]


def test_an_agreement_of_two_countries_stands_under_both_and_those_without_come_last():
    groups = grouped(ALL, "country", DAY)
    assert [(value, len(ones)) for value, ones in groups] == [("IR", 3), ("IQ", 2), ("MY", 1), ("PK", 1), ("none", 1)]


def test_trees_of_umbrellas_end_even_where_the_data_goes_in_a_circle():
    top = instrument("Top", "in_force")
    middle = instrument("Middle", umbrellas=(top.id,))
    leaf = instrument("Leaf", umbrellas=(middle.id,), portfolios=(top.id,))
    assert [(tree.instrument.id, tree.size) for tree in branches([leaf, middle, top])] == [(top.id, 3)]
    circle = [instrument("One", umbrellas=("agreement:two",)), instrument("Two", umbrellas=("agreement:one",))]
    assert branches(circle) == []


def test_a_province_without_a_sub_agreement_is_not_among_the_cells():
    country, fars, ilam = (Node(f"place:{name}", ("Place",), {"name_en": name}) for name in ("iran", "fars", "ilam"))
    umbrella = instrument("Umbrella", properties={"kind": "umbrella_mou"})
    sub = instrument("Sub", umbrellas=(umbrella.id,), territories=(fars.id,))
    found = coverage(Portfolio(DAY, (umbrella, sub), {}), [(country, [fars, ilam])])
    assert set(found.cells) == {(fars.id, umbrella.id)}
    assert found.covered(umbrella.id) == 1


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("دهه مبارک فجر", date(2026, 2, 1), date(2026, 2, 11)),  # 12 to 22 Bahman 1404
        ("دههٔ مبارک فجر", date(2026, 2, 1), date(2026, 2, 11)),
        ("World Mosque Day", date(2026, 8, 21), date(2026, 8, 21)),  # 30 Mordad 1405
        ("ایام محرم", date(2026, 6, 16), date(2026, 6, 25)),  # 1 to 10 Muharram 1448
        ("اربعین", date(2026, 8, 3), date(2026, 8, 3)),  # 20 Safar 1448
    ],
)
def test_occasions_come_round_in_the_calendar_in_which_they_are_kept(name, first, last):
    known = occasion({"name_fa": name})
    assert known is not None
    assert list(known.between(DAY, date(2026, 12, 1))) == [(first, last)]


@pytest.mark.parametrize("day", [date.min, date.max], ids=str)
def test_no_occasion_comes_round_where_its_calendar_ends(day):
    for name in ("نوروز", "عید فطر", "روز جهانی شهرها"):
        known = occasion({"name_fa": name})
        assert known is not None
        assert list(known.between(day, day)) == []


def test_an_occasion_that_has_begun_is_still_told():
    assert list(occasion({"name_en": "Fajr decade"}).between(date(2026, 2, 5), date(2026, 2, 6))) == [
        (date(2026, 2, 1), date(2026, 2, 11))
    ]


def test_nobody_guesses_the_day_of_an_occasion():
    assert occasion({"name_fa": "سالروز تأسیس ستاد", "name_en": "Founding anniversary"}) is None

import json
from datetime import date

import pytest

from graph_app._layout import STATIC
from graph_app.dates import year_ends
from graph_app.exploration.geography import pairs
from graph_app.graph.results import Node


def place(country):
    return Node("place:x", ("Place",), {"iso_country": country})


PLACES = {
    "place:ilam": place("IR"),
    "place:arvand": place("IR"),
    "place:basra": place("IQ"),
    "place:sanaa": place("YE"),
}


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        pytest.param(
            [("party", "place:arvand"), ("party", "place:ilam"), ("party", "place:basra")],
            [("place:arvand", "place:basra"), ("place:basra", "place:ilam")],
            id="two of one country stand on one side",
        ),
        pytest.param(
            [("party", "place:arvand"), ("party", "place:ilam")], [("place:arvand", "place:ilam")], id="at home"
        ),
        pytest.param(
            [
                ("initiator", "place:ilam"),
                ("prospective_counterpart", "place:basra"),
                ("prospective_counterpart", "place:sanaa"),
            ],
            [("place:ilam", "place:basra"), ("place:ilam", "place:sanaa")],
            id="those whom a plan wants to win are not joined with each other",
        ),
        pytest.param(
            [("party", "place:ilam"), ("counterpart", "place:ilam")], [], id="a place is not joined with itself"
        ),
    ],
)
def test_an_agreement_joins_its_sides(sides, expected):
    assert list(pairs(sides, PLACES)) == expected


def test_every_year_has_its_last_day_in_either_calendar():
    assert list(year_ends(date(2024, 3, 19), date(2025, 3, 21), "jalali")) == [
        (1402, date(2024, 3, 19)),
        (1403, date(2025, 3, 20)),
        (1404, date(2026, 3, 20)),
    ]
    assert list(year_ends(date(2024, 1, 1), date(2024, 2, 1), "gregorian")) == [(2024, date(2024, 12, 31))]


def test_the_borders_that_ship_can_be_read_and_hold_the_countries_of_the_examples():
    shape = json.loads((STATIC / "vendor/world-atlas-2.0.2/countries-50m.json").read_text(encoding="utf-8"))
    names = {one["properties"]["name"] for one in shape["objects"]["countries"]["geometries"]}
    assert {"Iran", "Iraq", "Yemen", "Bahrain"} <= names

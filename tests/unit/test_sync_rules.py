"""Kinds of changes, guards, cells that are no formula, commands that wait to be imported; without a database."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.errors import LoadError
from loaders import guards
from loaders.classes import class_of
from loaders.guarding import bare, guarded
from loaders.guards import blocks, numbers, refuse
from loaders.mapping import shipped
from loaders.plan import Balance, EntityChange, Plan, TableCount, TieChange

PLACE = frozenset({"Entity", "Place"})
MAPPING = next(one for one in shipped() if one.mapping == "founding")


@given(st.text(st.sampled_from("=+-@;'\t\n\raب＝")))
def test_a_guarded_cell_is_no_formula_and_comes_back_as_it_was(cell):
    assert bare(guarded(cell)) == cell
    assert not any(part.startswith(("=", "+", "-", "@", "＝")) for part in guarded(cell).split(";"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, {"name_fa": "یزد"}, "structural"),
        ({"name_fa": "یزد"}, {}, "removal"),
        ({"name_fa": "ملی‌گرا"}, {"name_fa": "ملی گرا"}, "cosmetic"),
        ({"name_fa": "یزد"}, {"name_fa": "کرمان"}, "factual"),
    ],
)
def test_an_entity_changes_in_one_of_four_ways(before, after, expected):
    labels, had = PLACE if after else frozenset(), frozenset() if before is None else PLACE
    assert class_of(EntityChange("place:a", labels, had, before, after)) == expected


@pytest.mark.parametrize(
    ("type_", "before", "after", "expected"),
    [
        ("WITHIN", None, {"id": "x"}, "structural"),
        ("EVIDENCED_BY", None, {"id": "x"}, "factual"),
        ("EVIDENCED_BY", {"quote": "a"}, {"quote": "b"}, "cosmetic"),
        ("WITHIN", {"id": "x"}, {"id": "x", "rank": "deprecated"}, "removal"),
        ("WITHIN", {"id": "x", "rank": "deprecated"}, {"id": "x"}, "structural"),
    ],
)
def test_a_tie_changes_in_one_of_four_ways(type_, before, after, expected):
    assert class_of(TieChange("x", type_, "place:a", "place:b", before, after)) == expected


def test_a_guard_stops_a_plan_until_its_exact_number_is_accepted():
    table = TableCount(
        "places.csv", read=94, rejected=0, updated=0, known=100, replaced=0, absent=6, kept=0, unsure=False
    )
    found = blocks(MAPPING, (table,))
    plan = Plan("founding", (), (), (), (), Balance(0, 0, 0, 0, 0, 0, 0, 0), blocks=found)
    assert numbers(plan) == {guards.REMOVALS: 6}
    for accepted in ({}, {guards.REMOVALS: 7}, {guards.UPDATES: 6}):
        with pytest.raises(LoadError, match="blocked"):
            refuse(plan, accepted)
    refuse(plan, {guards.REMOVALS: 6})
    assert blocks(MAPPING, (TableCount("places.csv", 95, 0, 0, 100, 0, 5, 0, unsure=False),)) == ()


def test_loading_imports_nothing_of_the_web():
    heavy = "{'flask', 'flask_security', 'alembic', 'networkx', 'numpy'}"
    code = f"import sys, graph_app.cli.load; sys.exit(bool({heavy} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_that_nothing_changed_is_told_without_what_compares_and_changes():
    heavy = {
        "numpy",
        "pandas",
        "sqlalchemy",
        *(f"loaders.{name}" for name in ("planning", "compiling", "ledger", "running")),
    }
    code = f"import sys, graph_app.cli.planning; print(*sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []

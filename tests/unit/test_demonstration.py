"""The demonstration portfolio is what its script makes, says that it is fictional, and lets every act happen."""

import csv
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest

from graph_app._layout import EXAMPLES
from graph_app.exploration.claims import Claim
from graph_app.exploration.profile import Profile
from graph_app.graph.results import Node, Tie
from graph_app.vocabulary import vocabulary
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.mapping import MAPPINGS, load
from loaders.reading import read

DEMO = EXAMPLES / "demo"
TABLES = sorted(DEMO.glob("*.csv"))
NOT_FICTIONAL = {"demo-sources.csv", "demo-provinces.csv"}


def rows(name):
    with (DEMO / f"demo-{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_script_makes_the_same_bytes_again(tmp_path):
    subprocess.run([sys.executable, DEMO / "build.py", "--to", tmp_path], check=True)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in TABLES
    }


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_name_is_marked_and_every_row_is_said_by_a_source_of_its_own(path):
    found = rows(path.stem.removeprefix("demo-"))
    fictional = {row["source_id"] for row in rows("sources") if row["fictional"] == "yes"}
    for row in found if path.name not in NOT_FICTIONAL else []:
        assert row["source_id"] in fictional
        assert all(cell.endswith("(نمونه)") for name, cell in row.items() if name.endswith("_fa"))
        assert all(cell.endswith("(demo)") for name, cell in row.items() if name.endswith("_en"))
        assert next(iter(row.values())).startswith("demo-")
    assert {row["source_id"] for row in rows("provinces")}.isdisjoint(fictional)


def test_its_mapping_takes_every_row():
    mapping = load(MAPPINGS / "demo.yaml")
    assert {table.file for table in mapping.tables} == {path.name for path in TABLES}
    made = [row for table in mapping.tables for row in compile_table(read(DEMO / table.file), table, mapping)]
    assert [row for row in made if isinstance(row, Reject)] == []


def test_every_act_of_the_vocabulary_happens():
    assert {row["act"] for row in rows("acts")} == set(vocabulary().acts)


def test_all_provinces_of_iran_are_there_with_those_of_the_founding_example():
    with (EXAMPLES / "founding" / "places.csv").open(encoding="utf-8", newline="") as file:
        known = {
            row["place_id"]
            for row in csv.DictReader(file)
            if row["parent_place_id"] == "iran" and row["kind"] == "province"
        }
    assert len(known | {row["place_id"] for row in rows("provinces")}) == 31
    assert Counter(row["iso_subdivision"] for row in rows("provinces")).most_common(1)[0][1] == 1


def test_an_entity_is_fictional_if_nobody_else_speaks_of_it():
    def said(**properties):
        tie = Tie("t", "EVIDENCED_BY", "agreement:a", "source:s", {})
        return Claim(tie, Node("source:s", ("Source",), properties))

    profile = Profile(Node("agreement:a", ("Agreement",), {}), (), (), cut=False)
    invented, recorded = said(fictional=True), said()
    claims = ((invented,), (invented, recorded), (recorded,), ())
    assert [replace(profile, claims=some).fictional for some in claims] == [True, False, False, False]

"""The example in docs/mapping.md is a mapping, and it does what the page says."""

import re
from pathlib import Path

import pytest

from loaders.checking import check
from loaders.column_rules import ColumnType
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.mapping import load
from loaders.planning import read_exports

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "mapping.md").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path):
    """The files of the page; the export in the encoding that it names."""
    found = re.findall(r"<!-- example: (\S+) -->\n```\w*\n(.*?)```", PAGE, re.DOTALL)
    for name, text in found:
        encoding = "utf-8" if name.endswith(".yaml") else "cp1256"
        (tmp_path / name).write_text(text, encoding=encoding)
    return {name: tmp_path / name for name, _ in found}


def test_the_example_passes_its_own_tests(example):
    result = check(example["sisters.yaml"])
    assert (result.problems, result.tests) == ((), 3)


def test_the_example_loads_two_rows_and_rejects_the_third_as_the_page_says(example):
    mapping = load(example["sisters.yaml"])
    [export] = read_exports([example["sisters.csv"]], mapping).values()
    baku, lahore, reject = compile_table(export, mapping.tables[0], mapping)
    assert baku.entities[4].properties["name_fa"] == "پیوند مشهد و باکو"
    assert [(tie.type, tie.start, tie.end) for tie in lahore.ties] == [
        ("WITHIN", "place:لاهور-پاکستان", "place:پاکستان"),
        ("PARTY_TO", "place:mashhad", "agreement:mashhad-لاهور-mou"),
        ("PARTY_TO", "place:لاهور-پاکستان", "agreement:mashhad-لاهور-mou"),
        ("SIGNED", "person:رضااحمدی", "agreement:mashhad-لاهور-mou"),
    ]
    assert isinstance(reject, Reject)
    assert (reject.row.line, reject.column, reject.value) == (4, "تاريخ امضا", "بهار")


def test_a_failing_test_says_what_the_page_says(example):
    text = example["sisters.yaml"].read_text(encoding="utf-8")
    example["sisters.yaml"].write_text(text.replace("2010-03-21..2011-03-20", "2010-08-03"), encoding="utf-8")
    [problem] = check(example["sisters.yaml"]).problems
    assert f"{problem}\n" in PAGE


def test_every_type_of_column_stands_on_the_page():
    section = PAGE[PAGE.index("## Columns") : PAGE.index("## Nodes and ties")]
    assert set(ColumnType.__args__) == set(
        re.findall(r"`([a-z]+)`", "\n".join(re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)))
    )

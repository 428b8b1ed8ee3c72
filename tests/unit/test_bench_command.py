"""``peyvand bench`` tells a median, what nearly all times stay below, and the machine, in both languages."""

import pytest

from graph_app.cli import bench
from graph_app.cli.bench import Measured
from graph_app.language import choose


def test_a_row_tells_the_median_and_what_nearly_all_stay_below():
    row = Measured("x", 1200, [0.001 * one for one in range(1, 101)])
    assert row.cells == ("x", "1,200", "50.5 ms", "95.0 ms")
    assert Measured("x", 1, [2.5]).cells == ("x", "1", "2.5 s", "2.5 s")


def test_each_thing_is_asked_once_before_it_counts():
    asked = []
    row = bench._each("x", ["a", "b"], asked.append)
    assert asked == ["a", "b", "a", "b"]
    assert (row.size, len(row.seconds)) == (2, 2)


@pytest.mark.parametrize(("language", "heading"), [("en", "Processors"), ("fa", "پردازنده‌ها")])
def test_the_machine_is_told_in_both_languages(language, heading, tmp_path):
    try:
        choose(language)
        given = {"PEYVAND_ENGINE_HEAP": "1536m", "PEYVAND_ENGINE_PAGECACHE": "512m", "PEYVAND_HOME": str(tmp_path)}
        facts = dict(bench._facts(bench.Settings.read(given)))
    finally:
        choose("en")
    assert heading in facts
    assert "5.26" in facts["Neo4j"]
    (memory,) = [told for told in facts.values() if "1.5 GB" in told]
    assert "0.5 GB" in memory

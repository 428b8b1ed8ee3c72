"""The statistics, the made-up world and the table of the bench; what it measures runs in the live tests."""

import csv
import itertools
import json
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bench import report, world
from bench.__main__ import measured
from bench.pair import Goal, Row, Spread, paired, percentile, seconds

ROW = Row("load", "ours", "peer", "10 rows", (2.0, 3.0, 9.0, 4.0), (1.0, 2.0, 3.0, 4.0), (Goal("ratio", 2.0),))


def test_ratios_are_taken_pair_by_pair_and_not_of_the_medians():
    assert ROW.ratios == (2.0, 1.5, 3.0, 1.0)
    assert ROW.value(Goal("ratio", 1)) == 1.75
    assert ROW.value(Goal("seconds", 1)) == 3.5
    assert ROW.value(Goal("p95", 1)) == 9 / 4


def test_a_goal_is_met_up_to_its_limit():
    assert ROW.met(Goal("ratio", 1.75))
    assert not ROW.met(Goal("ratio", 1.74))
    assert ROW.met(Goal("seconds", 3.5))
    assert not ROW.met(Goal("p95", 2.2))


def test_pairs_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        _ = Row("load", "ours", "peer", "", (1.0, 2.0), (1.0,)).ratios


def test_the_spread_has_the_middle_half_and_the_ends():
    assert Spread.of([5, 1, 3, 2, 4]) == Spread(1, 2, 3, 4, 5)
    assert Spread.of([7]) == Spread(7, 7, 7, 7, 7)


@pytest.mark.parametrize(("percent", "value"), [(0, 1), (50, 10), (95, 19), (96, 20), (100, 20)])
def test_a_percentile_is_a_value_that_was_measured(percent, value):
    assert percentile(list(range(20, 0, -1)), percent) == value
    assert percentile([3.0], percent) == 3.0


def test_both_sides_are_measured_in_turns_and_the_first_of_each_does_not_count():
    order = []

    def side(name):
        clock = itertools.count()

        def work():
            order.append(name)
            return float(next(clock))

        return work

    assert paired(side("a"), side("b"), 3) == ((1.0, 2.0, 3.0), (1.0, 2.0, 3.0))
    assert "".join(order) == "ab" + "ab" + "ba" + "ab"
    order.clear()
    assert paired(side("a"), side("b"), 2, warm=False) == ((0.0, 1.0), (0.0, 1.0))
    assert "".join(order) == "ab" + "ba"


def test_a_duration_is_that_of_the_work():
    assert 0 <= seconds(lambda: None) < seconds(lambda: sum(range(2_000_000)))


def test_the_world_is_the_same_for_the_same_seed_and_another_for_another(tmp_path):
    made = []
    for number, seed in enumerate((1, 1, 2)):
        (tmp_path / str(number)).mkdir()
        made.append([path.read_bytes() for path in world.write(tmp_path / str(number), 500, seed)])
    assert made[0] == made[1] != made[2]


def _partners(files):
    pairs = {frozenset((row["city_a"], row["city_b"])) for row in files["links"]}
    return pairs, sorted(Counter(city for pair in pairs for city in pair).values())


def _tables(paths):
    return {path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in paths}


def test_the_world_has_as_many_rows_as_asked_for_and_partners_as_uneven_as_real_ones(tmp_path):
    files = _tables(world.write(tmp_path, 5000, 1))
    assert len(files["cities"]) + len(files["links"]) == 5000
    pairs, partners = _partners(files)
    assert len(pairs) == len(files["links"])
    real = sorted(world.real().partners)
    for percent in (25, 50, 75, 90, 95, 99):
        made, wanted = (one[len(one) * percent // 100] for one in (partners, real))
        assert abs(made - wanted) <= max(1, wanted * 0.25), percent
    assert partners[-1] >= real[-1] / 2


def test_a_world_of_entities_has_five_ties_for_each_and_a_second_list_that_repeats_the_first(tmp_path):
    files = _tables(world.write_entities(tmp_path, 4000, 1))
    cities, links = (
        {row[name] for row in files[table]} for table, name in (("cities", "place_id"), ("links", "agreement_id"))
    )
    entities = sum(map(len, (cities, links, files["countries"], files["sources"])))
    assert entities == 4000
    claimed = 2 * len(files["cities"]) + 3 * len(files["links"])
    follows = 2 * len(links)  # a status and the tie of the two cities
    assert abs((claimed + follows) / entities - world.TIES) < 0.1
    assert {row["source_id"] for row in files["links"]} == {row["source_id"] for row in files["sources"]}
    assert {row["country_place_id"] for row in files["cities"]} <= {row["place_id"] for row in files["countries"]}


def test_a_world_that_cannot_be_is_refused(tmp_path):
    with pytest.raises(ValueError, match="cannot have"):
        world.write(tmp_path, 3, 1)


def test_the_table_says_what_was_reached_and_the_json_has_every_number(tmp_path):
    slow = Row("draw", "ours", "peer", "300", (0.25,), (0.5,), (Goal("seconds", 0.2),))
    report.write(tmp_path / "performance.md", {"date": "2026-11-25"}, [ROW, slow])
    text = (tmp_path / "performance.md").read_text()
    assert "| 2 / 3.5 / 9 s | 1 / 2.5 / 4 s | 1.75 (1.38–2.25) | 2.25 | ratio ≤ 2: met |" in text
    assert "time ≤ 0.2 s: **not met** (0.25 s)" in text
    assert "- date: 2026-11-25" in text
    found = json.loads((tmp_path / "performance.json").read_text())
    assert found["rows"][0]["ours"] == list(ROW.ours)
    assert found["rows"][0]["ratios"] == list(ROW.ratios)
    assert found["rows"][1]["goals"] == [{"of": "seconds", "most": 0.2, "value": 0.25, "met": False}]


def test_a_part_that_is_measured_anew_takes_the_place_of_its_rows_and_the_rest_stays(tmp_path):
    page = tmp_path / "performance.md"
    other = Row("draw", "ours", "peer", "3", (1.0,), (2.0,), (Goal("seconds", 1.0),))
    report.write(page, {"date": "then"}, [ROW, other])
    new = Row("draw", "ours", "another peer", "3", (3.0,), (4.0,), unit="MiB")
    assert report.renewed(page, [new]) == ({"date": "then"}, [ROW, new])


def test_a_part_on_a_page_that_is_not_there_yet_is_the_whole_of_it(tmp_path):
    assert report.renewed(tmp_path / "new.md", [ROW]) == ({}, [ROW])


def test_the_table_is_there_after_each_section_and_a_part_leaves_the_rest(tmp_path, monkeypatch):
    page, bench = tmp_path / "performance.md", SimpleNamespace(store=None)
    monkeypatch.setattr("bench.__main__.facts", lambda _store: {"date": "now", "peyvand": "0", "load": "1.0"})

    def names():
        return [row["name"] for row in json.loads(page.with_suffix(".json").read_text())["rows"]]

    def section(*rows):
        return lambda _bench: iter(replace(ROW, name=name) for name in rows)

    def broken(_bench):
        raise AssertionError

    sections = {"loading": section("a", "b"), "asking": section("c"), "last": broken}
    run = measured(bench, sections, (), page)
    assert next(run)[0] == "loading"
    assert names() == ["a", "b"]
    assert next(run)[0] == "asking"
    assert names() == ["a", "b", "c"]
    with pytest.raises(AssertionError):
        next(run)
    assert "loading 0.0, asking 0.0; 0.0 together" in page.read_text()
    anew = {**sections, "last": section("b")}
    assert [name for name, _ in measured(bench, anew, ("last",), page)] == ["last"]
    assert names() == ["a", "c", "b"]
    assert "- last anew: now, 0, 0 s, load: 1.0" in page.read_text()

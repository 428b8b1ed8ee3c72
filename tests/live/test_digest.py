"""Two graphs have one digest exactly when they hold the same facts."""

import csv
import shutil

import pytest

from graph_app._layout import EXAMPLES
from graph_app.graph.writer import Writer
from loaders.applying import apply
from loaders.digest import digest
from loaders.mapping import shipped
from loaders.planning import plan

pytestmark = pytest.mark.live
MAPPINGS = {mapping.mapping: mapping for mapping in shipped()}
FOUNDING = MAPPINGS["founding"]


def load(store, folder, files=None, name="founding"):
    mapping = MAPPINGS[name]
    apply(store, plan(store, [folder / file for file in files or mapping.by_file], mapping))


def test_the_order_of_loading_makes_no_difference(graph, examples):
    there = digest(examples)
    assert there.parts["Source"].count == 10
    graph.wipe()
    graph.content = None
    load(examples, EXAMPLES / "world", name="world")
    assert digest(examples).digest != there.digest
    load(examples, EXAMPLES / "founding")
    assert digest(examples) == there


def test_another_rendering_in_two_loads_has_the_same_digest_and_a_changed_property_another(
    empty, graph, tmp_path, render
):
    folder = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", folder)
    load(empty, folder)
    first = digest(empty)
    for file in FOUNDING.by_file:
        with (folder / file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        (folder / file).write_bytes(render(rows, "arabic letters and digits"))
    graph.wipe()
    load(empty, folder, ["sources.csv", "places.csv", "topics.csv"])
    load(empty, folder)
    assert digest(empty) == first
    Writer(empty).run("MATCH (t:Topic) WITH t ORDER BY t.id LIMIT 1 SET t.name_en = t.name_en + '.'")
    changed = digest(empty)
    assert changed.digest != first.digest
    assert {name for name, part in changed.parts.items() if part != first.parts[name]} == {"Topic"}


def test_a_claim_that_is_there_twice_is_not_there_once(empty):
    load(empty, EXAMPLES / "founding")
    first = digest(empty)
    Writer(empty).run(
        "MATCH (a)-[r:SIGNED]->(b) WITH a, r, b LIMIT 1"
        " CREATE (a)-[s:SIGNED]->(b) SET s = r {.*, id: NULL} CREATE (a)-[t:SIGNED]->(b) SET t = s"
    )
    assert digest(empty).parts["SIGNED"].count == first.parts["SIGNED"].count + 2
    assert digest(empty).parts["SIGNED"].digest != first.parts["SIGNED"].digest


def test_an_empty_graph_has_a_digest(empty):
    assert digest(empty).parts == {}
    assert len(digest(empty).digest) == 64

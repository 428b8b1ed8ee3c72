"""The loader's Cypher: what is sought by an index says so, as a plan may be made while the graph holds little."""

import re
from pathlib import Path

import pytest

import loaders.statements

TEXTS = {
    path.name: path.read_text(encoding="utf-8") for path in Path(loaders.statements.__file__).parent.glob("*.cypher")
}
SOUGHT = re.compile(r"^ *(?:OPTIONAL )?MATCH \([^)]*\)-\[(\w+):(\w+) \{(\w+): ", re.MULTILINE)
SEEKING = {name: found for name, text in TEXTS.items() if (found := SOUGHT.findall(text))}


def test_ties_are_sought_in_several_statements():
    assert {"ties.cypher", "standing.cypher", "take_back.cypher", "ties_of_sources.cypher"} <= SEEKING.keys()


@pytest.mark.parametrize("name", SEEKING)
def test_ties_that_are_sought_name_their_index(name):
    for tie, type_, property_ in SEEKING[name]:
        assert f"USING INDEX {tie}:{type_}({property_})" in TEXTS[name]

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app import layout
from graph_app.layout import positions

NAMES = [f"place:{n}" for n in range(14)]
STEPS = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), min_size=1, max_size=4)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)


@settings(deadline=None, max_examples=60)
@given(STEPS, PAIRS)
def test_a_further_step_moves_nothing_that_stands(steps, pairs):
    before, after = positions(steps[:-1], pairs), positions(steps, pairs)
    assert {name: after[name] for name in before} == before


@settings(deadline=None, max_examples=40)
@given(STEPS, PAIRS, st.randoms())
def test_the_same_steps_are_the_same_picture_whatever_the_order_of_the_ties(steps, pairs, random):
    shuffled = [pair if random.random() < 0.5 else pair[::-1] for pair in pairs]
    random.shuffle(shuffled)
    assert positions(steps, pairs) == positions(steps, shuffled)


@settings(deadline=None, max_examples=40)
@given(STEPS, PAIRS)
def test_every_entity_has_a_place_and_room_for_its_label(steps, pairs):
    found = positions(steps, pairs)
    assert set(found) == {name for step in steps for name in step}
    for (x, y), (u, v) in itertools.combinations(found.values(), 2):
        assert ((x - u) / 110) ** 2 + ((y - v) / 84) ** 2 > 0.8


def test_a_star_of_three_hundred_keeps_its_labels_apart():
    names = [f"n{i}" for i in range(300)]
    found = positions([names], [(names[0], name) for name in names[1:]])
    near = [((x - u) / 110) ** 2 + ((y - v) / 84) ** 2 for (x, y), (u, v) in itertools.combinations(found.values(), 2)]
    assert min(near) > 0.5


def test_what_is_tied_to_nothing_stands_beside_the_rest_not_far_out():
    first = [f"a{number}" for number in range(6)]
    pairs = [("a0", name) for name in first[1:]]
    loose = [f"b{number}" for number in range(12)]
    for steps in ([first, loose], [[*first, *loose]], [first, loose[:1], loose[1:]]):
        found = positions(steps, pairs)
        points = np.array(list(found.values()))
        wide, high = points.max(axis=0) - points.min(axis=0)
        assert wide < 1400
        assert high < 1000
        assert found == positions(steps, pairs)


def test_a_further_step_asks_only_for_its_own_places_and_what_was_found_is_not_found_again(monkeypatch):
    found = []
    sprung = layout._sprung
    monkeypatch.setattr(layout, "_sprung", lambda *given: found.append(given) or sprung(*given))
    layout._added.cache_clear()
    pairs = [("a", "b"), ("a", "c"), ("c", "d"), ("d", "e")]
    before = positions([["a", "b", "c"]], pairs)
    assert len(found) == 1
    after = positions([["a", "b", "c"], ["d", "e"]], pairs)
    assert len(found) == 2
    assert {name: after[name] for name in before} == before
    assert positions([["a", "b", "c"], ["d", "e"]], pairs) == after
    assert len(found) == 2

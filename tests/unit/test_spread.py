import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.spread import APART, spread


def world(count, ties, seed=1):
    chance = np.random.default_rng(seed)
    weights = chance.pareto(1.1, count)
    return chance.choice(count, (ties, 2), p=weights / weights.sum())


def apart(places, pairs):
    return np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_graph_has_a_place_for_each_entity(data):
    count = data.draw(st.integers(0, 120))
    ends = st.integers(0, max(0, count - 1))
    pairs = np.array(data.draw(st.lists(st.tuples(ends, ends), max_size=200 if count else 0)), dtype=int).reshape(-1, 2)
    places = spread(count, pairs)
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert len(np.unique(places.round(6), axis=0)) == count


def test_the_same_ties_are_the_same_picture_in_whatever_order_they_come():
    pairs = world(900, 1500)
    turned = pairs[::-1, ::-1]
    assert np.array_equal(spread(900, pairs), spread(900, np.concatenate([turned, pairs[:50]])))


def test_those_who_are_tied_stand_closer_than_those_who_are_not():
    circle = np.array([(one, (one + 1) % 400) for one in range(400)])
    places = spread(400, circle)
    strangers = np.random.default_rng(1).integers(0, 400, (2000, 2))
    assert np.median(apart(places, circle)) < 0.2 * np.median(apart(places, strangers))


def test_groups_that_hardly_anything_joins_stand_apart():
    within = np.random.default_rng(3).integers(0, 60, (240, 2))
    places = spread(120, np.concatenate([within, 60 + within[:, ::-1], [(0, 60)]]))
    halves = places[:60], places[60:]
    middles = [half.mean(axis=0) for half in halves]
    reach = max(np.hypot(*(half - middle).T).mean() for half, middle in zip(halves, middles, strict=True))
    assert np.hypot(*(middles[0] - middles[1])) > 1.5 * reach


def test_entities_without_ties_stand_in_rows_clear_of_the_rest():
    places = spread(130, np.array([(0, one) for one in range(1, 30)]))
    alone = places[30:]
    nearest = np.hypot(*(alone[:, None] - places[None]).transpose(2, 0, 1))
    nearest[np.arange(100), np.arange(30, 130)] = np.inf
    assert nearest.min() >= APART * 0.99

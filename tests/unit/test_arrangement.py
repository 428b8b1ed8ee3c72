import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.arrangement import Arrangement, borders, groups
from graph_app.arrangement.bending import bend
from graph_app.arrangement.circular import circle
from graph_app.arrangement.countries import by_country
from graph_app.arrangement.geographic import on_map
from graph_app.arrangement.ground import boxed, hull
from graph_app.arrangement.items import NOWHERE, SEVERAL, Item
from graph_app.arrangement.layered import by_belonging, by_type
from graph_app.arrangement.opening import opened
from graph_app.arrangement.wish import Pin
from graph_app.graph.results import Node, Position, Subgraph, Tie
from graph_app.layout import positions
from graph_app.picture import draw

LABELS = ("Country", "City", "Institution", "Person", "Agreement")
COUNTRIES = ("IR", "IQ", "PK", SEVERAL, NOWHERE)
NAMES = [f"x:{n}" for n in range(40)]
PLACES = st.builds(Position, st.floats(-60, 70), st.floats(-170, 170))
ITEMS = st.lists(
    st.builds(Item, st.sampled_from(NAMES), st.sampled_from(LABELS), st.sampled_from(COUNTRIES), st.none() | PLACES),
    min_size=1,
    max_size=40,
    unique_by=lambda item: item.id,
)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=60)


@pytest.fixture(scope="module")
def frame_of_borders(tmp_path_factory):
    file = tmp_path_factory.mktemp("borders") / "square.json"
    arc = [[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]]
    file.write_text(json.dumps({"transform": {"scale": [1, 1], "translate": [40, 30]}, "arcs": [arc]}))
    return file


def laid(layout, items, pairs, file):
    known = {item.id for item in items}
    ties = [Tie(f"{n}", "PART_OF", *pair, {}) for n, pair in enumerate(pairs) if set(pair) <= known]
    made = {
        "layers": lambda: by_type(items, pairs),
        "parts": lambda: by_belonging(items, ties, pairs),
        "circle": lambda: circle(items, pairs),
        "country": lambda: by_country(items),
        "map": lambda: on_map(items, file),
    }
    return made[layout]()


LAYOUTS = ("layers", "parts", "circle", "country", "map")


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=25)
@given(ITEMS, PAIRS, st.randoms())
def test_a_layout_is_the_same_whatever_the_order_of_entities_and_ties(frame_of_borders, layout, items, pairs, random):
    shuffled, turned = (
        items.copy(),
        [pair[::-1] if layout != "parts" and random.random() < 0.5 else pair for pair in pairs],
    )
    random.shuffle(shuffled)
    random.shuffle(turned)
    assert laid(layout, items, pairs, frame_of_borders) == laid(layout, shuffled, turned, frame_of_borders)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=25)
@given(ITEMS, PAIRS)
def test_every_entity_has_a_place_and_room_for_its_name(frame_of_borders, layout, items, pairs):
    found = laid(layout, items, pairs, frame_of_borders).places
    assert set(found) == {item.id for item in items}
    for (x, y), (u, v) in itertools.combinations(found.values(), 2):
        assert ((x - u) / 98) ** 2 + ((y - v) / 70) ** 2 > 0.999, layout


def test_layers_stand_over_each_other_as_the_vocabulary_has_them():
    items = [Item("p", "Person"), Item("c", "Country"), Item("m", "City"), Item("i", "Institution")]
    found = by_type(items, [("i", "m")])
    assert sorted(found.places, key=lambda name: found.places[name][1]) == ["c", "m", "i", "p"]
    assert [name for name, _ in found.parts] == ["Country", "City", "Institution", "Person"]


def test_a_part_stands_below_what_it_belongs_to_and_a_circle_of_parts_in_one_layer():
    items = [Item(name, "Institution") for name in "abcdef"]
    ties = [Tie(str(n), "PART_OF", *pair, {}) for n, pair in enumerate(["ba", "cb", "ca", "de", "ed"])]
    found = by_belonging(items, ties, [(tie.start, tie.end) for tie in ties])
    height = {name: place[1] for name, place in found.places.items()}
    assert height["a"] < height["b"] < height["c"]
    assert height["d"] == height["e"]
    assert found.parts == [("loose", ["f"])]
    assert height["f"] > height["c"]


def test_neighbours_stand_under_each_other_where_nothing_is_in_the_way():
    items = [*(Item(f"c{n}", "Country") for n in range(5)), *(Item(f"m{n}", "City") for n in range(5))]
    pairs = [(f"c{n}", f"m{4 - n}") for n in range(5)]
    found = by_type(items, pairs).places
    assert all(found[one][0] == found[other][0] for one, other in pairs)


def test_a_box_holds_its_country_alone():
    items = [
        Item(name, "City", country)
        for country, names in {"IR": "abcde", "IQ": "fg", NOWHERE: "h"}.items()
        for name in names
    ]
    found = by_country(items)
    assert [(name, len(ids)) for name, ids in found.parts] == [("IR", 5), ("IQ", 2), (NOWHERE, 1)]
    for _, ids in found.parts:
        (left, top), _, (right, bottom), _ = boxed([found.places[id_] for id_ in ids])
        inside = {name for name, (x, y) in found.places.items() if left < x < right and top < y < bottom}
        assert inside == set(ids)


def test_on_the_map_north_is_up_east_is_right_and_what_has_no_place_is_below_and_named(frame_of_borders):
    items = [
        Item("mashhad", "City", "IR", Position(36.3, 59.6)),
        Item("basra", "City", "IQ", Position(30.5, 47.8)),
        Item("plan", "Agreement"),
    ]
    found = on_map(items, frame_of_borders)
    assert found.places["mashhad"][0] > found.places["basra"][0]
    assert found.places["mashhad"][1] < found.places["basra"][1] < found.places["plan"][1]
    assert found.unplaced == ("plan",)
    assert set(found.spots) == {"mashhad", "basra"}
    assert found.borders.startswith("M")


def test_borders_are_broken_off_beyond_the_rim_of_the_picture(frame_of_borders):
    whole = borders.path(frame_of_borders, lambda points: points * 10, (0, 0, 1000, 1000))
    assert whole == "M400 300l100 0 0 100 -100 0 0 -100"
    part = borders.path(frame_of_borders, lambda points: points * 10, (450, 0, 1000, 1000))
    assert part == "M400 300l100 0 0 100 -100 0"
    assert borders.path(frame_of_borders, lambda points: points * 10, (0, 0, 10, 10)) == ""


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=1, max_size=12))
def test_a_line_around_discs_has_all_of_their_names_inside(places):
    line = hull(places)
    corners = {corner for place in places for corner in boxed([place])}
    for (x1, y1), (x2, y2) in itertools.pairwise((*line, line[0])):
        assert all((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) >= 0 for x, y in corners)


def test_a_pin_moves_nothing_but_itself_and_what_comes_after_it():
    steps, pairs = [["a", "b", "c"], ["d"], ["e"]], [("a", "b"), ("a", "d"), ("a", "e")]
    before = positions(steps, pairs)
    after = positions(steps, pairs, {"a": (2, (900.0, -700.0))})
    assert after["a"] == (900.0, -700.0)
    assert {name: after[name] for name in "bcd"} == {name: before[name] for name in "bcd"}
    assert abs(after["e"][0] - 900) < 400
    assert abs(after["e"][1] + 700) < 400


def test_the_address_says_how_a_picture_is_arranged_and_what_it_cannot_mean_is_passed_over():
    asked = {
        "layout": "circle",
        "pins": "place:a~1~-2~3,place:b~x~1~1,~1~1~1,place:c~1~2,place:d~999999~0~1,odd~id~4~5~6",
        "group": "country",
        "opened": "IR,,IQ",
        "size": "weight",
    }
    wish = Arrangement.asked(asked)
    assert (wish.layout, wish.group, wish.size, wish.opened) == ("circle", "country", "", {"IR", "IQ"})
    assert wish.pins == {"place:a": Pin((1.0, -2.0), 3), "odd~id": Pin((4.0, 5.0), 6)}
    assert Arrangement.asked({"layout": "spiral"}) == Arrangement()
    assert Arrangement.asked({"opened": "*"}).opens("anything")


CITIES = [Node(f"place:{n}", ("City", "Entity", "Place"), {"name_en": f"City {n}"}) for n in range(5)]


def twinned(n, one, other, **properties):
    return Tie(str(n), "TWINNED_WITH", f"place:{one}", f"place:{other}", {"certainty": "stated", **properties})


def test_ties_between_groups_are_one_stroke_that_counts_them_and_ties_within_are_inside():
    ties = [
        twinned(1, 0, 2, source="s:a"),
        twinned(2, 1, 3, certainty="inferred", source="s:b"),
        twinned(3, 0, 1),
        twinned(4, 0, 4),
    ]
    found = Subgraph(tuple(CITIES), tuple(ties))
    items = [
        Item(node.id, "City", country) for node, country in zip(CITIES, ("IR", "IR", "IQ", "IQ", SEVERAL), strict=True)
    ]
    made = groups.gathered(Arrangement(group="country"), items, [])
    drawn = draw(found, {node.id: (0.0, 0.0) for node in CITIES}, {}, "en")
    names = {group.id: groups.name_of_group(group, {"IR": "Iran"}, {}, "en") for group in made}
    stacked = groups.stacked(drawn, made, names, found, "en")
    nodes = {node["id"]: node for node in stacked["nodes"]}
    assert set(nodes) == {"group:country:IR", "group:country:IQ", "place:4"}
    assert (nodes["group:country:IR"]["name"], nodes["group:country:IQ"]["name"]) == ("Iran", "IQ")
    assert [one["name"] for one in nodes["group:country:IR"]["members"]] == ["City 0", "City 1"]
    edges = {frozenset((edge["from"], edge["to"])): edge for edge in stacked["edges"]}
    assert len(edges) == 2
    between = edges[frozenset(("group:country:IR", "group:country:IQ"))]
    assert (between["count"], between["label"], between["sources"], between["tie_ids"]) == (2, "2", 2, ["1", "2"])
    assert (between["stroke"], between["certainty"]) == ("solid", "Stated, Inferred")


def test_only_what_is_two_or_more_is_gathered_and_only_under_one_country():
    items = [
        Item("a", "City", "IR"),
        Item("b", "City", "IR"),
        Item("c", "City", "IQ"),
        Item("d", "City", NOWHERE),
        Item("e", "City", NOWHERE),
    ]
    assert [(one.key, one.members) for one in groups.gathered(Arrangement(group="country"), items, [])] == [
        ("IR", ("a", "b"))
    ]
    assert groups.gathered(Arrangement(), items, [("a", "b")]) == []
    [one] = groups.gathered(Arrangement(group="community"), items, [("a", "b"), ("c", "b")])
    assert (one.key, one.members) == ("b", ("a", "b", "c"))


def test_a_stroke_that_would_lead_over_another_disc_is_bent():
    nodes = [{"id": name, "x": x, "y": y} for name, x, y in (("a", 0, 0), ("b", 140, 0), ("c", 280, 10), ("d", 0, 104))]
    drawn = {"nodes": nodes, "edges": [{"from": one, "to": other} for one, other in ("ab", "ac", "ad", "cd")]}
    bend(drawn)
    assert [edge["bent"] for edge in drawn["edges"]] == [False, True, False, False]


def test_opening_a_group_keeps_directions_and_makes_room():
    places = {"s": (0.0, 0.0), "x": (200.0, 0.0), "y": (0.0, -120.0)}
    group = groups.Group("country", "IR", ("a", "b", "c"))
    found = opened({group.id: places["s"], "x": places["x"], "y": places["y"]}, [group], [("a", "b"), ("b", "x")])
    assert set(found) == {"a", "b", "c", "x", "y"}
    assert found["x"][0] > 200
    assert (found["x"][1], found["y"][0]) == (0, 0)
    assert found["y"][1] < -120
    for (x, y), (u, v) in itertools.combinations(found.values(), 2):
        assert ((x - u) / 110) ** 2 + ((y - v) / 84) ** 2 > 0.8

from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.picture import draw, name_of, other_name_of

MASHHAD = Node("place:mashhad", ("City", "Entity", "Place"), {"name_fa": "مشهد", "name_en": "Mashhad"})
KARACHI = Node("place:karachi", ("City", "Entity", "Place"), {"name_en": "Karachi"})
PLAN = Node("agreement:plan", ("Agreement", "Entity"), {"name_fa": "طرح", "status": "under_study"})
PORTFOLIO = Node("agreement:all", ("Agreement", "Entity"), {"name_en": "All", "is_group": True, "group_size": 177})


def picture(nodes, ties, language="en"):
    places = {node.id: (0.0, 0.0) for node in nodes}
    return draw(Subgraph(tuple(nodes), tuple(ties)), places, {"place:mashhad": 3}, language)


def test_parallel_ties_are_one_stroke_with_a_count_and_the_surest_decides_its_look():
    ties = [
        Tie("1", "PARTY_TO", "place:mashhad", "agreement:plan", {"certainty": "ambiguous"}),
        Tie("2", "PARTY_TO", "place:mashhad", "agreement:plan", {"certainty": "stated"}),
        Tie("3", "ABOUT", "agreement:plan", "place:mashhad", {"certainty": "inferred"}),
    ]
    [edge] = picture([MASHHAD, PLAN], ties)["edges"]
    assert (edge["from"], edge["to"]) == ("place:mashhad", "agreement:plan")
    assert edge["tie_ids"] == ["2", "3", "1"]
    assert (edge["count"], edge["label"], edge["dashes"], edge["stroke"]) == (3, "3", False, "solid")


def test_a_tie_to_a_plan_carries_its_state_and_is_drawn_lighter():
    tie = Tie("1", "PARTY_TO", "place:mashhad", "agreement:plan", {"certainty": "stated"})
    [edge] = picture([MASHHAD, PLAN], [tie])["edges"]
    assert (edge["state"], edge["state_name"], edge["light"]) == ("proposed", "Proposed", True)


def test_sister_cities_have_no_arrow_and_say_that_they_are_derived():
    tie = Tie("1", "TWINNED_WITH", "place:mashhad", "place:karachi", {"status": "reported", "derived": True})
    [edge] = picture([MASHHAD, KARACHI], [tie])["edges"]
    assert (edge["arrows"], edge["derived"], edge["stroke"]) == ("", True, "dashed")


def test_a_name_falls_back_to_the_other_language_and_is_fenced_off():
    [mashhad, karachi] = picture([MASHHAD, KARACHI], [], "fa")["nodes"]
    assert mashhad["label"] == "مشهد"
    assert karachi["label"] == "\u2068Karachi\u2069"
    assert (name_of(KARACHI, "fa"), other_name_of(KARACHI, "fa")) == ("Karachi", "")
    assert (mashhad["hidden_count"], mashhad["other_name"]) == (3, "Mashhad")


def test_a_group_is_a_square_with_its_size():
    [group] = picture([PORTFOLIO], [], "fa")["nodes"]
    assert group["shape"] == "image"
    assert group["label"].endswith("×۱۷۷")


def test_the_legend_explains_only_what_is_there():
    legend = picture([MASHHAD, KARACHI, PLAN], [])["legend"]
    assert [(entry["name"], entry["count"]) for entry in legend["labels"]] == [("Cities", 2), ("Agreements", 1)]
    assert legend["certainties"] == []
    assert [entry["name"] for entry in legend["states"]] == ["Proposed"]

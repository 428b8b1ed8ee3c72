from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.picture import draw, name_of, other_name_of

MASHHAD = Node("place:mashhad", ("City", "Entity", "Place"), {"name_fa": "مشهد", "name_en": "Mashhad"})
KARACHI = Node("place:karachi", ("City", "Entity", "Place"), {"name_en": "Karachi"})
PLAN = Node("agreement:plan", ("Agreement", "Entity"), {"name_fa": "طرح", "status": "under_study"})
PORTFOLIO = Node("agreement:all", ("Agreement", "Entity"), {"name_en": "All", "is_group": True, "group_size": 177})


def picture(nodes, ties, language="en", evidence=None):
    places = {node.id: (0.0, 0.0) for node in nodes}
    return draw(Subgraph(tuple(nodes), tuple(ties)), places, {"place:mashhad": 3}, language, evidence=evidence or {})


def test_parallel_ties_are_one_stroke_with_a_count_and_the_surest_decides_its_look():
    ties = [
        Tie("1", "PARTY_TO", "place:mashhad", "agreement:plan", {"certainty": "ambiguous", "source": "source:a"}),
        Tie("2", "PARTY_TO", "place:mashhad", "agreement:plan", {"certainty": "stated", "source": "source:b"}),
        Tie("3", "ABOUT", "agreement:plan", "place:mashhad", {"certainty": "inferred", "source": "source:b"}),
    ]
    [edge] = picture([MASHHAD, PLAN], ties)["edges"]
    assert (edge["from"], edge["to"]) == ("place:mashhad", "agreement:plan")
    assert (edge["tie_ids"], edge["fact_ids"]) == (["2", "1", "3"], ["2", "3"])
    assert (edge["count"], edge["label"], edge["sources"]) == (2, "2", 2)
    assert (edge["dashes"], edge["stroke"], edge["unsourced"]) == (False, "solid", False)


def test_a_preferred_claim_decides_the_look_of_its_stroke_before_certainty_does():
    given = {"source": "source:a"}
    ties = [
        Tie("1", "PARTY_TO", "place:mashhad", "agreement:plan", {**given, "certainty": "stated"}),
        Tie(
            "2", "PARTY_TO", "place:mashhad", "agreement:plan", {**given, "certainty": "inferred", "rank": "preferred"}
        ),
    ]
    [edge] = picture([MASHHAD, PLAN], ties)["edges"]
    assert (edge["fact_ids"], edge["stroke"], edge["count"], edge["sources"]) == (["2"], "dotted", 1, 1)


def test_what_nobody_vouches_for_has_a_stroke_and_a_word_of_its_own_in_picture_and_legend():
    ties = [
        Tie("1", "WITHIN", "place:mashhad", "place:karachi", {}),
        Tie("2", "TWINNED_WITH", "place:mashhad", "agreement:plan", {"derived": True}),
    ]
    drawn = picture([MASHHAD, KARACHI, PLAN], ties, evidence={"place:karachi": None, "place:mashhad": 2})
    edges = {edge["tie_ids"][0]: edge for edge in drawn["edges"]}
    assert (edges["1"]["unsourced"], edges["1"]["stroke"], edges["1"]["certainty"]) == (
        True,
        "sparse",
        "No source recorded",
    )
    assert (edges["2"]["unsourced"], edges["2"]["stroke"]) == (False, "dashed")
    legend = [(entry["name"], entry["stroke"], entry["count"]) for entry in drawn["legend"]["certainties"]]
    assert legend == [("Reported", "dashed", 1), ("No source recorded", "sparse", 1)]
    assert {node["id"] for node in drawn["nodes"] if node["unsourced"]} == {"place:karachi"}
    assert {node["id"]: node["sources"] for node in drawn["nodes"]} == {
        "place:mashhad": 2,
        "place:karachi": 0,
        PLAN.id: 0,
    }


def test_a_tie_that_is_derived_names_the_agreements_that_it_follows_from():
    ties = [
        Tie("1", "TWINNED_WITH", "place:mashhad", "place:karachi", {"derived": True, "agreement": "agreement:b"}),
        Tie("2", "TWINNED_WITH", "place:karachi", "place:mashhad", {"derived": True, "agreement": "agreement:a"}),
        Tie("3", "PARTY_TO", "place:mashhad", "agreement:plan", {"source": "source:a"}),
    ]
    edges = {edge["type"]: edge for edge in picture([MASHHAD, KARACHI, PLAN], ties)["edges"]}
    assert edges["TWINNED_WITH"]["agreements"] == ["agreement:a", "agreement:b"]
    assert (edges["TWINNED_WITH"]["sources"], edges["PARTY_TO"]["agreements"]) == (0, [])


def test_what_somebody_said_is_marked_as_a_quotation():
    said = Node("statement:s", ("Entity", "Statement"), {"name_en": "All is well", "kind": "hope"})
    assert [node["quotation"] for node in picture([said, MASHHAD], [])["nodes"]] == [True, False]


def test_a_tie_to_a_plan_carries_its_state_and_is_drawn_lighter():
    tie = Tie("1", "PARTY_TO", "place:mashhad", "agreement:plan", {"certainty": "stated"})
    [edge] = picture([MASHHAD, PLAN], [tie])["edges"]
    assert (edge["state"], edge["state_name"], edge["light"]) == ("proposed", "Under study", True)


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
    assert [entry["name"] for entry in legend["states"]] == ["Before signature"]
    assert legend["tones"] == []


def test_the_legend_says_why_a_stroke_is_lighter():
    given = {"source": "source:a", "certainty": "stated"}
    over = Tie("1", "PARTY_TO", MASHHAD.id, PLAN.id, given)
    sisters = Tie("2", "TWINNED_WITH", MASHHAD.id, KARACHI.id, {**given, "status": "reported", "derived": True})
    lies = Tie("3", "WITHIN", MASHHAD.id, KARACHI.id, given)

    def told(*ties, language="en"):
        return [entry["name"] for entry in picture([MASHHAD, KARACHI, PLAN], ties, language)["legend"]["tones"]]

    assert told(lies) == []
    assert told(over) == ["Lighter: not yet signed, or over"]
    assert told(over, sisters) == ["Lighter: not yet signed, or over", "Lighter: derived from agreements"]
    assert told(sisters, language="fa") == ["کم‌رنگ: برگرفته از سند همکاری"]

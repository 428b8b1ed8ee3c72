import pytest

from graph_app.app import create_app
from graph_app.arrangement import items
from graph_app.graph.results import Node
from graph_app.graph.statements import statement

pytestmark = pytest.mark.live

PICTURE = "ids=place:mashhad;place:418863,place:1735161,place:iran,agreement:plan-mashhad-sanaa-gaza-sister-city"


@pytest.fixture
def get(examples, settings):
    client = create_app(examples, settings).test_client()
    return lambda path: client.get(path, base_url="http://127.0.0.1")


def test_where_an_entity_is_comes_from_its_place_its_seat_or_what_it_is_part_of(examples):
    asked = ("place:mashhad", "institution:mashhad-city-council", "agreement:plan-mashhad-sanaa-gaza-sister-city")
    rows = examples.table(statement("entities_by_id"), {"ids": [*asked, "post:pos-head-mashhad-council"]})
    nodes: list[Node] = [row["e"] for row in rows]
    found = {item.id: item for item in items.located(examples, nodes)}
    city, council, plan = (found[id_] for id_ in asked)
    assert (city.country, council.country, plan.country) == ("IR", "IR", items.SEVERAL)
    assert found["post:pos-head-mashhad-council"].country == "IR"
    assert round(city.at.longitude) == 60
    assert council.at == city.at
    assert plan.at is None


def test_an_arranged_picture_and_its_files_are_one(get):
    asked = f"{PICTURE}&layout=country&group=country&size=degree&lang=en"
    made = get(f"/api/v1/picture?{asked}").json
    assert [(one["name"], one["count"], one["open"]) for one in made["groups"]] == [("Iran", 3, False)]
    assert {node["id"] for node in made["nodes"]} >= {"group:country:IR", "place:1735161"}
    assert made["unplaced"] == []
    drawing = get(f"/briefing.svg?{asked}").get_data(as_text=True)
    assert "Several countries (1)" in drawing
    assert "Size: Tied to" in drawing
    graph = get(f"/briefing.graphml?{asked}").get_data(as_text=True)
    assert 'attr.name="degree"' in graph
    assert graph.count(">Iran</data>") >= 3  # the members say in which group they are


def test_measures_are_told_in_both_languages_and_an_untied_picture_says_what_to_do(get):
    told = get(f"/explore/measures?{PICTURE}&lang=en").get_data(as_text=True)
    assert "stands between the most others" in told
    assert "Only of what is drawn: 5 entities" in told
    assert "بیش از همه میان دیگران" in get(f"/explore/measures?{PICTURE}&lang=fa").get_data(as_text=True)
    assert "Expand one of them first." in get("/explore/measures?ids=place:mashhad&lang=en").get_data(as_text=True)

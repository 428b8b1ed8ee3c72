import pytest

from graph_app.app import create_app
from graph_app.exploration.geography import geography

pytestmark = pytest.mark.live


@pytest.fixture
def client(examples, settings):
    return create_app(examples, settings, testing=True).test_client()


def test_the_plan_of_mashhad_joins_it_with_those_it_wants_to_win(examples):
    found = geography(examples)
    [plan] = [one for one in found.agreements if one.kind == "sister_city_plan" and len(one.pairs) == 2]
    assert [start for start, _ in plan.pairs] == ["place:mashhad", "place:mashhad"]
    assert {found.places[end].properties["name_en"] for _, end in plan.pairs} == {"Sana'a", "Gaza"}


def test_no_more_agreements_than_asked_for_are_taken_and_that_is_said(examples):
    assert geography(examples, most=5).cut
    assert len(geography(examples, most=5).agreements) <= 5
    assert not geography(examples).cut


def test_the_map_answers_in_the_readers_language_and_calendar(client):
    answer = client.get("/api/v1/map?lang=fa").json
    assert answer["places"]["place:mashhad"]["name"] == "مشهد"
    assert answer["years"][-1][0].startswith("۱۴")
    assert answer["countries"]["IR"]["name"] == "ایران"
    english = client.get("/api/v1/map?lang=en&calendar=gregorian").json
    assert english["years"][-1][0].startswith("20")
    periods = [period for one in english["agreements"] for period in one["periods"]]
    assert all(first <= last and status for first, last, _state, status in periods)


def test_another_file_of_borders_takes_the_place_of_ours(examples, settings, tmp_path):
    own = tmp_path / "borders.geojson"
    own.write_text('{"type": "FeatureCollection", "features": []}')
    values = {**settings.values, "PEYVAND_BORDERS": str(own)}
    client = create_app(examples, type(settings)(values), testing=True).test_client()
    with client.get("/map/borders.json") as answer:
        assert answer.json == {"type": "FeatureCollection", "features": []}
    own.unlink()
    gone = create_app(examples, type(settings)(values)).test_client().get("/map/borders.json")
    assert gone.status_code >= 400
    assert "PEYVAND_BORDERS" in gone.text

"""The panorama knows states and days, takes the entities of a picture that was cut, and is kept under a name."""

import pytest

from graph_app.app import create_app

pytestmark = pytest.mark.live

ASKED = "/api/v1/panorama?of=Agreement&lang=en"


def states(told):
    counted = {one["state"]: one["count"] for one in told["state_legend"]}
    places = [one["state"] for one in told["state_legend"]]
    assert {name: told["states"].count(places.index(name)) for name in counted} == counted
    return counted


def test_it_knows_states_on_a_day_the_same_entities_and_is_kept_by_what_it_holds(examples, settings):
    client = create_app(examples, settings).test_client()
    now, before = client.get(ASKED).json, client.get(f"{ASKED}&as_of=1360-01-01").json
    assert sum(states(now).values()) > sum(states(before).values())
    assert len(before["states"]) == len(before["ids"])
    few = client.get(f"/api/v1/panorama?ids={now['ids'][0]};{now['ids'][1]},place:no-such-place").json
    assert sorted(few["ids"]) == sorted(now["ids"][:2])

    kept = client.post("/panorama?of=Agreement&as_of=1360-01-01", data={"name": "Before"})
    assert kept.status_code == 303
    key = kept.headers["Location"].rpartition("view=")[2]
    opened = client.get(f"/views/{key}")
    assert opened.headers["Location"].startswith("/panorama?of=Agreement&as_of=1360-01-01&view=")
    assert f'"entities": {len(before["ids"])}' in client.get(opened.headers["Location"]).text
    assert "Before" in client.get("/views?lang=en").text
    client.post(f"/views/{key}/forget")
    assert client.post("/panorama?ids=place:no-such-place", data={"name": "x"}).status_code >= 400

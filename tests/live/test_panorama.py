"""The panorama knows states and days, takes the entities of a picture that was cut, and is kept under a name."""

from functools import partial

import pytest

from graph_app.analysis import large
from graph_app.analysis.once import Once
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


def test_what_its_shape_says_is_told_with_who_is_first_communities_and_bridges(examples, settings):
    client = create_app(examples, settings).test_client()
    told = client.get("/panorama/measures?of=City&lang=en").text
    for heading in ("Tied to the most", "Between the most", "Come by most often", "Communities", "Bridges"):
        assert f"<h3>{heading}</h3>" in told
    picture = client.get("/api/v1/panorama?of=City&lang=en").json
    first = picture["names"][picture["ties"].index(max(picture["ties"]))]
    assert first in told.partition("Between the most")[0]
    assert "drawn by lot" not in told  # all paths were searched
    assert "میانجی‌ترین‌ها" in client.get("/panorama/measures?of=City&lang=fa").text
    assert "No two entities" in client.get("/panorama/measures?ids=place:mashhad&lang=en").text


def test_what_was_reckoned_from_a_sample_says_so_and_gives_a_range(examples, settings, monkeypatch):
    monkeypatch.setattr(large, "measured", Once(partial(large.reckoned, work=1)))
    told = create_app(examples, settings).test_client().get("/panorama/measures?of=City&lang=en").text
    assert "searched from 100 entities that were drawn by lot" in told
    assert " % ± " in told.partition("Between the most")[2].partition("Come by most often")[0]

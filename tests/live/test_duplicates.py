"""The review queue on the founding example: two councils to look at, three committees that stay three."""

import json
import os
import subprocess
import sys

import pytest

from graph_app.app import create_app
from graph_app.graph.writer import Writer
from graph_app.views import home
from loaders.duplicates.holdings import entities
from loaders.duplicates.queue import waiting

pytestmark = pytest.mark.live

COMMITTEES = {
    f"institution:{id_}"
    for id_ in ("mashhad-sister-city-committee", "scp-sister-city-committee", "mashhad-specialised-committee")
}
COUNCILS = ("institution:quran-dev-council", "institution:quran-expansion-council")
KEPT_APART = ("institution:blood-transfusion-org", "institution:ilam-blood-transfusion")


def pairs(queue):
    return {(one.candidate.first.id, one.candidate.second.id): one for one in queue}


@pytest.fixture
def queue(founding):
    return pairs(waiting(founding))


def test_the_two_councils_are_found_by_their_names_and_wait_for_a_person(queue):
    council = queue[COUNCILS]
    assert council.candidate.score >= 60
    assert council.stated.decision == "undecided"
    assert not council.offers_merging


def test_the_three_committees_are_never_offered_for_merging(queue):
    among = [one for pair, one in queue.items() if {*pair} <= COMMITTEES]
    assert {one.stated.decision for one in among} == {"undecided"}
    assert not any(one.offers_merging for one in among)
    assert all(any("host" in remark.what for remark in one.candidate.remarks) for one in among)


def test_in_a_large_graph_the_search_begins_once_the_home_page_is_on_its_way(founding, settings, monkeypatch):
    monkeypatch.setattr(home, "_SOON", 0)
    app = create_app(founding, settings, testing=True)
    asked = {"path": "/?lang=en", "headers": {"Host": "127.0.0.1:5000"}}
    with app.test_client().get(**asked) as answer:
        assert answer.text.count("not counted yet") == 2  # seen and heard
        found = app.extensions["pairs"]
        assert found._search is None
    found._search.join(60)
    assert "not counted yet" not in app.test_client().get(**asked, buffered=True).text


def test_a_pair_that_is_kept_apart_is_left_out_and_shown_on_request(founding, queue):
    assert KEPT_APART not in queue
    decided = pairs(waiting(founding, decided=True))[KEPT_APART]
    assert decided.stated.decision == "keep_apart"
    assert not decided.offers_merging


def test_a_council_is_not_offered_as_its_own_secretariat(queue):
    secretariat = queue.get(("institution:quran-dev-council", "institution:quran-dev-council-secretariat"))
    assert secretariat is None or not secretariat.offers_merging


def test_hosts_parties_and_countries_are_read(founding):
    known = {entity.id: entity for entity in entities(founding)}
    committee = known["institution:scp-sister-city-committee"]
    assert committee.hosts == {"institution:supreme-council-provinces"}
    assert "Body" in committee.refined
    assert known["place:mashhad"].country == "IR"
    assert known["agreement:mou-ilam-blood-mosques"].hosts
    assert not [one for one in known.values() if one.label in {"Source", "Statement", "Metric"}]


@pytest.fixture
def review(graph, settings):  # noqa: ARG001 - the engine of the session runs already
    def run(*arguments, **more):
        values = dict(settings.values)
        if uri := os.environ.get("PEYVAND_TEST_NEO4J_URI"):
            values |= {"NEO4J_URI": uri, "NEO4J_PASSWORD": os.environ.get("NEO4J_PASSWORD", "")}
        command = [sys.executable, "-m", "graph_app", "load", "review", *arguments]
        environment = {**os.environ, **values, "LANG": "C.UTF-8", "NEO4J_USERNAME": "neo4j", **more}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.mark.usefixtures("founding")
def test_the_command_lists_the_queue_in_both_languages_and_as_json(review):
    asked = ("--of", COUNCILS[1])
    assert "A source asks to look" in review(*asked).stdout
    assert "ادغام" in review(*asked, PEYVAND_LANGUAGE="fa").stdout
    [found] = json.loads(review(*asked, "--type", "Institution", "--format", "json").stdout)
    assert (found["first"]["id"], found["second"]["id"]) == COUNCILS
    assert found["offers_merging"] is False
    unknown = review("--of", "institution:nobody")
    assert unknown.returncode == 1
    assert "institution:nobody" in unknown.stderr
    assert "Institution" in review("--type", "Metric").stderr


def test_entities_are_read_in_batches_without_loss(examples, monkeypatch):
    whole = [entity.id for entity in entities(examples)]
    monkeypatch.setattr("loaders.duplicates.holdings._BATCH", 97)
    assert [entity.id for entity in entities(examples)] == whole
    assert len(whole) == len({*whole}) > 4000


def test_cities_with_two_numbers_in_geonames_are_not_offered(examples):
    for one in waiting(examples, label="City"):
        codes = {code for entity in (one.candidate.first, one.candidate.second) for code in entity.codes}
        assert len(codes) < 2 or not one.offers_merging


def test_a_second_record_of_a_city_is_found_by_its_persian_name_alone(empty):
    rows = [
        {"id": "place:1", "name_en": "Ürümqi", "iso_country": "CN"},
        {"id": "place:2", "name_fa": "اورومچی", "iso_country": "CN"},
        {"id": "place:3", "name_en": "Karaj", "iso_country": "IR"},
    ]
    Writer(empty).rows("UNWIND $rows AS row\nCREATE (p:Entity:Place:City)\nSET p = row", rows)
    assert list(pairs(waiting(empty, label="City"))) == [("place:1", "place:2")]
    assert waiting(empty, label="City", among={"place:3"}) == []

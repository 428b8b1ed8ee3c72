"""Where does this come from, and what was it before: the pages and the JSON, over a graph and its ledger."""

import re
import shutil

import pytest
from bs4 import BeautifulSoup

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.database import open_database
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.ledger import Ledger
from loaders.mapping import shipped
from loaders.promise import promise
from loaders.running import perform
from loaders.undoing import taken_back

pytestmark = pytest.mark.live
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
FILES = ("sources.csv", "places.csv", "topics.csv")
WHO = "sara@office"


@pytest.fixture
def told(empty, tmp_path):
    """A graph whose topic was loaded, renamed, renamed again and taken back once; and the three runs."""
    folder = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", folder)
    home = Settings.read({"PEYVAND_HOME": str(tmp_path / "home")})
    database = open_database(home)
    ledger = Ledger(database)
    runs = []
    for old, new in (("", ""), ("Quranic cooperation", "Work on the Quran"), ("Work on the Quran", "Third name")):
        path = folder / "topics.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new) if old else path.read_text(encoding="utf-8"))
        work = promise(empty, [folder / name for name in FILES], FOUNDING)
        runs.append(perform(empty, ledger, work, WHO, print))
    perform(empty, ledger, taken_back(empty, ledger, ledger.load(runs[-1])), "omid@office", print)
    client = create_app(empty, home, testing=True, database=database).test_client()

    def get(address):
        answer = client.get(address, headers={"Host": "127.0.0.1:5000"}, buffered=True)
        return answer.json if answer.is_json else BeautifulSoup(answer.data, "html.parser")

    yield get, runs
    database.close()


def topic_of(get):
    [hit] = get("/api/v1/search?q=Work on the Quran&limit=1")["results"]
    return hit["id"]


def text(part):
    return " ".join(part.text.split())


def test_a_property_says_what_it_was_before_run_by_run_with_undone_runs_marked(told):
    get, runs = told
    topic = topic_of(get)
    page = get(f"/entities/{topic}?lang=en")
    lines = [text(line) for line in page.select_one(".named .past").select("li")]
    assert len(lines) == 4
    assert re.match(r"Third name → became Work on the Quran .*omid@office · takes back " + runs[2], lines[0])
    assert re.match(r"Work on the Quran → became Third name " + runs[2] + r".*sara@office undone", lines[1])
    assert re.match(r"Quranic cooperation → became Work on the Quran " + runs[1], lines[2])
    assert re.match("first: Quranic cooperation " + runs[0], lines[3])


def test_a_claim_says_its_source_file_line_and_run(told):
    get, _ = told
    claim = text(get(f"/entities/{topic_of(get)}?lang=en").select_one(".named .claim"))
    assert "founding/topics.csv, line" in claim
    assert re.search(r"by the run \d{8}T\d{6}-\w{6} · .* UTC · \w+@office", claim)


def test_the_history_page_has_an_anchor_for_each_property_and_the_cell_as_it_stood(told):
    get, runs = told
    topic = topic_of(get)
    for address in (f"/entities/{topic}/history?lang=en", f"/entities/{topic}/history/panel?lang=en"):
        page = get(address)
        part = page.select_one("#name_en")
        assert "in the cell: Work on the Quran" in text(part)
        assert [heading.code.text for heading in page.select(".by-run :is(h3, h4)")][1:] == runs[::-1]
        assert text(page.select(".by-run")[-1]).count("entity made") == 1
    persian = get(f"/entities/{topic}/history?lang=fa")
    assert persian.h1.text == "این از کجا آمده است؟"


def test_the_json_says_the_same(told):
    get, runs = told
    topic = topic_of(get)
    found = get(f"/api/v1/entities/{topic}/history")
    assert (found["known_here"], found["loads_elsewhere"], found["cut"]) == (True, 0, False)
    name = found["properties"]["name_en"]
    assert name["value"] == name["claims"][0]["cell"] == "Work on the Quran"
    assert (name["claims"][0]["file"], name["claims"][0]["run_known"]) == ("founding/topics.csv", True)
    assert [change["after"].get("name_en") for change in name["history"]][1:] == [
        "Third name",
        "Work on the Quran",
        "Quranic cooperation",
    ]
    assert [step["run"]["id"] for step in found["history"] if step["key"] == topic][1:] == runs[::-1]
    assert found["history"][0]["run"]["undoes"] == runs[2]


def test_a_tie_has_its_claims_and_its_history(told, empty):
    get, runs = told
    [row] = empty.table("MATCH (a:Place)-[r:WITHIN]->(:Place) RETURN r.id AS id ORDER BY id LIMIT 1")
    page = get(f"/ties/{row['id']}?lang=en")
    assert "tie made:" in text(page.select_one(".by-run"))
    found = get(f"/api/v1/ties/{row['id']}/history")
    assert [claim["file"] for claim in found["claims"]] == ["founding/places.csv"]
    assert {step["run"]["id"] for step in found["history"]} == {runs[0]}


def test_what_another_installation_loaded_is_not_known_here(told, empty, tmp_path):
    get, _ = told
    other = create_app(empty, Settings.read({"PEYVAND_HOME": str(tmp_path / "other")}), testing=True).test_client()
    address = f"/entities/{topic_of(get)}"
    page = BeautifulSoup(other.get(address + "?lang=en", headers={"Host": "127.0.0.1:5000"}).data, "html.parser")
    assert "not known here" in text(page.select_one(".named .claim .run"))
    assert "is not known here: this graph was loaded by another" in text(page.select_one(".named .origin > .hint"))
    found = other.get(f"/api/v1{address}/history", headers={"Host": "127.0.0.1:5000"}).json
    assert (found["known_here"], found["history"]) == (False, [])


def test_what_was_made_by_hand_says_that_no_run_made_it(told, empty):
    get, _ = told
    Writer(empty).run("CREATE (:Entity:Place {id: 'place:bare', name_en: 'Bare'})")
    page = get("/entities/place:bare?lang=en")
    assert "No run changed it" in text(page.select_one(".named .origin"))

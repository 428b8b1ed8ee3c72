"""Loads over HTTP on the real engine: plan, apply, mend, undo, what is stale, and what was cut off."""

import io
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from http import HTTPStatus
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.graph.writer import Writer
from graph_app.loading.desk import Desk
from graph_app.settings import Settings
from loaders import mapping as mappings
from loaders.digest import digest
from loaders.library import Found, Library
from loaders.mapping import MAPPINGS, shipped

pytestmark = pytest.mark.live

TABLES = ("sources.csv", "places.csv", "topics.csv")
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")


def exports(*names, **changed):
    """Return exports of the founding example by name, with some text in them changed."""
    found = {name: (EXAMPLES / "founding" / name).read_text(encoding="utf-8") for name in names or TABLES}
    for name, (old, new) in changed.items():
        assert old in found[f"{name}.csv"]
        found[f"{name}.csv"] = found[f"{name}.csv"].replace(old, new)
    return {name: text.encode() for name, text in found.items()}


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"founding/{name}", content)
    return {"founding.zip": stream.getvalue()}


def button(page):
    """Return what the one primary button of a plan says."""
    found = page.select_one(".headline .actions .btn-primary")
    assert found, page.select_one("main").get_text(" ", strip=True)
    return found.text


class Visit:
    """A visitor of the app."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path):
        answer = self.client.get(path, base_url="http://127.0.0.1:5000")
        return answer, BeautifulSoup(answer.data, "html.parser")

    def post(self, path, **form):
        kind = "multipart/form-data"
        answer = self.client.post(path, data=form, base_url="http://127.0.0.1:5000", content_type=kind)
        answer.request.environ["wsgi.input"].close()  # a large form is a file of the client's
        return answer

    def send(self, files, **said):
        """Send files and return the address of their plan once it is made."""
        parts = [(io.BytesIO(content), name) for name, content in files.items()]
        answer = self.post("/loads", files=parts, mapping=said.pop("mapping", "founding"), **said)
        assert answer.status_code == HTTPStatus.SEE_OTHER, BeautifulSoup(answer.data, "html.parser").select_one("main")
        return self.settled(answer.location)

    def settled(self, address):
        """Wait until no work is done on a plan, and return where it leads."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            answer, page = self.get(address)
            if answer.status_code == HTTPStatus.FOUND:
                return answer.location
            if not page.select("[data-events]"):
                return address
            time.sleep(0.1)
        raise AssertionError(f"{address} does not come to an end")

    def act(self, address, what, **form):
        """Press a button of a page and return where that leads in the end."""
        answer = self.post(f"{address}/{what}", **form)
        assert answer.status_code == HTTPStatus.SEE_OTHER
        return self.settled(answer.location)

    def load(self, files, **said):
        return self.act(self.send(files, **said), "apply")


@pytest.fixture
def app(empty, settings, tmp_path):
    return create_app(empty, Settings({**settings.values, "PEYVAND_HOME": str(tmp_path / "home")}))


@pytest.fixture
def visit(app):
    return Visit(app)


def test_an_archive_is_planned_applied_and_taken_back_and_nothing_remains(empty, visit):
    before = digest(empty)
    plan = visit.send(zipped(exports()), mapping="")
    _, page = visit.get(plan)
    assert re.fullmatch(r"Apply \d+ creates", button(page))
    assert digest(empty) == before
    assert len(page.select("#files tbody tr")) == len(TABLES)
    run = visit.act(plan, "apply")
    _, page = visit.get(run)
    assert "rows = " in page.select_one(".facts").text
    assert page.select_one(f'.foot a[href="{run}"]')
    assert page.select_one('.change h3 a[href^="/sources/"]')
    again = visit.send(zipped(exports()), mapping="")
    _, page = visit.get(again)
    assert "Nothing to do" in page.select_one(".told-done").text
    assert not page.select(".actions .btn-primary")
    visit.post(f"{again}/discard")
    assert visit.get(again)[0].status_code == HTTPStatus.NOT_FOUND
    undo = visit.act(run, "undo")
    _, page = visit.get(undo)
    assert re.fullmatch(r"Undo: \d+ removals", button(page))
    undone = visit.act(undo, "apply")
    assert digest(empty) == before
    assert visit.get(run)[1].select_one(f'.facts a[href="{undone}"]')
    assert [state.text for state in visit.get("/loads")[1].select(".run-state")] == ["done", "undone"]


def test_changes_are_shown_field_by_field_and_filtered_by_type_and_effect(visit):
    visit.load(exports())
    new = exports(topics=("Quranic cooperation", "Cooperation on the Quran"), places=("مشهد", "مشهد مقدس"))
    plan = visit.send(new)
    _, page = visit.get(plan)
    rows = [row for row in page.select(".change .diff tr") if "Cooperation on the Quran" in row.text]
    assert [cell.get_text(strip=True) for cell in rows[0].select("td")] == [
        "Quranic cooperation",
        "→Cooperation on the Quran",
    ]
    _, page = visit.get(f"{plan}?of=Topic&effect=update")
    assert len(page.select(".change")) == 1
    assert page.select_one('.tally a[aria-current="true"]')
    assert visit.get(f"{plan}?of=Nothing&page=99")[0].status_code == HTTPStatus.OK


def test_a_plan_is_refused_once_the_graph_moved_and_planned_again_by_a_button(empty, visit):
    first, second = visit.send(exports()), visit.send(exports("topics.csv", "sources.csv"))
    visit.act(second, "apply")
    held = digest(empty)
    _, page = visit.get(first)
    assert "the graph was loaded since" in page.select_one(".stale").text
    assert button(page) == "Plan again"
    assert visit.act(first, "apply") == first
    assert digest(empty) == held
    assert "Nothing was written" in visit.get(first)[1].select_one(".told-wrong").text
    again = visit.act(first, "again")
    assert visit.get(first)[0].status_code == HTTPStatus.NOT_FOUND
    assert visit.act(again, "apply").startswith("/loads/runs/")


def test_edits_by_hand_are_left_unless_a_person_says_otherwise(empty, visit):
    visit.load(exports())
    Writer(empty).run("MATCH (e:Topic) WITH e ORDER BY e.id LIMIT 1 SET e.name_en = 'By hand'")
    assert "Nothing to do" in visit.get(visit.send(exports()))[1].select_one(".told-done").text
    plan = visit.send(exports(), thorough="yes")
    _, page = visit.get(plan)
    assert "By hand" in page.select_one("#conflicts").text
    assert not page.select(".actions .btn-primary")
    over = visit.act(plan, "again", mapping="founding", overwrite="yes", thorough="yes")
    _, page = visit.get(over)
    assert button(page) == "Apply 1 update"
    visit.act(over, "apply")
    assert not empty.table("MATCH (e:Topic {name_en: 'By hand'}) RETURN e").rows


def test_a_run_that_others_rest_on_names_them_as_links(empty, visit):
    first = visit.load(exports())
    second = visit.load(exports(topics=("Quranic cooperation", "Cooperation on the Quran")))
    held = digest(empty)
    refused = visit.act(first, "undo")
    _, page = visit.get(refused)
    assert [link["href"] for link in page.select("main ul a")] == [second]
    assert digest(empty) == held
    visit.act(visit.act(second, "undo"), "apply")
    again = visit.act(refused, "again")
    assert button(visit.get(again)[1]).startswith("Undo: ")


def test_rejected_rows_are_mended_in_the_browser_or_kept_as_csv(empty, visit):
    good = visit.load(exports("topics.csv", "sources.csv"))
    whole = digest(empty)
    visit.act(visit.act(good, "undo"), "apply")
    text = exports("topics.csv", "sources.csv")
    line = text["topics.csv"].decode().splitlines()[3]
    broken = line.replace(line.split(",")[0], "=1+1", 1).replace("stated", "statd").replace("reported", "statd")
    run = visit.load({**text, "topics.csv": text["topics.csv"].decode().replace(line, broken).encode()})
    _, page = visit.get(run)
    assert len(page.select(".reject")) == 1
    answer, _ = visit.get(f"{run}/rejects.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in answer.text
    form = {field["name"]: field.get("value", "") for field in page.select(".mending input[name]")}
    wrong = page.select_one(".cells .wrong input")["name"]
    key = next(name for name, value in form.items() if value == "=1+1")
    mended = visit.act(run, "mend", **{**form, key: line.split(",")[0], wrong: form[wrong].replace("statd", "stated")})
    assert button(visit.get(mended)[1]).startswith("Apply ")
    visit.act(mended, "apply")
    assert digest(empty).digest == whole.digest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "No mapping fits these files: towns.csv."), ("fa", "هیچ نگاشتی با این فایل‌ها سازگار نیست: towns.csv.")],
)
def test_what_cannot_be_planned_says_why_and_can_be_planned_otherwise(visit, language, sentence):
    plan = visit.send({"towns.csv": b"a,b\n1,2\n"}, mapping="")
    _, page = visit.get(f"{plan}?lang={language}")
    assert sentence in page.select_one(".told-wrong").text
    again = visit.act(plan, "again", mapping="founding")
    assert "topics.csv" in visit.get(f"{again}?lang=en")[1].select_one(".told-wrong").text


@pytest.mark.parametrize(
    ("size", "sentence"), [(1_500_000, "topics.csv is larger than 1 MB"), (2_500_000, "More than 1 MB were sent")]
)
def test_too_much_is_refused_with_the_limit_and_the_form_stays(empty, settings, tmp_path, size, sentence):
    values = {**settings.values, "PEYVAND_HOME": str(tmp_path / "home"), "PEYVAND_UPLOAD": "1"}
    visit = Visit(create_app(empty, Settings(values)))
    answer = visit.post("/loads?lang=en", files=[(io.BytesIO(b"a" * size), "topics.csv")])
    page = BeautifulSoup(answer.data, "html.parser")
    assert (answer.status_code, sentence in page.select_one(".told-wrong").text) == (HTTPStatus.BAD_REQUEST, True)
    assert page.select(".upload")


def test_progress_comes_as_events_and_ends_with_the_work(visit):
    plan = visit.send(exports(*FOUNDING.by_file))
    visit.post(f"{plan}/apply")
    assert visit.get(plan)[1].select_one('noscript meta[http-equiv="refresh"]')
    stream = visit.client.get(f"{plan}/events", base_url="http://127.0.0.1:5000").text
    told = [line for line in stream.splitlines() if line.startswith("data: ")]
    assert "Writing" in stream
    assert '"working": false' in told[-1]
    assert '"total": ' in stream
    assert len(told) > 2
    visit.settled(plan)


def test_two_loads_at_once_are_written_one_after_the_other_or_refused(visit):
    plan = visit.send(exports(*FOUNDING.by_file))
    other = visit.send(exports())
    visit.post(f"{plan}/apply")
    visit.post(f"{plan}/apply")
    visit.post(f"{other}/apply")
    ends = {one: visit.settled(one) for one in (plan, other)}  # whichever holds the graph first
    assert [end.startswith("/loads/runs/") for end in ends.values()].count(True) == 1
    assert all(end == one or end.startswith("/loads/runs/") for one, end in ends.items())
    assert len(visit.get("/loads")[1].select(".run")) == 1


def test_what_was_cut_off_is_told_and_finished_by_a_button(empty, app, visit, address):
    visit.load(exports(*FOUNDING.by_file))
    whole = digest(empty)
    run = visit.get("/loads")[1].select_one(".run h3 a")["href"]
    visit.act(visit.act(run, "undo"), "apply")
    home = app.extensions["settings"].text("PEYVAND_HOME")
    plan = visit.send(exports(*FOUNDING.by_file))
    killed_while_it_writes(plan, home, address)
    _, page = visit.get("/loads")
    assert "was cut off" in page.select_one(".cut").text
    assert "stopped while it worked" in visit.get(plan)[1].text
    answer = visit.post("/loads/finish")
    assert visit.settled(answer.location).startswith("/loads/runs/")
    assert digest(empty) == whole
    assert not visit.get("/loads")[1].select(".cut")
    assert visit.post(f"{answer.location}/again").location == "/loads"  # there is nothing left to finish
    assert visit.act(plan, "apply").startswith("/loads/runs/")
    assert digest(empty) == whole


def test_a_guard_stops_a_truncated_export_until_its_exact_number_is_accepted(empty, visit, monkeypatch):
    whole = FOUNDING.model_copy(update={"export": "full", "on_absent": "delete"})
    file = MAPPINGS / "founding.yaml"
    monkeypatch.setattr(mappings, "shipped", lambda: [whole])
    monkeypatch.setattr(Desk, "library", lambda _: Library((Found(whole, file, shipped=True),)))
    visit.load(exports())
    held = digest(empty)
    lines = exports()["topics.csv"].splitlines(keepends=True)
    plan = visit.send({**exports(), "topics.csv": b"".join(lines[:-20])})
    _, page = visit.get(plan)
    tick = page.select_one("#guards input[required]")
    assert (tick["name"], tick["value"]) == ("accept-removals", "20")
    assert "20 of 58 known rows are absent" in page.select_one("#guards").text
    assert page.select_one('.headline a[href="#guards"]')
    for accepted in ({}, {"accept-removals": "19"}):
        visit.act(plan, "apply", **accepted)
        assert "The plan is blocked" in visit.get(plan)[1].select_one(".told-wrong").text
        assert digest(empty) == held
    assert visit.act(plan, "apply", **{"accept-removals": "20"}).startswith("/loads/runs/")
    assert digest(empty) != held


def test_who_may_only_read_sees_the_runs_and_can_change_nothing(app, visit):
    run = visit.load(exports())
    with app.app_context():
        kept = accounts().add("root@example.org", "administrator", "four quiet words apart").password
        accounts().add("ann@example.org", "viewer", clearance="restricted").password = kept
        accounts().session.commit()
    ann = Visit(app)
    ann.post("/login", email="ann@example.org", password="four quiet words apart")
    _, page = ann.get("/loads")
    assert page.select(".run")
    assert not page.select("main form")
    _, page = ann.get(run)
    assert page.select(".change")
    assert not page.select("main form, #rejects")
    for answer in (ann.post(f"{run}/undo"), ann.post("/loads"), ann.get(f"{run}/rejects.csv")[0]):
        assert answer.status_code == HTTPStatus.FORBIDDEN


def killed_while_it_writes(plan, home, address):
    """Apply a plan in an app of its own, and kill that as soon as it writes to the graph."""
    environment = {
        **os.environ,
        "PEYVAND_HOME": home,
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
    }
    command = [sys.executable, "-m", "graph_app", "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            site = next(found[0] for line in process.stderr if (found := re.search(r"http://[\d.:]+", line)))
            urllib.request.urlopen(urllib.request.Request(f"{site}{plan}/apply", method="POST"), timeout=10).close()
            state = Path(home, "plans", plan.rpartition("/")[2], "state.json")
            deadline = time.monotonic() + 20
            while '"entities"' not in state.read_text(encoding="utf-8"):
                assert time.monotonic() < deadline
        finally:
            process.send_signal(signal.SIGKILL)

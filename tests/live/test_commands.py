"""The command line as people use it: real processes, the session's engine, real exit codes."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest
import xlsxwriter

from graph_app._layout import EXAMPLES
from graph_app.database.glance import glance
from graph_app.vocabulary import vocabulary

pytestmark = pytest.mark.live


@pytest.fixture
def environment(graph, settings):  # noqa: ARG001 - the engine of the session runs already
    """The environment of a user whose installation is the one of this session."""
    values = dict(settings.values)
    if uri := os.environ.get("PEYVAND_TEST_NEO4J_URI"):
        given = {name: os.environ.get(f"PEYVAND_TEST_NEO4J_{name}") for name in ("USERNAME", "PASSWORD", "DATABASE")}
        values |= {"NEO4J_URI": uri, **{f"NEO4J_{name}": text for name, text in given.items() if text}}
    kept = {name: value for name, value in os.environ.items() if name not in values}
    return {**kept, **values, "LANG": "C.UTF-8"}


@pytest.fixture
def peyvand(environment):
    def run(*arguments, input=None, **more):  # noqa: A002 - as subprocess calls it
        command = [sys.executable, "-m", "graph_app", *map(str, arguments)]
        settings = {"env": {**environment, **more}, "input": input}
        return subprocess.run(command, **settings, capture_output=True, text=True, check=False)

    return run


@pytest.mark.usefixtures("empty")
def test_a_load_is_planned_applied_and_then_has_nothing_to_do(peyvand):
    folder = EXAMPLES / "founding"
    planned = peyvand("load", "plan", folder)
    assert planned.returncode == 2
    assert "618 rows = 618 new" in planned.stdout
    applied = peyvand("load", "apply", folder, "--yes")
    assert applied.returncode == 0, applied.stderr
    assert "307 entities" in applied.stderr
    again = peyvand("load", "plan", folder, PEYVAND_LANGUAGE="fa")
    assert again.returncode == 0
    assert "618 بی‌تغییر" in again.stdout
    run, *_ = json.loads(peyvand("load", "runs", "--format", "json").stdout)
    assert (run["mapping"], run["state"], run["created"], run["entities"]) == ("founding", "done", 618, 307)
    shown = json.loads(peyvand("load", "show", run["run"], "--format", "json").stdout)
    assert len(shown["changes"]) == run["entities"] + run["ties"]
    assert {file["rows"] for file in shown["files"] if file["name"].endswith("/topics.csv")} == {58}


@pytest.mark.usefixtures("empty")
def test_a_plan_is_saved_reviewed_applied_once_and_undone(peyvand, tmp_path):
    folder, saved = tmp_path / "founding", tmp_path / "plan.json.gz"
    shutil.copytree(EXAMPLES / "founding", folder)
    nothing = peyvand("load", "digest").stdout
    assert peyvand("load", "plan", folder, "--save", saved).returncode == 2
    shown = peyvand("load", "show", saved)
    assert "+ person:hardanian" in shown.stdout
    assert "Stale" not in shown.stderr
    assert peyvand("load", "apply", saved, "--yes").returncode == 0
    assert "written already" in peyvand("load", "apply", saved, "--yes").stderr
    assert "پیش‌تر با بارگذاری" in peyvand("load", "apply", saved, "--yes", PEYVAND_LANGUAGE="fa").stderr
    run, *_ = json.loads(peyvand("load", "runs", "--format", "json").stdout)
    assert "rejected no row" in peyvand("load", "rejects", run["run"]).stderr
    undone = peyvand("load", "undo", run["run"], "--yes")
    assert undone.returncode == 0, undone.stderr
    assert re.search(r"^- [a-z]+:\S+$", undone.stdout, re.MULTILINE)
    assert peyvand("load", "digest").stdout == nothing
    (folder / "topics.csv").write_bytes((folder / "topics.csv").read_bytes() + b"\n")
    peyvand("load", "plan", folder, "--save", saved)
    (folder / "topics.csv").unlink()
    stale = peyvand("load", "apply", saved, "--yes")
    assert (stale.returncode, "is stale" in stale.stderr) == (1, True)
    assert "Stale: " in peyvand("load", "show", saved).stderr


@pytest.mark.usefixtures("empty")
def test_a_load_that_is_killed_is_finished_and_another_installation_must_adopt_first(
    peyvand, environment, settings, tmp_path
):
    command = [sys.executable, "-m", "graph_app", "load", "apply", str(EXAMPLES / "world"), "--yes"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as loading:
        while loading.poll() is None and not _at_work(settings):
            time.sleep(0.01)
        loading.kill()
    told = peyvand("load", "plan", EXAMPLES / "world")
    assert (told.returncode, "cut off" in told.stderr) == (2, True), told.stderr
    finished = peyvand("load", "apply", EXAMPLES / "world", "--yes")
    assert (finished.returncode, "it is finished now" in finished.stderr) == (0, True), finished.stderr
    assert peyvand("load", "plan", EXAMPLES / "world").returncode == 0
    elsewhere = {"PEYVAND_DATABASE": f"sqlite:///{tmp_path}/other.db"}
    refused = peyvand("load", "apply", EXAMPLES / "founding", "--yes", **elsewhere)
    assert (refused.returncode, "another installation" in refused.stderr) == (1, True)
    assert peyvand("load", "adopt", "--yes", **elsewhere).returncode == 0
    assert "from here already" in peyvand("load", "adopt", "--yes", **elsewhere).stderr
    assert peyvand("load", "apply", EXAMPLES / "founding", "--yes", **elsewhere).returncode == 0


_NEWEST = "SELECT state FROM loads ORDER BY number DESC LIMIT 1"


def _at_work(settings):
    with glance(settings) as database:
        return database is not None and database.one(_NEWEST) == ("running",)


@pytest.mark.usefixtures("empty")
def test_that_files_change_nothing_is_told_without_what_compares_and_draws(peyvand, environment):
    assert peyvand("load", "apply", EXAMPLES / "founding", "--yes").returncode == 0
    assert peyvand("load", "plan", EXAMPLES / "founding").returncode == 0  # the first one sees that nothing changes
    told = "import sys; from graph_app.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", told, "load", "plan", EXAMPLES / "founding"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "618 unchanged" in done.stdout
    assert not {"alembic", "numpy", "pandas", "python_calamine", "rich", "sqlalchemy"} & set(done.stderr.split())


@pytest.mark.usefixtures("empty")
def test_rejected_rows_are_told_and_kept_in_a_file(peyvand, tmp_path, settings):
    folder = tmp_path / "bad"
    folder.mkdir()
    text = (EXAMPLES / "founding" / "sources.csv").read_text(encoding="utf-8")
    (folder / "sources.csv").write_text(text.replace("2025-11-22", "2.11.2025", 2), encoding="utf-8")
    told = peyvand("load", "apply", folder, "--mapping", "founding", "--yes")
    assert "bad/sources.csv, line 2, column date_gregorian: “2.11.2025” can be two dates" in told.stdout
    assert "Files read as UTF-8 with the delimiter “,”: 1." in told.stdout
    with (settings.home / "rejects" / "founding.csv").open(encoding="utf-8-sig", newline="") as stream:
        [reject] = list(csv.DictReader(stream))
    assert (reject["rejected_file"], reject["rejected_line"], reject["rejected_column"]) == (
        "bad/sources.csv",
        "2",
        "date_gregorian",
    )
    assert reject["rejected_value"] == "2.11.2025"
    assert "order: dmy" in reject["rejected_hint"]
    run, *_ = json.loads(peyvand("load", "runs", "--format", "json").stdout)
    again = tmp_path / "again.csv"
    assert peyvand("load", "rejects", run["run"], "-o", again, PEYVAND_LANGUAGE="en").returncode == 0
    assert again.read_bytes() == (settings.home / "rejects" / "founding.csv").read_bytes()


@pytest.mark.usefixtures("empty")
def test_rows_of_a_sheet_that_were_rejected_are_replayed_and_two_entities_are_decided_about(peyvand, tmp_path):
    book, rejects = tmp_path / "office.xlsx", tmp_path / "rejects.csv"
    _workbook(book, counts=(3, 10, "five"))
    told = peyvand("load", "apply", book, "--mapping", "founding", "--yes")
    assert f"{tmp_path.name}/office.xlsx (counts), line 4, column line: “five”" in told.stdout, told
    run, *_ = json.loads(peyvand("load", "runs", "--format", "json").stdout)
    assert "1 rejected" in peyvand("load", "replay", run["run"], "--yes").stdout
    peyvand("load", "rejects", run["run"], "-o", rejects)
    rejects.write_text(rejects.read_text(encoding="utf-8-sig").replace('"five"', '"14"'), encoding="utf-8")
    replayed = peyvand("load", "replay", rejects, "--yes")
    assert "1 rows = 1 new" in replayed.stdout, replayed
    _workbook(book)
    assert peyvand("load", "plan", book, "--mapping", "founding").returncode == 0
    held = peyvand("load", "digest").stdout
    pair = tuple(f"institution:quran-{name}-council" for name in ("dev", "expansion"))
    assert peyvand("load", "review", "decide", *pair).returncode == 1
    merged = peyvand("load", "review", "decide", *pair, "--same", "--why", "=one", "--yes")
    assert "the same. Run " in merged.stderr, merged
    assert "    before: " in merged.stdout
    listed = peyvand("load", "review", "decisions", PEYVAND_LANGUAGE="fa").stdout
    assert all(text in listed for text in (*pair, "=one", "تصمیم"))
    assert peyvand("load", "review", "decide", *pair, "--undo", "--yes").returncode == 0
    assert peyvand("load", "digest").stdout == held
    walked = peyvand("load", "review", "walk", "--limit", "2", input="n\nk\nTwo bodies\n")
    assert (walked.returncode, "Pair 1 of" in walked.stdout, "different" in walked.stderr) == (0, True, True), walked
    last = peyvand("load", "review", "decisions").stdout
    assert re.search(r"\b2\s+different .* Two bodies", last), last
    assert "taken back" in last


def _workbook(path, **wrong):
    """Write the founding export as one workbook, with another cell in a row and column of some of its sheets."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        for file in sorted((EXAMPLES / "founding").glob("*.csv")):
            sheet = book.add_worksheet(file.stem)
            with file.open(encoding="utf-8", newline="") as stream:
                for at, row in enumerate(csv.reader(stream)):
                    sheet.write_row(at, 0, row)
            if file.stem in wrong:
                sheet.write(*wrong[file.stem])


@pytest.mark.usefixtures("founding")
def test_a_plan_tells_in_both_languages_how_a_file_was_read_and_obeys_what_is_said(peyvand, tmp_path):
    folder = tmp_path / "founding"
    folder.mkdir()
    text = (EXAMPLES / "founding" / "topics.csv").read_text(encoding="utf-8")
    arabic = text.replace("ی", "ي").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    (folder / "topics.csv").write_bytes(("گزارش\n" + arabic).replace("ی", "ي").encode("cp1256"))
    told = peyvand("load", "plan", folder)
    assert "founding/topics.csv: Windows-1256, 99 % certain, because it is not UTF-8" in told.stdout
    assert "header in line 2, 58 rows" in told.stdout
    assert "Windows-1256 با اطمینان 99 درصد" in peyvand("load", "plan", folder, PEYVAND_LANGUAGE="fa").stdout
    refused = peyvand("load", "plan", folder / "topics.csv", "--mapping", "founding", "--encoding", "utf-9")
    assert (refused.returncode, "“utf-9” is no encoding" in refused.stderr) == (1, True)
    wrong = peyvand("load", "plan", folder, "--mapping", "founding", "--delimiter", "tab")
    assert wrong.returncode == 1


@pytest.mark.usefixtures("founding")
def test_a_question_is_answered_into_a_file(peyvand, tmp_path):
    target = tmp_path / "answer.csv"
    done = peyvand(
        "query",
        "run",
        "agreements/addressees",
        "-p",
        "agreement=agreement:plan-mashhad-sanaa-gaza-sister-city",
        "--format",
        "csv",
        "-o",
        target,
    )
    assert done.returncode == 0, done.stderr
    with target.open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 9


def test_what_goes_wrong_is_one_sentence_and_exit_code_1(peyvand, tmp_path):
    for arguments, sentence in (
        (("load", "plan", tmp_path), "No mapping fits these files"),
        (("query", "run", "cities/nothing"), "There is no question “cities/nothing”"),
        (("serve", "--host", "0.0.0.0"), "only this machine is served"),  # noqa: S104 - it is refused
    ):
        done = peyvand(*arguments)
        assert done.returncode == 1
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
    away = peyvand("check", NEO4J_URI="bolt://127.0.0.1:1", NEO4J_PASSWORD="x")
    assert (away.returncode, "cannot be reached" in away.stderr) == (1, True)


LIVES = """
MATCH (a:Agreement)-[h:HAD_STATUS]->(s:Status)
WHERE a.id STARTS WITH 'agreement:demo-' AND h.from <= date('2026-07-01') <= h.to
RETURN collect(DISTINCT s.id) AS statuses, collect(DISTINCT h.rule) AS reasons,
  collect(DISTINCT h.disposition) AS dispositions, collect(DISTINCT h.implementation) AS implementations,
  reduce(all = [], one IN collect(h.flags) | all + one) AS flags, count(a) AS count
"""


def test_the_demo_loads_the_examples_and_serves_them_and_a_killed_one_leaves_nothing_behind(environment, empty):
    command = [sys.executable, "-m", "graph_app", "demo", "--no-browser", "--port", "0"]
    for attempt in range(2):
        demo = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        told = []
        for line in demo.stderr:
            told.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                break
        with urllib.request.urlopen(f"{found[0]}api/v1/search?q=mash", timeout=30) as answer:
            assert json.load(answer)["results"][0]["id"] == "place:mashhad"
        for choice, count in (("", "2,255"), ("&fiction=recorded", "2,042")):
            with urllib.request.urlopen(f"{found[0]}agreements?lang=en{choice}", timeout=30) as answer:
                page = answer.read().decode()
            assert "Contains demonstration data" in page
            assert f'Agreements <span class="count">{count}<' in page
        assert any("Loaded world" in line for line in told) is (attempt == 0)
        assert any("To remove it: peyvand load undo" in line for line in told) is (attempt == 0)
        assert not any("reject" in line for line in told)
        demo.send_signal(signal.SIGKILL if attempt == 0 else signal.SIGTERM)
        assert demo.wait(20) == (-signal.SIGKILL if attempt == 0 else 0)
        demo.stderr.close()
    (lives,), words = empty.table(LIVES), vocabulary()
    assert lives["count"] == 213
    for key in ("statuses", "reasons", "dispositions", "implementations", "flags"):
        assert set(getattr(words, key)) - set(lives[key]) <= {"text_changed"}, key  # its agreements have no texts


@contextmanager
def serving(environment):
    """Serve on a free port; give its address and everything that was said until the first line without one."""
    command = [sys.executable, "-m", "graph_app", "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        told = ""
        while not (found := re.search(r"(http://127\.0\.0\.1:\d+)/\.? ", told)):
            told += process.stderr.readline()
        try:
            yield found[1], process
        finally:
            process.send_signal(signal.SIGTERM)


def asked(address, **form):
    """Return the status of a page, or of a form that is sent."""
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(Stay).open(address, data, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow."""

    def redirect_request(self, *_asked):
        return None


@pytest.mark.usefixtures("founding")
def test_the_first_administrator_closes_the_machine_for_later_processes_too(environment, tmp_path):
    environment["PEYVAND_DATABASE"] = f"sqlite:///{tmp_path}/accounts.db"
    person = {"email": "root@example.org", "password": "four quiet words apart"}
    with serving(environment) as (address, process):
        assert asked(f"{address}/explore") == 200
        link = re.search(r"http://\S+/setup/\S+", process.stderr.readline())[0]
        assert link.startswith(address)
        assert asked(link, **person) == 303
        assert asked(f"{address}/explore") == 302
        for number in range(7):
            last = asked(f"{address}/login", email="root@example.org", password=f"wrong {number}")
        assert last == 429
    with serving(environment) as (address, _process):
        assert asked(link.replace(link.partition("/setup")[0], address), **person) == 410
        assert asked(f"{address}/explore") == 302
        assert asked(f"{address}/login", **person) == 429  # another process, and it still has to wait

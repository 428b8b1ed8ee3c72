"""For whoever watches over the process: is it alive, is it ready, what are its figures, what does its log say."""

import json
import logging
import re
import threading
from contextlib import closing
from time import sleep
from types import SimpleNamespace

import pytest
from neo4j.exceptions import ClientError, ServiceUnavailable
from sqlalchemy import select

from graph_app import logs
from graph_app.app import create_app
from graph_app.cli.server import _finish
from graph_app.confidentiality import HIGHEST
from graph_app.database import open_database
from graph_app.database.tables import AuditLine
from graph_app.graph import pulse, reading
from graph_app.graph.pools import Pool
from graph_app.graph.pulse import AwayError, Pulse
from graph_app.graph.reading import Limits, Reading
from graph_app.graph.results import Table
from graph_app.loading.work import Work
from graph_app.settings import Settings
from loaders.statements import statement
from tests.nothing import SIZE, answered

HOST = "http://127.0.0.1:5000"
ELSEWHERE = {"REMOTE_ADDR": "10.0.0.7"}


class Graph:
    """A store that is away when we say so."""

    rows, elements, seconds = 1000, 300, 10
    clearance = HIGHEST

    def whole(self):
        return self

    def seen_with(self, _clearance):
        return self

    def __init__(self) -> None:
        self.pulse = SimpleNamespace(away=False, beats=lambda _within: not self.pulse.away)

    def subgraph(self, *_asked, **_limits):
        raise AwayError

    def begin(self, *asked, **limits):
        return lambda: self.table(*asked, **limits)

    def table(self, query, *_parameters, **_limits):
        if self.pulse.away:
            raise AwayError
        if query == statement("sync"):
            return Table(("installation", "graph", "serial", "run", "running"), [(None, None, 0, None, None)])
        return Table(("entities",), [(1234,)]) if query == SIZE else answered(query)


@pytest.fixture
def graph():
    return Graph()


@pytest.fixture
def app(graph, tmp_path):
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path), "PEYVAND_METRICS_TOKEN": "a long token"})
    database = open_database(settings)
    made = create_app(graph, settings, database=database)
    made.extensions["pulse"] = graph.pulse
    yield made
    database.close()


def asked(app, path, **more):
    return app.test_client().get(path, base_url=HOST, **more)


def test_a_process_is_alive_and_ready_while_both_databases_answer(app):
    assert asked(app, "/health/live").json["status"] == "alive"
    assert asked(app, "/health/ready").json == {"status": "ready", "database": "answers", "graph": "answers"}


def test_it_is_not_ready_without_the_graph_but_alive(app, graph):
    graph.pulse.away = True
    answer = asked(app, "/health/ready")
    assert (answer.status_code, answer.json["graph"], answer.json["database"]) == (503, "does not answer", "answers")
    assert asked(app, "/health/live").status_code == 200


def test_it_is_not_ready_without_its_own_database(app):
    database = app.extensions["database"]
    asked(app, "/health/live")
    database.engine.dispose()
    for suffix in ("", "-wal"):
        with open(database.engine.url.database + suffix, "wb") as stream:  # noqa: PTH123 - as short as it gets
            stream.write(b"broken " * 1000)
    answer = asked(app, "/health/ready")
    assert (answer.status_code, answer.json["database"], answer.json["graph"]) == (503, "does not answer", "answers")


def test_figures_are_told_to_this_machine_and_for_the_token_only(app):
    assert asked(app, "/metrics").status_code == 200
    assert asked(app, "/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 403
    for token, status in (("", 403), ("Bearer ", 403), ("Bearer another", 403), ("Bearer a long token", 200)):
        answer = asked(app, "/metrics", environ_overrides=ELSEWHERE, headers={"Authorization": token})
        assert answer.status_code == status, token


def test_without_a_token_no_token_opens_the_figures(no_graph, tmp_path):
    app = create_app(no_graph, Settings.read({"PEYVAND_HOME": str(tmp_path)}))
    answer = asked(app, "/metrics", environ_overrides=ELSEWHERE, headers={"Authorization": "Bearer "})
    assert answer.status_code == 403


SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.]+(e[+-][0-9]+)?')


def test_figures_are_as_prometheus_reads_them_and_name_no_address(app):
    asked(app, "/feeds/0123456789secret.atom")
    asked(app, "/views")
    asked(app, "/nowhere-secret")
    answer = asked(app, "/metrics")
    lines = answer.text.splitlines()
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    assert all(line.startswith("# ") or SAMPLE.fullmatch(line) for line in lines)
    assert 'peyvand_requests_total{route="saved.index",method="GET",status="200"} 1' in lines
    assert 'peyvand_request_seconds_bucket{route="saved.index",le="+Inf"} 1' in lines
    assert "peyvand_requests_running 1" in lines  # this one
    assert "secret" not in answer.text
    buckets = [float(line.split()[-1]) for line in lines if "_bucket" in line and "saved.index" in line]
    assert buckets == sorted(buckets)


def test_an_answer_and_its_lines_in_log_and_audit_bear_one_id(app, caplog):
    caplog.set_level(logging.INFO, "peyvand.access")
    answers = [asked(app, "/views?q=whom", headers={"X-Request-Id": sent}) for sent in ("proxy-0123.45", "a\x7f b", "")]
    ids = [answer.headers["X-Request-Id"] for answer in answers]
    assert ids[0] == "proxy-0123.45"
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in ids[1:])
    stranger = asked(app, "/login", headers={"X-Request-Id": "proxy-0123.45"}, environ_overrides=ELSEWHERE)
    assert stranger.headers["X-Request-Id"] != "proxy-0123.45"
    database = app.extensions["database"]
    assert database.journal.settle()
    with database.reading() as session:
        assert list(session.scalars(select(AuditLine.request).order_by(AuditLine.id))) == ids
    written = [logs.JsonLines().format(record) for record in caplog.records if record.name == "peyvand.access"]
    told = json.loads(written[-2])
    assert (told["route"], told["status"], told["milliseconds"] > 0) == ("saved.index", 200, True)
    assert "whom" not in "".join(written)


def test_a_line_of_the_log_is_json_whatever_is_in_it():
    with pytest.raises(ValueError, match="خطا") as raised:
        int("با خطا\n\x00")
    record = logging.LogRecord("peyvand.x", logging.ERROR, "", 0, 'said "%s"', ("کرمان\n",), raised._excinfo)
    record.told = {"odd": {1}}
    line = logs.JsonLines().format(record)
    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["message"], told["odd"]) == ("error", 'said "کرمان\n"', "{1}")
    assert "ValueError: invalid literal" in told["error"]


# the graph is away


def test_pages_show_what_was_known_last_and_say_so(app, graph):
    before = asked(app, "/views?lang=en").text
    assert "1,234 entities" in before
    assert "does not answer now" not in before
    asked(app, "/?lang=en")
    graph.pulse.away = True
    for path in ("/views", "/"):
        after = asked(app, f"{path}?lang=en")
        assert after.status_code == 200
        assert "The graph does not answer now." in after.text
        assert "1,234 entities" in after.text
    assert "گراف اکنون پاسخ نمی‌دهد" in asked(app, "/views?lang=fa").text


def test_pages_open_that_never_knew_the_graph(app, graph):
    graph.pulse.away = True
    assert {path: asked(app, path).status_code for path in ("/", "/views", "/loads", "/explore?ids=place:x")} == {
        "/": 503,
        "/views": 200,
        "/loads": 200,
        "/explore?ids=place:x": 503,
    }


class Driver:
    """A driver whose server answers when ``there`` is set; ``failure`` is what it raises."""

    def __init__(self) -> None:
        self.there, self.failure = threading.Event(), None
        self.asked = 0

    def session(self, **_options):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def run(self, *_query):
        self.asked += 1
        self.there.wait(30)
        if self.failure:
            raise self.failure
        return self

    def consume(self):
        pass

    def close(self):
        self.there.set()


@pytest.fixture
def driver():
    made = Driver()
    yield made
    made.close()


@pytest.fixture
def beating(driver, monkeypatch):
    monkeypatch.setattr(pulse, "_AGAIN", 0.01)
    monkeypatch.setattr(pulse, "_FRESH", 0)
    monkeypatch.setattr(pulse, "ANSWER_WITHIN", 0.05)
    monkeypatch.setattr(reading, "PATIENCE", 0.01)
    made = Pulse(lambda: driver, "neo4j")
    yield made
    made.close()


def back(found):
    for _ in range(1000):
        if not found.away:
            return True
        sleep(0.01)
    return False


def test_a_server_that_hangs_is_asked_once_and_noticed_when_it_wakes(driver, beating):
    assert not beating.beats(0.05)
    assert beating.away
    assert not beating.beats(30)  # at once
    with pytest.raises(AwayError):
        beating.refuse()
    assert driver.asked == 1
    driver.there.set()
    assert back(beating)
    beating.refuse()
    assert beating.beats(30)


def test_a_connection_that_fell_silent_is_not_taken_for_a_server_that_is_away(driver, beating, monkeypatch):
    monkeypatch.setattr(pulse, "_SILENT", 0.1)
    newer = Driver()
    newer.there.set()
    beating._opened = lambda: newer
    assert not beating.beats(0.05)
    assert back(beating)
    assert (driver.asked, newer.asked) == (1, 1)
    assert driver.there.is_set()  # it was closed, so that the thread that waited is gone


def test_a_server_that_is_gone_is_asked_again_until_it_is_back(driver, beating):
    driver.there.set()
    driver.failure = ServiceUnavailable("gone")
    assert not beating.beats(30)
    while driver.asked < 4:
        sleep(0.01)
    assert beating.away
    driver.failure = None
    assert back(beating)


def test_a_server_that_refuses_answers(driver, beating):
    driver.there.set()
    driver.failure = ClientError("no memory left")
    assert beating.beats(30)
    assert not beating.away


def test_a_question_ends_when_the_server_answers_nobody_and_goes_on_when_it_only_takes_long(driver, beating):
    with closing(Pool(driver, 2, "store")) as pool:
        stopped = threading.Event()
        known = {"pulse": beating, "reading": {}, "alone": False, "enter": lambda _: pool, "give_up": lambda _: None}
        server = SimpleNamespace(**known, stop=lambda *_: stopped.set() or 0)
        with pytest.raises(AwayError):
            Reading(server, "neo4j").run("RETURN 1", {}, Limits(1, 3600))
        assert stopped.wait(30)
        submitted = driver.asked
        with pytest.raises(AwayError):
            Reading(server, "neo4j").run("RETURN 1", {}, Limits(1, 3600))
        assert driver.asked == submitted  # it was not sent
        driver.there.set()
        assert back(beating)
        slow = Reading(server, "neo4j")
        slow._run = lambda _pool, future, *_rest: sleep(0.2) or future.set_result("late")
        assert slow.run("RETURN 1", {}, Limits(1, 3600)) == "late"


# the end


def test_what_is_written_in_the_background_is_waited_for():
    work, go, told = Work(), threading.Event(), []
    draft = SimpleNamespace(id="d", tell=told.append)
    work.begin(draft, "applying", lambda: go.wait(30) and "done", lambda error: error)
    assert not work.close(0.01)
    go.set()
    assert work.close(30)
    assert told[-1] == "done"


def test_the_end_stops_what_goes_on_in_the_background_before_the_databases_close(app, monkeypatch, capsys):
    order = []
    for name in ("courier", "desk", "edits"):
        part = app.extensions[name]
        method = "stop" if name == "courier" else "close"
        monkeypatch.setattr(part, method, lambda *_, name=name: order.append(name) or name != "edits")
    _finish(app)
    assert order == ["courier", "desk", "edits"]
    assert "A load is cut off; the next one finishes it." in capsys.readouterr().err

"""The watchdog without Neo4j: when it gives a server up, how long it waits; memory and logs within their bounds."""

import logging
import os
import socket
import subprocess
import sys
import threading

import psutil
import pytest
from neo4j.exceptions import Neo4jError

from graph_app.engine import condition, failure, lease, memory, supervisor, watchdog
from graph_app.engine.configuration import Home
from graph_app.engine.logs import SupervisorLog, tail, turn
from graph_app.engine.memory import GIB, MIB, Memory, written
from graph_app.engine.watchdog import Pulse, Restarts
from graph_app.errors import EngineError
from graph_app.settings import Settings


def test_failures_wait_longer_each_time_and_the_fifth_within_ten_minutes_is_the_last():
    restarts = Restarts(clock=iter([0, 10, 20, 30, 40]).__next__)
    assert [restarts.failed() for _ in range(5)] == [1, 2, 4, 8, None]


def test_failures_that_are_long_ago_are_forgiven():
    restarts = Restarts(clock=iter(range(0, 200_000, 200)).__next__)
    assert {restarts.failed() for _ in range(1000)} == {1, 2, 4}


@pytest.fixture
def supervised(tmp_path, monkeypatch):
    """A supervisor whose Neo4j ends as the test says. Only the start of Java is left out."""
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path)})
    home = Home.of(settings)
    lease.keep(home.leases)
    for owner, name in ((supervisor.jars, "provide"), (supervisor.jars, "paths"), (supervisor, "write_class_path")):
        monkeypatch.setattr(owner, name, lambda *_: [])
    monkeypatch.setattr(supervisor, "ensure_password", lambda *_: "x")
    monkeypatch.setattr(supervisor.Restarts, "failed", hurried(supervisor.Restarts.failed))
    found = supervisor.Supervisor(home, settings, threading.Event())
    ports = []

    def ends(*outcomes, started=True):
        left = iter(outcomes)

        def run(port, *_):
            ports.append(port)
            found._starts += started
            return next(left)

        monkeypatch.setattr(found, "_run", run)
        return found, home, ports

    return ends


def hurried(failed):
    def at_once(self):
        return failed(self) and 0.01

    return at_once


DIED = EngineError("Neo4j ended by itself: %(reason)s", reason="x")


def test_a_neo4j_that_dies_is_started_again_on_the_same_port(supervised):
    found, home, ports = supervised(DIED, DIED, None)
    found.own()
    assert len(ports) == 3
    assert len(set(ports)) == 1
    assert "being started again" in str(failure.told(home.failure))


def test_a_neo4j_that_dies_again_and_again_stays_down_and_says_why(supervised):
    found, _, ports = supervised(*[DIED] * 9)
    with pytest.raises(EngineError, match=r"failed 5 times within ten minutes .* \(Neo4j ended by itself: x\)"):
        found.own()
    assert len(ports) == 5


def test_a_neo4j_that_never_ran_is_not_tried_again(supervised):
    found, _, ports = supervised(*[DIED] * 9, started=False)
    with pytest.raises(EngineError, match="ended by itself"):
        found.own()
    assert len(ports) == 1


def test_what_nobody_uses_any_more_is_not_started_again(supervised):
    found, home, ports = supervised(*[DIED] * 9)
    lease.let_go(home.leases)
    found.own()
    assert len(ports) == 1


def test_a_neo4j_whose_disk_is_full_waits_for_room_and_is_not_given_up(supervised, monkeypatch):
    found, home, ports = supervised(*[DIED] * 9, None)
    looks = iter([True, True, False] * 9)
    monkeypatch.setattr(supervisor, "full", lambda _home: next(looks, False))
    monkeypatch.setattr(supervisor, "_LOOK", 0.01)
    found.own()
    assert len(ports) == 10
    assert "The disk of" in str(failure.told(home.failure))


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(watchdog, "LOOK_EVERY", 0)
    monkeypatch.setattr(watchdog, "ANSWER_WITHIN", 0.1)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_takes_the_question_and_says_nothing_is_lost_after_some_misses():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        pulse = Pulse(silent.getsockname()[1], "neo4j", "x")
        assert [pulse.lost() for _ in range(3)] == [False, False, True]
        silent.accept()[0].close()
        pulse.close()
    assert "pulse" not in {thread.name.split("_")[0] for thread in threading.enumerate()}


@pytest.mark.usefixtures("impatient")
def test_one_answer_makes_good_for_the_misses_before_it(monkeypatch):
    pulse = Pulse(1, "neo4j", "x")
    answers = iter([False, False, True, False, False, False])
    monkeypatch.setattr(pulse, "_ask", lambda: next(answers))
    assert [pulse.lost() for _ in range(6)] == [False] * 5 + [True]
    pulse.close()


def test_a_server_that_answers_that_it_takes_nothing_any_more_is_lost(impatient, monkeypatch):  # noqa: ARG001
    pulse = Pulse(1, "neo4j", "x")
    code = "Neo.DatabaseError.Transaction.TransactionStartFailed"
    broken = Neo4jError._hydrate_neo4j(code=code, message="It needs to be restarted.")

    def session(**_):
        raise broken

    monkeypatch.setattr(pulse._driver, "session", session)
    assert [pulse.lost() for _ in range(3)] == [False, False, True]
    assert pulse.broken == "It needs to be restarted."
    pulse.close()


def test_it_is_not_asked_before_its_time():
    pulse = Pulse(1, "neo4j", "x")
    assert not any(pulse.lost() for _ in range(100))
    pulse.close()


@pytest.mark.parametrize(
    ("present", "heap", "pagecache", "transaction"),
    [(1, "512m", "128m", "128m"), (8, "1g", "512m", "256m"), (16, "2g", "1g", "512m"), (64, "4g", "2g", "1g")],
)
def test_the_engine_takes_its_share_of_the_machine(monkeypatch, present, heap, pagecache, transaction):
    monkeypatch.setattr(memory, "machine", lambda: present * GIB)
    found = Memory.of(Settings.read({}))
    assert [written(size) for size in vars(found).values()] == [heap, pagecache, transaction]


def test_what_is_set_is_what_is_taken():
    values = {"PEYVAND_ENGINE_HEAP": "300M", "PEYVAND_ENGINE_PAGECACHE": "10240k", "PEYVAND_ENGINE_TRANSACTION": "7m"}
    assert Memory.of(Settings.read(values)) == Memory(300 * MIB, 10 * MIB, 7 * MIB)


def test_a_container_has_the_memory_of_its_limit(monkeypatch, tmp_path):
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(memory, "_LIMITS", (limit, tmp_path / "nothing"))
    whole = psutil.virtual_memory().total
    assert memory.machine() == whole
    for text, expected in (("max", whole), (str(GIB), GIB), (str(whole * 9), whole)):
        limit.write_text(f"{text}\n")
        assert memory.machine() == expected


def test_the_log_of_the_supervisor_never_grows_beyond_its_bounds_and_takes_what_python_prints(tmp_path):
    script = (
        "import logging, os, sys; from pathlib import Path; from graph_app.engine import logs\n"
        "logs._LARGEST = 1000; path = Path(sys.argv[1]); handler = logs.SupervisorLog(path)\n"
        "logging.basicConfig(handlers=[handler], format='%(message)s')\n"
        "for number in range(500): logging.warning('line %s', number)\n"
        "os.write(2, b'printed\\n')"
    )
    path = tmp_path / "supervisor.log"
    subprocess.run([sys.executable, "-c", script, path], check=True, stderr=subprocess.DEVNULL)
    files = sorted(found.name for found in tmp_path.iterdir())
    assert files == ["supervisor.log", *(f"supervisor.log.{number}" for number in (1, 2, 3))]
    assert all(found.stat().st_size <= 1010 for found in tmp_path.iterdir())
    assert tail(path, 2) == ["line 499", "printed"]


def test_a_handler_that_never_turned_over_leaves_no_open_file(tmp_path):
    handler = SupervisorLog(tmp_path / "log")
    handler.emit(logging.makeLogRecord({"msg": "one"}))
    handler.close()
    assert tail(tmp_path / "log", 5) == ["one"]


def test_logs_of_earlier_starts_are_kept_three_deep(tmp_path):
    path = tmp_path / "java.log"
    for number in range(6):
        turn(path)
        path.write_text(f"{number}\n")
    kept = {found.name: found.read_text().strip() for found in tmp_path.iterdir()}
    assert kept == {"java.log": "5", "java.log.1": "4", "java.log.2": "3", "java.log.3": "2"}


def test_a_reason_within_a_sentence_is_told_in_the_readers_language(tmp_path):
    inner = EngineError("Neo4j ended by itself: %(reason)s", reason="x {y}")
    failure.leave(tmp_path / "failure.json", EngineError("%(reason)s and %(count)s", reason=inner, count=5))
    found = failure.told(tmp_path / "failure.json")
    assert str(found) == "Neo4j ended by itself: x {y} and 5"
    assert (
        found.translated(lambda text: text.replace("ended by itself", "پایان یافت")) == "Neo4j پایان یافت: x {y} and 5"
    )
    assert failure.told(tmp_path / "nothing") is None


def test_files_with_holes_count_as_what_they_take(tmp_path):
    with (tmp_path / "hole").open("wb") as stream:
        os.truncate(stream.fileno(), 300_000_000)
    (tmp_path / "full").write_bytes(b"x" * 100_000)
    assert 100_000 <= condition._size(tmp_path) < 1_000_000

"""Leases while others look at them, and the client's wait for a supervisor, without Java."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from graph_app import engine
from graph_app.engine import client, lease
from graph_app.engine.configuration import Home
from graph_app.errors import EngineError
from graph_app.settings import Settings

HOLD = (
    "import sys; from pathlib import Path; from graph_app.engine import lease;"
    "lock = lease.Lock(Path(sys.argv[1])); lock.acquire(); print(1, flush=True); input()"
)


@pytest.fixture
def settings(tmp_path):
    return Settings.read({"PEYVAND_HOME": str(tmp_path)})


@pytest.fixture
def home(settings):
    return Home.of(settings)


@pytest.fixture
def holder():
    """Start processes that hold a lock until they are killed."""
    started = []

    def hold(path):
        process = subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        started.append(process)
        process.stdout.readline()
        return process

    yield hold
    for process in started:
        process.kill()
        process.communicate()


def test_looking_at_a_lock_neither_takes_it_nor_makes_it(tmp_path):
    assert not lease.held(tmp_path / "nobody")
    assert not list(tmp_path.iterdir())
    with lease.locked(tmp_path / "lock"):
        assert [lease.held(tmp_path / "lock") for _ in range(3)] == [True] * 3


def test_a_lock_is_got_while_others_look_at_it_all_the_time(tmp_path):
    path, done = tmp_path / "lock", threading.Event()
    path.touch()

    def look():
        while not done.is_set():
            lease.held(path)

    watchers = [threading.Thread(target=look) for _ in range(3)]
    for watcher in watchers:
        watcher.start()
    got = []
    for _ in range(20):
        lock = lease.Lock(path)
        got.append(lock.acquire(wait=False))
        lock.release()
    done.set()
    for watcher in watchers:
        watcher.join()
    assert got == [True] * 20


def test_a_lock_is_not_inherited_by_a_program_that_its_holder_starts(tmp_path):
    lock = lease.Lock(tmp_path / "lock")
    lock.acquire()
    command = [sys.executable, "-c", "print(1, flush=True); input()"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=False)
    child.stdout.readline()
    os.close(lock._file)  # as the kernel does when the holder dies
    assert not lease.held(tmp_path / "lock")
    child.communicate(b"\n")


def test_the_dead_are_cleared_away_and_the_living_stay(home, holder):
    dead, living = home.leases / "dead", home.leases / "living"
    process = holder(dead)
    holder(living)
    lease.keep(home.leases)
    assert (lease.users(home.leases), lease.holders(home.leases)) == (2, 3)
    process.kill()
    process.wait()
    lease.clear(home.leases)
    assert sorted(path.name for path in home.leases.iterdir()) == [lease.KEEP, "living"]


def test_a_stop_that_is_refused_changes_nothing(settings, home, holder):
    holder(home.store_lock)
    holder(home.leases / "somebody")
    lease.keep(home.leases)
    with pytest.raises(EngineError, match="still used by 1 other processes"):
        engine.stop(settings)
    assert lease.holders(home.leases) == 2


def test_an_engine_that_does_not_stop_is_said(settings, home, holder, monkeypatch):
    monkeypatch.setattr(client, "_STOP_WITHIN", 0.2)
    holder(home.store_lock)
    with pytest.raises(EngineError, match="did not stop within 0 seconds"):
        engine.stop(settings)


def test_stopping_what_does_not_run_is_no_error(settings):
    assert engine.stop(settings, force=True) is False


def test_an_address_left_by_a_crash_is_not_believed(settings, home):
    home.runtime.write_text(json.dumps({"uri": "bolt://127.0.0.1:1", "pid": os.getpid(), "supervisor": 1}))
    assert (engine.status(settings).running, engine.status(settings).uri) == (False, None)


def test_a_newcomer_waits_for_an_engine_that_is_on_its_way(settings, home, holder):
    holder(home.store_lock)
    found = []
    waiter = threading.Thread(target=lambda: found.append(client.join(home, settings, print)))
    waiter.start()
    time.sleep(0.3)
    assert found == []
    home.runtime.write_text(json.dumps({"uri": "bolt://127.0.0.1:7"}))
    waiter.join(timeout=10)
    assert found == [{"uri": "bolt://127.0.0.1:7"}]


def test_the_password_is_not_in_the_repr_of_an_address():
    assert "secret" not in repr(engine.Address("bolt://127.0.0.1:1", "neo4j", "secret"))

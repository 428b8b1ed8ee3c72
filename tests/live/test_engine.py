"""The managed engine under what happens to programs: they share, they are killed, ports are taken."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph_app import engine
from graph_app.engine import lease
from graph_app.engine.configuration import Home
from graph_app.errors import EngineError
from graph_app.graph.store import Store, connect
from graph_app.settings import Settings

pytestmark = pytest.mark.live

HOLDER = """
import sys, time
from graph_app import engine
from graph_app.settings import Settings
with engine.hold(Settings.read()) as address:
    print(address.uri, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of its own, so that killing its engine disturbs no other test; whatever is left is stopped at the end."""
    path = tmp_path_factory.mktemp("engine")
    yield path
    engine.stop(settings(path), force=True)


def settings(path, **values):
    kept = {name: os.environ[name] for name in ("PEYVAND_ENGINE_JARS",) if name in os.environ}
    return Settings.read({**kept, "PEYVAND_HOME": str(path), "PEYVAND_ENGINE_HEAP": "512m", **values})


def holder(path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER], env={**os.environ, **settings(path).values}, stdout=subprocess.PIPE, text=True
    )
    return process, process.stdout.readline().strip()


def gone(pid, within):
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


def kill(process):
    process.kill()
    process.wait()
    process.stdout.close()


def wait_until_free(path):
    deadline = time.monotonic() + 30
    while lease.held(Home.of(settings(path)).store_lock):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_two_holders_share_one_engine_which_survives_the_first_and_stops_after_the_last(home):
    first, uri = holder(home)
    second, same = holder(home)
    found = engine.status(settings(home))
    assert uri == same == found.uri
    assert (found.running, found.holders) == (True, 2)
    assert found.memory > 50_000_000
    kill(first)
    time.sleep(3)
    assert engine.status(settings(home)).running
    kill(second)
    assert gone(found.pid, within=20)
    wait_until_free(home)
    assert not engine.status(settings(home)).running


def test_no_secret_is_seen_from_outside_and_the_engine_reaches_nothing(home):
    with engine.hold(settings(home)) as address:
        pid = engine.status(settings(home)).pid
        seen = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
        assert address.password.encode() not in seen
        place = Home.of(settings(home))
        assert stat.S_IMODE(place.root.stat().st_mode) == 0o700
        assert not list(place.root.glob("*.args"))
        for path in (place.password, place.runtime, place.neo4j / "conf" / "neo4j.conf"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            Store(connect(*vars(address).values()), "neo4j") as store,
        ):
            server.settimeout(0.5)
            for target in (f"http://127.0.0.1:{server.getsockname()[1]}/x", "file:///etc/passwd"):
                with pytest.raises(Exception, match=r"refuses|failed"):
                    store.table(f"LOAD CSV FROM '{target}' AS row RETURN row")
            with pytest.raises(TimeoutError):
                server.accept()
        listening = Path("/proc/net/tcp").read_text()
        port = int(address.uri.rpartition(":")[2])
        assert f"0100007F:{port:04X}" in listening
        assert f"00000000:{port:04X}" not in listening
    wait_until_free(home)


def test_an_engine_whose_supervisor_is_killed_dies_with_it_and_the_next_start_works(home):
    process, _ = holder(home)
    found = engine.status(settings(home))
    os.kill(engine._runtime(Home.of(settings(home)))["supervisor"], signal.SIGKILL)
    assert gone(found.pid, within=5)
    kill(process)
    with engine.hold(settings(home)) as address, Store(connect(*vars(address).values()), "neo4j") as store:
        assert store.table("RETURN 1").rows == [(1,)]
        with pytest.raises(EngineError, match="still used by 1 other"):
            engine.stop(settings(home))
    wait_until_free(home)


def test_a_started_engine_stays_until_it_is_stopped(home):
    command = [sys.executable, "-m", "graph_app", "engine"]
    environment = {**os.environ, **settings(home).values}
    subprocess.run([*command, "start"], env=environment, check=True, capture_output=True)
    time.sleep(2)
    shown = subprocess.run(
        [*command, "status", "--format", "json"], env=environment, check=True, capture_output=True, text=True
    )
    assert '"running": true' in shown.stdout
    subprocess.run([*command, "stop"], env=environment, check=True, capture_output=True)
    assert not engine.status(settings(home)).running


def test_a_port_in_use_is_said_and_nothing_is_left_running(home):
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        with (
            pytest.raises(EngineError, match=f"Port {taken} is in use"),
            engine.hold(settings(home, PEYVAND_ENGINE_PORT=str(taken))),
        ):
            pass
    wait_until_free(home)


def test_stale_files_of_a_crash_do_no_harm_and_a_foreign_store_is_refused(home):
    place = Home.of(settings(home))
    place.runtime.write_text('{"uri": "bolt://127.0.0.1:1", "pid": 1, "supervisor": 1}')
    (place.leases / "abandoned").touch()
    assert not engine.status(settings(home)).running
    assert engine.status(settings(home)).holders == 0
    lock = place.neo4j / "data" / "databases" / "store_lock"
    script = (
        f"import fcntl, time; file = open({str(lock)!r}, 'r+b'); fcntl.lockf(file, fcntl.LOCK_EX);"
        "print(1, flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    other.stdout.readline()
    with pytest.raises(EngineError, match="held by another Neo4j"), engine.hold(settings(home)):
        pass
    kill(other)
    wait_until_free(home)


def test_a_home_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot be used"), engine.hold(settings(tmp_path / "file")):
        pass

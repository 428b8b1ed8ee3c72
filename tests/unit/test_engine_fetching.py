"""Fetching the engine's files from a bad network, onto a full disk, by two processes at once. All on this machine."""

import errno
import hashlib
import os
import subprocess
import sys
import threading
import time
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from graph_app.engine import jars, repository
from graph_app.errors import EngineError
from graph_app.settings import Settings

DATA = {f"{name}.jar": name.encode() * 5000 for name in ("a", "b", "c", "neo4j-server-1.2.3")}


class Repository(BaseHTTPRequestHandler):
    """Serves what ``world`` says, as badly as it says. With ranges, unless they are turned off."""

    world = None

    def do_GET(self):
        world, name = self.world, self.path.rpartition("/")[2]
        begun = self.begun()
        world.asked.append((name, begun))
        world.paths.append((self.path, self.headers.get("Authorization")))
        if world.status or (begun and begun >= len(world.answer[name])):
            self.send_error(world.status or 416)
            return
        data = world.answer[name]
        self.send_response(206 if begun else 200)
        self.send_header("Content-Length", str(len(data) - begun))
        if begun:
            self.send_header("Content-Range", world.ranged or f"bytes {begun}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        self.send(data[begun:], world.cuts.get(name))

    def begun(self):
        wanted = self.headers.get("Range", "").removeprefix("bytes=").removesuffix("-")
        return int(wanted) if wanted and self.world.ranges else 0

    def send(self, data, cuts):
        if not cuts:
            self.wfile.write(data)
            return
        self.wfile.write(data[: cuts.pop(0)])
        self.wfile.flush()
        self.world.stay.wait(30)  # a connection that hangs, where a test asks for one
        self.close_connection = True

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A lock of four jars and a repository that can be told how to misbehave."""
    lines = [f"org/1.2.3/{name} {hashlib.sha256(data).hexdigest()} {len(data)}" for name, data in DATA.items()]
    lock = tmp_path / "neo4j.lock"
    lock.write_text("\n".join(lines))
    monkeypatch.setattr(jars, "LOCK", lock)
    monkeypatch.setattr(jars.locked, "__defaults__", (lock,))
    monkeypatch.setattr(repository.time, "sleep", lambda _seconds: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = tmp_path / "cache/peyvand/engine/1.2.3"
    found = SimpleNamespace(lock=lock, place=place, answer=dict(DATA), ranges=True, ranged=None, status=None)
    found.asked, found.paths, found.cuts, found.stay = [], [], {}, threading.Event()
    found.stay.set()
    monkeypatch.setattr(Repository, "world", found)
    with ThreadingHTTPServer(("127.0.0.1", 0), Repository) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        found.host = f"127.0.0.1:{server.server_port}"
        found.settings = Settings.read({"PEYVAND_ENGINE_REPOSITORY": f"http://{found.host}"})
        yield found
        found.stay.set()
        server.shutdown()


def kept(world):
    return sorted(path.name for path in world.place.glob("[!.]*"))


def parts(world):
    return {path.name: path.stat().st_size for path in world.place.glob(".*.part")}


def begin(world, name, data):
    world.place.mkdir(parents=True)
    (world.place / f".{name}.part").write_bytes(data)


def test_a_connection_that_ends_early_is_continued_where_it_ended(world):
    world.cuts["b.jar"] = [1000, 500]
    jars.provide(world.settings)
    assert [begun for name, begun in world.asked if name == "b.jar"] == [0, 1000, 1500]
    assert (world.place / "b.jar").read_bytes() == DATA["b.jar"]
    assert parts(world) == {}


def test_a_repository_without_ranges_sends_the_whole_again(world):
    world.ranges, world.cuts["b.jar"] = False, [1000]
    jars.provide(world.settings)
    assert (world.place / "b.jar").read_bytes() == DATA["b.jar"]


def test_a_line_that_is_cut_again_and_again_still_gets_there(world):
    world.cuts["a.jar"] = [100] * 49
    jars.provide(world.settings)
    assert len([1 for name, _ in world.asked if name == "a.jar"]) == 50


def test_a_line_that_brings_nothing_is_given_up_and_what_is_there_is_kept(world):
    world.cuts["a.jar"] = [100, 0, 0, 0, 0]
    with pytest.raises(EngineError, match=r"a\.jar cannot be fetched from http://127.*: the connection ended early"):
        jars.provide(world.settings)
    assert parts(world)[".a.jar.part"] == 100
    world.cuts.clear()
    world.asked.clear()
    jars.provide(world.settings)
    assert ("a.jar", 100) in world.asked


def test_what_a_killed_process_had_is_continued_by_the_next(world):
    world.cuts["c.jar"] = [3000]
    world.stay.clear()
    killed = subprocess.Popen(
        fetching(world), env=environment(world), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while parts(world) != {".c.jar.part": 3000} or len(kept(world)) < len(DATA) - 1:
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)
    killed.kill()
    killed.communicate()
    world.stay.set()
    world.asked.clear()
    jars.provide(world.settings)
    assert world.asked == [("c.jar", 3000)]
    assert (world.place / "c.jar").read_bytes() == DATA["c.jar"]


@pytest.mark.parametrize("left", [b"x" * 1000, b"x" * 5000, b"x" * 9000], ids=["a beginning", "a whole", "too much"])
def test_a_spoiled_beginning_is_thrown_away_and_the_file_fetched_anew(world, left):
    begin(world, "a.jar", left)
    jars.provide(world.settings)
    assert (world.place / "a.jar").read_bytes() == DATA["a.jar"]
    assert parts(world) == {}
    assert ("a.jar", 0) in world.asked


def test_a_whole_file_that_only_lacks_its_name_is_not_fetched_again(world):
    begin(world, "a.jar", DATA["a.jar"])
    jars.provide(world.settings)
    assert "a.jar" not in [name for name, _ in world.asked]
    assert "a.jar" in kept(world)


@pytest.mark.parametrize("ranged", ["bytes 0-4999/5000", "bytes 1000-4999/6000", "garbage"])
def test_the_rest_of_another_file_is_not_put_behind_the_beginning_of_ours(world, ranged):
    world.ranged = ranged
    begin(world, "a.jar", DATA["a.jar"][:1000])
    jars.provide(world.settings)
    assert [begun for name, begun in world.asked if name == "a.jar"] == [1000, 0]
    assert (world.place / "a.jar").read_bytes() == DATA["a.jar"]


def test_a_file_that_is_shorter_there_than_what_is_here_is_begun_anew(world):
    begin(world, "a.jar", DATA["a.jar"][:1000])
    world.answer["a.jar"] = b"short"
    with pytest.raises(EngineError, match=r"a\.jar from http.* is not the file"):
        jars.provide(world.settings)
    assert [begun for name, begun in world.asked if name == "a.jar"][:2] == [1000, 0]
    assert "a.jar" not in kept(world)


@pytest.mark.parametrize(("status", "asks"), [(404, 1), (401, 1), (503, 3), (429, 3)])
def test_an_answer_of_the_repository_is_told_with_file_and_address_and_asked_again_only_where_it_helps(
    world, status, asks
):
    world.status = status
    with pytest.raises(
        EngineError, match=rf"\.jar cannot be fetched from http://{world.host}: HTTP {status} \w+"
    ) as caught:
        jars.provide(world.settings)
    assert "PEYVAND_ENGINE_REPOSITORY" in str(caught.value)
    assert sum(name == caught.value.values["name"] for name, _ in world.asked) == asks


@pytest.mark.parametrize("path", ["/maven", "/a/b/", "//"])
def test_a_mirror_may_have_a_path_and_a_slash_at_its_end(world, path):
    jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": f" http://{world.host}{path} "}))
    assert {asked for asked, _ in world.paths} == {f"{path.rstrip('/')}/org/1.2.3/{name}" for name in DATA}
    assert kept(world) == sorted(DATA)


def test_a_mirror_with_a_password_gets_it_and_no_sentence_shows_it(world):
    address = f"http://reader:p%40ss@{world.host}/maven"
    jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": address}))
    assert {signed for _, signed in world.paths} == {f"Basic {b64encode(b'reader:p@ss').decode()}"}
    (world.place / "a.jar").unlink()
    world.status = 401
    with pytest.raises(EngineError, match="HTTP 401") as caught:
        jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": address}))
    assert "p%40ss" not in str(caught.value)
    assert "reader" not in str(caught.value)


def test_a_folder_is_a_repository_too(world, tmp_path):
    place = tmp_path / "mirror" / "org" / "1.2.3"
    place.mkdir(parents=True)
    for name, data in DATA.items():
        (place / name).write_bytes(data)
    begin(world, "a.jar", DATA["a.jar"][:10])
    jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": f"file://{tmp_path}/mirror/"}))
    assert kept(world) == sorted(DATA)
    assert world.asked == []


def test_only_what_is_missing_is_fetched(world):
    jars.provide(world.settings)
    (world.place / "c.jar").unlink()
    world.asked.clear()
    jars.provide(world.settings)
    assert world.asked == [("c.jar", 0)]


def test_a_file_without_end_is_given_up_and_leaves_nothing(world):
    world.answer["a.jar"] = b"a" * 50_000_000
    with pytest.raises(EngineError, match=r"a\.jar from http.* is not the file"):
        jars.provide(world.settings)
    assert "a.jar" not in kept(world)
    assert parts(world) == {}
    assert world.asked.count(("a.jar", 0)) == 1


def test_a_full_disk_is_called_that_and_not_a_network_failure(world, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(repository, "_copy", full)
    with pytest.raises(EngineError, match=r"cannot be kept in .*1\.2\.3: No space left on device"):
        jars.provide(world.settings)


def test_a_cache_that_cannot_be_made_is_said(world, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(EngineError, match="cannot be kept in"):
        jars.provide(world.settings)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://nowhere",
        "nowhere",
        "http://",
        "https:///path",
        "http://[::1",
        "http://host:port",
        "http://h/x?y",
        "http://a b",
    ],
)
def test_what_is_not_an_address_is_refused_before_anything_is_fetched(world, address):
    with pytest.raises(EngineError, match="is not an address") as caught:
        jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": address}))
    assert f"“{address}”" in str(caught.value)
    assert not world.place.exists()


def test_a_password_in_an_address_that_is_none_is_not_shown(world):
    with pytest.raises(EngineError, match="is not an address") as caught:
        jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": "ftp://reader:secret@nowhere"}))
    assert "secret" not in str(caught.value)
    assert world.asked == []


def test_without_a_terminal_one_line_tells_how_much_there_is(world, capsys):
    jars.provide(world.settings)
    assert capsys.readouterr().err == "Fetching Neo4j: 4 files, 0 MB\n"


def fetching(world):
    script = (
        "import sys; from pathlib import Path\n"
        "from graph_app.engine import jars; from graph_app.settings import Settings\n"
        "jars.LOCK = Path(sys.argv[1]); jars.locked.__defaults__ = (jars.LOCK,)\n"
        "print(jars.provide(Settings.read()))"
    )
    return [sys.executable, "-c", script, str(world.lock)]


def environment(world):
    return {**os.environ, **world.settings.values}


def test_two_processes_that_want_it_at_once_fetch_it_once(world):
    both = [
        subprocess.Popen(
            fetching(world), env=environment(world), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in both:
        shown, errors = process.communicate(timeout=60)
        assert (process.returncode, shown.strip()) == (0, str(world.place)), errors
    assert {name: (world.place / name).read_bytes() for name in kept(world)} == DATA
    assert sorted(world.asked) == sorted((name, 0) for name in DATA)


def test_a_folder_for_machines_without_a_network_is_made_finished_and_used(world, tmp_path):
    target = tmp_path / "carried"
    target.mkdir()
    (target / "a.jar").write_bytes(b"half")
    assert jars.copy(world.settings, target) == target
    assert sorted(path.name for path in target.iterdir()) == sorted(DATA)
    world.asked.clear()
    assert jars.provide(Settings.read({"PEYVAND_ENGINE_JARS": str(target)})) == target
    assert world.asked == []


def test_a_copy_that_was_spoiled_on_its_way_is_found(world, tmp_path):
    jars.copy(world.settings, tmp_path / "carried")
    (tmp_path / "carried" / "a.jar").write_bytes(b"x" * 5000)
    with pytest.raises(EngineError, match=r"a\.jar is not the file that the lock names"):
        jars.provide(Settings.read({"PEYVAND_ENGINE_JARS": str(tmp_path / "carried")}))


def test_a_copy_onto_what_is_no_folder_is_said(world, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot be kept in"):
        jars.copy(world.settings, tmp_path / "file")


def test_other_jars_in_an_offline_folder_are_not_run(world, tmp_path):
    for name, data in {**DATA, "neo4j-server-0.9.jar": b"older"}.items():
        (tmp_path / name).write_bytes(data)
    place = jars.provide(Settings.read({"PEYVAND_ENGINE_JARS": str(tmp_path)}))
    assert jars.paths(place) == [tmp_path / name for name in DATA]
    assert world.asked == []

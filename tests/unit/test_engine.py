import hashlib
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from graph_app.engine import jars, lease
from graph_app.engine.configuration import Home, configure, server_command
from graph_app.errors import EngineError
from graph_app.private import write_private
from graph_app.settings import Settings

CONTENT = {f"{name}.jar": name.encode() * 1000 for name in ("a", "b", "neo4j-server-1.2.3")}


@pytest.fixture
def lock(tmp_path, monkeypatch):
    """A lock file of three small jars, served by a repository on this machine."""
    lines = ["# a comment"]
    for name, data in CONTENT.items():
        place = tmp_path / "repository" / "org" / "1.2.3"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
        lines.append(f"org/1.2.3/{name} {hashlib.sha256(data).hexdigest()} {len(data)}")
    path = tmp_path / "neo4j.lock"
    path.write_text("\n".join(lines))
    monkeypatch.setattr(jars, "LOCK", path)
    monkeypatch.setattr(jars.locked, "__defaults__", (path,))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return path


@pytest.fixture
def repository(tmp_path, lock):  # noqa: ARG001 - the lock file makes the repository's files
    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(tmp_path / "repository"))

        def log_message(self, *_arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_committed_lock_names_one_version_and_every_file_once():
    found = jars.locked()
    assert len(found) == len({jar.name for jar in found}) == 213
    assert jars.version(found) == "5.26.30"
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in found)


def test_what_is_missing_is_fetched_verified_and_not_fetched_again(repository, tmp_path):
    settings = Settings.read({"PEYVAND_ENGINE_REPOSITORY": repository})
    place = jars.provide(settings)
    assert place == tmp_path / "cache" / "peyvand" / "engine" / "1.2.3"
    assert {path.name: path.read_bytes() for path in place.glob("[!.]*")} == CONTENT
    assert jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": "http://127.0.0.1:1"})) == place


def test_a_file_that_is_not_the_one_in_the_lock_is_refused_and_not_kept(repository, tmp_path):
    (tmp_path / "repository" / "org" / "1.2.3" / "b.jar").write_bytes(b"x" * 1000)
    with pytest.raises(EngineError, match=r"b\.jar from http.* is not the file"):
        jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": repository}))
    assert not list((tmp_path / "cache").rglob("b.jar"))


@pytest.mark.usefixtures("lock")
def test_without_a_network_the_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr("graph_app.engine.repository._TRIES", 1)
    with pytest.raises(EngineError, match="set PEYVAND_ENGINE_JARS"):
        jars.provide(Settings.read({"PEYVAND_ENGINE_REPOSITORY": "http://127.0.0.1:1"}))


@pytest.mark.usefixtures("lock")
def test_an_offline_folder_is_checked_and_never_filled(tmp_path):
    folder = tmp_path / "offline"
    folder.mkdir()
    settings = Settings.read({"PEYVAND_ENGINE_JARS": str(folder)})
    with pytest.raises(
        EngineError, match=r"lacks 3 of the engine's files, such as a\.jar, b\.jar, neo4j-server-1\.2\.3\.jar"
    ):
        jars.provide(settings)
    for name, data in CONTENT.items():
        (folder / name).write_bytes(data)
    assert jars.provide(settings) == folder
    (folder / "a.jar").write_bytes(b"z" * 1000)
    next(folder.glob(".verified-*")).unlink()
    with pytest.raises(EngineError, match=r"a\.jar is not the file that the lock names"):
        jars.provide(settings)


def test_a_lease_ends_with_its_holder_however_it_dies(tmp_path):
    script = (
        "from graph_app.engine import lease; from pathlib import Path;"
        f"mine = lease.take(Path({str(tmp_path)!r})); print(1, flush=True); input()"
    )
    holder = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdout.readline()
    mine = lease.take(tmp_path)
    assert lease.holders(tmp_path) == 2
    holder.kill()
    holder.communicate()
    assert lease.holders(tmp_path) == 1
    lease.give_back(mine)
    assert lease.holders(tmp_path) == 0
    lease.keep(tmp_path)
    assert lease.holders(tmp_path) == 1
    lease.let_go(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_lock_is_held_once(tmp_path):
    with lease.locked(tmp_path / "gate"):
        assert lease.held(tmp_path / "gate")
        assert not lease.Lock(tmp_path / "gate").acquire(wait=False)
    assert not lease.held(tmp_path / "gate")


def test_the_configuration_closes_what_a_reader_could_reach(tmp_path):
    home = Home(tmp_path)
    settings = Settings.read({"PEYVAND_ENGINE_HEAP": "2g"})
    configure(home, settings, 4711)
    path = home.neo4j / "conf" / "neo4j.conf"
    lines = path.read_text().splitlines()
    assert {
        "server.bolt.listen_address=127.0.0.1:4711",
        "server.bolt.advertised_address=127.0.0.1:4711",
        "server.http.enabled=false",
        "server.memory.heap.max_size=2g",
        "db.memory.transaction.max=512m",
        "dbms.security.allow_csv_import_from_file_urls=false",
        "internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0",
        "dbms.security.procedures.allowlist=",
        "dbms.usage_report.enabled=false",
    } <= set(lines)
    assert path.stat().st_mode & 0o777 == 0o600
    command = server_command(home, settings, tmp_path)
    assert "-Xmx2g" in command
    assert "org.neo4j.server.CommunityEntryPoint" in command


def test_a_private_file_is_private_from_its_first_moment(tmp_path):
    write_private(tmp_path / "secret", "x")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]

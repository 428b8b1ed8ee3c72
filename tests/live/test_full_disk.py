"""A disk that is full: it is said in the reader's language, nothing is lost, and all goes on once there is room."""

import http.client
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager, suppress
from threading import Thread

import pytest
import waitress
from bs4 import BeautifulSoup
from sqlalchemy.exc import SQLAlchemyError

from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.backup import making
from graph_app.cli.listening import Listener
from graph_app.database import open_database
from graph_app.errors import BackupError, FullError, StoreError, no_room
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.digest import digest
from loaders.ledger import Ledger
from tests.busy import Work

pytestmark = [pytest.mark.live, pytest.mark.timeout(900)]
PROVE = bool(os.environ.get("PEYVAND_PROVE"))
FULL = {"en": "No room is left on the disk", "fa": "روی دیسک جایی نمانده است"}


class Disk:
    """A small file system of its own, that can be filled to the last byte."""

    def __init__(self, path):
        self.path, self._filler = path, path / "filler"

    def fill(self):
        with self._filler.open("ab", buffering=0) as stream, suppress(OSError):
            while True:
                stream.write(bytes(4096))

    def make_room(self):
        self._filler.unlink()


@pytest.fixture
def disk(tmp_path):
    """Make a disk of so many megabytes."""
    made = []

    def make(megabytes):
        path = tmp_path / f"disk{len(made)}"
        path.mkdir()
        command = ["/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "peyvand-test", str(path)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("only root can mount a small file system, and not everywhere")
        made.append(path)
        return Disk(path)

    yield make
    for path in made:
        subprocess.run(["/bin/umount", "--lazy", str(path)], check=True)


@contextmanager
def site(store, home):
    """The app with its home in ``home``."""
    settings = Settings.read({"PEYVAND_HOME": str(home)})
    with closing(open_database(settings)) as database:
        app = create_app(store, settings, database=database)
        yield app.test_client(), app
        app.extensions["courier"].stop()


def sent(client, language, content):
    files = [(io.BytesIO(content), "places.csv")]
    form = {"files": files, "mapping": "founding"}
    kind = "multipart/form-data"
    return client.post(f"/loads?lang={language}", data=form, base_url="http://127.0.0.1:5000", content_type=kind)


def said(answer):
    return BeautifulSoup(answer.data, "html.parser").select_one("main").get_text(" ", strip=True)


def shown(client, page, language="en"):
    return client.get(f"{page}?lang={language}", base_url="http://127.0.0.1:5000")


def test_an_upload_that_finds_no_room_is_refused_and_leaves_nothing(founding, disk):
    small = disk(8)
    places = (EXAMPLES / "founding" / "places.csv").read_bytes()
    with site(founding, small.path) as (client, _):
        assert shown(client, "/loads").status_code == 200
        small.fill()
        for language, sentence in FULL.items():
            answer = sent(client, language, places)
            assert (answer.status_code, sentence in said(answer)) == (400, True), said(answer)
            assert shown(client, "/loads", language).status_code == 200  # what is only read is still shown
        small.make_room()
        assert not [path for path in (small.path / "uploads").rglob("*") if path.is_file()]
        assert not list((small.path / "plans").glob("*"))
        assert sent(client, "en", places).status_code == 303


def test_an_upload_that_finds_no_room_before_the_app_sees_it_is_refused_with_a_sentence(
    founding, disk, tmp_path, monkeypatch
):
    small = disk(16)  # the body lies there twice: as it came, and its file
    monkeypatch.setattr(tempfile, "tempdir", str(small.path))
    body = (
        b'--x\r\nContent-Disposition: form-data; name="mapping"\r\n\r\nfounding\r\n'
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="places.csv"\r\n\r\n%s\r\n--x--\r\n'
    ) % ((EXAMPLES / "founding" / "places.csv").read_bytes() + b"\n" * 3 * 2**20)
    with site(founding, tmp_path / "home") as (_, app):
        listener = Listener(waitress.create_server(app, host="127.0.0.1", port=0, threads=2))
        thread = Thread(target=listener.run)
        thread.start()
        try:
            small.fill()
            for language, sentence in FULL.items():
                status, page = uploaded(listener.port, language, body)
                assert status == 400
                assert sentence in page
            small.make_room()
            status, page = uploaded(listener.port, "en", body)
            assert FULL["en"] not in page
            assert status == 303, page
        finally:
            listener.stop()
            thread.join()


def uploaded(port, language, body):
    """Send a form over the wire, as a browser does: first all of it, then the answer is read."""
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", f"/loads?lang={language}", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_a_load_whose_ledger_finds_no_room_breaks_off_and_is_whole_in_the_end(empty, disk, tmp_path):
    small = disk(2)
    with closing(open_database(Settings.read({"PEYVAND_HOME": str(small.path)}))) as database:
        work = Work(empty, Ledger(database), tmp_path)
        small.fill()
        with pytest.raises((SQLAlchemyError, FullError)) as told:
            work.whole()
        assert no_room(told.value)
        assert empty.table("MATCH (e:Entity) RETURN count(e) AS count").rows == [(0,)]  # nothing without its ledger
        small.make_room()
        assert work.ledger.load(work.whole()).state == "done"
        full = digest(empty).digest
        small.fill()
        with pytest.raises((SQLAlchemyError, FullError)) as told:
            work.edit(1)
        assert no_room(told.value)
        assert digest(empty).digest == full
        small.make_room()
        work.edit(2)
        work.whole()
        assert digest(empty).digest == full


def test_a_command_that_finds_no_room_says_so(disk):
    small = disk(2)
    home = {"PEYVAND_HOME": str(small.path), "PEYVAND_LANGUAGE": "fa"}
    open_database(Settings.read(home)).close()
    small.fill()
    command = [sys.executable, "-m", "graph_app", "user", "add", "ann@example.org", "--role", "viewer"]
    done = subprocess.run(command, env={**os.environ, **home}, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert FULL["fa"] in done.stderr


def test_a_backup_that_finds_no_room_leaves_nothing_behind(founding, disk, tmp_path, monkeypatch):
    small, settings = disk(1), Settings.read({"PEYVAND_HOME": str(tmp_path / "home")})
    with closing(open_database(settings)) as database:
        with pytest.raises(BackupError, match="MB free"):
            making.make(founding, database, settings, small.path / "one.zip", "tester")
        monkeypatch.setattr(making, "check_room", lambda *_: None)  # somebody else fills it meanwhile
        small.fill()
        with pytest.raises(BackupError, match="no room on the disk") as told:
            making.make(founding, database, settings, small.path / "one.zip", "tester")
        assert told.value.hint == ""
        assert [path.name for path in small.path.iterdir()] == ["filler"]
        small.make_room()
        assert making.make(founding, database, settings, small.path / "one.zip", "tester").path.is_file()


def until(wanted, within):
    deadline = time.monotonic() + within
    while not (found := wanted()):
        assert time.monotonic() < deadline
        time.sleep(0.3)
    return found


def opened(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


@pytest.mark.skipif(not PROVE, reason="starts a server of its own; see make prove")
def test_a_log_that_finds_no_room_stops_no_page(address, disk, tmp_path):
    small = disk(1)
    own = {"PEYVAND_HOME": str(tmp_path / "home"), "PEYVAND_LOG": "json", "NEO4J_URI": address.uri}
    environment = {**os.environ, **own, "NEO4J_USERNAME": address.username, "NEO4J_PASSWORD": address.password}
    command = [sys.executable, "-m", "graph_app", "serve", "--port", "5987", "--no-browser"]
    with (small.path / "log").open("wb") as log, subprocess.Popen(command, env=environment, stderr=log) as server:
        until(lambda: opened("http://127.0.0.1:5987/health/live") == 200, 120)
        small.fill()
        assert {opened("http://127.0.0.1:5987/views") for _ in range(20)} == {200}
        small.make_room()
        before = (small.path / "log").stat().st_size
        assert opened("http://127.0.0.1:5987/views") == 200
        until(lambda: (small.path / "log").stat().st_size > before, 10)
        small.fill()
        server.terminate()
        assert server.wait(60) == 0


@pytest.mark.skipif(not PROVE, reason="starts an engine of its own; see make prove")
def test_a_store_that_finds_no_room_keeps_what_was_written_and_goes_on_by_itself(disk, tmp_path):
    small = disk(64)
    settings = Settings.read(
        {**os.environ, "NEO4J_URI": "", "PEYVAND_HOME": str(small.path), "PEYVAND_ENGINE_HEAP": "512m"}
    )
    with (
        engine.hold(settings) as address,
        Store(connect(address.uri, address.username, address.password), "neo4j") as store,
        closing(open_database(Settings.read({"PEYVAND_HOME": str(tmp_path)}))) as database,
    ):
        work = Work(store, Ledger(database), tmp_path)
        work.whole()
        work.edit(1)
        small.fill()
        with pytest.raises(StoreError, match=r"disk is full|cannot be reached"):  # it is stopped meanwhile
            write_on(store)
        until(lambda: engine.ended(settings), 60)
        with site(store, tmp_path) as (client, app):
            app.extensions["settings"] = settings
            until(lambda: away(client, "en"), 60)
            for language, sentence in (("en", "starts again as soon as"), ("fa", "همین که جا باز شود")):
                assert sentence in said(shown(client, "/entities/topic:quranic-cooperation", language))
        small.make_room()
        begin = time.monotonic()
        until(lambda: answers(store), 240)
        print(f"Neo4j was back {time.monotonic() - begin:.0f} s after there was room")  # noqa: T201
        Writer(store).run("MATCH (x:X) DETACH DELETE x")
        [(name,)] = store.table("MATCH (t:Topic {id: 'topic:quranic-cooperation'}) RETURN t.name_en AS name").rows
        assert name.endswith(" 1")
        work.whole()
        assert store.table("MATCH (e:Entity) RETURN count(e) AS count").rows[0][0] > 300
    engine.stop(settings, force=True)
    shutil.rmtree(small.path / "engine", ignore_errors=True)


def write_on(store):
    for _ in range(100):
        Writer(store).once("UNWIND range(1, 5000) AS i CREATE (:X {i: i})", {})


def away(client, language):
    answer = shown(client, "/entities/topic:quranic-cooperation", language)
    return answer if answer.status_code == 503 else None


def answers(store):
    try:
        return store.table("RETURN 1 AS one").rows == [(1,)]
    except StoreError:
        return False

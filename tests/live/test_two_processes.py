"""Two processes of ``peyvand serve``, one PostgreSQL, one Neo4j reached as a cluster: they are one Peyvand.

In the check, two readers and writers of one graph share bookmarks; the processes themselves run with ``make prove``.
"""

import http.cookiejar
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zipfile
from contextlib import ExitStack, contextmanager
from threading import Thread

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import create_engine, func, select, text

from graph_app._layout import EXAMPLES
from graph_app.database import open_database
from graph_app.database.board import Bookmarks
from graph_app.database.connection import address as place_of
from graph_app.database.tables import Finding
from graph_app.graph.bookmarks import LASTS
from graph_app.graph.reading import Limits, Reading
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from tests.postgresql import server

pytestmark = pytest.mark.live
prove = pytest.mark.skipif(not os.environ.get("PEYVAND_PROVE"), reason="two whole processes: make prove")
PERSON = {"email": "root@example.org", "password": "four quiet words apart"}
MOU = "agreement:mou-ilam-blood-mosques"
SOON = 60.0


@pytest.fixture
def cluster(address):
    """The server of the session, by the address that a cluster has."""
    if not address.uri.startswith("bolt://"):
        pytest.skip("the address of the server says already how it is to be reached")
    return address.uri.replace("bolt://", "neo4j://")


@pytest.fixture
def members(cluster, address, empty, tmp_path):
    """Two stores of one graph, as of two processes, with one application database."""
    with ExitStack() as held:
        database = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path)}))
        held.callback(database.close)
        stores = [
            held.enter_context(Store(connect(cluster, address.username, address.password), empty.database))
            for _ in range(2)
        ]
        for store in stores:
            store.share(Bookmarks(database, store.database, LASTS))
        yield stores


def test_what_one_wrote_the_other_waits_for_and_reads(members):
    one, other = members
    for number in range(3):
        writer, reader = (one, other)[number % 2], (other, one)[number % 2]
        Writer(writer).run("MERGE (e:Entity {id: 'place:a'}) SET e.number = $number", {"number": number})
        assert reader.table("MATCH (e:Entity {id: 'place:a'}) RETURN e.number").rows == [(number,)]
        Writer(writer).transaction(lambda open_: open_.run("MATCH (e:Entity) SET e.twice = 2 * e.number").consume())
        left = [set(member.server.written.get_bookmarks()) for member in members]
        assert left[0] & left[1]  # each may bring older ones too
        assert reader.table("MATCH (e:Entity) RETURN e.twice").rows == [(2 * number,)]
        assert [set(member.server.written.get_bookmarks()) for member in members] == left  # reading left nothing


def test_a_statement_is_ended_at_the_member_that_runs_it(members):
    reading = Reading(members[0].server, members[0].database)
    taken = reading.begin("UNWIND range(1, 1000000000) AS n RETURN sum(n % 7)", {}, Limits(1, 60))
    deadline = time.monotonic() + SOON
    while not members[1].server.stop(members[1].database, reading.tag):
        assert time.monotonic() < deadline
    with pytest.raises(Exception, match="terminated"):
        taken(None)


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow."""

    def redirect_request(self, *_asked):
        return None


class Person:
    """Somebody with a browser, who comes to whichever process the balancer chooses."""

    def __init__(self, *sites):
        self.sites = sites
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar, Stay)

    def ask(self, site, path, data=None, kind=None, **form):
        """Return the status, the text and where it leads."""
        sent = urllib.parse.urlencode(form).encode() if form else data
        request = urllib.request.Request(f"{self.sites[site]}{path}", sent, {"Content-Type": kind} if kind else {})
        try:
            with self._opener.open(request, timeout=SOON) as answer:
                return answer.status, answer.read().decode(), answer.headers.get("Location")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.headers.get("Location")

    def send(self, site, name):
        """Send an example to the loads page and return the address of its plan."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((EXAMPLES / name).glob("*.csv")):
                archive.write(path, f"{name}/{path.name}")
        mark = uuid.uuid4().hex
        parts = (
            f'--{mark}\r\nContent-Disposition: form-data; name="mapping"\r\n\r\n{name}\r\n'
            f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}.zip"\r\n'
            "Content-Type: application/zip\r\n\r\n"
        ).encode()
        body = parts + stream.getvalue() + f"\r\n--{mark}--\r\n".encode()
        status, page, plan = self.ask(site, "/loads", body, f"multipart/form-data; boundary={mark}")
        assert status == 303, page
        return plan

    def settled(self, site, path):
        """Wait until no work is done on a plan or an edit; return its page, or where it leads."""
        deadline = time.monotonic() + SOON
        while time.monotonic() < deadline:
            status, page, leads = self.ask(site, path)
            if status in {302, 303}:
                return leads
            if "data-events" not in page:
                return page
            time.sleep(0.1)
        raise AssertionError(path)

    def events(self, site, plan, until):
        """Return what is told of the work on ``plan`` until something is told with which ``until`` is content."""
        told = []
        with self._opener.open(f"{self.sites[site]}{plan}/events", timeout=SOON) as stream:
            for line in stream:
                if line.startswith(b"data: "):
                    told.append(json.loads(line[6:]))
                    if until(told[-1]):
                        break
        return told


@pytest.fixture
def postgresql():
    with server() as place:
        administration = create_engine(
            place_of(Settings.read({"PEYVAND_DATABASE": place.format(name="postgres")})), isolation_level="AUTOCOMMIT"
        )
        with administration.connect() as connection:
            connection.execute(text("CREATE DATABASE peyvand"))
        administration.dispose()
        yield place.format(name="peyvand")


@contextmanager
def serving(environment):
    """Serve on a free port; give its address, the process, and the link for the first administrator."""
    command = [sys.executable, "-m", "graph_app", "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = ""
            while not (found := re.search(r"(http://127\.0\.0\.1:\d+)/setup/\S+", told)):
                told += process.stderr.readline()
            Thread(target=process.stderr.read, daemon=True).start()
            yield found[1], process, found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@prove
@pytest.mark.usefixtures("empty")
def test_two_processes_are_one(cluster, address, postgresql, tmp_path):  # noqa: PLR0915 - one story
    environment = {
        **os.environ,
        "PEYVAND_HOME": str(tmp_path / "shared"),
        "PEYVAND_DATABASE": postgresql,
        "NEO4J_URI": cluster,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "LANG": "C.UTF-8",
    }
    settings = Settings.read(environment)
    with ExitStack() as held:
        (one, first, link), (other, _second, later) = (held.enter_context(serving(environment)) for _ in range(2))
        database = open_database(settings)
        held.callback(database.close)
        ann = Person(one, other)
        # the link that one gave opens at the other, and closes everywhere
        assert ann.ask(1, urllib.parse.urlsplit(later).path, **PERSON)[0] == 303
        assert Person(one, other).ask(0, urllib.parse.urlsplit(link).path, **PERSON)[0] == 410
        # signed in at one, known at the other, gone at both
        assert ann.ask(0, "/login", **PERSON)[0] in (302, 303)
        assert ann.ask(1, "/account")[0] == 200
        assert Person(one, other).ask(1, "/account")[0] == 302
        # guessing is slowed by both together
        stranger = Person(one, other)
        codes = [stranger.ask(n % 2, "/login", email="x@example.org", password=f"wrong {n}")[0] for n in range(7)]
        assert codes[-1] == 429
        assert codes.count(429) < 3
        # planned at one, written at the other
        plan = ann.send(0, "founding")
        ann.settled(1, plan)
        assert ann.ask(1, f"{plan}/apply", b"")[0] == 303
        assert "/loads/runs/" in ann.settled(0, plan)
        assert ann.ask(0, f"/entities/{MOU}")[0] == 200
        assert ann.ask(0, "/watched", entity=MOU)[0] == 303
        # an edit at one is read at the other at once
        form = {"about": MOU, "date": "2026-01-01", "until": "2028-08-31", "document_title": "A letter", "why": "Said."}
        edit = ann.ask(0, "/edits/new/extension", **form)[2]
        ann.settled(1, edit)
        assert ann.ask(0, f"{edit}/record", b"")[0] == 303
        ann.settled(0, edit)
        assert "2028-08-31" in ann.ask(1, f"/entities/{MOU}?lang=en")[1]
        # three who look at once tell once
        check = [sys.executable, "-m", "graph_app", "watched", "check"]
        looks = [subprocess.Popen(check, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)]
        assert [look.wait(SOON) for look in looks] == [0, 0]
        deadline = time.monotonic() + SOON
        while True:
            with database.reading() as session:
                if (found := session.scalar(select(func.count()).select_from(Finding))) or time.monotonic() > deadline:
                    break
            time.sleep(0.2)
        assert found == 1
        # a load at one is watched at the other, where a second one is refused
        world, again = ann.send(0, "world"), ann.send(1, "founding")
        ann.settled(1, world)
        assert ann.ask(0, f"{world}/apply", b"")[0] == 303
        told = ann.events(1, world, lambda said: said["done"])
        assert told[-1]["working"]
        assert ann.ask(1, f"{again}/apply", b"")[0] in (303, 409)
        page = ann.settled(1, again)
        assert "one load at a time" in page or "Nothing" in page, BeautifulSoup(page, "html.parser").main.text
        # one dies in it: the other answers, says so, and finishes
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        assert ann.ask(1, "/health/ready")[0] == 200
        assert ann.ask(1, f"/entities/{MOU}")[0] == 200
        deadline = time.monotonic() + SOON  # PostgreSQL frees the lock when it sees that the connection is gone
        while (finished := ann.ask(1, "/loads/finish", b""))[0] != 303:
            assert time.monotonic() < deadline, finished
            time.sleep(0.2)
        assert "/loads/runs/" in ann.settled(1, finished[2])
        assert ann.ask(1, "/entities/place:1172451")[0] == 200  # Lahore, which the world has

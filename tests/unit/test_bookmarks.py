"""Read your writes: what one process wrote, another reads, also from a follower that lags behind."""

from itertools import count

import neo4j
import pytest

from graph_app.database import open_database
from graph_app.database.board import Bookmarks, opened
from graph_app.graph.bookmarks import LASTS, Read, Written
from graph_app.graph.members import Members, direct, routed
from graph_app.graph.server import Server
from graph_app.settings import Settings


class Cluster:
    """A leader that takes writes at once, and a follower that takes them over only when a reading waits for them."""

    def __init__(self):
        self.leader, self.follower, self._numbers = [], 0, count(1)

    def write(self, fact, manager):
        before = manager.get_bookmarks()
        assert all(self._number(one) <= len(self.leader) for one in before)
        self.leader.append(fact)
        manager.update_bookmarks(before, [f"bookmark {next(self._numbers)}"])

    def read(self, manager):
        waited = manager.get_bookmarks()
        self.follower = max([self.follower, *map(self._number, waited)])
        manager.update_bookmarks(waited, [f"bookmark {self.follower}"])
        return self.leader[: self.follower]

    @staticmethod
    def _number(bookmark):
        return int(bookmark.split()[1])


@pytest.fixture
def database(tmp_path):
    database = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path)}))
    yield database
    database.close()


@pytest.fixture
def board(database):
    return Bookmarks(database, "neo4j", LASTS)


@pytest.fixture
def processes(board):
    """Two processes with one application database."""
    found = Written(), Written()
    for one in found:
        one.board = board
    return found


def test_without_bookmarks_the_follower_lags():
    cluster = Cluster()
    cluster.write("signed", Written())
    assert cluster.read(Read(Written())) == []


def test_who_wrote_reads_it():
    cluster, written = Cluster(), Written()
    cluster.write("signed", written)
    assert cluster.read(Read(written)) == ["signed"]


def test_what_one_process_wrote_another_reads_at_once(processes):
    cluster, (one, other) = Cluster(), processes
    for number in range(5):
        cluster.write(number, (one, other)[number % 2])
        assert cluster.read(Read(other)) == cluster.read(Read(one)) == list(range(number + 1))


def test_each_write_takes_the_place_of_what_it_followed(processes, board):
    cluster, (one, other) = Cluster(), processes
    for writer in (one, other, one):
        cluster.write("x", writer)
    assert board.read() == ["bookmark 3"]
    assert one.get_bookmarks() == {"bookmark 3"}


def test_of_two_writes_at_once_neither_is_lost(processes, board):
    one, other = processes
    before = one.get_bookmarks(), other.get_bookmarks()
    one.update_bookmarks(before[0], ["bookmark 1"])
    other.update_bookmarks(before[1], ["bookmark 2"])
    assert set(board.read()) == {"bookmark 1", "bookmark 2"}
    one.update_bookmarks(one.get_bookmarks(), ["bookmark 3"])
    assert set(other.get_bookmarks()) == {"bookmark 2", "bookmark 3"}  # 2 is behind 3; waiting for both is right too


def test_a_reading_leaves_nothing_that_others_wait_for(processes, board):
    Read(processes[0]).update_bookmarks([], ["bookmark 7"])
    assert list(board.read()) == []
    assert processes[0].get_bookmarks() == set()


def test_a_bookmark_counts_for_a_while(database):
    moment = [0.0]
    written = Written(lambda: moment[0])
    written.update_bookmarks([], ["bookmark of a graph that is no more"])
    moment[0] = LASTS + 1
    assert written.get_bookmarks() == set()
    Bookmarks(database, "neo4j", LASTS).replace([], ["old"])
    assert list(Bookmarks(database, "neo4j", -1).read()) == []
    assert list(Bookmarks(database, "other", LASTS).read()) == []
    Bookmarks(database, "neo4j", -1).replace([], ["new"])  # removes what is older, which is all
    assert list(Bookmarks(database, "neo4j", LASTS).read()) == []


def test_a_write_stands_and_a_reading_goes_on_while_the_application_database_is_away(caplog):
    class Away:
        def read(self):
            raise OSError("away")

        def replace(self, _old, _new):
            raise OSError("away")

    written = Written()
    written.board = Away()
    written.update_bookmarks([], ["bookmark 1"])
    assert written.get_bookmarks() == {"bookmark 1"}
    assert "not told of a write" in caplog.text
    assert "is not known" in caplog.text


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path)})
    with opened(settings, "neo4j", LASTS) as found:
        assert found is None
    open_database(settings).close()
    with opened(settings, "neo4j", LASTS) as found:
        found.replace([], ["bookmark 1"])
        assert found.read() == ["bookmark 1"]


@pytest.mark.parametrize(("scheme", "member"), [("neo4j", "bolt"), ("neo4j+s", "bolt+s"), ("neo4j+ssc", "bolt+ssc")])
def test_a_cluster_is_known_by_its_address_and_its_members_are_reached_with_its_encryption(scheme, member):
    assert routed(f"{scheme}://graph.example.org")
    assert not routed(f"{member}://graph.example.org")
    assert direct(f"{scheme}://graph.example.org:7687/", "two:7688") == f"{member}://two:7688"


def test_sessions_bring_bookmarks_in_a_cluster_only():
    cluster, single = Server("neo4j://127.0.0.1:1", "neo4j", "x"), Server("bolt://127.0.0.1:1", "neo4j", "x")
    line = cluster.line()
    try:
        assert cluster.writing == {"bookmark_manager": cluster.written}
        assert isinstance(cluster.reading["bookmark_manager"], Read)
        assert line.reading is cluster.reading
        assert single.writing == {}
        assert "bookmark_manager" not in single.reading
        assert cluster.reading["default_access_mode"] == neo4j.READ_ACCESS
    finally:
        cluster.close()
        single.close()


def test_a_statement_is_ended_at_every_member_and_one_that_is_away_is_passed_over(monkeypatch):
    running = {"bolt://one:7687": 0, "bolt://three:7687": 1}

    class Driver:
        def __init__(self, uri):
            self.uri = uri

        def __enter__(self):
            if self.uri not in running:
                raise OSError("away")
            return self

        def __exit__(self, *_):
            return None

    names = [{"addresses": ["one:7687", "two:7687"]}, {"addresses": ["three:7687", "one:7687"]}]
    monkeypatch.setattr("graph_app.graph.members.terminated", lambda member, _database, _tag: running[member.uri])
    members = Members("neo4j://one", Driver)
    monkeypatch.setattr(members, "_addresses", lambda *_: sorted({one for row in names for one in row["addresses"]}))
    assert members.terminated(None, "neo4j", "tag") == 1
    running.clear()
    with pytest.raises(OSError, match="away"):
        members.terminated(None, "neo4j", "tag")

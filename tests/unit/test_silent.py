"""Connections that have fallen silent: they are left for new ones, and nobody who may still be answered is cut off."""

from threading import Event
from time import monotonic, sleep

import pytest
from neo4j.exceptions import ServiceUnavailable

from graph_app.errors import StoreError, TimeLimitError
from graph_app.graph import stopping
from graph_app.graph.reading import Limits, Reading
from graph_app.graph.server import Server
from graph_app.graph.streaming import Stream

SHORT = Limits(1, 0.01)


class Silent:
    """A driver on whose connections nothing comes until it is closed."""

    def __init__(self):
        self.closed = Event()
        self.opened = 0

    def session(self, **_options):
        self.opened += 1
        self.closed.wait(20)
        raise ServiceUnavailable("closed")

    def close(self):
        self.closed.set()


@pytest.fixture
def server(monkeypatch):
    """A server whose connections have all fallen silent, and which says that it runs nothing."""
    monkeypatch.setattr(stopping, "_GIVE_UP_AFTER", 0.2)
    monkeypatch.setattr(stopping, "_LONGEST_PAUSE", 0.1)
    monkeypatch.setattr("graph_app.graph.reading.GRACE", 0)
    monkeypatch.setattr("graph_app.graph.streaming.GRACE", 0)
    monkeypatch.setattr(Server, "_opened", lambda _self, **_options: Silent())
    monkeypatch.setattr(Server, "stop", lambda *_: 0)
    made = Server("bolt://127.0.0.1:1", "neo4j", "x")
    yield made
    made.close()


def late(server, limits=SHORT):
    """Ask something that is not answered in time."""
    reading = Reading(server, "neo4j")
    with pytest.raises(TimeLimitError):
        reading.run("RETURN 1", {}, limits)
    return reading


def becomes(wanted, within=10):
    deadline = monotonic() + within
    while not wanted() and monotonic() < deadline:
        sleep(0.02)
    return wanted()


def test_connections_on_which_nothing_comes_are_left_and_closed(server):
    silent = server.pool
    reading = late(server)
    assert reading.ended.wait(10)
    assert server.pool is not silent
    assert becomes(silent.driver.closed.is_set)
    assert becomes(lambda: not silent.held)


def test_connections_are_not_left_while_the_server_runs_what_was_asked_there(server, monkeypatch):
    monkeypatch.setattr(Server, "stop", lambda *_: 1)
    silent = server.pool
    reading = late(server)
    sleep(1)
    assert not reading.ended.is_set()
    assert server.pool is silent


def test_what_has_not_begun_says_nothing_of_the_connections(server):
    server.pool.workers._max_workers = 1
    busy = Reading(server, "neo4j").begin("RETURN 1", {}, Limits(1, 60))
    silent, waiting = server.pool, late(server)
    assert waiting.ended.wait(1)
    sleep(1)
    assert server.pool is silent
    silent.close()
    with pytest.raises(StoreError):
        busy(None)


def test_who_still_waits_on_connections_that_were_left_is_not_cut_off(server):
    silent = server.pool
    taken = Reading(server, "neo4j").begin("RETURN 1", {}, Limits(1, 2))
    late(server)
    assert becomes(lambda: server.pool is not silent)
    assert not silent.driver.closed.is_set()
    with pytest.raises(TimeLimitError):
        taken(None)
    assert becomes(silent.driver.closed.is_set)


def test_workers_whom_nobody_waits_for_any_more_are_freed_by_who_waits_for_a_worker(server):
    silent, forgotten = server.pool, Reading(server, "neo4j")
    silent.workers._max_workers = 1
    forgotten.begin("RETURN 1", {}, SHORT)
    sleep(0.1)
    late(server)
    assert forgotten.ended.wait(10)
    assert becomes(lambda: server.pool is not silent and silent.closed)


def test_what_is_in_the_queue_of_connections_that_are_closed_opens_no_other(server):
    silent = server.pool
    silent.workers._max_workers = 1
    begun = Reading(server, "neo4j").begin("RETURN 1", {}, SHORT)
    for _ in range(3):  # whoever began these left without waiting
        Reading(server, "neo4j").begin("RETURN 1", {}, SHORT)
    with pytest.raises(TimeLimitError):
        begun(None)
    assert becomes(lambda: silent.closed and not silent.held)
    assert silent.driver.opened == 1


def test_a_long_answer_that_falls_silent_leaves_no_thread(server):
    silent = server.pool
    with pytest.raises(TimeLimitError):
        Stream(server, "neo4j", "RETURN 1", {}, rows=1, seconds=0.1, still=lambda: None)
    assert becomes(lambda: server.pool is not silent and not silent.held)


def test_nothing_is_left_to_end_once_the_server_is_closed(server):
    silent = server.pool
    Reading(server, "neo4j").begin("RETURN 1", {}, Limits(1, 60))
    late(server)
    assert becomes(lambda: server.pool is not silent)
    server.close()
    assert silent.driver.closed.is_set()
    assert becomes(lambda: not silent.held)

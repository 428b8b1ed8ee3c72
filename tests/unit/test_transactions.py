"""How long a writing transaction waits for a server that is away."""

from types import SimpleNamespace

import pytest
from neo4j.exceptions import ClientError, Neo4jError, ServiceUnavailable

from graph_app.errors import StoreError
from graph_app.graph import transactions
from graph_app.graph.pulse import AwayError
from graph_app.graph.server import translated
from graph_app.graph.transactions import PATIENCE, patiently, persistent, refused

FULL = Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.Transaction.TransactionLogError", message="No space")
TOO_LONG = Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.Statement.ExecutionFailed", message="key too long")


class Driver:
    """A driver whose attempts each take some seconds and then fail, but for the last, which takes none."""

    def __init__(self, clock, *seconds, error=ServiceUnavailable):
        self._clock, self._left, self._error = clock, [*seconds], error

    def session(self, **_options):
        return self

    begin_transaction = session

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def commit(self):
        if self._left:
            self._clock.sleep(self._left.pop(0))
            raise self._error


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves only when somebody sleeps."""
    now = [0.0]
    made = SimpleNamespace(monotonic=lambda: now[0], sleep=lambda seconds: now.append(now.pop() + seconds))
    monkeypatch.setattr(transactions, "time", made)
    return made


def test_a_connection_that_fell_silent_for_minutes_is_followed_by_another_try(clock):
    assert persistent(Driver(clock, 2 * PATIENCE).session, lambda _open: "written", 120) == "written"


def test_a_server_that_is_away_is_waited_for_and_given_up_after_a_while(clock):
    assert persistent(Driver(clock, 0, 0, 0).session, lambda _open: "written", 120) == "written"
    begin = clock.monotonic()
    with pytest.raises(ServiceUnavailable):
        persistent(Driver(clock, *[1] * 1000).session, lambda _open: "written", 120)
    assert PATIENCE - 5 < clock.monotonic() - begin <= PATIENCE + 2  # two attempts of a second each


def test_a_server_whose_disk_is_full_does_not_refuse_what_is_sent_and_is_tried_again(clock):
    assert (refused(FULL), refused(TOO_LONG)) == (False, True)
    assert persistent(Driver(clock, 1, 1, error=FULL).session, lambda _open: "written", 120) == "written"
    with pytest.raises(StoreError, match="its disk is full"):
        translated(lambda: persistent(Driver(clock, *[1] * 1000, error=FULL).session, lambda _open: "", 120))


def test_what_reads_in_the_middle_of_a_load_is_begun_again_while_the_server_is_away(clock):
    def unreachable():
        raise ServiceUnavailable

    outcomes = [AwayError, lambda: translated(unreachable)]

    def work():
        if outcomes:
            raise outcomes.pop()() or AssertionError
        return "read"

    assert patiently(work) == "read"
    with pytest.raises(StoreError, match="refuses"):
        patiently(lambda: translated(lambda: (_ for _ in ()).throw(ClientError)))
    begin = clock.monotonic()
    with pytest.raises(AwayError):
        patiently(lambda: (_ for _ in ()).throw(AwayError))
    assert PATIENCE - 5 < clock.monotonic() - begin <= PATIENCE

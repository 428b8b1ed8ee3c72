"""How long a writing transaction waits for a server that is away."""

from types import SimpleNamespace

import pytest
from neo4j.exceptions import ServiceUnavailable

from graph_app.graph import transactions
from graph_app.graph.transactions import PATIENCE, persistent


class Driver:
    """A driver whose attempts each take some seconds and then fail, but for the last, which takes none."""

    def __init__(self, clock, *seconds):
        self._clock, self._left = clock, [*seconds]

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
            raise ServiceUnavailable


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves only when somebody sleeps."""
    now = [0.0]
    made = SimpleNamespace(monotonic=lambda: now[0], sleep=lambda seconds: now.append(now.pop() + seconds))
    monkeypatch.setattr(transactions, "time", made)
    return made


def test_a_connection_that_fell_silent_for_minutes_is_followed_by_another_try(clock):
    assert persistent(Driver(clock, 2 * PATIENCE), "neo4j", lambda _open: "written", 120) == "written"


def test_a_server_that_is_away_is_waited_for_and_given_up_after_a_while(clock):
    assert persistent(Driver(clock, 0, 0, 0), "neo4j", lambda _open: "written", 120) == "written"
    begin = clock.monotonic()
    with pytest.raises(ServiceUnavailable):
        persistent(Driver(clock, *[1] * 1000), "neo4j", lambda _open: "written", 120)
    assert PATIENCE - 5 < clock.monotonic() - begin <= PATIENCE + 1

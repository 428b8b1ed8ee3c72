"""What takes long to find is kept while the graph holds what it held; what is quick is found anew each time."""

from types import SimpleNamespace

import pytest
from flask import Flask, current_app

from graph_app.views import unchanged
from graph_app.views.unchanged import while_unchanged


@pytest.fixture
def graph(monkeypatch):
    """A clock that goes on by what the work takes, and what the graph says that it holds."""
    told = {"holds": "1", "clock": 0.0, "takes": 2.0, "asked": 0, "clearance": 2}
    monkeypatch.setattr(unchanged, "store", lambda: None)
    monkeypatch.setattr(unchanged, "content", lambda _store: told["holds"] and f"{told['holds']} {told['clearance']}")
    monkeypatch.setattr(unchanged, "visitor", lambda: SimpleNamespace(clearance=told["clearance"]))
    monkeypatch.setattr(unchanged, "monotonic", lambda: told["clock"])
    with Flask("test").app_context():
        yield told


def asked(told):
    def work():
        told["asked"] += 1
        told["clock"] += told["takes"]
        return told["asked"]

    return while_unchanged("counts", work)


def test_what_took_long_is_kept_until_the_graph_holds_something_else(graph):
    assert [asked(graph), asked(graph)] == [1, 1]
    graph["holds"] = "2"
    assert asked(graph) == 2


def test_it_is_kept_for_a_time_that_follows_from_what_it_took(graph):
    asked(graph)
    graph["clock"] += 199
    assert asked(graph) == 1
    graph["clock"] += 2
    assert asked(graph) == 2


def test_what_is_quick_is_found_anew_and_so_is_all_while_a_load_is_at_work(graph):
    graph["takes"] = 0.1
    assert [asked(graph), asked(graph)] == [1, 2]
    graph["takes"], graph["holds"] = 2.0, ""
    assert [asked(graph), asked(graph)] == [3, 4]


def test_what_readers_of_one_clearance_found_is_neither_told_to_others_nor_lost_by_them(graph):
    assert asked(graph) == 1
    graph["clearance"] = 0
    assert [asked(graph), asked(graph)] == [2, 2]
    graph["clearance"] = 2
    assert asked(graph) == 1


def test_what_is_too_old_is_forgotten_by_whoever_finds_something(graph):
    asked(graph)
    graph["clock"] += 1000
    graph["clearance"] = 0
    asked(graph)
    assert [name for name in current_app.extensions["unchanged"] if name.endswith("2")] == []

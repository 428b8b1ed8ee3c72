"""The glance at the application database: one state of it, and none where it has to be opened the usual way."""

import sqlite3

import pytest

from graph_app.database import open_database
from graph_app.database.glance import FILE, glance
from graph_app.settings import Settings
from loaders.decisions import Decisions
from loaders.unchanged import _MERGES


@pytest.fixture
def settings(tmp_path):
    return Settings.read({"PEYVAND_HOME": str(tmp_path)})


def test_there_is_no_glance_at_what_is_not_there_or_of_another_version_or_elsewhere(settings, tmp_path):
    with glance(settings) as seen:
        assert seen is None
    open_database(settings).close()
    with glance(settings) as seen:
        assert seen is not None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            seen.rows("DELETE FROM loads")
    with glance(Settings.read({**settings.values, "PEYVAND_DATABASE": f"sqlite:///{tmp_path / 'other.db'}"})) as seen:
        assert seen is None
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with glance(settings) as seen:
        assert seen is None


def test_the_glance_finds_the_merges_that_hold(settings):
    database = open_database(settings)
    decisions = Decisions(database)
    told = {"why": "", "who": "me", "evidence": {}}
    decisions.keep(("place:a", "place:b"), "same", kept="place:a", **told)
    decisions.keep(("place:d", "place:c"), "same", kept="place:d", **told)
    decisions.keep(("place:a", "place:e"), "different", kept=None, **told)
    decisions.undo(decisions.keep(("place:a", "place:f"), "same", kept="place:a", **told).number, "me")
    with glance(settings) as seen:
        assert dict(seen.rows(_MERGES)) == decisions.merges() == {"place:b": "place:a", "place:c": "place:d"}
    database.close()

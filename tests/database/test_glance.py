"""The glance at the application database: one state of it, and none where it has to be opened the usual way."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import select

from graph_app.acts import Act
from graph_app.database import open_database
from graph_app.database.glance import FILE, glance, jotted
from graph_app.database.tables.audit import AuditLine
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


@pytest.mark.parametrize(
    "line",
    [
        {"kind": Act.SEEN, "who": "me", "means": "command", "about": "a folder", "details": {"code": 0, "also": "آ"}},
        {
            "kind": Act.LOADED,
            "who": "x" * 300,
            "means": "command",
            "about": "half \ud800 a pair, and \0",
            "outcome": "failed",
        },
    ],
)
def test_a_line_of_the_audit_that_is_jotted_down_is_the_one_that_the_journal_writes(settings, line):
    database = open_database(settings)
    database.journal.record(line)
    assert database.journal.settle()
    assert jotted(settings, line)
    with database.reading() as session:
        first, second = session.scalars(select(AuditLine).order_by(AuditLine.id))
        told = [
            {column.name: vars(one)[column.name] for column in AuditLine.__table__.columns} for one in (first, second)
        ]
    database.close()
    moments = [one.pop("at") for one in told]
    assert [one.pop("id") for one in told] == [1, 2]
    assert told[0] == told[1]
    assert abs(moments[1] - moments[0]) < timedelta(minutes=1)


def test_nothing_is_jotted_down_where_the_journal_has_more_to_do_or_there_is_no_file(settings, tmp_path):
    line = {"kind": Act.SEEN, "who": "me", "means": "command"}
    assert not jotted(settings, line)
    open_database(settings).close()
    assert jotted(settings, line)
    assert not jotted(Settings.read({**settings.values, "PEYVAND_AUDIT_DAYS": "30"}), line)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert not jotted(settings, line)


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

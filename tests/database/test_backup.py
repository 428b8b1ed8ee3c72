"""The application database in a backup: from either engine into either, with all that it holds."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from graph_app.backup import picture, tables
from graph_app.backup.archive import GRAPH, MARKS, SETTINGS, Pack, opened
from graph_app.backup.exchange import Staged, in_use
from graph_app.backup.making import _pack_tables
from graph_app.backup.manifest import FORMAT, Manifest
from graph_app.database import Database, open_database
from graph_app.database.connection import address
from graph_app.database.glance import newest
from graph_app.database.tables import Installation, Load, LoadRow, LoginSession, User
from graph_app.settings import Settings

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def fill(database):
    with database.writing() as session:
        session.add(Installation(id=1, name="here", holder="me", held_since=MOMENT))
        session.add(User(id=7, email="a@b.ir", fs_uniquifier="u", role="viewer", created_at=MOMENT))
        session.flush()
        session.add(LoginSession(digest="d", user_id=7, data="{}", address="::1", agent="agent"))
        about = {"mapping": "founding", "version": 1, "rules": "", "plan": "", "serial_before": 0, "started_at": MOMENT}
        session.add(Load(number=5, run="r", graph="g", state="done", who="نام", balance={"read": 1}, **about))
        session.flush()
        hashes = {"identity": b"\x00" * 16, "raw": bytes(range(16)), "content": b"\xff" * 16}
        where = {"graph": "g", "mapping": "founding", "table": "a.csv", "file": "a.csv", "line": 2}
        session.add(LoadRow(number=9, repeated=True, claims="", first=5, **hashes, **where))


def saved(database, path):
    with Pack(path) as pack, tables.snapshot(database) as connection:
        for name in (MARKS, GRAPH, SETTINGS):
            pack.lines(name, [])
        marks = _pack_tables(pack, connection)
        said = {"format": FORMAT, "peyvand": "1", "made_at": MOMENT, "server": "5.26", "revision": newest()}
        manifest = Manifest(**said, graph=picture.Image().mark(), tables=marks, members=pack.members)
        pack.manifest(manifest)
    return manifest


def restored(database, path):
    with opened(path) as archive, Staged(database, archive) as staged:
        staged.exchange()


@pytest.mark.parametrize("back", [True, False], ids=["into itself", "into SQLite"])
def test_what_is_restored_is_what_was_saved(place, tmp_path, back):
    path = tmp_path / "one.zip"
    with closing(open_database(place)) as database:
        fill(database)
        manifest = saved(database, path)
        with database.writing() as session:  # what is done since is gone afterwards
            session.add(User(email="later@b.ir", fs_uniquifier="v", role="viewer"))
    other = place if back else Settings.read({"PEYVAND_HOME": str(tmp_path / "other")})
    with closing(Database(address(other))) as database:
        assert not in_use(database)
        restored(database, path)
    with closing(open_database(other)) as database:
        with database.reading() as session:
            assert session.scalars(select(User.created_at)).all() == [MOMENT]
            assert session.scalars(select(LoadRow.raw)).all() == [bytes(range(16))]
            assert session.scalars(select(LoginSession)).all() == []
            assert session.get(Installation, 1).holder is None
        again = saved(database, tmp_path / "again.zip")
        changed = {name for name, mark in manifest.tables.items() if again.tables[name] != mark}
        assert changed == {"installation"}  # nobody is loading
        with database.writing() as session:  # numbers go on behind the largest
            user = User(email="next@b.ir", fs_uniquifier="w", role="viewer")
            session.add(user)
            session.flush()
            assert user.id > 7


def test_a_database_that_another_has_open_is_in_use(place):
    with closing(open_database(place)) as database, database.reading() as session:
        session.scalars(select(User)).all()
        with closing(Database(address(place))) as other:
            assert in_use(other)


def test_a_backup_into_postgresql_from_sqlite(postgresql, place, tmp_path):  # noqa: ARG001 - the server runs
    here = Settings.read({"PEYVAND_HOME": str(tmp_path / "here")})
    with closing(open_database(here)) as database:
        fill(database)
        manifest = saved(database, tmp_path / "one.zip")
    with closing(Database(address(place))) as database:
        restored(database, tmp_path / "one.zip")
        again = saved(database, tmp_path / "again.zip")
    assert {name for name, mark in manifest.tables.items() if again.tables[name] != mark} == {"installation"}

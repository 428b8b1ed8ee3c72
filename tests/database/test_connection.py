"""How the application database is reached, and what a transaction on it promises."""

import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from graph_app.database import open_database
from graph_app.database.tables import Token, User
from graph_app.errors import DatabaseError, SettingError
from graph_app.settings import Settings


def person(email="ann@example.org", **given):
    return User(email=email, role="viewer", fs_uniquifier=email, **given)


def test_a_file_is_for_its_owner_only_and_survives_a_loss_of_power(tmp_path):
    database = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    with database.writing() as session:
        session.add(person())
    files = list((tmp_path / "home").iterdir())
    assert {file.name for file in files} >= {"peyvand.db", "peyvand.db-wal"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    with database.engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    database.close()


def test_opening_it_twice_leaves_its_log_to_who_writes(tmp_path):
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path)})
    file = tmp_path / "peyvand.db"
    with closing(open_database(settings)) as first, first.engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM users").scalar()
        log = (tmp_path / "peyvand.db-wal").stat().st_ino
        open_database(settings).close()
        other = f"import sqlite3; c = sqlite3.connect({str(file)!r}); c.execute('CREATE TABLE x (y)'); c.close()"
        subprocess.run([sys.executable, "-c", other], check=True)  # as the last one it would take the log away
        assert (tmp_path / "peyvand.db-wal").stat().st_ino == log


def test_whether_a_table_has_rows_is_known_without_a_session(database):
    assert not database.has_rows(User)
    with database.writing() as session:
        session.add(person())
    assert database.has_rows(User)
    with database.writing() as session:
        session.execute(text("DROP TABLE tokens"))
    with pytest.raises(DBAPIError):  # of SQLAlchemy, and not of the driver, which differs from database to database
        database.has_rows(Token)


def test_a_connection_that_is_in_use_while_the_database_closes_is_closed_when_it_comes_back(database):
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        used = session.connection().connection.dbapi_connection
        database.close()
        assert session.scalar(text("SELECT 2")) == 2  # who is at work is not cut off
    with pytest.raises(database._driver_error):
        used.cursor().execute("SELECT 3")


def test_a_row_that_points_to_nobody_is_refused(database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Token(digest="0", user_id=999, name="x", scope="read", expires_at=datetime.now(UTC)))


def test_a_role_that_does_not_exist_is_refused(database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(
            text(
                "INSERT INTO users (email, role, active, fs_uniquifier, created_at) "
                "VALUES ('x', 'king', true, 'x', CURRENT_TIMESTAMP)"
            )
        )


def test_what_fails_half_way_is_not_kept(database):
    def twice():
        with database.writing() as session:
            session.add(person())
            session.flush()
            session.add(person())

    with pytest.raises(IntegrityError):
        twice()
    with database.reading() as session:
        assert session.query(User).count() == 0


def test_a_moment_comes_back_as_it_was_whatever_zone_it_was_told_in(database):
    tehran = datetime(2026, 3, 21, 2, 0, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    with database.writing() as session:
        session.add(person(created_at=tehran))
    with database.reading() as session:
        found = session.query(User).one().created_at
    assert (found, found.utcoffset()) == (tehran, timedelta())


def test_a_moment_without_a_zone_is_a_mistake(database):
    with pytest.raises(StatementError, match="time zone"), database.writing() as session:
        session.add(person(created_at=datetime(2026, 3, 21)))  # noqa: DTZ001 - what is refused


def test_writers_at_the_same_time_wait_for_each_other_and_lose_nothing(database):
    with database.writing() as session:
        session.add(person("0"))

    def add():
        for _ in range(10):
            with database.writing() as session:
                user = session.get(User, 1, with_for_update=True)
                user.email = str(int(user.email) + 1)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.get(User, 1).email == "40"


@pytest.mark.parametrize(
    "address", ["mysql://ann:secret@host/name", "secret address", "sqlite://", "sqlite:///:memory:"]
)
def test_an_address_that_is_none_is_refused_without_repeating_it(tmp_path, address):
    with pytest.raises(SettingError, match="PEYVAND_DATABASE is no address of a database") as refused:
        open_database(Settings.read({"PEYVAND_HOME": str(tmp_path), "PEYVAND_DATABASE": address}))
    assert "secret" not in str(refused.value)


def test_a_server_that_is_away_is_said_without_its_password(tmp_path):
    address = "postgresql://ann:secret@127.0.0.1:1/none"
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1:1/none cannot be used") as refused:
        open_database(Settings.read({"PEYVAND_HOME": str(tmp_path), "PEYVAND_DATABASE": address}))
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_is_said_with_its_name(tmp_path):
    (tmp_path / "peyvand.db").write_text("this is a letter, not a database " * 40, encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"peyvand\.db cannot be opened: file is not a database"):
        open_database(Settings.read({"PEYVAND_HOME": str(tmp_path)}))

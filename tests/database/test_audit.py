"""The audit: lines are added and stay, on SQLite and on PostgreSQL, whatever the statement."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from graph_app.database import journal
from graph_app.database.journal import Journal, cut
from graph_app.database.tables import AuditLine, now


def line(**more):
    return {"kind": "seen", "who": "ann@example.org", "means": "person", "about": "place:mashhad", **more}


def kept(database):
    with database.reading() as session:
        return session.scalars(select(AuditLine).order_by(AuditLine.id)).all()


def written(database, *lines):
    for one in lines:
        database.journal.record(one)
    assert database.journal.settle()
    return kept(database)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'nobody'",
        "UPDATE audit SET about = about",
        "UPDATE audit SET until = at",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        (
            "INSERT OR REPLACE INTO audit (id, at, kind, who, means, about, route, address, request, outcome)"
            " SELECT id, at, 'x', who, means, about, route, address, request, outcome FROM audit"
        ),
        "INSERT INTO audit SELECT * FROM audit WHERE true ON CONFLICT (id) DO UPDATE SET who = 'nobody'",
        "TRUNCATE audit",
    ],
)
def test_no_statement_changes_or_removes_a_line(database, statement):
    before = [vars(one)["about"] for one in written(database, line(), line(about="place:isfahan"))]
    with pytest.raises(DBAPIError), database.writing() as session:  # what an engine does not know it refuses, too
        session.execute(text(statement))
    assert [(one.who, one.about) for one in kept(database)] == [("ann@example.org", about) for about in before]


def test_a_cut_removes_what_is_old_says_so_and_can_itself_not_be_removed(database):
    old, recent = now() - timedelta(days=40), now() - timedelta(days=20)
    written(database, line(at=old), line(at=old, about="place:isfahan"), line(at=recent), line())
    assert cut(database.writing, 30) == 2
    assert cut(database.writing, 30) == 0
    seen, _new, told = kept(database)
    assert (seen.at, told.kind, told.details) == (recent, "cut", {"lines": 2})
    assert (told.at - told.until).days == 30
    for one in (told, seen):  # the cut, and what is younger than it names
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(delete(AuditLine).where(AuditLine.id == one.id))
    with pytest.raises(DBAPIError), database.writing() as session:  # nobody cuts what is not past
        session.add(AuditLine(**line(kind="cut"), until=now() + timedelta(days=1)))
    assert len(kept(database)) == 3


def test_a_setting_has_the_first_line_of_a_day_cut(database):
    written(database, line(at=now() - timedelta(days=9)))
    keeping = Journal(database.writing, days=7)
    keeping.record(line())
    keeping.close()
    assert [one.kind for one in kept(database)] == ["seen", "cut"]


def test_lines_wait_while_the_database_takes_none_and_come_in_order(database, monkeypatch):
    monkeypatch.setattr(journal, "_PAUSE", 0.05)
    failing = [True]

    def refuse(*_asked):
        if failing:
            raise OperationalError("INSERT", {}, Exception("disk full"))

    event.listen(database.engine, "before_cursor_execute", refuse)
    for number in range(5):
        database.journal.record(line(about=str(number)))
    assert not database.journal.settle(0.2)
    failing.clear()
    assert database.journal.settle()
    assert [one.about for one in kept(database)] == list("01234")
    assert database.journal.lost == 0


def test_what_cannot_be_kept_is_counted_and_stands_in_the_log(database, monkeypatch, caplog):
    monkeypatch.setattr(journal, "MOST", 0)
    database.journal.record(line(about="place:rasht"))
    assert database.journal.lost == 1
    assert "place:rasht" in caplog.text
    assert kept(database) == []


def test_a_line_that_cannot_be_written_does_not_keep_the_others(database):
    written(database, line(about="1"))
    for broken in (line(kind=None), line(about="2"), line(details={"a": object()}), line(about="3")):
        database.journal.record(broken)
    assert database.journal.settle()
    assert [one.about for one in kept(database)] == ["1", "2", "3"]
    assert database.journal.lost == 2


def test_a_journal_that_is_closed_by_its_own_thread_writes_what_waits(database, monkeypatch):
    own = Journal(database.writing)
    write, closed = own._write, []

    def close_and_write(lines):
        if not closed:
            closed.append(own.close())
        write(lines)

    monkeypatch.setattr(own, "_write", close_and_write)
    for number in range(3):
        own.record(line(about=str(number)))
    own._writer.join(30)
    assert kept(database)  # and what came after it was closed is in the log
    assert len(kept(database)) + own.lost == 3
    assert closed == [None]


def test_closing_writes_what_waits(database):
    for number in range(700):
        database.journal.record(line(about=str(number)))
    database.journal.close()
    assert [one.about for one in kept(database)] == list(map(str, range(700)))

"""The steps that lead to the tables, on SQLite and on PostgreSQL."""

import multiprocessing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import column, insert, inspect, table, text

from graph_app.database import migration, open_database
from graph_app.database.connection import address, connect
from graph_app.database.migration import migrate, scripts
from graph_app.database.tables import Base, Load, User, now
from graph_app.errors import DatabaseError

STEPS = [step.revision for step in reversed(list(scripts().walk_revisions()))]


def shape(place):
    """Return every table with its columns, keys and indexes, to compare before and after."""
    engine = connect(address(place), migrating=True)
    with engine.connect() as connection:
        seen = inspect(connection)
        return {
            table: (
                sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)),
                sorted(str(sorted(key.items(), key=str)) for key in seen.get_foreign_keys(table)),
                sorted(i["name"] for i in seen.get_indexes(table)),
                sorted(u["name"] for u in seen.get_unique_constraints(table)),
                seen.get_pk_constraint(table)["constrained_columns"],
            )
            for table in seen.get_table_names()
            if table != "alembic_version"
        }


def test_there_is_one_line_of_steps():
    assert len(scripts().get_heads()) == 1
    assert len(scripts().get_bases()) == 1


def test_the_last_step_leads_to_the_tables_of_the_code(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("step", STEPS)
def test_each_step_can_be_taken_back_and_taken_again(place, step):
    before = STEPS[STEPS.index(step) - 1] if STEPS.index(step) else "base"
    if before != "base":
        migrate(address(place), before)
    start = shape(place)
    migrate(address(place), step)
    reached = shape(place)
    migrate(address(place), before, down=True)
    assert shape(place) == start
    migrate(address(place), step)
    assert shape(place) == reached != start


def test_runs_that_came_to_their_end_before_there_were_totals_get_them(place):
    migrate(address(place), "0016")
    said = ("run", "graph", "mapping", "rules", "plan", "who")
    there = {"balance": "{}", "started_at": now(), "version": 1, "serial_before": 0}
    states = {1: "done", 2: "undone", 3: "running", 4: "done"}
    loads = [
        {"number": n, "state": state, **{name: f"{name}-{n}" for name in said}, **there} for n, state in states.items()
    ]
    images = ((1, None, "{}"), (1, None, "{}"), (1, "{}", "{}"), (1, "{}", None), (2, None, "{}"), (3, None, "{}"))
    changes = [
        {"load": load, "seq": seq, "key": "a", "before": before, "after": after}
        for seq, (load, before, after) in enumerate(images)
    ]
    with connect(address(place), migrating=True).begin() as connection:
        for name, rows in (("loads", loads), ("load_changes", changes)):
            connection.execute(insert(table(name, *map(column, rows[0]))), rows)
    database = open_database(place)
    with database.reading() as session:
        found = {load.number: load.totals for load in session.query(Load)}
    database.close()
    assert found == {
        1: {"create": 2, "update": 1, "remove": 1},
        2: {"create": 1, "update": 0, "remove": 0},
        3: None,
        4: {"create": 0, "update": 0, "remove": 0},
    }


def test_opening_again_changes_nothing_and_keeps_what_is_there(place):
    for number in range(3):
        database = open_database(place)
        with database.writing() as session:
            session.add(User(email=f"{number}@example.org", role="viewer", fs_uniquifier=str(number)))
        database.close()
    database = open_database(place)
    with database.reading() as session:
        assert session.query(User).count() == 3
    database.close()


def _start(settings, together, told):
    together.wait()
    database = open_database(settings)
    with database.reading() as session:
        told.put(session.query(User).count())


def test_many_processes_that_start_at_once_all_start(place):
    fork = multiprocessing.get_context("fork")
    together, told = fork.Barrier(6), fork.Queue()
    starting = [fork.Process(target=_start, args=(place, together, told)) for _ in range(6)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0] * 6
    assert [told.get(timeout=5) for _ in starting] == [0] * 6


def test_a_database_of_a_newer_version_is_left_alone(place):
    database = open_database(place)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match=r"newer version of Peyvand.*9999"):
        open_database(place)
    with database.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    database.close()


def test_a_step_that_fails_leaves_nothing_behind(place, monkeypatch):
    def broken(connection, *_arguments, **_options):
        move(connection, *_arguments, **_options)
        raise RuntimeError("the power went")

    move = migration.move
    monkeypatch.setattr(migration, "move", broken)
    with pytest.raises(RuntimeError):
        open_database(place)
    assert shape(place) == {}

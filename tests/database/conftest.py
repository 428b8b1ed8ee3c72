"""The application database on both of its engines: a test that asks for ``place`` or ``database`` runs on each."""

from itertools import count

import pytest
from sqlalchemy import create_engine, text

from graph_app.database import Database, open_database
from graph_app.database.connection import address
from graph_app.settings import Settings
from tests.postgresql import server

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql():
    with server() as place:
        yield place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> Settings:
    """Settings with a fresh, empty database, which is not made yet (SQLite) or has no tables (PostgreSQL)."""
    if request.param == "sqlite":
        return Settings.read({"PEYVAND_HOME": str(tmp_path / "home")})
    server = request.getfixturevalue("postgresql")
    name = f"test_{next(_numbers)}"
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path / "home"), "PEYVAND_DATABASE": server.format(name=name)})
    administration = create_engine(address(settings).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    administration.dispose()
    return settings


@pytest.fixture
def database(place) -> Database:
    opened = open_database(place)
    yield opened
    opened.close()

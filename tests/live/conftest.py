"""What the tests of loading share: ledgers of their own, and a copy of the founding export that they may change."""

import shutil

import pytest

from graph_app._layout import EXAMPLES
from graph_app.database import open_database
from graph_app.settings import Settings
from loaders.ledger import Ledger


@pytest.fixture
def new_ledger(tmp_path):
    """Make the ledger of an installation, by the name of its home."""
    opened = []

    def make(name):
        database = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path / name)}))
        opened.append(database)
        return Ledger(database)

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def ledger(new_ledger):
    return new_ledger("home")


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", copy)
    return copy

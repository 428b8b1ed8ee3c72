"""Backups of a graph that is loaded, undone and asked meanwhile: what is restored is what was saved."""

import os
import threading
import time
from contextlib import closing, contextmanager

import pytest

from graph_app._layout import EXAMPLES
from graph_app.backup import making, picture, restoring
from graph_app.backup.archive import GRAPH, opened
from graph_app.database import Database, open_database
from graph_app.database.connection import address
from graph_app.errors import BackupError, LoadError
from graph_app.settings import Settings
from loaders.digest import digest
from loaders.ledger import Ledger
from loaders.mapping import shipped
from loaders.promise import promise
from loaders.running import perform, settle
from loaders.undoing import taken_back

pytestmark = pytest.mark.live
TIMES = 20 if os.environ.get("PEYVAND_PROVE") else 1
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
WHO = "tester@here"


@pytest.fixture
def home(tmp_path):
    """Make the settings of an installation, by the name of its home."""
    return lambda name: Settings.read({"PEYVAND_HOME": str(tmp_path / name)})


def loaded(store, ledger, *files):
    paths = [EXAMPLES / "founding" / file for file in files or FOUNDING.by_file]
    settle(store, ledger, WHO, lambda _note: None)
    return perform(store, ledger, promise(store, paths, FOUNDING), WHO, lambda _note: None)


def patiently(load):
    """Load, and try again while a backup is being made, as people do who are told so."""
    while True:
        try:
            return load()
        except LoadError as error:
            if "since" not in error.values:
                raise
        time.sleep(0.02)


@contextmanager
def at_work(*jobs):
    """Do each of ``jobs`` again and again, on a thread of its own; what goes wrong in one is raised at the end."""
    ended, wrong = threading.Event(), []

    def work(job):
        while not ended.is_set():
            try:
                job()
            except Exception as error:  # noqa: BLE001 - raised below
                wrong.append(error)
                return

    threads = [threading.Thread(target=work, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(60)
    assert not wrong


def test_backups_made_under_load_are_restored_to_equal_graphs_and_ledgers(empty, graph, home, tmp_path):
    counts = []
    with closing(open_database(home("old"))) as old:
        ledger = Ledger(old)
        loaded(empty, ledger, "sources.csv", "places.csv", "topics.csv")

        def load_and_undo():
            run = patiently(lambda: loaded(empty, ledger))
            inverse = taken_back(empty, ledger, ledger.load(run))
            patiently(lambda: perform(empty, ledger, inverse, WHO, lambda _note: None))

        def ask():
            counts.append(empty.table("MATCH (e:Entity)-->() RETURN count(e) AS count").rows[0][0])

        made = []
        with at_work(load_and_undo, ask, ask):
            made += [making.make(empty, old, home("old"), tmp_path / f"{n}.zip", WHO) for n in range(TIMES)]
        assert counts
    for number, one in enumerate(made):
        graph.wipe()
        with closing(Database(address(home(f"new{number}")))) as new, at_work(ask):
            done = restoring.restore(empty, new, home(f"new{number}"), one.path)
        assert digest(empty).digest == one.manifest.graph.digest == done.digest
        with closing(open_database(home(f"new{number}"))) as new:
            settle(empty, Ledger(new), WHO, lambda _note: None)  # a ledger and a graph that know each other
            loaded(empty, Ledger(new))
            assert len(Ledger(new).loads()) == one.manifest.tables["loads"].count + 1


def test_what_is_there_is_replaced_only_when_asked_and_stays_if_the_restore_fails(empty, home, tmp_path, monkeypatch):
    settings, path = home("one"), tmp_path / "one.zip"
    contents = settings.home / "documents" / "contents"
    contents.mkdir(parents=True)
    (contents / ("a" * 64)).write_bytes(b"%PDF-1.7 a letter")
    with closing(open_database(settings)) as database:
        loaded(empty, Ledger(database), "sources.csv", "topics.csv")
        making.make(empty, database, settings, path, WHO)
        with pytest.raises(BackupError, match="replaces no file"):
            making.make(empty, database, settings, path, WHO)
        loaded(empty, Ledger(database))
        later = digest(empty)
        with closing(Database(address(settings))) as other, pytest.raises(BackupError, match="in use"):
            restoring.restore(empty, other, settings, path, replace=True)
    (contents / ("a" * 64)).unlink()
    with closing(Database(address(settings))) as database:
        with pytest.raises(BackupError, match="--replace"):
            restoring.restore(empty, database, settings, path)
        with monkeypatch.context() as patch:
            patch.setattr(restoring.Staged, "exchange", lambda _staged: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                restoring.restore(empty, database, settings, path, replace=True)
        assert digest(empty) == later
        assert len(Ledger(database).loads()) == 2
        done = restoring.restore(empty, database, settings, path, replace=True)
        assert digest(empty).digest == done.digest != later.digest
        assert len(Ledger(database).loads()) == 1
        assert (contents / ("a" * 64)).read_bytes() == b"%PDF-1.7 a letter"
        with opened(done.before) as before:  # what was there went into a backup of its own
            assert before.manifest.graph.digest == later.digest
            assert len(list(before.lines(GRAPH))) == before.manifest.graph.image.count
        assert picture.extent(empty)["strangers"] == 0

"""The ledger of rows: what is known is not looked at again, what is absent loses its claims, and nothing by accident."""

import csv
import shutil

import pytest

from graph_app._layout import EXAMPLES
from graph_app.database import open_database
from graph_app.errors import LoadError
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders import guards
from loaders.conflicts import conflicts, without
from loaders.digest import digest
from loaders.ledger import Ledger
from loaders.mapping import shipped
from loaders.resyncing import resync
from loaders.running import perform, settle
from loaders.undoing import taken_back

pytestmark = pytest.mark.live
SHIPPED = next(mapping for mapping in shipped() if mapping.mapping == "founding")
WHO = "tester@here"


def founding(**rules):
    return SHIPPED.model_copy(update=rules)


@pytest.fixture
def ledger(tmp_path):
    database = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    yield Ledger(database)
    database.close()


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "founding"
    shutil.copytree(EXAMPLES / "founding", copy)
    return copy


@pytest.fixture
def sync(empty, ledger, folder):
    """Plan, and load if there is anything to load."""

    def work(mapping=SHIPPED, files=SHIPPED.by_file, accepted=guards.NOTHING, **how):
        made = resync(empty, ledger, [folder / file for file in files], mapping, **how)
        made = without(made, conflicts(ledger, made))
        if made.plan.changes:
            perform(empty, ledger, made, WHO, lambda _: None, accepted)
        else:
            ledger.keep(made)
        return made.plan

    return work


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def drop(folder, file, *starts):
    rows = rows_of(folder / file)
    write(folder / file, [row for row in rows if row[0] not in starts])


def test_the_same_files_again_are_not_even_read(sync, ledger, empty, folder):
    first = sync()
    again = sync()
    assert (again.changes, again.readings) == (False, ())
    assert again.balance.unchanged + again.balance.duplicate == again.balance.read == first.balance.read == 618
    thorough = resync(empty, ledger, [folder / file for file in SHIPPED.by_file], SHIPPED, thorough=True).plan
    assert (thorough.steps(), thorough.rejects) == ([], ())
    assert thorough.balance.adds_up
    assert thorough.balance.met == thorough.balance.known
    rows = rows_of(folder / "people.csv")
    write(folder / "people.csv", [rows[0], *reversed(rows[1:])])
    permuted = sync()
    assert (permuted.steps(), permuted.balance.unchanged + permuted.balance.duplicate) == ([], 618)
    assert sync().readings == ()


def test_one_row_that_changed_is_compared_with_those_that_speak_of_the_same(sync, folder):
    sync()
    change(folder, "topics.csv", "Quranic cooperation", "Cooperation on the Quran")
    plan = sync()
    assert [step.id for step in plan.steps()] == ["topic:quranic-cooperation"]
    assert (plan.balance.updated, plan.balance.replaced, plan.balance.adds_up) == (1, 1, True)
    assert not sync().changes

"""What is recorded in the app stands beside what is loaded: syncs leave it, it is undone, exported, loaded."""

from datetime import date

import pytest

from graph_app._layout import EXAMPLES
from graph_app.editing import files
from graph_app.editing.desk import Edits
from graph_app.editing.kinds import KINDS
from graph_app.exploration.lifecycle import life
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.digest import digest
from loaders.ledger import Ledger
from loaders.mapping import shipped
from loaders.resyncing import resync
from loaders.running import perform

pytestmark = pytest.mark.live
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
DAY = date(2025, 12, 5)
MOU = "agreement:mou-ilam-blood-mosques"


def load(store, ledger, mapping=FOUNDING, folder=EXAMPLES / "founding"):
    """Load ``folder`` and return how many changes that made."""
    paths = sorted(path for path in folder.glob("*.csv") if mapping.tables_in(path))
    work = resync(store, ledger, paths, mapping)
    if work.plan.changes:
        perform(store, ledger, work, "loader", print)
    return work.plan.changes


def status(store, agreement=MOU):
    found = life(store, agreement, DAY)
    return found and found.now.status


@pytest.fixture
def edits(empty, new_ledger, tmp_path):
    database = new_ledger("home").database
    desk = Edits(empty, database, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    load(empty, desk.ledger)
    return desk


def recorded(edits, kind, about, /, **typed):
    draft = edits.propose(KINDS[kind], about, {"why": "It was agreed.", **typed}, "officer", DAY)
    assert draft.state.stage == "planned", draft.state.problem
    edits.record(draft, "officer")
    assert draft.state.stage == "done", draft.state.problem
    return draft.state.run


def test_edits_stay_through_syncs_are_undone_one_by_one_and_load_again_from_their_export(
    edits, empty, tmp_path, new_ledger
):
    stood, digests, runs = status(empty), [digest(empty).digest], []
    assert stood == "signed"
    for kind, about, typed in (
        ("extension", MOU, {"date": "۱۴۰۴/۸/۱", "until": "1407-06-09", "document_title": "نامهٔ تمدید"}),
        ("review", MOU, {"act": "review_opened", "date": "2025-11-20"}),
        ("downgrade", MOU, {"kind": "supplementary_agreement", "title_fa": "توافق‌نامه", "signed_on": "2025-12-01"}),
    ):
        runs.append(recorded(edits, kind, about, **typed))
        digests.append(digest(empty).digest)
    assert len({*digests}) == len(digests)
    assert status(empty) == "downgraded"
    ledger = Ledger(edits.records.database)
    for _ in range(2):
        assert load(empty, ledger) == 0
        assert digest(empty).digest == digests[-1]
    whole, exported = digests[-1], tmp_path / "exported"
    files.exported([one.edit.tables for one in edits.records.all(edits.graph)], exported)
    for run in reversed(runs):
        draft = edits.take_back(run, "officer")
        edits.record(draft, "officer")
        assert draft.state.stage == "done", draft.state.problem
        digests.pop()
        assert digest(empty).digest == digests[-1]
    assert status(empty) == stood
    assert [one.stands for one in edits.records.of([MOU], edits.graph)] == [False] * 3
    Writer(empty).run("MATCH (n) DETACH DELETE n")
    elsewhere = new_ledger("elsewhere")
    load(empty, elsewhere)
    assert load(empty, elsewhere, files.mapping(), exported)
    assert digest(empty).digest == whole

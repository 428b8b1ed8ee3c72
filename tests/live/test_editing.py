"""What is recorded in the app stands beside what is loaded: syncs leave it, it is undone, exported, loaded."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.editing import files
from graph_app.editing.around import around
from graph_app.editing.desk import Edits
from graph_app.editing.kinds import KINDS
from graph_app.errors import NotFoundError
from graph_app.exploration.lifecycle import life
from graph_app.exploration.profile import entity as entity_of
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
MOU, PLAN = "agreement:mou-ilam-blood-mosques", "agreement:plan-mashhad-sanaa-gaza-sister-city"
COMMITMENT, LETTER = "cmt-003-training-courses", "evt-mashhad-correspondence"
HERE = {"Host": "127.0.0.1:5000", "Origin": "http://127.0.0.1:5000"}


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


def shown(store, entity, name):
    return entity_of(store, entity).node.properties[name]


@pytest.fixture
def edits(empty, new_ledger, tmp_path):
    database = new_ledger("home").database
    desk = Edits(empty, database, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    load(empty, desk.ledger)
    return desk


def exported_anew(folder, number):
    """Write the export as its owners change it: other names of what was edited; number 0 says what it said at first."""
    folder.mkdir(exist_ok=True)
    said = (
        ("people.csv", "Hardanian", f"Hardanian {number}"),
        ("agreements.csv", "Blood Transfusion", f"Blood Transfusion {number}"),
        ("commitments.csv", "provision,signed", "provision,open"),
    )
    for name, old, new in said:
        text = (EXAMPLES / "founding" / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new) if number else text, encoding="utf-8")
    return folder


def recorded(edits, kind, about, /, **typed):
    draft = edits.propose(KINDS[kind], about, {"why": "It was agreed.", **typed}, "officer", DAY)
    assert draft.state.stage == "planned", draft.state.problem
    edits.record(draft, "officer")
    assert draft.state.stage == "done", draft.state.problem
    return draft.state.run


EDITS = (
    ("extension", MOU, {"date": "۱۴۰۴/۸/۱", "until": "1407-06-09", "document_title": "نامهٔ تمدید"}),
    ("review", MOU, {"act": "review_opened", "date": "2025-11-20"}),
    ("progress", MOU, {"commitment": f"commitment:{COMMITMENT}", "status": "fulfilled"}),
    ("answer", PLAN, {"letter": f"event:{LETTER}|institution:iran-mfa", "answer": "موافقت شد"}),
    (
        "appointment-at",
        "institution:iran-mfa",
        {"person": "person:hardanian", "title_fa": "رئیس اداره", "kind": "head"},
    ),
    ("person-correction", "person:hardanian", {"title_fa": "حردانیان", "title_en": "Hardaniyan"}),
    ("agreement", None, {"title_en": "New", "kind": "mou", "first_party": "institution:iran-mfa", "act": "drafted"}),
    ("text", PLAN, {"party": "place:mashhad", "date": "2025-11-01", "terms": "مادهٔ ۱\nهمکاری فرهنگی"}),
    ("act", PLAN, {"act": "approved", "party": "place:mashhad", "date": "2025-11-02"}),
    ("text", PLAN, {"party": "place:mashhad", "date": "2025-11-03", "terms": "ماده 1\nهمکاری ورزشی"}),
    ("twinning", PLAN, {"leaders_signed": "no", "several_fields": "not_known"}),
    ("downgrade", MOU, {"kind": "supplementary_agreement", "title_fa": "توافق‌نامه", "signed_on": "2025-12-01"}),
)


def test_edits_stay_through_syncs_are_undone_and_load_again_from_their_export(edits, empty, tmp_path, new_ledger):
    stood, digests, runs = status(empty), [digest(empty).digest], []
    assert stood == "signed"
    for kind, about, typed in EDITS:
        text = {"text": around(empty, about).copies[0].id} if kind == "act" else {}
        runs.append(recorded(edits, kind, about, **typed, **text))
        digests.append(digest(empty).digest)
    assert len({*digests}) == len(EDITS) + 1
    assert status(empty) == "downgraded"
    assert shown(empty, f"commitment:{COMMITMENT}", "status") == "fulfilled"
    assert shown(empty, "person:hardanian", "name_en") == "Hardaniyan"
    assert shown(empty, PLAN, "leaders_signed") == "no"
    assert "text_changed" in life(empty, PLAN, DAY).now.flags
    app = create_app(empty, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}), database=edits.records.database)
    sheet = BeautifulSoup(app.test_client().get(f"/entities/{PLAN}/sheet?lang=en", headers=HERE).text, "html.parser")
    assert "approved, text changed since" in sheet.select_one(".copies table").text
    ledger = Ledger(edits.records.database)
    for number in reversed(range(10)):  # the last one brings back what the first load said
        assert load(empty, ledger, folder=exported_anew(tmp_path / "founding", number)) > 0
        assert status(empty) == "downgraded"
        assert shown(empty, f"commitment:{COMMITMENT}", "status") == "fulfilled"
        assert shown(empty, "person:hardanian", "name_en") == "Hardaniyan"
    assert digest(empty).digest == digests[-1]
    whole, exported = digests[-1], tmp_path / "exported"
    files.exported([one.edit.tables for one in edits.records.all(edits.graph)], exported)
    for run in reversed(runs):
        draft = edits.take_back(run, "officer")
        assert draft.state.stage == "planned", (draft.state.problem, draft.state.runs)
        edits.record(draft, "officer")
        assert draft.state.stage == "done", draft.state.problem
        digests.pop()
        assert digest(empty).digest == digests[-1]
    assert status(empty) == stood
    assert [one.stands for one in edits.records.of([MOU], edits.graph)] == [False] * 4
    with pytest.raises(NotFoundError):  # whoever may edit may not undo loads
        edits.take_back(ledger.loads()[-1].run, "officer")
    Writer(empty).run("MATCH (n) DETACH DELETE n")
    elsewhere = new_ledger("elsewhere")
    load(empty, elsewhere)
    assert load(empty, elsewhere, files.mapping(), exported)
    assert digest(empty).digest == whole


def test_a_form_is_told_what_is_wrong_then_looked_at_recorded_and_undone(edits, empty, tmp_path):
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path / "home")})
    client = create_app(empty, settings, testing=True, database=edits.records.database).test_client()

    def sent(address, **form):
        return client.post(address, data=form, headers=HERE)

    assert "/edits/new/extension" in client.get(f"/entities/{MOU}?lang=en", headers=HERE).text
    form = {"about": MOU, "until": "9999999", "why": "x", "seen": "0"}
    for language, sentence in (("en", "is not a date"), ("fa", "تاریخ")):
        wrong = sent(f"/edits/new/extension?lang={language}", **form)
        assert wrong.status_code == 400
        assert sentence in BeautifulSoup(wrong.text, "html.parser").select_one("#wrong-until").text
    attached = {"document": (BytesIO(b"%PDF-1.7"), "letter.html"), "until": "1410/1/1"}
    plan = sent("/edits/new/extension?lang=en", **{**form, **attached}).location
    page = BeautifulSoup(client.get(plan, headers=HERE).text, "html.parser")
    assert page.select_one("#turns tbody tr").text.split()[-2:] == ["In", "force"]
    assert page.select_one(".cut a[href^='/loads/runs/']")  # the load came after the form, which knew of none
    other = sent("/edits/new/review", about=MOU, act="review_opened", why="y").location
    assert sent(f"{other}/record").status_code == 303
    stale = BeautifulSoup(client.get(sent(f"{plan}/record").location, headers=HERE).text, "html.parser")
    again = stale.select_one("form[action$='/again']")["action"]
    plan = sent(again).location
    sent(f"{plan}/record")
    address = client.get(plan, headers=HERE).location
    listed = BeautifulSoup(client.get(address, headers=HERE).text, "html.parser").select_one("#recorded")
    assert len(listed.select("li")) == 2
    source = client.get(listed.select_one("a[href^='/sources/']")["href"], headers=HERE).text
    document = client.get(BeautifulSoup(source, "html.parser").select_one("a[download]")["href"], headers=HERE)
    assert document.data == b"%PDF-1.7"
    assert document.headers["Content-Disposition"] == "attachment; filename=letter.pdf"
    assert "sandbox" in document.headers["Content-Security-Policy"]
    document.close()
    undo = sent(listed.select_one("form[action$='/undo']")["action"]).location
    sent(f"{undo}/record")
    assert [one.stands for one in edits.records.of([MOU], edits.graph)] == [False, True]

"""An article entered from its text says what the founding tables say of it, and goes on to say it elsewhere."""

import csv
from datetime import date

import pytest
from bs4 import BeautifulSoup

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.editing.desk import Edits
from graph_app.errors import LoadError
from graph_app.exploration.profile import entity as shown
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from graph_app.texts import export
from graph_app.texts.desk import TextDesk
from graph_app.texts.kinds import TAKINGS
from graph_app.texts.lines import numbered
from graph_app.texts.texts import KnownTextError
from loaders.mapping import shipped
from loaders.resyncing import resync
from loaders.running import perform

pytestmark = pytest.mark.live
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
HERE = {"Host": "127.0.0.1:5000", "Origin": "http://127.0.0.1:5000"}
ARTICLE, MOU = "src-000-ilna", "agreement:mou-quranic-khuzestan-arvand-basra"
SESSION = "event:evt-quranic-mou-drafting-session"
LEFT_OUT = {  # rows of the founding tables that are entered from the text instead
    "event_participants.csv": lambda row: row["participant_id"] in {"ali-razi", "arvand-fzo-pr"},
    "agreement_parties.csv": lambda row: row["party_id"] == "basra-province" and row["source_id"] == ARTICLE,
    "agreement_topics.csv": lambda row: row["topic_id"] == "quranic-cooperation",
    "positions.csv": lambda row: row["position_id"] == "pos-keyfi-qec",
    "commitments.csv": lambda row: row["commitment_id"] == "cmt-000-host-events",
}
TAKEN = (
    (
        "tie",
        "حاج علی راضی مشاور رئیس اتحادیه قرآنی عراق",
        3,
        {
            "start": "person:ali-razi",
            "end": SESSION,
            "type": "TOOK_PART_IN",
            "role": "attendee",
            "participation": "attended",
        },
    ),
    (
        "tie",
        "نقل از روابط عمومی و امور بینالملل سازمان منطقه آزاد اروند",
        1,
        {"start": "institution:arvand-fzo-pr", "end": SESSION, "type": "TOOK_PART_IN", "role": "reporter"},
    ),
    (
        "tie",
        "میان استان خوزستان، منطقه آزاد اروند و استان بصره عراق",
        1,
        {"start": MOU, "end": "place:basra-province", "type": "PARTY_TO", "role": "party"},
    ),
    ("tie", "تفاهمنامه همکاری های قرآنی", 1, {"start": MOU, "end": "topic:quranic-cooperation", "type": "ABOUT"}),
    (
        "post",
        "معاون اجرایی شورای گسترش فعالیت های قرآنی",
        3,
        {
            "person": "person:mahdi-keyfi",
            "institution": "institution:quran-expansion-council",
            "title_fa": "معاون اجرایی شورای گسترش فعالیت‌های قرآنی",
            "title_en": "Executive Deputy of the Council for the Expansion of Quranic Activities",
            "kind": "deputy",
        },
    ),
    (
        "commitment",
        "خوزستان و منطقه آزاد اروند میزبانی رویدادها",
        9,
        {
            "title_fa": "میزبانی رویدادها",
            "title_en": "Hosting events",
            "agreement": MOU,
            "event": SESSION,
            "kind": "obligation",
            "status": "agreed_in_draft",
            "owner": "place:khuzestan",
            "other_owner": "place:arvand-free-zone",
        },
    ),
)


def quoted(source):
    """Return the text of an article as far as the founding tables quote it: each line, its quotations one by one."""
    lines = {}
    for path in sorted((EXAMPLES / "founding").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["source_id"] == source:
                    lines.setdefault(int(row["line"]), []).append(row.get("evidence") or row["surface_fa"])
    told = {number: " … ".join(dict.fromkeys(quotes)) for number, quotes in lines.items()}
    return "\n".join(told.get(number, "") for number in range(1, max(told) + 1))


def load(store, ledger, folder):
    work = resync(store, ledger, sorted(folder.glob("*.csv")), FOUNDING)
    perform(store, ledger, work, "loader", print)
    return work


def article_in(folder):
    """Leave what the article says, and the sources, places and institutions of all; return the tables of ``folder``."""
    for path in folder.glob("*.csv"):
        if path.name not in {"sources.csv", "places.csv", "institutions.csv"}:
            keep(path, lambda row: row["source_id"] == ARTICLE)
    return folder


def keep(path, wanted):
    """Keep the rows of a table that are ``wanted``."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row for row in rows if wanted(row))


def wiped(store):
    Writer(store).run("MATCH (n) DETACH DELETE n")
    return store


def told(store, source=ARTICLE):
    """Return every tie that a source states with its ends by name, its line and its words."""
    asked = (
        "MATCH (a:Entity)-[r {source: $source}]->(b:Entity) RETURN type(r), coalesce(a.name_en, a.name_fa),"
        " coalesce(b.name_en, b.name_fa), r.source_line, r.quote, r.certainty, r.role, r.answer, r.as"
    )
    return {tuple(row) for row in store.table(asked, {"source": f"source:{source}"}, rows=2000).rows}


def desk_of(store, ledger, home):
    settings = Settings.read({"PEYVAND_HOME": str(home)})
    return TextDesk(Edits(store, ledger.database, settings)), settings


def taken(desk, text, name, line, quote, **typed):
    """Record what a passage says, and return the run."""
    passage = {"line": str(line), "quote": quote, "certainty": "stated"}
    draft = desk.take(text, TAKINGS[name], {**typed, **passage}, "officer")
    assert desk.straight(draft), (draft.state.problem, draft.found)
    desk.edits.record(draft, "officer")
    assert draft.state.stage == "done", draft.state.problem
    return draft.state.run


def test_an_article_entered_from_its_text_says_what_the_founding_tables_say(empty, new_ledger, folder, tmp_path):
    load(empty, new_ledger("whole"), article_in(folder))
    expected = told(empty)
    for name, left in LEFT_OUT.items():
        keep(folder / name, lambda row, left=left: not left(row))
    ledger = new_ledger("home")
    load(wiped(empty), ledger, folder)
    assert len(expected - told(empty)) == 11
    desk, settings = desk_of(empty, ledger, tmp_path / "home")
    text = desk.get(desk.attach(f"source:{ARTICLE}", quoted(ARTICLE), "officer"))
    for name, quote, line, typed in TAKEN:
        taken(desk, text, name, line, quote, **typed)
    assert told(empty) == expected
    assert not resync(empty, ledger, sorted(folder.glob("*.csv")), FOUNDING).plan.changes  # a later sync leaves it

    client = create_app(empty, settings, testing=True, database=ledger.database).test_client()
    page = BeautifulSoup(client.get(f"/texts/{ARTICLE}?lang=fa", headers=HERE).text, "html.parser")
    third = page.select_one("#line-3")
    assert third.select_one("a.number").text == "۳"
    assert "/entities/person:ali-razi" in {mark["href"] for mark in third.select("a.known")}
    assert any("مهدی کیفی" in one.text and one.select_one("form") for one in third.select(".taken li"))


LETTER = "تفاهم نامهٔ آرمان\n\nآقای کاوه راد رئیس بنیاد آرمان در نشست تهران گفت: امیدواریم اجرا شود."


def test_a_text_makes_its_source_and_all_that_it_says_and_says_the_same_elsewhere(empty, new_ledger, tmp_path):
    desk, _ = desk_of(empty, new_ledger("home"), tmp_path / "home")
    text = desk.get(desk.begin({"date": "۱۴۰۴/۹/۱"}, LETTER, "officer", date(2025, 12, 5)))
    with pytest.raises(KnownTextError):
        desk.begin({"title_fa": "همان"}, LETTER.replace("ی", "ي"), "officer", date(2025, 12, 5))
    assert shown(empty, f"source:{text.source}").node.properties["name_fa"] == "تفاهم نامهٔ آرمان"
    names = {"title_fa": "بنیاد آرمان", "title_en": "Arman Foundation"}
    taken(desk, text, "institution", 3, "بنیاد آرمان", **names, kind="office")
    agreement = {"title_fa": "تفاهم‌نامهٔ آرمان", "title_en": "Arman MoU", "kind": "mou"}
    taken(desk, text, "agreement", 1, "تفاهم نامهٔ آرمان", **agreement, first_party="institution:arman-foundation")
    event = {"title_fa": "نشست تهران", "title_en": "Tehran session", "kind": "meeting", "status": "held"}
    taken(desk, text, "event", 3, "نشست تهران", **event, agreement="agreement:arman-mou")
    post = {"post_fa": "رئیس بنیاد", "post_kind": "head", "institution": "institution:arman-foundation"}
    person = {"title_fa": "کاوه راد", "title_en": "Kaveh Rad", **post, "event": "event:tehran-session"}
    taken(desk, text, "person", 3, "آقای کاوه راد رئیس بنیاد آرمان", **person)
    said = {"speaker": "person:kaveh-rad", "kind": "hope", "about": "agreement:arman-mou"}
    hope = taken(desk, text, "statement", 3, "امیدواریم اجرا شود", **said)
    ties = told(empty, text.source)
    assert {row[0] for row in ties} == {
        "PARTY_TO", "ABOUT", "POST_AT", "APPOINTS", "TO_POST", "TOOK_PART_IN", "SAID"
    }  # fmt: skip
    marked = desk.marked(text, numbered(text.content))
    assert [[piece.text for piece in pieces if piece.nodes] for pieces in marked.values()] == [
        ["تفاهم نامهٔ آرمان"],
        ["کاوه راد", "رئیس بنیاد", "نشست تهران"],  # the post begins first
    ]

    with pytest.raises(LoadError):
        desk.forget(text, "officer")
    draft = desk.edits.take_back(hope, "officer")
    desk.edits.record(draft, "officer")
    left = told(empty, text.source)
    assert {row[0] for row in ties - left} == {"SAID", "ABOUT"}
    export.exported(desk.taken(), tmp_path / "exported")
    assert not load(wiped(empty), new_ledger("elsewhere"), tmp_path / "exported").plan.rejects
    assert told(empty, text.source) == left

"""What is confidential is on no page, in no file and in no answer of a program for who may not see it."""

import csv
import io
import os
import zipfile
from contextlib import nullcontext
from datetime import date
from itertools import product

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from graph_app.app import create_app
from graph_app.auth import tokens
from graph_app.auth.extension import accounts
from graph_app.backup import exporting
from graph_app.catalog.library import shipped
from graph_app.cli import peyvand
from graph_app.confidentiality import Clearance
from graph_app.editing.desk import Edits
from graph_app.exploration.lifecycle import life
from graph_app.graph import settled
from graph_app.graph.settled import LoadingError
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from graph_app.watches.looking import look_at_entity
from loaders import following, marking, syncing
from loaders.resyncing import resync
from tests.live.test_editing import FOUNDING, load, recorded

pytestmark = pytest.mark.live

PASSWORD = "four quiet words apart"
MOU, SIGNING, PLAN = (
    "agreement:mou-ilam-blood-mosques",
    "event:evt-ilam-mou-signing",
    "agreement:plan-mashhad-sanaa-gaza-sister-city",
)
SOURCE, CITY, OPEN = "source:src-001-tasnim", "place:sanaa", "place:ilam"
STEP = 1 if os.environ.get("PEYVAND_PROVE") else 8
RESTRICTED, INTERNAL = "Zqxrestricted", "Zqxinternal"  # stands in everything that is as confidential
TOLD = {"quote", "evidence", "note", "title_en", "name_en", "text_en", "value_text", "purpose_fa", "mandate_fa"}
THINGS = [MOU, SIGNING, PLAN, CITY, OPEN, "place:iran", "place:mashhad"]
IDS = ",".join(THINGS)
ASKED = {
    "/explore": [{"ids": IDS}, {"ids": MOU, "open": MOU}],
    "/explore/measures": [{"ids": IDS}],
    "/explore/filters": [{"ids": IDS}],
    "/explore/compare": [{"ids": IDS, "a": OPEN, "b": MOU}],
    "/api/v1/picture": [{"ids": IDS}, {"ids": MOU}],
    "/api/v1/picture/facets": [{"ids": IDS}],
    "/api/v1/expand": [{"ids": IDS}],
    "/api/v1/search": [{"q": word} for word in ("ilam", "blood", "sanaa", "تفاهم", "صنعا", "mash")],
    "/api/v1/common": [{"a": "place:iran", "b": CITY}, {"ids": IDS}],
    "/api/v1/paths": [{"from": "place:iran", "to": CITY}, {"from": OPEN, "to": MOU}],
    "/api/v1/compare": [{"ids": IDS, "a": OPEN, "b": MOU}],
    "/api/v1/map": [{"at": "2025-12-05"}],
    "/common": [{"a": OPEN, "b": MOU}],
    "/paths": [{"from": OPEN, "to": MOU}],
    "/paths/panel": [{"from": OPEN, "to": MOU}],
    "/agreements": [{"q": "ilam"}, {"state": "signed"}],
    "/briefing": [{"ids": IDS}, {"about": OPEN}],
    "/briefing.docx": [{"ids": IDS}],
    "/signing": [{"theirs": OPEN, "ours": CITY}],
    "/queries": [{"about": MOU}, {"q": "ilam"}],
    "/digest": [{"days": "9000"}],
    "/people": [{"days": "9000"}],
}
READERS = ("public", "internal", "restricted")


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def marked(folder):
    """Make one agreement restricted and one source internal, and let all that is so confidential say a word."""
    for path in sorted(folder.glob("*.csv")):
        rows = rows_of(path)
        for row in rows:
            mine = MOU.partition(":")[2] in {row.get("agreement_id"), row.get("about_id"), row.get("subject_id")}
            word = RESTRICTED if mine else INTERNAL if row.get("source_id") == "src-001-tasnim" else ""
            for name in TOLD & row.keys():
                row[name] = f"{row[name]} {word}".strip()
            if path.name in {"agreements.csv", "sources.csv"}:
                wanted = "restricted" if mine else "internal" if word and path.name == "sources.csv" else ""
                row["confidentiality"] = wanted
        write(path, rows)


class Browser(FlaskClient):
    def open(self, *arguments, **options):
        return super().open(*arguments, **{"base_url": "http://127.0.0.1:5000", **options})


@pytest.fixture
def site(empty, ledger, folder, tmp_path):
    """The app on a graph that holds what is confidential, with a reader of each clearance and a token of each."""
    marked(folder)
    load(empty, ledger, folder=folder)
    app = create_app(empty, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}), database=ledger.database)
    app.test_client_class = Browser
    with app.app_context():
        admin = accounts().add("admin@example.org", "administrator", PASSWORD)
        for word in READERS:
            accounts().add(f"{word}@example.org", "analyst", clearance=word).password = admin.password
        accounts().session.commit()
        app.extensions["keys"] = {
            word: tokens.issue(accounts().session, accounts().find(f"{word}@example.org"), "test", 1)
            for word in READERS
        }
        accounts().session.commit()
    return app


def browsing(app, word):
    client = app.test_client()
    assert client.post("/login", data={"email": f"{word}@example.org", "password": PASSWORD}).status_code == 303
    return client


def addresses(app, store):
    """Yield the addresses of everything that can be read, with ids of what is confidential and of what is not."""
    ties = store.table(
        "MATCH (:Entity)-[r]->(:Entity) WITH r ORDER BY r.id WITH r.secrecy AS level, collect(r.id)[0] AS id RETURN id"
    )
    ties = [row["id"] for row in ties]
    given = {
        "entity": [*THINGS, SOURCE],
        "tie": ties,
        "ties": [",".join(ties)],
        "source": [SOURCE, "source:src-003-shabestan", "source:src-002-hawzah"],
        "first": [OPEN, MOU, CITY],
        "second": ["place:iran", PLAN],
        "check": ["sources", "undated", "conflict", "nameless"],
        "kind": ["html"],
    }
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in {"static", "maps.borders"}:
            continue
        if {"subject", "question"} <= rule.arguments:
            yield from questions(app, rule)
        elif rule.arguments <= given.keys():
            yield from ((built(app, rule, values), {}) for values in combined(sorted(rule.arguments), given))
    for address, every in ASKED.items():
        yield from ((address, query) for query in every)


def questions(app, rule):
    """Yield the addresses of saved questions: every so many, all in `make prove`, and the files of fewer."""
    few = rule.endpoint not in {"queries.show", "questions.answer"}
    for name, question in list(shipped().items())[:: 4 * STEP if few else STEP]:
        subject, _, short = name.partition("/")
        example = {key: str(value) for key, value in question.example.items()}
        for ending in ["xlsx", "graphml", "html"] if "ending" in rule.arguments else [""]:
            values = {"subject": subject, "question": short, **({"ending": ending} if ending else {})}
            yield built(app, rule, values), example


def built(app, rule, values):
    return app.url_map.bind("127.0.0.1:5000").build(rule.endpoint, values, force_external=False)


def combined(names, given):
    if not names:
        yield {}
        return
    for value in given[names[0]]:
        for rest in combined(names[1:], given):
            yield {names[0]: value, **rest}


def told(answer):
    """Return all that an answer says, also what is packed in it."""
    body = answer.data
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist()).decode("utf-8", "replace")
    return body.decode("utf-8", "replace")


def test_who_may_not_see_something_reads_it_nowhere(site, empty):
    asked = list(addresses(site, empty))
    assert len(asked) > 150
    found = {word: set() for word in READERS}
    leaks = []
    for word in READERS:
        browser, secret = browsing(site, word), site.extensions["keys"][word]
        hidden = {"public": (RESTRICTED, INTERNAL), "internal": (RESTRICTED,), "restricted": ()}[word]
        for address, query in asked if hidden else asked[::6]:
            headers = {"Authorization": f"Bearer {secret}"} if address.startswith("/api/v1") else {}
            answer = browser.get(address, query_string={**query, "lang": "en"}, headers=headers)
            text = told(answer)
            answer.close()
            assert answer.status_code < 500, (word, address, query, answer.status_code)
            found[word] |= {each for each in (RESTRICTED, INTERNAL) if each.lower() in text.lower()}
            leaks += [(word, address, query, one) for one in hidden if one.lower() in text.lower()]
    assert leaks == []
    assert found == {"public": set(), "internal": {INTERNAL}, "restricted": {INTERNAL, RESTRICTED}}


def in_file(answer):
    """Return what a file says of itself: its name, its header, and its content as text."""
    said = answer.headers.get("X-Confidentiality"), answer.headers["Content-Disposition"].partition("filename=")[2]
    body = told(answer)
    answer.close()
    return (*said, body)


NAMED = {"fa": ("محرمانگی: ", "محرمانه", "عمومی"), "en": ("Confidentiality: ", "Restricted", "Public")}
TEXTUAL = ("svg", "json", "html", "xlsx", "graphml", "gexf", "docx")  # formats that have a place for it


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_is_taken_away_says_how_confidential_it_is(site, language):
    name, highest, lowest = NAMED[language]
    browsers = {word: browsing(site, word) for word in READERS}
    for kind in ("csv", *TEXTUAL):
        for ids, level, word in ((MOU, "restricted", highest), (OPEN, "public", lowest)):
            asked = {"query_string": {"ids": ids, "lang": language}}
            ask = browsers["restricted"].post if kind == "docx" else browsers["restricted"].get
            header, file, body = in_file(ask(f"/briefing.{kind}", **asked))
            assert (header, f"-{level}.{kind}" in file) == (level, True), (kind, ids, file)
            if kind in TEXTUAL:
                assert (word if kind != "json" else level) in body, kind
                assert name.strip(": ") in body or kind == "json", kind
        answer = browsers["public"].get(f"/briefing.{kind}", query_string={"ids": OPEN, "lang": language})
        if kind != "docx":
            header, file, body = in_file(answer)
            assert header is None
            assert f".{kind}" in file
            assert not any(word in file for word in READERS)
            assert name not in body
    page = told(browsers["restricted"].get(f"/entities/{MOU}/sheet", query_string={"lang": language}))
    assert f"{name}{'Restricted at most' if language == 'en' else 'حداکثر محرمانه'}" in page
    assert name not in told(browsers["public"].get(f"/entities/{PLAN}/sheet", query_string={"lang": language}))


@pytest.mark.usefixtures("site")
def test_rows_from_the_command_line_say_it_beside_them(empty, monkeypatch, tmp_path):
    line, ask = "Confidentiality: Restricted at most", ("query", "ask", "MATCH (c:City) RETURN c.id AS id LIMIT 3")
    runs = ("query", "run", "agreements/by_status", "-p", "status=signed")
    for module in ("ask", "query"):
        monkeypatch.setattr(f"graph_app.cli.{module}.open_store", lambda: nullcontext(empty))

    def told_by(*arguments):
        done = CliRunner().invoke(peyvand, arguments)
        assert done.exit_code == 0, done.output
        return done.stderr.splitlines(), done.stdout

    for form in ("csv", "ndjson", "table", "json"):
        beside, rows = told_by(*runs, "--format", form)
        assert (beside.count(line), line in rows, "restricted-at-most" in rows) == (
            form != "json",
            False,
            form == "json",
        )
    for form in ("csv", "ndjson"):
        file = tmp_path / f"all.{form}"
        beside, rows = told_by(*runs, "--all", "-o", str(file))
        assert (beside.count(line), rows, line in file.read_text("utf-8")) == (1, "", False)
    assert told_by(*ask, "--format", "csv")[0].count(line) == 1
    Writer(empty).run("MATCH (e) REMOVE e.secrecy")
    assert told_by(*runs, "--format", "csv")[0] == []


def test_answers_say_how_confidential_they_can_be_at_most(site):
    browsers = {word: browsing(site, word) for word in READERS}
    kinds = ("csv", "ndjson", "json", "xlsx", "html", "graphml", "gexf", "whole")
    for name, given in (
        ("agreements/by_status", {"status": "signed"}),
        ("cities/common_ties", {"a": OPEN, "b": "place:basra"}),
    ):
        for word, kind in product(READERS, kinds):
            ending = "csv" if kind == "whole" else kind
            query = {**given, "lang": "en", "rows": "all" if kind == "whole" else ""}
            answer = browsers[word].get(f"/queries/{name}.{ending}", query_string=query)
            header, text = answer.headers.get("X-Confidentiality"), told(answer)
            file = answer.headers.get("Content-Disposition", "")
            answer.close()
            assert answer.status_code == 200, (name, kind)
            if word == "public":
                assert header is None
                assert "confidential" not in text.lower()
                continue
            known = kind in {"graphml", "gexf"} or (name == "cities/common_ties" and kind in {"csv", "ndjson", "json"})
            assert header in ({"public", word} if known else {f"{word}-at-most"}), (name, kind)
            assert kind == "json" or f"-{header}.{ending}" in file
            if kind not in {"csv", "ndjson", "whole"}:
                assert "confidentiality" in text.lower(), (name, kind)


@pytest.fixture
def edits(empty, ledger, tmp_path):
    desk = Edits(empty, ledger.database, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    load(empty, ledger)
    return desk


def restricted(store, entity=MOU):
    """Return how confidential something and its derived ties are marked."""
    rows = store.table(
        "MATCH (e:Entity {id: $id}) RETURN e.secrecy AS own, COLLECT {"
        " MATCH (e)-[r:HAD_STATUS|TWINNED_WITH]-() RETURN r.secrecy } AS derived",
        {"id": entity},
    )
    return rows.rows[0]


def test_a_level_that_is_said_in_the_app_holds_at_once_and_is_taken_back_by_undoing(edits, tmp_path):
    store = edits.store
    public = store.seen_with(Clearance.PUBLIC)
    count = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)"
    before = public.table(count).rows
    made = recorded(edits, "level", MOU, confidentiality="restricted", why="The partner asked for it.")
    assert restricted(store) == (2, [2])
    assert restricted(store, SIGNING)[0] == 2
    assert [row[0] for row in public.table("MATCH (e {id: $id}) RETURN e.id", {"id": MOU}).rows] == []
    assert life(public, MOU, date(2025, 12, 5)) is None
    load(store, edits.ledger)  # what is loaded again, or beside it, changes nothing of that
    assert restricted(store) == (2, [2])
    exporting.export(store, edits.ledger.database, tmp_path / "everything", "officer")
    kept = {path.name: path.read_text("utf-8-sig") for path in (tmp_path / "everything").iterdir()}
    assert not any("secrecy" in text for text in kept.values())  # it is derived anew where they are loaded
    assert any("confidentiality" in text for text in kept.values())
    assert "secrecy" not in str(look_at_entity(store, MOU))
    assert [one.edit.kind for one in edits.records.of([MOU], edits.graph)] == ["level"]
    draft = edits.take_back(made, "officer")
    edits.record(draft, "officer")
    assert draft.state.stage == "done", draft.state.problem
    assert restricted(store) == (None, [None])
    assert public.table(count).rows == before


def test_a_status_that_rests_on_a_confidential_act_is_not_told_and_neither_is_the_twinning(edits):
    store = edits.store
    recorded(edits, "act", MOU, act="suspended", date="2025-10-01", why="Their letter.", document_title="Letter 12")
    (source,) = [row["id"] for row in store.table("MATCH (s:Source {name_en: 'Letter 12'}) RETURN s.id AS id")]
    assert {None} == set(restricted(store)[1])
    recorded(edits, "level", source, confidentiality="internal", why="A letter.")
    assert restricted(store)[0] is None
    assert set(restricted(store)[1]) <= {1, None}
    today = date(2025, 12, 5)
    for one in (Clearance.INTERNAL, Clearance.RESTRICTED):
        assert life(store.seen_with(one), MOU, today).now.status == "suspended"
    assert life(store.seen_with(Clearance.PUBLIC), MOU, today) is None  # what it was before says that it ended
    held = "MATCH (:Agreement {id: $id})-[h:HAD_STATUS]->(s) RETURN s.id"
    assert ("suspended",) not in store.seen_with(Clearance.PUBLIC).table(held, {"id": MOU}).rows
    assert ("suspended",) in store.seen_with(Clearance.INTERNAL).table(held, {"id": MOU}).rows


def test_while_a_load_is_at_work_only_who_may_see_everything_is_answered(founding, monkeypatch):
    monkeypatch.setattr(settled, "_PATIENCE", 0.2)
    writer, public = Writer(founding), founding.seen_with(Clearance.PUBLIC)
    ask = "MATCH (n:Place) RETURN n.id LIMIT 1"
    still = public.begin(ask)
    writer.run("MERGE (s:Sync) SET s.running = 'cut-off'")
    try:
        assert founding.table(ask).rows
        with pytest.raises(LoadingError, match="being loaded"):
            still()
        for refused in (public.table, public.subgraph, public.begin):
            with pytest.raises(LoadingError, match="being loaded"):
                refused(ask)
        with pytest.raises(LoadingError, match="being loaded"):
            public.stream(ask, rows=10, seconds=5)
    finally:
        writer.run("MATCH (s:Sync) SET s.running = NULL")
    assert public.table(ask).rows


@pytest.fixture
def seen(monkeypatch):
    """What a reader who sees the least is told while a run is at work, run by run: a number, or that it has to wait."""
    monkeypatch.setattr(settled, "_PATIENCE", 0.2)
    told = []

    def looking(store):
        try:
            told.append(store.seen_with(Clearance.PUBLIC).table("MATCH (a:Agreement) RETURN count(a)").rows[0][0])
        except LoadingError:
            told.append("wait")
        return marking.mark(store)

    monkeypatch.setattr(following, "mark", looking)
    return told


def test_who_may_not_see_everything_reads_on_during_loads_in_which_nothing_is_confidential(edits, seen, folder):
    store, everybody = edits.store, edits.store.seen_with(Clearance.PUBLIC)
    count = "MATCH (a:Agreement) RETURN count(a)"
    still = everybody.begin(count)
    (all_,) = everybody.table(count).rows[0]
    act = {"act": "suspended", "date": "2025-10-01", "why": "Their letter.", "document_title": "Letter 12"}
    run = recorded(edits, "act", MOU, **act)
    assert seen == [all_]
    assert still().rows == [(all_,)]  # begun before, read afterwards: nothing of it was hidden meanwhile
    still = everybody.begin(count)
    made = recorded(edits, "level", MOU, confidentiality="restricted", why="The partner asked for it.")
    with pytest.raises(LoadingError):
        still()
    recorded(edits, "act", PLAN, **act)
    edits.record(edits.take_back(made, "officer"), "officer")
    assert seen == [all_, "wait", "wait", "wait"]  # what brings it, what finds it there, and what takes it away
    edits.record(edits.take_back(run, "officer"), "officer")
    assert seen[4:] == [all_]
    marked(folder)
    load(store, edits.ledger, folder=folder)
    assert seen[5:] == ["wait"]


def test_a_run_that_others_had_to_wait_for_is_waited_for_when_it_goes_on(edits, monkeypatch):
    monkeypatch.setattr(settled, "_PATIENCE", 0.2)
    writer = Writer(edits.store)
    writer.run("MATCH (s:Sync) SET s.running = 'cut-off', s.public_run = 'another'")
    syncing.begin(writer, "cut-off", 1, 1, public=True)
    with pytest.raises(LoadingError):
        edits.store.seen_with(Clearance.PUBLIC).table("RETURN 1")
    writer.run("MATCH (s:Sync) SET s.running = NULL")


def test_a_plan_says_whether_it_brings_what_is_confidential(empty, ledger, folder):
    whole = resync(empty, ledger, sorted(folder.glob("*.csv")), FOUNDING).plan
    assert whole.public
    marked(folder)
    assert not resync(empty, ledger, sorted(folder.glob("*.csv")), FOUNDING).plan.public


def test_a_graph_without_anything_confidential_is_not_marked(founding):
    assert marking.mark(founding) == 0


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("step", ["_mark_claims", "_mark_derived"])
def test_marks_of_ties_go_although_their_taking_away_was_cut_off(empty, monkeypatch, step):
    """The marks of entities, by which ties are found, are gone by then, and nothing is confidential any more."""
    writer, marked_ties = Writer(empty), "MATCH ()-[r]->() WHERE r.secrecy IS NOT NULL RETURN count(r)"
    assert empty.table(marked_ties).rows[0][0]
    writer.run("MATCH (e) WHERE e.confidentiality IS NOT NULL REMOVE e.confidentiality")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(marking, step, killed)
        with pytest.raises(KeyboardInterrupt):
            marking.mark(empty)
    assert not marking._said(empty)
    assert not marking._marked(empty)
    assert empty.table(marked_ties).rows[0][0]
    assert marking.mark(empty)
    assert not empty.table(marked_ties).rows[0][0]
    assert marking.mark(empty) == 0

"""Everything that a graph holds, exported as tables: an empty installation that loads them has an equal graph."""

import csv
import errno
import os
import shutil
from contextlib import closing
from datetime import date
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as drawn
from hypothesis import strategies as st

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.backup import exporting, picture
from graph_app.backup.sheets import MAPPING, Files
from graph_app.database import open_database
from graph_app.editing.desk import Edits
from graph_app.editing.kinds import KINDS
from graph_app.errors import BackupError
from graph_app.graph.results import Position
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.aliases import in_effect
from loaders.applying import apply
from loaders.decision_text import read
from loaders.decisions import Decisions
from loaders.digest import digest
from loaders.facts import evidence_id
from loaders.ledger import Ledger
from loaders.mapping import load as load_mapping
from loaders.mapping import shipped
from loaders.plan import EntityChange, TieChange
from loaders.planning import planned, read_exports
from loaders.resyncing import resync
from loaders.reviewing import Choice, Review
from loaders.running import perform, plan_of

pytestmark = pytest.mark.live
MANY = bool(os.environ.get("PEYVAND_PROVE"))
NAMED = {mapping.mapping: mapping for mapping in shipped()}
HERE = {"Host": "127.0.0.1:5000", "Origin": "http://127.0.0.1:5000"}
WHO, DAY = "tester@here", date(2025, 12, 5)
MOU = "agreement:mou-ilam-blood-mosques"
MERGED, KEPT = "institution:quran-dev-council", "institution:quran-expansion-council"
EDITS = (
    ("extension", MOU, {"date": "۱۴۰۴/۸/۱", "until": "1407-06-09", "document_title": "نامهٔ تمدید"}),
    ("progress", MOU, {"commitment": "commitment:cmt-003-training-courses", "status": "fulfilled"}),
    ("person-correction", "person:hardanian", {"title_fa": "حردانیان", "title_en": "=Hardaniyan"}),
    ("agreement", None, {"title_en": "New", "kind": "mou", "first_party": "institution:iran-mfa", "act": "drafted"}),
)
PORTFOLIO = {
    "sources.csv": {"title_en": "Files of the office", "issued": "1404/9"},
    "instruments.csv": {"agreement_id": "lease", "kind": "mou", "title_fa": "تفاهم‌نامهٔ علي", "term": "۲ سال"},
    "parties.csv": {"agreement_id": "lease", "party_id": "a", "kind": "council", "role": "party", "name_en": "A"},
    "acts.csv": {"act_id": "sign-lease", "agreement_id": "lease", "act": "signed", "date": "1404-09-10"},
}
SOURCED = {"source_id": "office", "line": "1", "evidence": "as\nfiled", "certainty": "stated"}


def load(store, ledger, folder, mapping):
    files = sorted(path for path in folder.glob("*.csv") if mapping.tables_in(path))
    work = resync(store, ledger, files, mapping)
    assert not work.plan.rejects
    if work.plan.changes:
        perform(store, ledger, work, WHO, lambda _note: None)
    else:
        ledger.keep(work)
    return work.plan


def held(store):
    """All that the graph holds, to the last property: also what the digest leaves out, but for the run."""
    lines = map(picture.read, picture.lines(store, picture.Image()))
    return {line["id"]: _without_runs(line) for line in lines}


def _without_runs(line):
    ties = sorted(([type_, end, _less(one)] for type_, end, one in line["ties"]), key=str)
    return {**line, "ties": ties, "periods": sorted(([end, _less(one)] for end, one in line["periods"]), key=str)}


def _less(tie):
    return dict(sorted((name, item) for name, item in tie.items() if name != "run"))


def portfolio(folder):
    folder.mkdir()
    for name, row in PORTFOLIO.items():
        table = NAMED["portfolio"].by_file[name]
        common = () if table.evidence else ("line", "evidence")
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            columns = [*table.columns, "source_id", *common, "certainty", "note"]
            writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerow({**SOURCED, **row})
    return folder


def part_of_the_world(folder):
    """Some sister cities of the world; all of them where there is time."""
    if MANY:
        return EXAMPLES / "world"
    shutil.copytree(EXAMPLES / "world", folder)
    links, cities = folder / "links.csv", folder / "cities.csv"
    kept = links.read_text("utf-8").splitlines(keepends=True)[:100]
    links.write_text("".join(kept), encoding="utf-8")
    ends = {end for row in csv.DictReader(kept) for end in (row["city_a"], row["city_b"])}
    head, *rows = cities.read_text("utf-8").splitlines(keepends=True)
    cities.write_text(head + "".join(row for row in rows if row.split(",")[0] in ends), encoding="utf-8")
    return folder


@pytest.fixture
def installation(tmp_path):
    """Make the application database of an installation, by the name of its home."""
    opened = []

    def make(name):
        opened.append(open_database(Settings.read({"PEYVAND_HOME": str(tmp_path / name)})))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


def test_everything_loads_into_an_empty_installation_and_the_first_exports_change_nothing_then(
    empty, graph, installation, folder, tmp_path
):
    database = installation("old")
    ledger, edits = Ledger(database), Edits(empty, database, Settings.read({"PEYVAND_HOME": str(tmp_path / "old")}))
    office, world = portfolio(tmp_path / "portfolio"), part_of_the_world(tmp_path / "world")
    load(empty, ledger, folder, NAMED["founding"])
    mentions = folder / "mentions.csv"
    mentions.write_text("".join(mentions.read_text("utf-8").splitlines(keepends=True)[:-3]), encoding="utf-8")
    whole = NAMED["founding"].model_copy(update={"export": "full"})
    load(empty, ledger, folder, whole)
    load(empty, ledger, world, NAMED["world"])
    load(empty, ledger, office, NAMED["portfolio"])
    for kind, about, typed in EDITS:
        draft = edits.propose(KINDS[kind], about, {"why": "It was agreed.", **typed}, "officer", DAY)
        edits.record(draft, "officer")
        assert draft.state.stage == "done", draft.state.problem
    review, choice = Review(empty, ledger), Choice("same", why="Because", kept=KEPT)
    one = review.pair(MERGED, KEPT)
    review.decide(one, choice, review.plan(one, choice), WHO, print)
    before, stood = held(empty), digest(empty)
    assert "SET_ASIDE" in stood.parts
    made = exporting.export(empty, database, tmp_path / "everything", WHO)
    assert (made.outline.unsourced, made.outline.by_hand, made.outline.differing) == (set(), 0, 0)
    assert made.outline.digest == stood.digest
    graph.wipe()

    fresh = Ledger(installation("new"))
    load(empty, fresh, made.folder, load_mapping(made.folder / MAPPING))
    assert digest(empty) == stood
    after = held(empty)
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == []
    decisions = Decisions(fresh.database)
    decisions.add(read((made.folder / exporting.DECISIONS).read_text("utf-8"), decisions.standing()))
    assert decisions.merges() == in_effect(empty) == {MERGED: KEPT}
    assert not load(empty, fresh, made.folder, load_mapping(made.folder / MAPPING)).changes
    for place, mapping in ((folder, whole), (world, NAMED["world"]), (office, NAMED["portfolio"])):
        found = load(empty, fresh, place, mapping)
        assert (found.changes, found.balance.unchanged > 0) == (False, True)


LETTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.text(LETTERS, max_size=12),
    st.sampled_from(
        ["", "'", "''", "=1+1", "-", "a;=2", "\t", "\r\n", 'x\n"y",z\n1,2,3', " a ", "علي\u200cك", "NULL", "ط¯ط§ظ†ط´"]
    ),
)
VALUES = st.one_of(
    TEXTS,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.lists(TEXTS, max_size=3).map(sorted),
    st.builds(Position, st.floats(-90, 90), st.floats(-180, 180)),
)
PROPERTIES = st.dictionaries(st.sampled_from(["title", "title_written", "level", "length", "Count", "سطح"]), VALUES)
CLAIMS = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), PROPERTIES, st.sampled_from([None, "deprecated"]), TEXTS))
RANDOM = drawn(
    max_examples=200 if MANY else 3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def written(claims):
    """A plan of random claims: a source, entities that it describes, and ties between them."""
    said = {"certainty": "stated", "mapping": "trial", "file": "trial/x.csv", "row_line": 2, "properties": []}
    names = {name: {} for name, *_ in claims} | {"a": {}}
    entities = [EntityChange("source:s", frozenset({"Entity", "Source"}), frozenset(), None, {"id": "source:s"})]
    ties = [_evidence("source:s", said)]
    for name in names:
        found = {key: item for one, properties, _, _ in claims if one == name for key, item in properties.items()}
        labels = frozenset({"Entity", "Place", "City"})
        entities.append(EntityChange(f"place:{name}", labels, frozenset(), None, {**found, "id": f"place:{name}"}))
        ties.append(_evidence(f"place:{name}", {**said, "properties": sorted(found), "original_title": " ي"}))
    for number, (name, properties, rank, quote) in enumerate(claims):
        ranked = {"rank": rank, "rank_reason": "x"} if rank else {}
        tie = {**properties, **said, **ranked, "quote": quote, "source": "source:s", "id": f"within:{number}"}
        tie.pop("properties")
        ties.append(TieChange(tie["id"], "WITHIN", f"place:{name}", "place:a", None, tie))
    return plan_of("trial", [*entities, *ties])


def _evidence(entity, said):
    made = evidence_id(entity, "source:s", "trial")
    return TieChange(made, "EVIDENCED_BY", entity, "source:s", None, {**said, "id": made})


@RANDOM
@given(claims=CLAIMS)
def test_any_values_survive_to_the_letter(claims, graph, tmp_path_factory):
    graph.wipe()
    folder = tmp_path_factory.mktemp("random") / "everything"
    apply(graph.store, written(claims))
    # what the loader itself would have derived of random names is not in these entities
    Writer(graph.store).run("MATCH (e:Entity) SET e.search = '', e.squashed = '', e.sounds = ''")
    before = held(graph.store)
    with closing(open_database(Settings.read({"PEYVAND_HOME": str(folder.parent / "home")}))) as database:
        exporting.export(graph.store, database, folder, WHO, mark=len(claims) % 2 == 0)
    graph.wipe()
    mapping = load_mapping(folder / MAPPING)
    made = planned(graph.store, read_exports(sorted(folder.glob("*.csv")), mapping), mapping)
    assert not made.rejects
    apply(graph.store, made)
    after = held(graph.store)
    graph.content = None
    assert after.keys() == before.keys()
    for name in before:
        assert after[name]["ties"] == before[name]["ties"]
        assert {**after[name]["properties"], "rank": None} == {**before[name]["properties"], "rank": None}


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_no_load_made_is_told_and_nothing_that_is_there_is_replaced(empty, installation, tmp_path, monkeypatch):
    database = installation("old")
    apply(empty, written([]))
    Writer(empty).run(
        "MATCH (m:Entity {id: 'place:a'}) SET m.title = 'by hand' "
        "MERGE (e:Entity:Place {id: 'place:by-hand'}) MERGE (e)-[:WITHIN]->(m)"
    )
    made = exporting.export(empty, database, tmp_path / "made", WHO, mark=False)
    assert (made.outline.unsourced, made.outline.by_hand, made.outline.differing) == ({"place:by-hand"}, 1, 1)
    assert "place:by-hand" not in "".join(path.read_text("utf-8") for path in made.folder.glob("*.csv"))
    with pytest.raises(BackupError, match="not empty"):
        exporting.export(empty, database, made.folder, WHO)

    with monkeypatch.context() as patch:
        patch.setattr(Files, "write", full)
        with pytest.raises(BackupError, match="no room"):
            exporting.export(empty, database, tmp_path / "other", WHO)
    assert not [path for path in tmp_path.iterdir() if "other" in path.name]


def test_administrators_take_everything_away_from_the_page_of_loads(empty, settings, tmp_path, monkeypatch):
    apply(empty, written([]))
    app = create_app(empty, Settings({**settings.values, "PEYVAND_HOME": str(tmp_path)}))
    with app.app_context():
        kept = accounts().add("root@example.org", "administrator", "four quiet words apart").password
        accounts().add("ann@example.org", "loader").password = kept
        accounts().session.commit()
    root, ann = (signed_in(app, name) for name in ("root", "ann"))
    assert b"/loads/everything.zip" in root.get("/loads", headers=HERE).data
    with root.get("/loads/everything.zip", headers=HERE) as answer:
        assert (answer.status_code, answer.mimetype) == (HTTPStatus.OK, "application/zip")
        assert "no-store" in answer.headers["Cache-Control"]
        names = ZipFile(BytesIO(answer.data)).namelist()
    tables = {"entities-Place.csv", "entities-Source.csv", MAPPING, exporting.DECISIONS, exporting.ABOUT}
    assert set(names) == {f"everything/{name}" for name in tables}
    assert not list(tmp_path.glob(".export-*"))
    assert b"/loads/everything.zip" not in ann.get("/loads", headers=HERE).data
    assert ann.get("/loads/everything.zip", headers=HERE).status_code == HTTPStatus.FORBIDDEN
    monkeypatch.setattr(exporting, "check_room", full)
    answer = root.get("/loads/everything.zip", headers=HERE)
    assert (answer.status_code, b"There is no room" in answer.data) == (HTTPStatus.BAD_REQUEST, True)
    app.extensions["database"].close()


def signed_in(app, name):
    client = app.test_client()
    client.post("/login", data={"email": f"{name}@example.org", "password": "four quiet words apart"}, headers=HERE)
    return client

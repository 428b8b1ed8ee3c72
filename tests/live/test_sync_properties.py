"""What syncing promises of any export, tried with exports that nobody thought of. More of them: make prove."""

import csv
import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph_app.database import open_database
from graph_app.errors import LoadError
from graph_app.settings import Settings
from loaders import guards
from loaders.digest import digest
from loaders.ledger import Ledger
from loaders.mapping import load as load_mapping
from loaders.resyncing import resync
from loaders.running import perform
from loaders.undoing import taken_back

pytestmark = pytest.mark.live
MANY = bool(os.environ.get("PEYVAND_PROVE"))
MAPPING = """
mapping: trial
version: 1
about: {en: Trial, fa: آزمون}
export: full
on_absent: HOW
evidence: {source: source, line: line, quote: quote, certainty: "=stated"}
tables:
  - file: sources.csv
    columns: {source: {type: key, required: yes}, title: name, line: integer, quote: verbatim}
    nodes:
      - {as: source, label: Source, id: source, set: {name_en: title}}
  - file: countries.csv
    columns: {id: {type: key, required: yes}, name: name, source: key, line: integer, quote: verbatim}
    nodes:
      - {as: country, label: Place, also: Country, id: id, set: {name_fa: name}}
  - file: places.csv
    columns:
      id: {type: key, required: yes}
      name: {type: name, required: yes}
      kind: text
      within: key
      source: {type: key, required: yes}
      line: integer
      quote: verbatim
    nodes:
      - {as: place, label: Place, also: City, id: id, set: {name_fa: name, geo_precision: kind}}
    ties:
      - {type: WITHIN, from: place, to: "Place:within", when: within}
"""
HEADER = ["id", "name", "kind", "within", "source", "line", "quote"]
WHO = "tester@here"
LETTERS = st.sampled_from("ابپچیکگژ\u200c abcXYZ0179۴،,;'\"-=(")
NAMES = st.text(LETTERS, max_size=12).map(lambda text: f"ن{text}م")
WORDS = st.lists(
    st.sampled_from(["شهر", "ایران", "کرمان", "علی", "یزد", "Mashhad", "170", "۱۴۰۲", "«متن»", "(نو)"]),
    min_size=3,
    max_size=5,
)
SENTENCES = WORDS.map(" ".join)  # text that a reader can tell the encoding of


def rows_with(names, quotes):
    return st.lists(_row(names, quotes), min_size=4, max_size=14, unique_by=lambda row: (row[0], row[4]))


def _row(names, quotes):
    return st.tuples(
        st.integers(0, 11).map(lambda number: f"p{number}"),
        names,
        st.sampled_from(["", "seat", "centre"]),
        st.sampled_from(["", "c0", "c1", "c2"]),
        st.sampled_from(["s0", "s1"]),
        st.integers(1, 9).map(str),
        quotes,
    )


ROWS = rows_with(NAMES, st.text(LETTERS, max_size=20).map(str.strip))
PROPERTY = settings(
    max_examples=60 if MANY else 2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink would take minutes on a real engine
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Trial:
    """A graph, its ledger, and a folder in which exports are written and loaded."""

    def __init__(self, graph, ledger, folder):
        self.graph, self.store, self.ledger, self.folder = graph, graph.store, ledger, folder
        self.mapping = self.reading("tombstone")

    def reading(self, on_absent, **rules):
        path = self.folder / f"{on_absent}.yaml"
        path.write_text(MAPPING.replace("HOW", on_absent), encoding="utf-8")
        return load_mapping(path).model_copy(update=rules)

    def fresh(self):
        self.graph.wipe()
        for file, rows in {
            "sources.csv": [["source", "title", "line", "quote"], *([f"s{n}", f"Source {n}", "1", ""] for n in (0, 1))],
            "countries.csv": [HEADER[:2] + HEADER[4:], *([f"c{n}", f"Country {n}", "s0", "1", ""] for n in range(3))],
        }.items():
            with (self.folder / file).open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
        return self

    def write(self, rows):
        with (self.folder / "places.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADER, *rows])

    def plan(self, **how):
        files = [self.folder / table.file for table in self.mapping.tables]
        plan = resync(self.store, self.ledger, files, self.mapping, **how)
        assert plan.plan.balance.adds_up
        return plan

    def load(self, rows, *, accept=False):
        self.write(rows)
        made = self.plan()
        assert not made.plan.rejects
        if not made.plan.changes:
            self.ledger.keep(made)
            return None
        accepted = guards.numbers(made.plan) if accept else guards.NOTHING
        return perform(self.store, self.ledger, made, WHO, lambda _: None, accepted=accepted)

    @property
    def digest(self):
        return digest(self.store)

    def settled(self):
        """Nothing is left to do, neither by what the ledger knows nor by what the graph holds."""
        return not self.plan().plan.changes and not self.plan(thorough=True).plan.changes


@pytest.fixture
def trial(empty, graph, tmp_path):  # noqa: ARG001 - the schema is there
    database = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    yield Trial(graph, Ledger(database), tmp_path)
    database.close()


@PROPERTY
@given(ROWS, st.randoms(use_true_random=False))
def test_twice_is_once_and_the_order_of_rows_makes_no_difference(trial, rows, random):
    trial.fresh().load(rows)
    there = trial.digest
    assert trial.load(rows) is None
    assert trial.settled()
    shuffled = random.sample(rows, len(rows))
    assert trial.load(shuffled) is None
    trial.fresh().load(shuffled)
    assert trial.digest == there


@PROPERTY
@given(ROWS, st.data())
def test_parts_in_several_files_add_up_to_the_whole(trial, rows, data):
    trial.fresh().load(rows)
    there = trial.digest
    trial.mapping = trial.reading("tombstone", export="incremental")
    trial.fresh()
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 1), max_size=3)))
    for first, last in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        trial.load(rows[first:last])
    assert trial.digest == there
    trial.mapping = trial.reading("tombstone")


@PROPERTY
@given(rows_with(SENTENCES, SENTENCES | st.sampled_from("یکپ،")))
def test_every_rendering_says_the_same(trial, render, renderings, rows):
    trial.fresh().load(rows)
    for name in renderings:
        (trial.folder / "places.csv").write_bytes(render([HEADER, *map(list, rows)], name))
        plan = trial.plan().plan
        assert (plan.steps(), plan.rejects) == ([], ()), name


@PROPERTY
@given(ROWS, st.sampled_from(["tombstone", "delete"]), st.data())
def test_a_truncated_export_is_blocked_and_what_goes_and_returns_was_never_away(trial, rows, on_absent, data):
    trial.mapping = trial.reading(on_absent)
    trial.fresh().load(rows)
    there = trial.digest
    kept = rows[: data.draw(st.integers(1, len(rows) - 1))]
    with pytest.raises(LoadError, match="blocked"):
        trial.load(kept)
    assert trial.digest == there
    trial.load(kept, accept=True)
    assert trial.settled()
    trial.load(rows, accept=True)
    assert trial.digest == there


CHAIN = 10


@settings(PROPERTY, max_examples=20 if MANY else 1)
@given(st.lists(ROWS, min_size=CHAIN, max_size=CHAIN), st.data())
def test_any_run_of_a_chain_is_undone_to_what_was_before_it_or_names_who_is_in_the_way(trial, exports, data):
    trial.mapping = trial.reading("tombstone")
    trial.fresh()
    before, runs = {}, []
    for rows in exports:
        now = trial.digest
        if run := trial.load(rows, accept=True):
            before[run] = now
            runs.append(run)
    chosen = data.draw(st.sampled_from(runs))
    later = runs[runs.index(chosen) + 1 :]
    if refusal := refused(trial, chosen):
        assert any(run in refusal for run in later)
        later = [chosen, *later]
    for run in reversed(later):
        undo(trial, run)
        assert chosen not in later or trial.digest == before[run]
    assert trial.digest == before[chosen]
    trial.load(exports[0], accept=True)
    assert trial.settled()


def refused(trial, run):
    """Undo ``run``, or return why it is refused."""
    try:
        undo(trial, run)
    except LoadError as error:
        return str(error)
    return ""


def undo(trial, run):
    work = taken_back(trial.store, trial.ledger, trial.ledger.load(run))
    perform(trial.store, trial.ledger, work, WHO, lambda _: None)

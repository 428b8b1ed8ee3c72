"""Plans on their way: kept between processes, worked on by one thread, shown by entity in pages."""

import io
import os
import shutil
import threading
from datetime import date

import pytest

from graph_app.database import open_database
from graph_app.database.tables import Load, LoadFile
from graph_app.editing.desk import Edits
from graph_app.errors import LoadError, NotFoundError
from graph_app.graph.results import Node, Table
from graph_app.loading.desk import Desk
from graph_app.loading.drafts import Asked, Draft, Drafts, State, Wishes, moment
from graph_app.loading.planned import opened
from graph_app.loading.processes import SILENT, Process, here
from graph_app.loading.rejected import Mended, cells_of, csv_of, file_of, holds_rejects, line_of, whole
from graph_app.loading.steps import Changes, Chosen, steps
from graph_app.loading.sweeping import sweep
from graph_app.loading.work import Work, noting, refused
from graph_app.settings import Settings
from graph_app.uploads.shelf import Shelf
from graph_app.views.plans import _events
from loaders.facts import Reject
from loaders.plan import EntityChange, TieChange
from loaders.progress import Progress
from loaders.reading import Row, read


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "plans")


@pytest.fixture
def draft(drafts):
    return drafts.add(Asked("ann", moment(), ("/x/founding/cities.csv",), wishes=Wishes("founding")), "planning")


def test_a_draft_is_found_again_with_all_that_was_asked(drafts, draft):
    again = drafts.get(draft.id)
    assert (again.asked, again.title, again.names) == (draft.asked, "cities.csv", ["cities.csv"])
    assert again.state == State("planning", here())
    assert [one.id for one in drafts.open()] == [draft.id]
    draft.tell(State("done", run="r"))
    assert list(drafts.open()) == []


@pytest.mark.parametrize("name", ["", "..", "../plans", "0" * 11, "0" * 12, "A" * 12, "0" * 12 + "\n"])
def test_what_is_no_draft_is_not_found(drafts, draft, name):  # noqa: ARG001 - there is one
    with pytest.raises(NotFoundError, match="There is no plan"):
        drafts.get(name)


def test_work_whose_process_is_gone_was_cut_off(draft):
    for process in (here()._replace(number=2**22 + 1), here()._replace(began=1.0), None):
        draft.tell(State("applying", process))
        assert draft.state.stage == "cut"
    draft.tell(State("planned", here()._replace(began=1.0)))
    assert draft.state.stage == "planned"


@pytest.mark.parametrize("machine", ["another machine", ""])
def test_work_on_another_machine_goes_on_as_long_as_it_is_heard_of(draft, machine):
    draft.tell(State("applying", Process(os.getpid(), 1.0, machine)))  # "" is of an earlier version
    state = draft.folder / "state.json"
    assert draft.state.stage == "applying"
    os.utime(state, (0, state.stat().st_mtime - SILENT - 1))
    assert draft.state.stage == "cut"
    draft.beat()
    assert draft.state.stage == "applying"


def test_who_works_is_heard_of(draft, monkeypatch):
    monkeypatch.setattr("graph_app.loading.work.BEAT", 0.01)
    heard = threading.Event()
    monkeypatch.setattr(Draft, "beat", lambda _self: heard.set())
    work = Work()
    work.begin(draft, "planning", lambda: State("planned" if heard.wait(10) else "failed"), None)
    assert work.close(10)
    assert draft.state.stage == "planned"


def test_work_keeps_how_it_ended(draft, caplog):
    work = Work()

    def fail(error):
        raise error

    for job, stage, sentence in (
        (lambda: State("planned"), "planned", None),
        (lambda: fail(LoadError("No, %(why)s.", why="so")), "refused", "No, so."),
        (lambda: fail(ZeroDivisionError()), "failed", "Something went wrong on our side."),
    ):
        work.begin(draft, "planning", job, lambda error: refused("refused", error))
        work.wait(draft, 10)
        state = draft.state
        told = state.problem.translated(str) if state.problem else None
        assert (state.stage, told and told[: len(sentence)]) == (stage, sentence)
    assert "ZeroDivisionError" in caplog.text


def test_one_draft_is_worked_on_once_at_a_time(draft):
    work, go, done = Work(), threading.Event(), []
    for name in ("first", "second"):
        work.begin(draft, "applying", lambda name=name: done.append(name) or (go.wait(10) and State("planned")), None)
    go.set()
    work.wait(draft, 10)
    assert done == ["first"]


def test_progress_is_kept_at_each_phase_and_a_few_times_a_second(draft):
    watch = noting(draft)
    for at in range(1000):
        watch(Progress("entities", at, 1000, at / 100))
    assert draft.state.progress.done < 1000
    watch(Progress("entities", 1000, 1000, 10.0))
    assert (draft.state.progress.done, draft.state.progress.rate) == (1000, 100.0)
    watch(Progress("ties", 0, 5, 0.0))
    assert (draft.state.progress.phase, draft.state.progress.left) == ("ties", None)


class Named:
    """A store that knows one entity by name."""

    def begin(self, *asked, **limits):
        return lambda: self.table(*asked, **limits)

    def table(self, _query, parameters, **_limits):
        node = Node("place:iran", ("Country", "Entity", "Place"), {"id": "place:iran", "name_en": "Iran"})
        return Table(("e",), [(node,)] if "place:iran" in parameters["ids"] else [])


def city(number, before=None):
    labels = frozenset({"Place", "City"})
    return EntityChange(f"place:{number}", labels, labels if before else frozenset(), before, {"name_en": f"C{number}"})


def test_changes_are_grouped_by_entity_and_paged():
    tie = TieChange("within:1", "WITHIN", "place:1", "place:iran", None, {"id": "within:1", "since": date(2020, 1, 1)})
    said = TieChange("evidenced_by:1", "EVIDENCED_BY", "place:iran", "source:1", None, {"id": "evidenced_by:1"})
    every = Changes((*(city(number) for number in range(5)), tie, said))
    first = steps(Named(), every, Chosen(), 1, 4)
    assert [group.id for group in first.groups] == [f"place:{number}" for number in range(4)]
    assert (first.groups[1].ties, first.pages, first.found) == ((tie,), 2, 6)
    assert first.nodes["place:iran"].properties["name_en"] == "Iran"
    last = steps(Named(), every, Chosen(), 99, 4)
    assert (last.page, last.groups[-1].id, last.groups[-1].evidence) == (2, "place:iran", (said,))
    assert [group.id for group in steps(Named(), every, Chosen(kind="WITHIN"), 1, 4).groups] == ["place:1"]
    assert steps(Named(), every, Chosen(effect="remove"), 1, 4).groups == ()
    assert len(steps(Named(), every, Chosen(sort="factual"), 1, 4).groups) == 1
    assert every.totals == {"create": 7, "update": 0, "remove": 0}
    assert every.counts["City"] == {"create": 5, "update": 0, "remove": 0}


def reject(*cells, header=("key", "line"), value=""):
    return Reject("founding/topics.csv", Row(7, cells), header, header[0], value, LoadError("No."))


def test_mended_rows_are_a_file_of_rejects_that_says_where_each_comes_from(tmp_path):
    rows = [(reject("=1", "25"), ["a", "25"]), (reject("a;b"), ["b", "26"])]
    path = file_of(Mended("run-1", "founding", rows), Shelf(tmp_path))
    assert path.parent.name == "mended-run-1"
    assert holds_rejects(path)
    assert [row.cells[:2] + row.cells[6:] for row in read(path).rows] == [
        ("founding/topics.csv", "7", "a", "25"),
        ("founding/topics.csv", "7", "b", "26"),
    ]
    with pytest.raises(LoadError, match="No row is left"):
        file_of(Mended("run-1", "founding", []), Shelf(tmp_path))


def test_a_row_that_could_not_be_taken_apart_is_mended_as_a_line():
    torn = reject('a;"b\n')
    assert (whole(torn), line_of(torn)) == (False, 'a;"b')
    assert cells_of(torn, 'a;"b;c"', ";") == ["a", "b;c"]
    long = reject("a", "b", "c,d")
    assert line_of(long) == 'a,b,"c,d"'
    assert cells_of(long, line_of(long), ";") == ["a", "b", "c,d"]
    assert cells_of(torn, "", ";") == []
    assert cells_of(torn, f'"{"a" * 200_000}";b', ";") == ["a" * 200_000, "b"]


def test_whoever_watches_a_plan_that_is_discarded_is_sent_on(drafts, draft):
    stream = _events(draft)
    assert next(stream).startswith("retry")
    shutil.rmtree(draft.folder)
    assert list(stream) == ['data: {"working": false}\n\n']
    draft.tell(State("planned"))  # whoever works on it goes on to the end
    for ask in (lambda: draft.state, lambda: Draft(draft.folder), lambda: opened(draft)):
        with pytest.raises(NotFoundError):
            ask()
    assert list(drafts.open()) == []
    other = drafts.add(Asked("me", ""), "planned")
    (other.folder / "asked.json").write_text('{"made by": "another version"}', encoding="utf-8")
    assert list(drafts.open()) == []  # and the page of all loads still opens


def test_plans_and_files_go_after_some_days_and_what_an_unfinished_run_needs_stays(drafts, tmp_path):
    shelf, database = Shelf(tmp_path / "uploads"), open_database(Settings.read({"PEYVAND_HOME": str(tmp_path)}))
    made = {}
    for name in ("done", "cut", "read by a run", "fresh", "at work"):
        kept = shelf.keep(io.BytesIO(name.encode()), "topics.csv", 100)
        file = shelf.folder(name, {"topics.csv": kept}) / "topics.csv"
        made[name] = (drafts.add(Asked("me", "", (str(file),)), "planning"), file, kept.path)
        if name != "at work":
            made[name][0].tell(State("done" if name == "done" else "cut"))
    with database.writing() as session:
        about = {"mapping": "m", "version": 1, "rules": "", "plan": "", "graph": "g", "who": "me", "serial_before": 0}
        session.add(load := Load(run="1", state="failed", balance={}, **about))
        session.flush()
        path, told = str(made["read by a run"][1]), {"name": "topics.csv", "sha256": "", "size": 1, "rows": 1}
        session.add(LoadFile(load=load.number, path=path, **told))
    for old in (path for path in tmp_path.rglob("*") if "fresh" not in str(path)):
        if old not in {made["fresh"][0].folder, made["fresh"][2]}:
            os.utime(old, (0, 0))
    sweep((drafts,), shelf, database, 0)
    assert all(file.exists() and draft.plan.parent.exists() for draft, file, _ in made.values())
    sweep((drafts,), shelf, database, 90)
    stays = {"read by a run", "fresh", "at work"}
    assert {name for name, (draft, _, _) in made.items() if draft.folder.exists()} == stays
    assert {name for name, (_, file, _) in made.items() if file.exists()} == stays
    assert {name for name, (_, _, content) in made.items() if content.exists()} == stays
    database.close()


def test_edits_that_are_never_recorded_go_with_the_plans(tmp_path):
    mine = Settings.read({"PEYVAND_HOME": str(tmp_path), "PEYVAND_UPLOAD_DAYS": "9"})
    database = open_database(mine)
    edits = Edits(None, database, mine)
    desk = Desk(None, database, mine)
    made = [one.drafts.add(Asked("me", "", (str(tmp_path / "x.csv"),)), "planning") for one in (edits, desk)]
    fresh = edits.drafts.add(Asked("me", ""), "planning")
    for draft in made:
        draft.tell(State("planned"))
        os.utime(draft.folder, (0, 0))
    desk.sweep()  # as when the app starts
    assert [draft.folder.exists() for draft in (*made, fresh)] == [False, False, True]
    database.close()


def test_rejects_as_a_file_hold_no_formula_and_exports_are_not_taken_for_them(tmp_path):
    text = csv_of([reject("=1+1", "@x", value="=1+1")], str)
    assert text.startswith("\ufeff")
    assert '"\'=1+1"' in text
    assert '"=' not in text
    export = tmp_path / "topics.csv"
    export.write_text("key,line\na,1\n", encoding="utf-8")
    assert not holds_rejects(export)
    export.write_bytes(b"")
    assert not holds_rejects(export)

"""Plans on their way: kept between processes, worked on by one thread, shown by entity in pages."""

import os
import threading
from datetime import date

import pytest

from graph_app.errors import LoadError, NotFoundError
from graph_app.graph.results import Node, Table
from graph_app.loading.drafts import Asked, Drafts, State, Wishes, here, moment
from graph_app.loading.rejected import Mended, cells_of, csv_of, file_of, holds_rejects, line_of, whole
from graph_app.loading.steps import Changes, Chosen, steps
from graph_app.loading.work import Work, noting, refused
from graph_app.uploads.shelf import Shelf
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
    for process in ((2**22 + 1, 1.0), (os.getpid(), 1.0), None):
        draft.tell(State("applying", process))
        assert draft.state.stage == "cut"
    draft.tell(State("planned", (2**22 + 1, 1.0)))
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

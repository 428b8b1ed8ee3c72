"""Writing: every batch exactly once over a line that breaks, single changes that the server refuses, and kills."""

import csv
import socket
import threading
from contextlib import closing
from pathlib import Path

import pytest

from graph_app._layout import EXAMPLES
from graph_app.errors import LoadError
from graph_app.graph.store import Store, connect
from loaders import syncing
from loaders.applying import apply
from loaders.batches import put
from loaders.deriving import derive
from loaders.digest import digest
from loaders.foreseeing import foresee
from loaders.ledger import Ledger
from loaders.lifecycles import derive_periods
from loaders.mapping import shipped
from loaders.plan import TieChange
from loaders.planning import plan
from loaders.promise import Promise, promise
from loaders.replaying import replay_run
from loaders.resyncing import resync
from loaders.running import perform, plan_of, settle
from loaders.undoing import taken_back
from tests.kills import kills

pytestmark = pytest.mark.live
FOUNDING = next(mapping for mapping in shipped() if mapping.mapping == "founding")
COMMIT = b"\x00\x02\xb0\x12\x00\x00"
WHO = "tester@here"


def planned(store, folder):
    return promise(store, [folder / file for file in FOUNDING.by_file], FOUNDING)


def add_topic(folder: Path, key: str, name: str) -> int:
    """Add a topic to the export and return the line on which it stands."""
    path = folder / "topics.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows.append({**rows[0], "topic_id": key, "name_en": name})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return len(rows) + 1


def rename_topic(folder: Path, name: str) -> tuple[int, str]:
    """Give the first topic of the export another name, and return the line on which it stands, and its key."""
    path = folder / "topics.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[1][rows[0].index("name_en")] = name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return 2, rows[1][rows[0].index("topic_id")]


class BreakingLine:
    """A line to the server that breaks again and again when a commit is on its way or has just come through."""

    def __init__(self, uri: str) -> None:
        host, port = uri.rpartition("/")[2].rsplit(":", 1)
        self.server = (host, int(port))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.commits = self.broken = 0
        self.ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.listener.getsockname()[1]}"

    def close(self) -> None:
        for end in (self.listener, *self.ends):
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
                self.ends.append(client)
                server = socket.create_connection(self.server)
                self.ends.append(server)
            except OSError:
                return
            for pair in ((client, server), (server, client)):
                threading.Thread(target=self._carry, args=(*pair, pair[0] is client), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, sends: bool) -> None:  # noqa: FBT001
        try:
            while data := source.recv(65536):
                if not (sends and data.endswith(COMMIT)):
                    target.sendall(data)
                    continue
                self.commits += 1
                if self.commits % 2:
                    self.broken += 1
                    if self.commits % 4 == 1:  # it comes through, and nobody hears of it
                        target.sendall(data)
                        threading.Event().wait(0.3)
                    break
                target.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, target):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


def test_a_line_that_breaks_at_commits_loses_nothing_and_doubles_nothing(empty, address, graph):
    files = [EXAMPLES / "founding" / file for file in FOUNDING.by_file]
    apply(empty, plan(empty, files, FOUNDING))
    wanted, ties = digest(empty), empty.table("MATCH ()-[r]->() RETURN count(r)").rows
    graph.wipe()
    with (
        closing(BreakingLine(address.uri)) as line,
        Store(connect(line.uri, address.username, address.password), empty.database) as store,
    ):
        apply(store, plan(store, files, FOUNDING))
        assert line.broken > 10
    assert digest(empty) == wanted
    assert empty.table("MATCH ()-[r]->() RETURN count(r)").rows == ties


def test_a_name_that_is_too_long_for_the_index_costs_its_own_row_only(empty, ledger, folder, graph):
    perform(empty, ledger, planned(empty, folder), WHO, print)
    wanted = digest(empty)
    graph.wipe()
    line, told, seen = add_topic(folder, "endless", "endless " * 5000), [], []
    work = planned(empty, folder)
    run = perform(empty, ledger, work, WHO, told.append, watch=seen.append)

    assert digest(empty) == wanted
    load = ledger.load(run)
    reject = ledger.rejects(load)[-1]
    assert (reject.file, reject.row.line) == ("founding/topics.csv", line)
    assert reject.row.cells[reject.header.index("topic_id")] == "endless"
    refused = [str(one.reason) for one in ledger.rejects(load)[len(work.plan.rejects) :]]
    assert [sentence.partition(": ")[0] for sentence in refused] == [
        "topic:endless could not be written",
        f"{next(tie.id for tie in work.plan.ties if tie.start == 'topic:endless')} could not be written",
    ]
    assert "too large to index" in refused[0]
    assert "is not in the graph" in refused[1]
    before = work.plan.balance
    assert load.balance == {**vars(before), "created": before.created - 1, "rejected": before.rejected + 1}
    assert ["2 changes could not be written" in str(note) for note in told] == [True]
    assert {step.phase for step in seen} == {"keep", "entities", "ties", "derive", "verify"}
    assert not [change for change in ledger.changes(load) if "endless" in change.id]
    perform(empty, ledger, taken_back(empty, ledger, load), WHO, told.append)
    assert digest(empty).parts == {}


def test_a_row_that_was_refused_is_not_taken_for_loaded_by_the_next_plan(empty, ledger, folder):
    add_topic(folder, "endless", "endless " * 5000)
    files = [folder / file for file in FOUNDING.by_file]
    perform(empty, ledger, resync(empty, ledger, files, FOUNDING), WHO, print)
    again = resync(empty, ledger, files, FOUNDING)
    assert [change.id for change in again.plan.entities] == ["topic:endless"]
    assert [tie.start for tie in again.plan.ties] == ["topic:endless"]


def test_a_refused_name_of_what_is_there_costs_its_own_row_which_can_be_loaded_again(empty, ledger, folder):
    files = [folder / file for file in FOUNDING.by_file]
    perform(empty, ledger, resync(empty, ledger, files, FOUNDING), WHO, print)
    before = digest(empty)
    (line, key), work = rename_topic(folder, "endless " * 5000), resync(empty, ledger, files, FOUNDING)
    [entity], ties = work.plan.entities, work.plan.ties
    assert ties == ()  # what speaks of it stays as it is
    run = perform(empty, ledger, work, WHO, print)
    assert digest(empty) == before
    load, reject = ledger.load(run), ledger.rejects(ledger.load(run))[-1]
    assert (reject.file, reject.row.line) == ("founding/topics.csv", line)
    assert dict(zip(reject.header, reject.row.cells, strict=True))["topic_id"] == key
    assert (load.balance["updated"], load.balance["rejected"]) == (0, work.plan.balance.rejected + 1)
    again = replay_run(empty, ledger, run, FOUNDING)
    assert [change.id for change in again.plan.steps()] == [entity.id]
    assert [change.id for change in resync(empty, ledger, files, FOUNDING).plan.steps()] == [entity.id]


def test_a_tie_that_the_server_does_not_take_to_other_ends_stays_where_it_was(empty, ledger, folder):
    perform(empty, ledger, planned(empty, folder), WHO, print)
    before, load = digest(empty), ledger.loads()[0]
    tie = next(one for one in ledger.changes(load) if isinstance(one, TieChange) and one.type == "PARTY_TO")
    held = {name: item for name, item in tie.after.items() if name != "run"}
    others = [one.id for one in ledger.changes(load) if one.id.startswith("institution:") and one.id != tie.start]
    led = TieChange(tie.id, tie.type, others[0], tie.end, held, {**held, "credibility": 2**63}, (tie.start, tie.end))
    sound = TieChange(tie.id, tie.type, others[0], tie.end, held, held, (tie.start, tie.end))
    for change, moves in ((led, False), (sound, True)):
        work = Promise(plan_of("founding", [change]), (), 1, "", syncing.state(empty))
        run = perform(empty, ledger, work, WHO, print)
        assert (digest(empty) != before, len(ledger.changes(ledger.load(run)))) == (moves, int(moves))
    perform(empty, ledger, taken_back(empty, ledger, ledger.load(run)), WHO, print)
    assert digest(empty) == before


def test_what_is_foretold_of_a_plan_is_what_follows_from_it_and_ends_when_it_is_taken_back(empty, ledger, folder):
    work = planned(empty, folder)
    foretold = foresee(empty, work.plan)
    run = perform(empty, ledger, work, WHO, print)
    asked = "MATCH (a:Agreement)-[r:HAD_STATUS]->(s) WHERE r.from <= date() <= r.to RETURN a.id, s.id"
    now = dict(empty.table(asked).rows)
    assert {one.agreement: one.after for one in foretold.statuses if one.after} == now
    assert {one.before for one in foretold.statuses} == {None}
    [made] = empty.table("MATCH ()-[r:TWINNED_WITH]->() RETURN count(DISTINCT r.agreement)").rows[0]
    assert len({one.agreement for one in foretold.twinnings if one.change == "made"}) == made > 0
    gone = foresee(empty, taken_back(empty, ledger, ledger.load(run)).plan)
    assert {(one.before, one.after) for one in gone.statuses if one.before} == {
        (status, None) for status in now.values()
    }
    assert {one.change for one in gone.twinnings} == {"ended"}


def test_a_refusal_is_not_forgotten_by_a_run_that_is_cut_off_behind_it(empty, ledger, folder, monkeypatch):
    add_topic(folder, "endless", "endless " * 5000)
    work, told = planned(empty, folder), []

    def cut_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("loaders.following.follow", cut_off)
    with pytest.raises(KeyboardInterrupt):
        perform(empty, ledger, work, WHO, told.append)
    monkeypatch.undo()
    settle(empty, ledger, WHO, told.append)
    [load] = ledger.loads()
    assert (load.state, load.balance["rejected"]) == ("done", work.plan.balance.rejected + 1)
    assert len(ledger.rejects(load)) == len(work.plan.rejects) + 2


def test_what_is_written_ahead_waits_for_the_ledger_and_the_run_goes_on_behind_it(empty, ledger, folder, monkeypatch):
    work, written, kept = planned(empty, folder), threading.Event(), Ledger.begin

    def put_ahead(*arguments):
        put(*arguments)
        written.set()

    def cut_off(*_):
        raise KeyboardInterrupt

    def refuse(*_):
        assert written.wait(60)
        raise KeyboardInterrupt

    def keep(*arguments):
        kept(*arguments)
        assert written.wait(60)

    monkeypatch.setattr("loaders.ahead._LEAST", 0)
    monkeypatch.setattr("loaders.ahead.put", put_ahead)
    monkeypatch.setattr(Ledger, "begin", refuse)
    with pytest.raises(KeyboardInterrupt):
        perform(empty, ledger, work, WHO, print)
    assert (digest(empty).parts, syncing.state(empty).running, ledger.loads()) == ({}, None, [])
    written.clear()
    monkeypatch.setattr(Ledger, "begin", keep)
    monkeypatch.setattr("loaders.running._write", cut_off)
    with pytest.raises(KeyboardInterrupt):
        perform(empty, ledger, work, WHO, print)
    [cut] = ledger.loads()
    assert (cut.state, syncing.state(empty).running) == ("running", cut.run)
    assert syncing.cursor(empty, cut.run)[0] > 0
    monkeypatch.undo()
    settle(empty, ledger, WHO, print)
    assert not planned(empty, folder).plan.changes


def test_what_the_server_refuses_ahead_of_the_ledger_costs_its_own_row_only(empty, ledger, folder, monkeypatch):
    add_topic(folder, "endless", "endless " * 5000)
    monkeypatch.setattr("loaders.ahead._LEAST", 0)
    work = planned(empty, folder)
    load = ledger.load(perform(empty, ledger, work, WHO, print))
    assert (load.state, len(ledger.rejects(load))) == ("done", len(work.plan.rejects) + 2)
    left = planned(empty, folder).plan
    assert {one.id for one in left.entities} == {"topic:endless"}


def test_a_number_that_the_graph_cannot_hold_is_told_without_a_ledger(empty, folder):
    made = plan(empty, [folder / file for file in FOUNDING.by_file], FOUNDING)
    made.entities[0].after["count"] = 10**30
    with pytest.raises(LoadError, match=r"cannot be written: .*(too large|out of range)"):
        apply(empty, made)


def test_what_the_plan_says_of_new_agreements_is_what_the_graph_would_have_said(examples):
    assert derive(examples) == (0, 0)
    assert derive_periods(examples) == (0, 0)


def test_after_a_kill_at_any_moment_the_next_load_makes_the_same_graph(empty, address):
    found = list(kills(empty, address, ["founding"], 3, seed=1))
    assert [kill.right for kill in found] == [True] * 3

"""What was loaded, kept in the application database: runs, files, changes with their images, rejects."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.locking import alone
from graph_app.database.tables import Installation, KnownGraph, Load, LoadChange, LoadFile, LoadReject, LoadScan, now
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.writer import batched
from loaders import decisions, entries, keeping
from loaders.facts import Reject
from loaders.plan import Change
from loaders.promise import Promise
from loaders.syncing import State

_BATCH = 1000


class Ledger:
    """The ledger in the application database ``database``; every call is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def installation(self) -> str:
        """The name of this installation, made when it is first asked for."""
        with self.database.writing() as session:
            return _installation(session).name

    def serial(self, graph: str | None) -> int | None:
        """Return how many loads of ``graph`` the ledger knows; None if it does not know that graph."""
        with self.database.reading() as session:
            known = session.get(KnownGraph, graph) if graph else None
            return known.serial if known else None

    def note(self, graph: str, serial: int) -> None:
        """Keep that ``graph`` has had ``serial`` loads; what other loads than ours did to its rows is not known."""
        with self.database.writing() as session:
            session.merge(KnownGraph(key=graph, serial=serial, joined_at=now()))
            keeping.doubt(session, graph)

    def trusts(self, state: State) -> bool:
        """Return whether the rows in the ledger are those of a graph that says ``state``, and nothing was cut off."""
        known = self.serial(state.graph)
        return known is not None and known == state.serial and not (state.running or self.unfinished(state.graph))

    def seen(self, state: State, digest: str) -> LoadScan | None:
        """Return what is known of files with this ``digest``, if nothing was loaded since they changed nothing."""
        with self.database.reading() as session:
            return keeping.seen(session, state.graph, digest, state.serial)

    def keep(self, work: Promise) -> None:
        """Keep the rows of a plan that has nothing to write."""
        if work.state.graph and work.plan.rows:
            with self.database.writing() as session:
                keeping.note(session, work.state.graph, work.plan, work.state.serial)

    def doubt(self, graph: str, claims: Collection[str] | None = None) -> None:
        """Have the rows that make one of ``claims``, or all, compared with the graph again by the next plan."""
        with self.database.writing() as session:
            keeping.doubt(session, graph, claims)

    @contextmanager
    def writing_alone(self, who: str) -> Iterator[None]:
        """Let nobody else load through this ledger during the ``with``.

        Raises
        ------
        LoadError
            If somebody else is loading; the message says who, and since when.

        """
        with alone(self.database) as held:
            if not held:
                raise self._busy()
            self._hold(who)
            try:
                yield
            finally:
                self._hold(None)

    def begin(self, run: str, work: Promise, who: str) -> None:
        """Keep the run, before it writes anything, with all that it is going to change."""
        plan = work.plan
        about = {"mapping": plan.mapping, "version": work.version, "rules": work.rules, "plan": ""}
        with self.database.writing() as session:
            load = Load(
                run=run,
                graph=work.state.graph,
                undoes=work.undoes,
                state="running",
                who=who,
                balance=asdict(plan.balance),
                serial_before=work.state.serial,
                **about,
            )
            session.add(load)
            session.flush()
            _insert(session, LoadFile, ({"load": load.number, **vars(file)} for file in work.files))
            load.plan = keeping.changes(session, load, work)
            _insert(session, LoadReject, _numbered(load, map(entries.of_reject, plan.rejects)))
            keeping.begin(session, load, plan)
            decisions.begin(session, load, work.decided, work.withdrawn)

    def finish(self, run: str, serial: int) -> None:
        """Keep that ``run`` came to its end, and that the graph has had ``serial`` loads; undo marks what it undid."""
        with self.database.writing() as session:
            load = _one(session, run)
            load.state, load.reason, load.finished_at, load.serial_after = "done", None, now(), serial
            load.totals = keeping.totals(session, load)
            session.merge(KnownGraph(key=load.graph, serial=serial, joined_at=now()))
            keeping.finish(session, load, serial)
            if load.undoes:
                session.execute(update(Load).where(Load.run == load.undoes).values(state="undone"))
                keeping.take_back(session, _one(session, load.undoes))

    def fail(self, run: str, error: PeyvandError) -> None:
        """Keep that ``run`` did not come to its end, and why."""
        with self.database.writing() as session:
            load = _one(session, run)
            load.state, load.reason, load.finished_at = "failed", entries.of_reason(error), now()

    def loads(self) -> list[Load]:
        """Return all runs, the newest first."""
        return self._all(select(Load).order_by(Load.number.desc()))

    def load(self, run: str) -> Load:
        """Return the run with this id, or the only one whose id begins or ends so.

        Raises
        ------
        LoadError
            If there is none, or several.

        """
        found = [load for load in self.loads() if run and (load.run.startswith(run) or load.run.endswith(run))]
        exact = [load for load in found if load.run == run]
        if len(exact or found) != 1:
            message = N_("The ledger knows %(count)s runs “%(run)s”. See: peyvand load runs")
            raise LoadError(message, count=len(found), run=run)
        return (exact or found)[0]

    def unfinished(self, graph: str | None) -> Load | None:
        """Return the run in ``graph`` that was cut off, if there is one."""
        states = Load.state.in_(("running", "failed"))
        found = self._all(select(Load).where(Load.graph == graph, states).order_by(Load.number))
        return found[0] if found else None

    def applied(self, digest: str, graph: str | None) -> Load | None:
        """Return the run that wrote the plan with this digest into ``graph`` and was not undone since."""
        found = self._all(select(Load).where(Load.plan == digest, Load.graph == graph, Load.state == "done"))
        return found[-1] if found else None

    def files(self, load: Load) -> list[LoadFile]:
        """Return the files that a run read."""
        return self._all(select(LoadFile).where(LoadFile.load == load.number).order_by(LoadFile.name))

    def changes(self, load: Load) -> list[Change]:
        """Return what a run changed, in the order in which it was written."""
        rows = self._all(select(LoadChange).where(LoadChange.load == load.number).order_by(LoadChange.seq))
        return list(map(_change, rows))

    def rejects(self, load: Load) -> list[Reject]:
        """Return the rows that a run did not load."""
        rows = self._all(select(LoadReject).where(LoadReject.load == load.number).order_by(LoadReject.seq))
        return [entries.reject(vars(row)) for row in rows]

    def counts(self, load: Load) -> tuple[int, int]:
        """Return how many entities and how many ties a run changed."""
        ties = func.count(LoadChange.type)
        asked = select(func.count(), ties).select_from(LoadChange).where(LoadChange.load == load.number)
        with self.database.reading() as session:
            every, tied = session.execute(asked).one()
            return every - tied, tied

    def later(self, load: Load) -> dict[str, list[str]]:
        """Return the later runs that touched what ``load`` touched, each with these things; undone ones are left out.

        A tie that a later run tied to an entity that ``load`` made counts as touching the entity.
        """
        mine = select(LoadChange.key).where(LoadChange.load == load.number)
        made = mine.where(LoadChange.type.is_(None), LoadChange.before.is_(None))
        touching = or_(LoadChange.key.in_(mine), LoadChange.start.in_(made), LoadChange.end.in_(made))
        standing = (Load.number > load.number, Load.graph == load.graph, Load.state != "undone", Load.undoes.is_(None))
        asked = select(Load.run, LoadChange.key).join(LoadChange, LoadChange.load == Load.number)
        found: dict[str, list[str]] = {}
        with self.database.reading() as session:
            for run, key in session.execute(asked.where(*standing, touching).order_by(Load.number, LoadChange.seq)):
                found.setdefault(run, []).append(key)
        return found

    def last(self, graph: str | None, keys: Iterable[str]) -> Iterator[Change]:
        """Yield the last change of each of ``keys`` that a run made in ``graph``; nothing for what none changed."""
        newest = select(func.max(LoadChange.load).label("load"), LoadChange.key)
        newest = newest.join(Load, Load.number == LoadChange.load).where(Load.graph == graph).group_by(LoadChange.key)
        for batch in batched(keys, _BATCH):
            mine = newest.where(LoadChange.key.in_(batch)).subquery()
            same = and_(LoadChange.load == mine.c.load, LoadChange.key == mine.c.key)
            yield from map(_change, self._all(select(LoadChange).join(mine, same)))

    def _all(self, asked: Select[Any]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(asked))

    def _hold(self, who: str | None) -> None:
        with self.database.writing() as session:
            installation = _installation(session)
            installation.holder, installation.held_since = who, now() if who else None

    def _busy(self) -> LoadError:
        with self.database.reading() as session:
            held = session.get(Installation, 1)
            message = N_("%(who)s has been loading since %(since)s; one load at a time. Wait, then try again.")
            since = held.held_since.isoformat(" ", "seconds") if held and held.held_since else "–"
            return LoadError(message, who=(held and held.holder) or "–", since=since)


def _installation(session: Session) -> Installation:
    found = session.get(Installation, 1)
    if found is None:
        found = Installation(id=1, name=uuid4().hex)
        session.add(found)
    return found


def _one(session: Session, run: str) -> Load:
    return session.execute(select(Load).where(Load.run == run)).scalar_one()


def _change(row: LoadChange) -> Change:
    return entries.change({name: getattr(row, name) for name in entries.COLUMNS})


def _numbered(load: Load, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    return ({"load": load.number, "seq": seq, **row} for seq, row in enumerate(rows, start=1))


def _insert(session: Session, table: type[Any], rows: Iterable[Mapping[str, Any]]) -> None:
    for batch in batched(rows, _BATCH):
        session.execute(insert(table), batch)

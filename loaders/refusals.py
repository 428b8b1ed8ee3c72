"""What the server did not take of a run: kept as rejects of the rows that assert it, so that they can be mended."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from graph_app.database.tables import Load, LoadChange, LoadReject
from graph_app.errors import N_, LoadError, PeyvandError
from loaders import entries, keeping
from loaders.facts import Reject
from loaders.ledger import Ledger
from loaders.plan import Balance, Change, EntityChange, Plan, TieChange
from loaders.promise import fingerprint
from loaders.reading import Guidance, Row, named_parts, read

_MESSAGE = N_("%(id)s could not be written: %(reason)s")
Place = tuple[str, int]  # file, line
Cells = tuple[tuple[str, ...], tuple[str, ...]]  # header, row


class Refusals:
    """The refused changes of the run ``load``, which writes ``plan``; those of an earlier attempt are among them."""

    def __init__(self, ledger: Ledger, load: Load, plan: Plan) -> None:
        self._ledger, self._load, self._plan = ledger, load, plan
        self.ids = refused_ids(ledger.rejects(load))

    def keep(self, change: Change, reason: PeyvandError) -> None:
        """Keep that ``change`` is left out, and why."""
        if change.id in self.ids:
            return
        file, line = _place(change, self._evidence)
        if isinstance(change, EntityChange) and not file:
            file, line = self._said_before(change.id)
        header, cells = self._cells(file).get(line, (("id",), (change.id,)))
        why = LoadError(_MESSAGE, id=change.id, reason=reason)
        entry = entries.of_reject(Reject(file, Row(line, cells), header, "", change.id, why))
        with self._ledger.database.writing() as session:
            last = session.scalar(select(func.max(LoadReject.seq)).where(LoadReject.load == self._load.number))
            session.execute(insert(LoadReject), [{"load": self._load.number, "seq": (last or 0) + 1, **entry}])
        self.ids.add(change.id)

    @cached_property
    def _evidence(self) -> dict[str, Place]:
        return _evidence(self._plan)

    def _said_before(self, entity: str) -> Place:
        """Return the row behind a change of ``entity`` whose evidence stays as it is."""
        evidence = {one.id: one for one in _standing_evidence(self._ledger, self._load.graph, [entity])}
        for record in self._plan.rows.new if self._plan.rows else ():
            if not evidence.keys().isdisjoint(record.claims):
                return record.file, record.line
        return next((_place(one, {}) for one in evidence.values()), ("", 0))

    @cache  # noqa: B019 - lives as long as the run
    def _cells(self, file: str) -> Mapping[int, Cells]:
        """Return the rows of ``file`` by line, if it is as it was when the plan was made."""
        known = next((one for one in self._ledger.files(self._load) if one.name == file), None)
        if known is None:
            return {}
        try:
            if fingerprint(Path(known.path))[0] != known.sha256:
                return {}
            export = read(Path(known.path), Guidance(delimiter=known.delimiter), named_parts(file)[1])
            return {row.line: (export.header, row.cells) for row in export.rows if row.fault is None}
        except LoadError:
            return {}


def refused_ids(rejects: Iterable[Reject]) -> set[str]:
    """Return the changes that ``rejects`` tell to be left out."""
    return {_refused(one) for one in rejects if one.reason.message == _MESSAGE}


def without_row(reject: Reject) -> bool:
    """Return whether ``reject`` tells of a change behind which no row could be found: there is nothing to load."""
    return not reject.column and reject.row.cells == (reject.value,) and reject.reason.message == _MESSAGE


def close(ledger: Ledger, load: Load) -> set[str]:
    """Take what was refused out of the changes of ``load``, and count its rows as rejected; return it.

    The rows are doubted, so that the same files are not taken for loaded.

    Nothing happens the second time.
    """
    places = {_refused(one): (one.file, one.row.line) for one in ledger.rejects(load) if one.reason.message == _MESSAGE}
    ids = set(places)
    changes = ledger.changes(load) if ids else []
    if not {change.id for change in changes} & ids:
        return ids
    balance = _balance(_plan_of(load, changes), places)
    standing = {one.id for one in _standing_evidence(ledger, load.graph, ids)}
    with ledger.database.writing() as session:
        mine = (LoadChange.load == load.number, LoadChange.key.in_(ids))
        session.execute(delete(LoadChange).where(*mine))
        session.get_one(Load, load.number).balance = balance
        keeping.doubt(session, load.graph, ids | standing | _claims_about(changes, ids))
    return ids


def _refused(reject: Reject) -> str:
    return str(reject.reason.values["id"])


def _standing_evidence(ledger: Ledger, graph: str, entities: Collection[str]) -> Iterator[TieChange]:
    """Yield what the ledger last wrote of the evidence of ``entities``, where that stands."""
    evidence = (LoadChange.type == "EVIDENCED_BY", LoadChange.start.in_(entities), Load.graph == graph)
    asked = select(LoadChange.key).join(Load, Load.number == LoadChange.load).where(*evidence).distinct()
    with ledger.database.reading() as session:
        keys = list(session.scalars(asked))
    for one in ledger.last(graph, keys):
        if isinstance(one, TieChange) and one.after and one.start in entities:
            yield one


def _plan_of(load: Load, changes: list[Change]) -> Plan:
    entities = tuple(change for change in changes if isinstance(change, EntityChange))
    ties = tuple(change for change in changes if not isinstance(change, EntityChange))
    return Plan(load.mapping, (), entities, ties, (), Balance(**load.balance))


def _claims_about(changes: Iterable[Change], ids: set[str]) -> set[str]:
    return {one.id for one in changes if isinstance(one, TieChange) and one.type == "EVIDENCED_BY" and one.start in ids}


def _evidence(plan: Plan) -> dict[str, Place]:
    """Return where each entity is asserted."""
    speaking = (tie for tie in plan.ties if tie.type == "EVIDENCED_BY" and tie.after)
    return {tie.start: (str(tie.after.get("file", "")), int(tie.after.get("row_line", 0))) for tie in speaking}


def _place(change: Change, evidence: Mapping[str, Place]) -> Place:
    if isinstance(change, EntityChange):
        return evidence.get(change.id, ("", 0))
    said = change.after or change.before or {}
    return str(said.get("file", "")), int(said.get("row_line", 0))


def _balance(plan: Plan, refused: Mapping[str, Place]) -> dict[str, int]:
    """Return the balance of ``plan`` with the rows behind ``refused`` as rejected: they were counted as what they did.

    ``refused`` has the ids of the changes, each with the place of its row.
    """
    evidence, new, touched = _evidence(plan), set[Place](), set[Place]()
    for change in plan.steps():
        place = refused.get(change.id) or _place(change, evidence)
        if change.before is None:
            new.add(place)
        if change.id in refused:
            touched.add(place)
    touched.discard(("", 0))
    moved = Counter("created" if place in new else "updated" for place in touched)
    found = dict(vars(plan.balance))
    for name, count in moved.items():
        fewer = min(count, found[name])
        found[name] -= fewer
        found["rejected"] += fewer
    return found

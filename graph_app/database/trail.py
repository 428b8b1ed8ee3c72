"""The audit, read: its lines by who, what, which kind and when, the newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from graph_app.database.application import Database
from graph_app.database.tables.audit import AuditLine

_BATCH = 1000


@dataclass(frozen=True)
class Wanted:
    """Which lines are looked for; what is empty excludes none.

    Parameters
    ----------
    who, what
        Parts of who it was, and of what it was about, where it came from, or the request.
    kind, outcome
        As the line has them.
    first, last
        Days in UTC; both count.
    before
        The number of the first line that is not wanted any more.

    """

    who: str = ""
    what: str = ""
    kind: str = ""
    outcome: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None


def page(database: Database, wanted: Wanted, most: int) -> tuple[Sequence[AuditLine], bool]:
    """Return ``most`` lines at most, the newest first, and whether there are more."""
    with database.reading() as session:
        found = session.scalars(_asked(wanted).limit(most + 1)).all()
    return found[:most], len(found) > most


def batches(database: Database, wanted: Wanted, most: int) -> Iterator[Sequence[AuditLine]]:
    """Yield ``most`` lines at most, in pieces; no transaction stays open between them."""
    left = most
    while left > 0:
        found, more = page(database, wanted, min(left, _BATCH))
        yield found
        if not more:
            return
        left -= len(found)
        wanted = replace(wanted, before=found[-1].id)


def _asked(wanted: Wanted) -> Select[AuditLine]:
    return select(AuditLine).where(*_conditions(wanted)).order_by(AuditLine.id.desc())


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.who:
        yield AuditLine.who.icontains(wanted.who, autoescape=True)
    if wanted.what:
        held = (AuditLine.about, AuditLine.route, AuditLine.address, AuditLine.request)
        yield or_(*(column.icontains(wanted.what, autoescape=True) for column in held))
    if wanted.kind:
        yield AuditLine.kind == wanted.kind
    if wanted.outcome:
        yield AuditLine.outcome == wanted.outcome
    if wanted.first:
        yield AuditLine.at >= _midnight(wanted.first)
    if wanted.last:
        yield AuditLine.at < _midnight(wanted.last) + timedelta(days=1) if wanted.last < date.max else AuditLine.id > 0
    if wanted.before is not None:
        yield AuditLine.id < wanted.before


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)

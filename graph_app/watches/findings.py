"""What looks at watches found: added, never changed, each look told from the one before it and kept with it or not."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.tables import Finding, Glance, Watch, now
from graph_app.errors import PeyvandError
from graph_app.watches.changes import Change, changes
from graph_app.watches.looking import REMINDERS, Seen
from graph_app.watches.problems import kept
from graph_app.watches.readers import reads

KEPT = 200  # changes that one finding lists; all are counted
_YEAR = timedelta(days=366)  # for which findings are kept
_AGAIN = timedelta(minutes=1)
_LONGEST = 8  # doublings of it, about four hours
Told = dict[str, Any]


@dataclass(frozen=True)
class Due:
    """A watch that wants a look, and what it showed at the last one; the mark is empty if there was none."""

    watch: Watch
    seen: Seen
    mark: str
    problem: Mapping[str, Any] | None
    failures: int

    @property
    def reminds(self) -> bool:
        """Whether it watches for what is due."""
        return not self.watch.question and REMINDERS in self.watch.given


def due(database: Database, mark: str) -> list[Due]:
    """Return the watches that were not looked at since the graph holds what ``mark`` says, or whose look failed."""
    with database.reading() as session:
        if session.scalar(select(Watch.key).limit(1)) is None:
            return []
        late = or_(Glance.watch.is_(None), Glance.mark != mark, Glance.look_at <= now())
        query = select(Watch, Glance).outerjoin(Glance, Glance.watch == Watch.key).where(late, reads(Watch.owner))
        rows = session.execute(query.order_by(Watch.key)).all()
    return [_due(watch, glance) for watch, glance in rows]


def _due(watch: Watch, glance: Glance | None) -> Due:
    if glance is None:
        return Due(watch, watch.seen, "", None, 0)
    return Due(watch, glance.seen, glance.mark, glance.problem, glance.failures)


def news(due: Due, seen: Seen) -> list[Change]:
    """Return what ``seen`` shows that the look before did not. Of what is due only the new is told."""
    found = changes(due.seen, seen)
    return [one for one in found if one.kind == "new"] if due.reminds else found


def keep(database: Database, due: Due, seen: Seen, mark: str, told: Told | None) -> bool:
    """Keep a look, and with it what it found; return whether it was kept: not if another process was faster."""
    if due.reminds:  # what was told once stays told, also if it goes and comes back
        seen = {**seen, "rows": {**due.seen["rows"], **seen["rows"]}}
    return _kept(database, due, told, seen=seen, mark=mark, failures=0, look_at=None, problem=None)


def fail(database: Database, due: Due, mark: str, error: PeyvandError, told: Told | None) -> bool:
    """Keep that a look failed and when to look again; what was seen before stays what the next look is told from."""
    again = now() + _AGAIN * 2 ** min(due.failures, _LONGEST)
    changed = {"failures": due.failures + 1, "look_at": again, "problem": kept(error)}
    return _kept(database, due, told, seen=due.seen, mark=mark, **changed)


def _kept(database: Database, due: Due, told: Told | None, **values: Any) -> bool:  # noqa: ANN401 - of any column
    try:
        with database.writing() as session:
            glance = session.get(Glance, due.watch.key, with_for_update=True)
            if (glance.mark if glance else "", glance.failures if glance else 0) != (due.mark, due.failures):
                return False
            glance = glance or Glance(watch=due.watch.key)
            for name, value in {**values, "looked_at": now()}.items():
                setattr(glance, name, value)
            session.add(glance)
            session.flush()  # the row is ours before the finding has its number, so numbers of a watch only grow
            if told is not None:
                session.add(
                    Finding(
                        key=str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)), watch=due.watch.key, told=told
                    )
                )
    except IntegrityError:  # somebody stopped watching meanwhile, or another process had the first look
        return False
    return True


def sweep(database: Database, moment: datetime) -> None:
    """Take away what was found more than a year before ``moment``."""
    with database.writing() as session:
        session.execute(delete(Finding).where(Finding.found_at < moment - _YEAR))


def last(session: Session, watches: Sequence[str], most: int) -> list[Finding]:
    """Return the last findings of some watches, the newest first."""
    query = select(Finding).where(Finding.watch.in_(watches)).order_by(Finding.id.desc()).limit(most)
    return list(session.scalars(query))

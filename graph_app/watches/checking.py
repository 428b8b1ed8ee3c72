"""Looking at all that is watched after a load, whoever loaded: what the graph holds is compared with the last look."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph_app.catalog import Question
from graph_app.confidentiality import HIGHEST
from graph_app.database import Database
from graph_app.database.tables import now
from graph_app.errors import NotFoundError, PeyvandError, QuestionError
from graph_app.exploration.lifecycle import today
from graph_app.graph.content import content
from graph_app.graph.store import Store
from graph_app.watches import findings, wording
from graph_app.watches.changes import Change
from graph_app.watches.findings import KEPT, Due, Told
from graph_app.watches.looking import ENTITY, Seen, look_at_entity, look_at_question, look_at_reminders
from graph_app.watches.problems import kept
from graph_app.watches.readers import clearances, told_to

Find = Callable[[str], Question]


@dataclass(frozen=True)
class Checked:
    """What a check did: how many watches it looked at, how many had news; ``busy`` if a load is at work."""

    looked: int = 0
    found: int = 0
    busy: bool = False


def check(store: Store, database: Database, find: Find) -> Checked:
    """Look at what is watched, if the graph holds something else than at the last look or another day has begun.

    Each watch is looked at and kept for itself, so a check that is cut off loses nothing and tells nothing twice; two
    that run at once share the work.

    Parameters
    ----------
    store
        The graph.
    database
        Where the looks are kept.
    find
        Gives the question of a name.

    Raises
    ------
    StoreError
        If the server cannot be reached.

    """
    held, day = content(store), today()
    if not held:
        return Checked(busy=True)
    mark, looked, found = f"{held} {day}", 0, 0
    due, seen_by = findings.due(database, mark), clearances(database)
    for one in due:
        told = _look(store.seen_with(seen_by[one.watch.owner]), find, one, day)
        if content(store) != held:  # what was seen may be half of a load
            return Checked(looked, found, busy=True)
        looked += 1
        found += told.keep(database, mark)
    findings.sweep(database, now())
    return Checked(looked, found)


def look(store: Store, question: Question | None, given: Mapping[str, Any], day: date) -> Seen:
    """Return what a watch shows now: a question, the entity that is ``given``, or what is due. Errors as for each."""
    if question is not None:
        return look_at_question(store, question, given)
    return look_at_entity(store, given[ENTITY]) if ENTITY in given else look_at_reminders(store, day)


@dataclass(frozen=True)
class _Look:
    """A look at a watch that is not kept yet: what it showed, or why it failed; and what of that is to be told."""

    due: Due
    seen: Seen | None
    error: PeyvandError | None
    told: Told | None

    def keep(self, database: Database, mark: str) -> bool:
        """Keep it, and return whether it found something."""
        if self.seen is not None:
            done = findings.keep(database, self.due, self.seen, mark, self.told)
        else:
            assert self.error is not None  # noqa: S101 - it failed
            done = findings.fail(database, self.due, mark, self.error, self.told)
        return done and self.told is not None


def _look(store: Store, find: Find, due: Due, day: date) -> _Look:
    question = None
    try:
        question = find(due.watch.question) if due.watch.question else None
        seen = look(store, question, due.watch.given, day)
    except PeyvandError as error:
        return _Look(due, None, error, _failed(due, error, whole=store.clearance == HIGHEST))
    news = told_to(store.clearance, findings.news(due, seen))
    return _Look(due, seen, None, _told(question, due, seen, news) if news else None)


def _told(question: Question | None, due: Due, seen: Seen, news: list[Change]) -> Told:
    counts: dict[str, int] = {}
    for change in news:
        counts[change.kind] = counts.get(change.kind, 0) + 1
    named = seen if seen["rows"] else due.seen
    return {
        **_about(question, due, named),
        "columns": wording.columns(question, seen["columns"]),
        "changes": [[one.kind, one.before, one.after] for one in news[:KEPT]],
        "counts": counts,
        "cut": seen["cut"],
    }


def _failed(due: Due, error: PeyvandError, *, whole: bool) -> Told | None:
    """Return what is told of a look that failed: once, and only if it is gone for good, not if the server is away.

    What it was called is told to those who may see the ``whole`` graph: it may be gone because it is confidential now.
    """
    if due.problem is not None or not isinstance(error, NotFoundError | QuestionError):
        return None
    empty: dict[str, Any] = {"columns": [], "changes": [], "counts": {}, "cut": False}
    return {**_about(None, due, due.seen if whole else {**due.seen, "rows": {}}), **empty, "problem": kept(error)}


def _about(question: Question | None, due: Due, seen: Seen) -> Told:
    watch = due.watch
    if question is None and watch.question:
        names = {"en": watch.question, "fa": watch.question}
    else:
        names = wording.titles(question, watch.given, seen)
    return {
        "titles": names,
        "path": wording.path(watch.question, watch.given),
        "question": watch.question,
        "given": watch.given,
    }

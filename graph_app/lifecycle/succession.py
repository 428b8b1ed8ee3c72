"""What a successor does to the agreement that it follows: from the day it was signed, it closes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from graph_app.lifecycle.acts import Act, History, Moment
from graph_app.lifecycle.case import Case, rank_of

_CLOSES = {"renewal": "renewed", "downgrade": "downgraded", "replacement": "superseded"}
_SIGNED, _LAST = "signed", "suspended"


@dataclass(frozen=True)
class Succession:
    """One source's word that ``successor`` follows ``earlier``; a reason that is not given is taken for replacement."""

    successor: str
    earlier: str
    reason: str | None = None
    source: str = ""
    reported_on: date | None = None
    certainty: str = "stated"


def with_successors(histories: Mapping[str, History], successions: Iterable[Succession]) -> dict[str, History]:
    """Return ``histories`` with a closing act for each successor that has been signed."""
    found = dict(histories)
    for one in successions:
        since = _signed_since(histories[one.successor]) if one.successor in histories else None
        if since and one.earlier in found:
            earlier = found[one.earlier]
            found[one.earlier] = replace(earlier, acts=(*earlier.acts, _closing(one, since)))
    return found


def _closing(one: Succession, since: Moment) -> Act:
    kind = _CLOSES.get(one.reason or "", "superseded")
    told = {"source": one.source, "reported_on": one.reported_on, "certainty": one.certainty}
    return Act(kind, one.successor, since if since.latest > date.min else None, **told)  # type: ignore[arg-type]


def _signed_since(history: History) -> Moment | None:
    """Return when a successor was signed, by its acts; else from when a source says that it is."""
    case = Case(history)
    if case.signed:
        return case.signed
    said = [act for act in case.assertions if rank_of(_SIGNED) <= rank_of(str(act.value)) <= rank_of(_LAST)]
    return min((act.position for act in said), key=lambda moment: moment.latest, default=None)

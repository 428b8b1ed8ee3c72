"""Of several reports of one act, the one that is displayed: the later report; that they differ is kept."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from graph_app.lifecycle.acts import STATUS, Act
from graph_app.vocabulary import vocabulary


def settled(acts: Iterable[Act]) -> tuple[tuple[Act, ...], frozenset[Act]]:
    """Return one act for each that sources speak of, by the later report, and those of which they differ."""
    told: dict[tuple[object, ...], list[Act]] = defaultdict(list)
    for act in acts:
        told[_identity(act)].append(act)
    settled = [max(same, key=later_report) for same in told.values()]
    differing = frozenset(
        act for act, same in zip(settled, told.values(), strict=True) if len({_said(one) for one in same}) > 1
    )
    settled.sort(key=lambda act: (act.position.latest, act.position.earliest, act.kind, act.of, act.party or ""))
    return tuple(settled), differing


def _identity(act: Act) -> tuple[object, ...]:
    if act.kind == STATUS:
        return (act.kind, act.position.earliest, act.position.latest)  # whatever calendar the day is written in
    return (act.kind, act.of, act.party)


def _said(act: Act) -> tuple[object, ...]:
    return (act.when, act.written, act.value, act.until, act.term, act.text)


def later_report(act: Act) -> tuple[date, int, str, str]:
    """Return a key that is greatest for the report to display: the latest, then the surest."""
    rank = vocabulary().certainties[act.certainty].rank
    return (act.reported_on or date.min, -rank, act.source, str(_said(act)))

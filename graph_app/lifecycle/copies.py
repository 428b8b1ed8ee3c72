"""Which text each side holds, and whether what was approved or signed is still the text that they hold."""

from collections.abc import Iterable, Mapping
from datetime import date

from graph_app.lifecycle.acts import Act
from graph_app.vocabulary import vocabulary

_BINDING = frozenset({"approval", "signature"})
Sides = Mapping[str | None, Act]


def held(acts: Iterable[Act], day: date) -> Sides:
    """Return the last act by which a text of each side is known on ``day``; None: a text of all."""
    return _last(act for act in acts if act.text and act.position.certainly_by(day))


def bound(acts: Iterable[Act], day: date) -> Sides:
    """Return the last approval or signature of each side on ``day``, whether or not it names its text."""
    known = vocabulary().acts
    found = (act for act in acts if act.kind in known and known[act.kind].effect in _BINDING)
    return _last(act for act in found if act.position.certainly_by(day))


def changed(approval: Act, copies: Sides) -> bool:
    """Return whether a later copy of the same side, of another, or of all has another text than ``approval``."""
    later = (copy for copy in copies.values() if copy.position.latest >= approval.position.latest)
    return approval.text is not None and any(copy.text != approval.text for copy in later)


def text_changed(acts: Iterable[Act], day: date) -> bool:
    """Return whether on ``day`` anything that was approved or signed has a text that is held no more."""
    known = tuple(acts)
    copies = held(known, day)
    return any(changed(one, copies) for one in bound(known, day).values())


def _last(acts: Iterable[Act]) -> Sides:
    ordered = sorted(acts, key=lambda act: (act.position.latest, act.position.earliest, act.of))
    return {act.party: act for act in ordered}

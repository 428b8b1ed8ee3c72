"""What a change found, what it leaves, and what the graph holds now, in one form that can be compared.

Search keys, marks of what is confidential and the run that wrote a tie are no facts and do not count.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from graph_app.confidentiality import SECRECY
from graph_app.graph.store import Store
from graph_app.keys import KEYS
from loaders import current
from loaders.plan import Change, EntityChange, TieChange

Image = tuple[frozenset[str], Mapping[str, Any]] | None  # labels and facts; None: the thing is not there
_NO_FACTS = frozenset({*KEYS, SECRECY, "run"})


def before(change: Change) -> Image:
    """Return what ``change`` found."""
    return _image(change.had if isinstance(change, EntityChange) else frozenset(), change.before)


def after(change: Change) -> Image:
    """Return what ``change`` leaves."""
    return _image(change.labels if isinstance(change, EntityChange) else frozenset(), change.after or None)


def held_now(store: Store, changes: Iterable[Change]) -> list[tuple[Change, Image]]:
    """Return each of ``changes`` with what the graph holds of its thing now."""
    wanted, held = list(changes), dict[str, Image]()
    present = current.entities(store, [change.id for change in wanted if isinstance(change, EntityChange)])
    held |= {name: _image(one.labels, one.properties) for name, one in present.items()}
    by_type: dict[str, list[str]] = {}
    for change in wanted:
        if isinstance(change, TieChange):
            by_type.setdefault(change.type, []).append(change.id)
    for type_, ids in by_type.items():
        held |= {name: _image(frozenset(), found) for name, found in current.ties(store, type_, ids).items()}
    return [(change, held.get(change.id)) for change in wanted]


def _image(labels: frozenset[str], properties: Mapping[str, Any] | None) -> Image:
    if properties is None:
        return None
    return labels, {name: item for name, item in properties.items() if name not in _NO_FACTS}

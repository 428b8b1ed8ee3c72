"""How much there is of each label and type, from the statistics that the server keeps: nothing is looked at for it."""

from collections.abc import Iterable

from graph_app.graph.statements import together
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

_TOGETHER = 12  # counts in one statement: each in one of its own takes many connections, and longer


def labels(store: Store) -> dict[str, int]:
    """Return how many entities have each label of the vocabulary, without those that none has."""
    return _counts(store, "label_count", vocabulary().labels)


def types(store: Store, wanted: Iterable[str] | None = None) -> dict[str, int]:
    """Return how many ties there are of each type that is ``wanted``, or of all; types without any are left out."""
    return _counts(store, "type_count", vocabulary().types if wanted is None else wanted)


def _counts(store: Store, name: str, wanted: Iterable[str]) -> dict[str, int]:
    asked = tuple(wanted)
    parts = [asked[at : at + _TOGETHER] for at in range(0, len(asked), _TOGETHER)]
    answers = [store.begin(together(name, part)) for part in parts]
    found = {row["name"]: row["count"] for answer in answers for row in answer()}
    return {one: count for one in asked if (count := found.get(one))}

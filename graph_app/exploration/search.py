"""Finding entities by what people type: either script, any spelling or spacing, from the first letter on.

Two stages. The first asks for names that fit. Only if it finds too little, the second asks for everything that
resembles: names in which a letter is wrong, names that sound alike, a name together with the place in which it lies,
and what the text would be if the keyboard had been in the other language.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graph_app.exploration.ranking import (
    EXACT,
    EXACT_SQUASHED,
    INFIX,
    LABEL_RANK,
    LAST_RANK,
    NONE,
    WORD,
    WORDS,
    Candidate,
    Why,
    begun,
    belonging,
    called,
    fit,
    likeness,
    order,
    whole,
)
from graph_app.exploration.typed import Typed, on_other_layouts, read
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.keyboard import looks_mistyped

_CANDIDATES = 12  # of each way to find, at least; more if more are wanted
LOOKED_AT = 2000  # most that are looked at to find the best connected of those that fit alike
_INFIXED = 200  # most that are looked at of those that fit anywhere
_SHORTEST_TYPED = 3  # letters; fewer on the wrong layout must be the whole name
_FAR = 20.0  # per cent less alike than the best, from which on a like name is no answer any more
_RESEMBLING = 40  # of each way to find what only resembles
Found = tuple[Candidate, Why | None]


@dataclass(frozen=True)
class Hit:
    """One result: the entity, how many ties it has, the place that tells it from its namesakes, why it was found."""

    node: Node
    ties: int
    place: Node | None
    why: Why | None = None


def search(store: Store, text: str, *, limit: int = 10) -> list[Hit]:
    """Return the entities whose names fit ``text``, best first.

    An exact name comes before a name with a word that begins so, then letters anywhere, then all words in any order.
    Among equals places, institutions and people come first, and the better connected. Sources, statements and
    commitments come after all others unless they are called exactly so. If few names fit, what resembles follows.

    Parameters
    ----------
    store
        The graph.
    text
        What was typed, in either script; ``city: lahore`` or ``شهر: لاهور`` looks among the cities only.
    limit
        How many to return at most.

    """
    typed = read(text)
    if not typed.folded:
        return []
    found = _fitting(store, typed, limit)
    mistyped = looks_mistyped(text)
    if mistyped or not _enough(typed, found):
        found = _resembling(store, typed, on_other_layouts(text), found, mistyped=mistyped)
    return [Hit(one.node, one.ties, one.place, why) for one, why in found[:limit]]


def _enough(typed: Typed, found: list[Found]) -> bool:
    """Return whether what was found is what was meant, not only letters in the middle of a name."""
    return any(fit(typed, one) != INFIX for one, _ in found)


def _fitting(store: Store, typed: Typed, limit: int) -> list[Found]:
    candidates = max(_CANDIDATES, limit)
    parameters = {
        "lucene": typed.words(),
        "squashed": typed.infix,
        "apart": typed.apart,
        "candidates": candidates,
        "enough": candidates + (" " in typed.folded),  # of one word letters in the middle come last, of several not
        "ranked": list(LABEL_RANK),
        "looked_at": LOOKED_AT,
        "infixed": _INFIXED,
    }
    found = [one for one in _candidates(store, "search", typed, parameters) if fit(typed, one) != NONE]
    return [(one, called(typed, one)) for one in sorted(found, key=lambda one: order(typed, one))]


def _candidates(store: Store, name: str, typed: Typed, parameters: dict[str, Any]) -> list[Candidate]:
    rows = store.table(statement(name), {**parameters, "labels": list(typed.labels)})
    return [
        Candidate(row["node"], row["ties"], row["place"], frozenset(row.get("how", ())), tuple(row.get("near", ())))
        for row in rows
    ]


def _resembling(
    store: Store, typed: Typed, layouts: list[Typed], fitting: list[Found], *, mistyped: bool
) -> list[Found]:
    """Return ``fitting`` and what resembles: typed on another layout, a name with what it belongs to, a like name.

    A whole name on another layout comes before letters in the middle of a name, a whole word of one before like names.
    What only begins so on another layout counts if the text betrays that layout, or if nothing else was found.
    """
    ways = list(_ways(typed, layouts))
    found = _candidates(store, "resembling", typed, {"ways": ways}) if ways else []
    first = [pair for pair in fitting if fit(typed, pair[0]) <= WORD]
    names = _meant(layouts, found, lambda other, one: fit(other, one) <= EXACT_SQUASHED)
    words = _meant(layouts, found, whole)
    begun_so = _meant(layouts, found, lambda other, one: fit(other, one) <= WORDS)
    near = _belonging(typed, found)
    surer = [*first, *names, *fitting, *words, *(begun_so if mistyped else ()), *near]
    alike = _like(typed, found, clear=bool(surer))
    pairs = [*surer, *alike, *(() if near or alike else begun_so)]
    return _once(pairs or _partly(typed, found))


def _once(pairs: list[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for one, why in pairs:
        first.setdefault(one.id, (one, why))
    return list(first.values())


def _ways(typed: Typed, layouts: list[Typed]) -> Iterator[dict[str, object]]:
    resembling = " OR ".join(filter(None, (typed.joined(), typed.sounding())))
    asked = [
        ("names", typed.misspelled(), "like"),
        ("spellings", resembling, "like"),
        ("names", typed.partly(), "part"),
    ]
    asked += [("names", other.words(), f"layout {place}") for place, other in enumerate(layouts)]
    for index, text, how in asked:
        if text:
            yield {"index": index, "text": text, "how": how, "limit": _RESEMBLING}


def _meant(layouts: list[Typed], found: list[Candidate], fits: Callable[[Typed, Candidate], bool]) -> list[Found]:
    """Return what fits the first layout that anything fits."""
    for place, other in enumerate(layouts):
        fitting = [one for one in found if f"layout {place}" in one.how and fits(other, one)]
        if len(other.squashed) < _SHORTEST_TYPED:
            fitting = [one for one in fitting if fit(other, one) == EXACT]
        if fitting:
            return [(one, Why("layout", other.folded)) for one in sorted(fitting, key=lambda one: order(other, one))]
    return []


def _belonging(typed: Typed, found: list[Candidate]) -> list[Found]:
    fitting = [(one, told) for one in found if "part" in one.how and (told := belonging(typed, one))]
    fitting.sort(key=lambda pair: (-pair[1][0], *order(typed, pair[0])))
    return [(one, why) for one, (_, why) in fitting]


def _partly(typed: Typed, found: list[Candidate]) -> list[Found]:
    """Return what the longest of the words fit, when nothing fits them all."""
    scored = [(length, one, why) for one in found if "part" in one.how for length, why in [begun(typed, one)]]
    most = max((length for length, _, _ in scored), default=0)
    fitting = [(one, why) for length, one, why in scored if length == most > 0]
    return sorted(fitting, key=lambda pair: order(typed, pair[0]))


def _like(typed: Typed, found: list[Candidate], *, clear: bool) -> list[Found]:
    """Return the like names, the likest first, without those far less like; ``clear``: something surer was found."""
    fitting = [(one, told) for one in found if "like" in one.how and (told := likeness(typed, one))]
    best = 100.0 if clear else max((score for _, (score, _) in fitting), default=0.0)
    fitting = [pair for pair in fitting if pair[1][0] >= best - _FAR]
    fitting.sort(key=lambda pair: (pair[0].rank == LAST_RANK, -pair[1][0], *order(typed, pair[0])))
    return [(one, why) for one, (_, why) in fitting]

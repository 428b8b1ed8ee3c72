"""Finding entities by what people type: either script, any spelling or spacing, from the first letter on."""

from dataclasses import dataclass

from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.text import fold
from graph_app.vocabulary import vocabulary

_CANDIDATES = 100  # of each way to find
_LOOKED_AT = 5000  # most that are looked at to find the best connected of those that fit alike
_LONGEST, _MOST_TERMS = 120, 10  # letters and words beyond which a text is no name; Lucene refuses far longer ones
_SHORTEST_INFIX = 3  # letters; fewer are in nearly every name
_SHORTEST_FUZZY = 4
_EXACT, _EXACT_SQUASHED, _WORD, _INFIX, _WORDS, _NEAR = range(6)
_LABEL_RANK = {"Place": 0, "Institution": 1, "Person": 1, "Agreement": 2, "Post": 3, "Event": 3, "Topic": 4}
_LAST_RANK = 5  # what is said, owed or measured, and the sources: after all others unless it is called just so


@dataclass(frozen=True)
class Hit:
    """One result: the entity, how many ties it has, and the place that tells it from its namesakes."""

    node: Node
    ties: int
    place: Node | None


def search(store: Store, text: str, *, limit: int = 10) -> list[Hit]:
    """Return the entities whose names fit ``text``, best first.

    An exact name comes before a name with a word that begins so, then letters anywhere, then all words in any order.
    If nothing fits, names that differ by a letter are taken. Among equals places, institutions
    and people come first, and the better connected. Sources, statements and commitments come after all others unless
    they are called exactly so.

    Parameters
    ----------
    store
        The graph.
    text
        What was typed, in either script.
    limit
        How many to return at most.

    """
    folded = " ".join(fold(text[:_LONGEST]).split()[:_MOST_TERMS])
    if not folded:
        return []
    found = _candidates(store, folded, _lucene(folded, fuzzy=False))
    if not found and len(folded) >= _SHORTEST_FUZZY:
        found = _candidates(store, folded, _lucene(folded, fuzzy=True))
    found.sort(key=lambda pair: _order(folded, *pair))
    return _with_places(store, found[:limit])


def _lucene(folded: str, *, fuzzy: bool) -> str:
    """Return the full-text query. Folded text holds only letters, digits and spaces: nothing needs escaping."""
    terms = folded.split()
    if fuzzy:
        return " AND ".join(f"{term}~1" for term in terms)
    return " AND ".join(f"({term}^4 OR {term}*)" for term in terms)


def _candidates(store: Store, folded: str, lucene: str) -> list[tuple[Node, int]]:
    squashed = folded.replace(" ", "")
    infix = squashed if len(squashed) >= _SHORTEST_INFIX else ""
    parameters = {"lucene": lucene, "squashed": infix, "candidates": _CANDIDATES, "looked_at": _LOOKED_AT}
    rows = store.table(statement("search"), parameters, rows=3 * _CANDIDATES).rows
    return [(node, degree) for node, degree in rows]


def _order(folded: str, node: Node, degree: int) -> tuple[bool, int, bool, int, int, str]:
    words = vocabulary()
    base = next((label for label in node.labels if label in words.labels and not words.labels[label].of), "")
    rank = _LABEL_RANK.get(base, _LAST_RANK)
    fit = _fit(folded, node)
    last = rank == _LAST_RANK and fit > _EXACT_SQUASHED
    return last, fit, bool(node.properties.get("is_group")), rank, -degree, node.id


def _fit(folded: str, node: Node) -> int:
    """Return how well the names of ``node`` fit; lower is better."""
    names = [fold(name) for name in names_of(node)]
    squashed = folded.replace(" ", "")
    tests = (
        (_EXACT, any(name == folded for name in names)),
        (_EXACT_SQUASHED, any(name.replace(" ", "") == squashed for name in names)),
        (_WORD, any(_begins_word(squashed, name) for name in names)),
        (_INFIX, any(squashed in name.replace(" ", "") for name in names)),
        (_WORDS, all(term in " ".join(names) for term in folded.split())),
    )
    return next((rank for rank, fits in tests if fits), _NEAR)


def _begins_word(squashed: str, name: str) -> bool:
    """Return whether ``name`` reads ``squashed`` from the beginning of one of its words on, spaces aside."""
    words = name.split()
    return any("".join(words[place:]).startswith(squashed) for place in range(len(words)))


def names_of(node: Node) -> list[str]:
    """Return all names of an entity, the main ones first."""
    main = [node.properties.get("name_fa"), node.properties.get("name_en")]
    return [name for name in (*main, *node.properties.get("aliases", ())) if name]


def _with_places(store: Store, found: list[tuple[Node, int]]) -> list[Hit]:
    ids = [node.id for node, _ in found]
    places = {row["id"]: row["place"] for row in store.table(statement("places_of"), {"ids": ids})} if ids else {}
    return [Hit(node, degree, places.get(node.id)) for node, degree in found]

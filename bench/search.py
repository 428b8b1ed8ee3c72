"""Search as you type beside the bare full-text call: names letter by letter, with a wrong one, with their country."""

from collections.abc import Iterator, Sequence
from functools import partial

from bench import asking
from bench.installation import Bench
from bench.pair import Goal, Row, paired, seconds
from graph_app.exploration.search import search
from graph_app.graph.store import Store
from graph_app.text import fold

TYPED = "search, typed letter by letter"
_GOALS = {TYPED: (Goal("p95", 2.0),)}
_NAMED = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id})-[:WITHIN]->(c) RETURN e.name_en AS en, e.name_fa AS fa, c.name_en AS c"
)
_BARE = "CALL db.index.fulltext.queryNodes('names', $text, {limit: 10}) YIELD node, score RETURN node, score"


def rows(bench: Bench) -> Iterator[Row]:
    """Measure on the graph that loading left."""
    yield from about(bench, asking.sample(bench))


def about(bench: Bench, cities: Sequence[str]) -> Iterator[Row]:
    """Measure the search for the names of ``cities``; what resembles is sought where the bare call finds nothing."""
    for kind, typed in texts(bench.store, cities).items():
        pairs = [
            paired(
                partial(seconds, partial(search, bench.store, text)),
                partial(seconds, partial(bare, bench.store, text)),
                bench.rounds,
            )
            for text in typed
        ]
        ours, peer = (tuple(time for pair in pairs for time in pair[side]) for side in (0, 1))
        told = f"{len(typed)} texts × {bench.rounds}, on the graph of {bench.size:,} rows"
        yield Row(kind, "search", "bare full-text call", told, ours, peer, _GOALS.get(kind, ()))


def texts(store: Store, cities: Sequence[str]) -> dict[str, list[str]]:
    """Return what is typed to find ``cities``, by kind."""
    named = list(store.table(_NAMED, {"ids": list(cities)}))
    names = [name for row in named for name in (row["en"], row["fa"]) if name]
    return {
        TYPED: [name[:length] for name in names for length in range(2, len(name) + 1, 2)],
        "search, one letter wrong": [f"{row['en'][:2]}{row['en'][3:]}" for row in named],
        "search, name and country": [f"{row['en']} {row['c'].split()[0]}" for row in named],
    }


def bare(store: Store, text: str) -> None:
    """Ask for the ten names that fit ``text`` best."""
    words = " AND ".join(f"({word} OR {word}*)" for word in fold(text).split())
    store.table(_BARE, {"text": words})

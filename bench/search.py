"""Search as you type, beside the bare full-text call, in one run.

    python -m bench.search [--entities 100000]

It runs the managed engine in a folder of its own, fills it with invented entities whose names are made from the words
of the examples, and asks for them letter by letter, by misspelled names and by names with their country. Each text is
asked both ways, one after the other, so that a noisy machine slows both alike.
"""

import argparse
import csv
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.exploration.search import search
from graph_app.graph import schema
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.keys import search_keys
from graph_app.settings import Settings
from graph_app.text import fold

ASKED = 40  # names of each kind
COUNTRIES = 150
NUMBERED = 0.5  # share of the names that end in a number
_ENTITIES = "UNWIND $rows AS row CREATE (e:Entity:Place:City) SET e = row"
_TIES = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.start}), (b:Entity {id: row.end}) "
    "CREATE (a)-[:WITHIN {id: row.start + '-' + row.end}]->(b)"
)
_NAMED = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id})-[:WITHIN]->(c) RETURN e.name_en AS en, e.name_fa AS fa, c.name_en AS c"
)
_BARE = "CALL db.index.fulltext.queryNodes('names', $text, {limit: 10}) YIELD node, score RETURN node, score"


def fill(store: Store, entities: int) -> None:
    """Make ``entities`` places, each in a country, with names of one to three words out of the examples."""
    schema.apply(store)
    writer = Writer(store)
    writer.rows(_ENTITIES, _invented(entities))
    ties = ({"start": f"place:{one}", "end": f"place:{_country(one)}"} for one in range(COUNTRIES, entities))
    writer.rows(_TIES, ties)
    store.table("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


def _country(one: int) -> int:
    return int(COUNTRIES * (one % 997 / 997) ** 2)  # some countries have far more than others


def _invented(entities: int) -> Iterator[dict[str, str]]:
    chance = random.Random(7)  # noqa: S311 - the same names in every run
    pairs = _words()
    for one in range(entities):
        words = chance.choices(pairs, k=chance.choice((1, 2, 2, 3)))
        number = "" if chance.random() > NUMBERED else f" {chance.randrange(9999)}"
        names = {
            "name_en": " ".join(en for en, _ in words) + number,
            "name_fa": " ".join(fa for _, fa in words) + number,
        }
        yield {"id": f"place:{one}", **names, **search_keys(names.values())}


def _words() -> list[tuple[str, str]]:
    with (EXAMPLES / "world" / "cities.csv").open(encoding="utf-8", newline="") as file:
        return [(row["name_en"], row["name_fa"]) for row in csv.DictReader(file) if row["name_fa"]]


def asked(store: Store) -> dict[str, list[str]]:
    """Return the texts to ask by kind, taken from names that the graph holds."""
    ids = [f"place:{one}" for one in range(COUNTRIES, 20_000, 20_000 // ASKED)]
    rows = list(store.table(_NAMED, {"ids": ids}))
    typed = [name[:length] for row in rows for name in (row["en"], row["fa"]) for length in range(2, len(name) + 1, 2)]
    return {
        "typed letter by letter": typed[:: max(1, len(typed) // (8 * ASKED))],
        "one letter wrong": [f"{row['en'][:2]}{row['en'][3:]}" for row in rows],
        "name and country": [f"{row['en']} {row['c'].split()[0]}" for row in rows],
    }


def measure(
    store: Store, ours: Callable[[Store, str], Any] = search
) -> list[tuple[str, int, float, float, float, float]]:
    """Return of each kind (name, texts, our p50 and p95, the bare call's p50 and p95), in milliseconds."""
    rows = []
    for kind, texts in asked(store).items():
        mine, bare = [], []
        for text in (*texts[:20], *texts):
            mine.append(_timed(partial(ours, store, text)))
            bare.append(_timed(partial(_bare, store, text)))
        rows.append((kind, len(texts), *_middle(mine[20:]), *_middle(bare[20:])))
    return rows


def _bare(store: Store, text: str) -> None:
    words = fold(text).split()
    if words:
        store.table(_BARE, {"text": " AND ".join(f"({word} OR {word}*)" for word in words)})


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def _middle(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def report(rows: list[tuple[str, int, float, float, float, float]]) -> None:
    """Print the rows of ``measure`` as a table."""
    print("| texts | number | ours p50 | ours p95 | bare p50 | bare p95 | ratio p50 | ratio p95 |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind, number, p50, p95, bare50, bare95 in rows:
        times = f"{p50:.1f} | {p95:.1f} | {bare50:.1f} | {bare95:.1f} | {p50 / bare50:.2f} | {p95 / bare95:.2f}"
        print(f"| {kind} | {number} | {times} |")


def main() -> None:
    """Fill an engine of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=100_000)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as home,
        engine.hold(Settings.read({"PEYVAND_HOME": home})) as lease,
        Store(connect(lease.uri, lease.username, lease.password), "neo4j") as store,
    ):
        fill(store, given.entities)
        report(measure(store))


if __name__ == "__main__":
    main()

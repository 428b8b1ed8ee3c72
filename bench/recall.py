"""How many of the spellings that people use are found, beside a bare full-text index, in one run.

    python -m bench.recall [--half dev|held] [--missed]

It asks the graph that is there (``NEO4J_URI``, or the managed engine), which must hold both examples, for every line of
``tests/data/spellings.csv``. The bare index has Neo4j's own ``persian`` analyzer on names and aliases; it is made for
the run and dropped after it. Exonyms are counted apart: another name is no spelling, only an alias can find it. So are
texts that should find nothing: they count as found if nothing is.
"""

import argparse
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_app.cli.context import open_store
from graph_app.errors import StoreError
from graph_app.exploration.search import search
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer

SPELLINGS = Path(__file__).resolve().parents[1] / "tests" / "data" / "spellings.csv"
NOTHING = "nothing"  # texts that are no name of the examples: the expected entity is empty
APART = ("exonym", NOTHING)
FIRST = 5
_MAKE = (
    "CREATE FULLTEXT INDEX bare IF NOT EXISTS FOR (e:Entity) ON EACH [e.name_fa, e.name_en, e.aliases] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'persian'}}"
)
_ASK = "CALL db.index.fulltext.queryNodes('bare', $text, {limit: 5}) YIELD node, score RETURN node.id AS id"
_LUCENE = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])|\b(AND|OR|NOT)\b')

Find = Callable[[Store, str], list[str]]


@dataclass(frozen=True)
class Spelling:
    """One line of the list."""

    query: str
    expected: str
    kind: str
    language: str
    origin: str
    half: str


@dataclass(frozen=True)
class Asked:
    """One spelling with the place (from 1; 0 if it is not among the first) at which each search had it."""

    spelling: Spelling
    ours: int
    bare: int


def spellings(half: str = "") -> list[Spelling]:
    """Return the list, or one half of it."""
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        found = [Spelling(**row) for row in csv.DictReader(file)]
    return [one for one in found if half in {"", one.half}]


@contextmanager
def bare_index(store: Store) -> Iterator[None]:
    """Keep the bare index while the block runs."""
    writer = Writer(store)
    writer.run(_MAKE)
    writer.run("CALL db.awaitIndexes(120)")
    try:
        yield
    finally:
        writer.run("DROP INDEX bare")


def measure(store: Store, asked: Iterable[Spelling]) -> list[Asked]:
    """Ask for each spelling in both ways."""
    with bare_index(store):
        return [Asked(one, _place(ours, store, one), _place(bare, store, one)) for one in asked]


def ours(store: Store, text: str) -> list[str]:
    """Return the ids that our search finds first."""
    return [hit.node.id for hit in search(store, text, limit=FIRST)]


def bare(store: Store, text: str) -> list[str]:
    """Return the ids that the bare index finds first; what Lucene would take for syntax is escaped."""
    escaped = _LUCENE.sub(lambda match: f"\\{match[1]}" if match[1] else match[2].lower(), text)
    try:
        return [row["id"] for row in store.table(_ASK, {"text": escaped})] if escaped.strip() else []
    except StoreError:  # it refuses some texts
        return []


def _place(find: Find, store: Store, one: Spelling) -> int:
    found = find(store, one.query)
    if one.kind == NOTHING:
        return int(not found)
    return found.index(one.expected) + 1 if one.expected in found else 0


def recall(places: list[int]) -> float:
    """Return the share of spellings found among the first five."""
    return sum(place > 0 for place in places) / len(places)


def reciprocal_rank(places: list[int]) -> float:
    """Return the mean of one by the place; what is not among the first five counts nothing."""
    return sum(1 / place for place in places if place) / len(places)


def report(asked: list[Asked]) -> Iterator[str]:
    """Yield a table: each kind, then each half and all together without those that stand apart."""
    yield "| kind | number | recall@5 | bare | MRR | bare |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind in sorted({one.spelling.kind for one in asked}, key=lambda kind: (kind in APART, kind)):
        yield _line(kind, [one for one in asked if one.spelling.kind == kind])
    counted = [one for one in asked if one.spelling.kind not in APART]
    for half in sorted({one.spelling.half for one in counted}):
        yield _line(f"**{half}** but for exonyms and nothing", [one for one in counted if one.spelling.half == half])
    yield _line("**all** but for exonyms and nothing", counted)


def _line(name: str, asked: list[Asked]) -> str:
    ours, bare = [one.ours for one in asked], [one.bare for one in asked]
    figures = (recall(ours), recall(bare), reciprocal_rank(ours), reciprocal_rank(bare))
    return f"| {name} | {len(asked)} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def main() -> None:
    """Print the table, and on request what was missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--half", choices=("dev", "held"), default="")
    parser.add_argument("--missed", action="store_true", help="list what our search did not find")
    given = parser.parse_args()
    with open_store() as store:
        asked = measure(store, spellings(given.half))
    print("\n".join(report(asked)))
    for one in asked if given.missed else ():
        if not one.ours and one.spelling.kind not in APART:
            print(f"{one.spelling.kind}: {one.spelling.query!r} → {one.spelling.expected}")


if __name__ == "__main__":
    main()

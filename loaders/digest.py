"""One line that is equal exactly when two graphs hold the same facts, however they came to be loaded.

Facts are entities with their labels and properties, and the claims between them with their evidence. Left out is what
tells of loading and not of the world: runs, search keys, what is derived, and the marks of the loader itself. Text
counts in its canonical form, as for a plan: another keyboard's letters and digits say the same.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_app.graph.results import as_json
from graph_app.graph.store import Store
from graph_app.keys import KEYS
from graph_app.text import canonical
from graph_app.vocabulary import vocabulary
from loaders.facts import told, unmarked
from loaders.statements import statement

_BATCH = 1000
_SECONDS = 60.0
_BITS = 256
Fact = tuple[str, list[Any]]  # label or type, and all that it says


@dataclass(frozen=True)
class Part:
    """How many facts there are of one label or type, and their digest."""

    count: int
    digest: str


@dataclass(frozen=True)
class Digest:
    """The digest of a graph in hexadecimal, and that of each label and type, to find where two graphs differ."""

    digest: str
    parts: Mapping[str, Part] = field(hash=False)


def digest(store: Store) -> Digest:
    """Return the digest of the graph of ``store``. It is read in batches, whatever its size.

    Raises
    ------
    StoreError
        If the graph cannot be read.

    """
    sums = Sums()
    for row in rows(store):
        sums.add(row)
    return sums.digest()


class Sums:
    """The digest of entities that are added one by one, in any order, wherever they come from."""

    def __init__(self) -> None:
        self._counts, self._sums = defaultdict[str, int](int), defaultdict[str, int](int)

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one entity: its ``id``, ``labels``, ``properties`` and ``ties`` (type, end and properties of each)."""
        for name, fact in _facts(row):
            self._counts[name] += 1
            self._sums[name] = (self._sums[name] + _number(fact)) % (1 << _BITS)  # a sum: the order is nobody's

    def digest(self) -> Digest:
        """Return the digest of what was added."""
        parts = {name: Part(self._counts[name], f"{self._sums[name]:064x}") for name in sorted(self._counts)}
        return Digest(f"{_number([[name, *vars(part).values()] for name, part in parts.items()]):064x}", parts)


def derived() -> list[str]:
    """Return the types of ties that are derived, and no claims."""
    return [name for name, tie in vocabulary().types.items() if tie.derived]


def _facts(row: Mapping[str, Any]) -> Iterator[Fact]:
    labels = sorted(row["labels"])
    yield vocabulary().shown(tuple(labels)), [row["id"], labels, _said(row["properties"])]
    yield from ((type_, [type_, row["id"], end, _said(claim)]) for type_, end, claim in row["ties"])


def rows(store: Store) -> Iterator[Mapping[str, Any]]:
    """Yield each entity of ``store`` with the claims that leave it, as ``Sums`` takes them, in the order of their ids.

    Raises
    ------
    StoreError
        If the graph cannot be read.

    """
    after, left_out = "", derived()
    while batch := _batch(store, after, left_out):
        yield from map(_unmarked, batch)
        after = batch[-1]["id"]


def _unmarked(row: Mapping[str, Any]) -> Mapping[str, Any]:
    ties = [[type_, end, unmarked(claim)] for type_, end, claim in row["ties"]]
    return {**row, "properties": unmarked(row["properties"]), "ties": ties}


def _batch(store: Store, after: str, derived: list[str]) -> list[dict[str, Any]]:
    parameters = {"after": after, "batch": _BATCH, "derived": derived}
    return list(store.table(statement("facts"), parameters, rows=_BATCH, seconds=_SECONDS))


def _said(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _canonical(as_json(item)) for name, item in told(properties).items() if name not in KEYS}


def _canonical(item: Any) -> Any:  # noqa: ANN401 - any property
    if isinstance(item, str):
        return canonical(item)
    return sorted(map(_canonical, item), key=str) if isinstance(item, list) else item


def _number(said: list[Any]) -> int:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_BITS // 8).digest(), "big")

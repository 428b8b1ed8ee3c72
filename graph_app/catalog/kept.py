"""Answers kept for a while, so that another view, another order or a file of one is not asked for again."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from time import monotonic
from typing import Any

from graph_app.catalog.arranging import Row, arranged
from graph_app.catalog.question import Answer, Question
from graph_app.confidentiality import Clearance
from graph_app.graph.results import Node, Table, Tie, as_json

_VALUES = 1_500_000  # of all answers that are kept, of some 100 bytes each
_SECONDS = 600.0  # what is changed in the graph by hand shows after this at the latest
_ORDERS = 3  # arrangements kept of one answer


@dataclass
class Kept:
    """One answer with its key and the arrangements of its rows that were asked for last.

    Parameters
    ----------
    key, answer
        What was asked, and what was answered.
    mark
        Tells it from the answer to the same question at another time; empty if it is not to be kept.
    highest
        How confidential the most confidential thing is in the graph that was asked, for its reader; None if that was
        not known.

    """

    key: str
    answer: Answer
    mark: str = ""
    highest: Clearance | None = None
    at: float = field(default_factory=monotonic)
    _orders: "OrderedDict[tuple[Any, ...], Sequence[Row]]" = field(default_factory=OrderedDict)

    @property
    def table(self) -> Table:
        """The rows, as they came."""
        result = self.answer.result
        if not isinstance(result, Table):
            raise TypeError("an answer is kept as rows")
        return result

    @cached_property
    def values(self) -> int:
        """How much is kept: a cell may be one value, or an entity with dozens of them."""
        return max(1, sum(_values(cell) for row in self.table.rows for cell in row))

    def rows(self, *, column: int | None, descending: bool, text: str, language: str) -> Sequence[Row]:
        """Return the rows as ``arranged`` does, each arrangement made once."""
        wanted = (column, descending, text.strip(), language)
        if wanted not in self._orders:
            self._orders[wanted] = arranged(
                self.table.rows, column=column, descending=descending, text=text, language=language
            )
        self._orders.move_to_end(wanted)
        while len(self._orders) > _ORDERS:
            self._orders.popitem(last=False)
        return self._orders[wanted]


class Keep:
    """The answers that are kept, the last used ones; any thread may use it.

    Parameters
    ----------
    values, seconds
        How much is kept, and for how long.

    Attributes
    ----------
    contents
        What the graph held for each clearance when that was last looked at; empty while a load is at work.

    """

    def __init__(self, *, values: int = _VALUES, seconds: float = _SECONDS) -> None:
        self._values = values
        self._seconds = seconds
        self.contents: dict[Clearance, str] = {}
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._held = 0  # values of all of them
        self._lock = Lock()

    def find(self, key: str) -> Kept | None:
        """Return the answer with this key, if it is still kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or monotonic() - found.at > self._seconds:
                self._let_go(found)
                return None
            self._kept.move_to_end(key)
            return found

    def holds(self, kept: Kept) -> bool:
        """Return whether an answer is small enough to be kept."""
        return kept.values <= self._values

    def keep(self, kept: Kept) -> None:
        """Keep an answer, unless it is larger than all that may be kept; older ones give way."""
        with self._lock:
            self._let_go(self._kept.get(kept.key))
            if not self.holds(kept):
                return
            self._kept[kept.key] = kept
            self._held += kept.values
            for one in [one for one in self._kept.values() if monotonic() - one.at > self._seconds]:
                self._let_go(one)
            while self._held > self._values:
                self._let_go(next(iter(self._kept.values())))

    def _let_go(self, kept: Kept | None) -> None:
        if kept:
            self._held -= self._kept.pop(kept.key).values


def _values(value: object) -> int:
    """Return how many plain values a cell is worth; a property has its name, too."""
    if isinstance(value, Node | Tie):
        return 1 + 2 * len(value.properties)
    if isinstance(value, Mapping):
        return 1 + sum(map(_values, value.values()))
    return 1 + sum(map(_values, value)) if isinstance(value, list | tuple) else 1


def key_of(question: Question, values: Mapping[str, Any], *parts: str) -> str:
    """Return what tells an answer from every other one: the question as it is written, its values, and ``parts``."""
    limits = question.header.limits.model_dump(mode="json")
    told = [question.name, question.statement.text, question.header.view, limits, as_json(dict(values)), parts]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()[:32]

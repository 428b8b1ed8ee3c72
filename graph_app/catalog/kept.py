"""Answers kept for a while, so that another view, another order or a file of one is not asked for again."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from graph_app.catalog.arranging import Row, arranged
from graph_app.catalog.question import Answer, Question
from graph_app.graph.results import Table, as_json

_CELLS = 1_500_000  # of all answers that are kept
_SECONDS = 600.0  # what is changed in the graph by hand shows after this at the latest
_ORDERS = 3  # arrangements kept of one answer


@dataclass
class Kept:
    """One answer with its key and the arrangements of its rows that were asked for last.

    ``mark`` tells it from the answer to the same question at another time; empty if it is not to be kept.
    """

    key: str
    answer: Answer
    mark: str = ""
    at: float = field(default_factory=monotonic)
    _orders: "OrderedDict[tuple[Any, ...], Sequence[Row]]" = field(default_factory=OrderedDict)

    @property
    def table(self) -> Table:
        """The rows, as they came."""
        result = self.answer.result
        if not isinstance(result, Table):
            raise TypeError("an answer is kept as rows")
        return result

    @property
    def cells(self) -> int:
        """How much is kept."""
        return max(1, len(self.table.rows) * len(self.table.columns))

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
    cells, seconds
        How much is kept, and for how long.

    Attributes
    ----------
    content
        What the graph held when that was last looked at; empty if that was never known, or while a load is at work.

    """

    def __init__(self, *, cells: int = _CELLS, seconds: float = _SECONDS) -> None:
        self._cells = cells
        self._seconds = seconds
        self.content = ""
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._held = 0  # cells of all of them
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
        return kept.cells <= self._cells

    def keep(self, kept: Kept) -> None:
        """Keep an answer, unless it is larger than all that may be kept; older ones give way."""
        with self._lock:
            self._let_go(self._kept.get(kept.key))
            if not self.holds(kept):
                return
            self._kept[kept.key] = kept
            self._held += kept.cells
            while self._held > self._cells:
                self._let_go(next(iter(self._kept.values())))

    def _let_go(self, kept: Kept | None) -> None:
        if kept:
            self._held -= self._kept.pop(kept.key).cells


def key_of(question: Question, values: Mapping[str, Any], *parts: str) -> str:
    """Return what tells an answer from every other one: the question as it is written, its values, and ``parts``."""
    limits = question.header.limits.model_dump(mode="json")
    told = [question.name, question.statement.text, question.header.view, limits, as_json(dict(values)), parts]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()[:32]

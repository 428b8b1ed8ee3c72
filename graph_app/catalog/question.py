"""One saved question: its values are read, it is asked, and there is an answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, cast

from graph_app.catalog.header import Header
from graph_app.catalog.parameters import Choice, Parameter, flat
from graph_app.catalog.reading import Begun, Reading, begin_reading
from graph_app.catalog.statement import Statement
from graph_app.exploration.lifecycle import on_day, today
from graph_app.graph.results import Subgraph, Table, subgraph
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

STREAMED_WITHIN = 600.0  # seconds in which a whole answer must have been taken away
_ROWS_OF_A_PICTURE = 20  # for each entity in it
_CHOICES = 2000  # more than anybody scrolls through, and a bound for the page

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Answer:
    """What the graph says to a question asked with ``values``; ``seconds`` is how long that took."""

    question: "Question"
    values: Mapping[str, Any] = field(hash=False)
    result: Table | Subgraph
    seconds: float

    @property
    def cut(self) -> bool:
        """Whether there is more than the limit let through."""
        return self.result.cut

    def drawn(self, elements: int) -> "Answer":
        """Return the answer as the entities and ties in its rows, at most ``elements`` entities."""
        if isinstance(self.result, Subgraph):
            return self
        found = subgraph(self.result.rows, elements)
        return replace(self, result=Subgraph(found.nodes, found.ties, found.cut or self.result.cut))


@dataclass(frozen=True)
class Question:
    """A saved question. ``name`` is ``<subject>/<question>``: in the folder, the address and on the command line.

    ``own`` says that its file is the user's, and not one that comes with the program.
    """

    name: str
    file: Path
    header: Header = field(hash=False)
    statement: Statement
    own: bool = False

    @property
    def subject(self) -> str:
        """The folder that the question stands in."""
        return self.name.partition("/")[0]

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Parameters by name, in the order of the header."""
        return self.header.params

    @property
    def example(self) -> dict[str, str]:
        """The example of the header, as fields of a form."""
        return {key: text for name, raw in (self.header.example or {}).items() for key, text in flat(name, raw).items()}

    def rows(self, store: Store) -> int:
        """Return the most rows that are asked of ``store``; of a network, ``elements`` has the limit."""
        if self.header.view == "network":
            return max(store.rows, _ROWS_OF_A_PICTURE * self.elements(store))
        return min(self.header.limits.rows or store.rows, store.rows)

    def elements(self, store: Store) -> int:
        """Return the most entities in a picture of the answer."""
        limit = self.header.limits.rows if self.header.view == "network" else None
        return min(limit or store.elements, store.elements)

    def seconds(self, store: Store) -> float:
        """Return the most seconds that the answer may take."""
        return min(self.header.limits.seconds or store.seconds, store.seconds)

    def with_defaults(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return ``given`` with the defaults of what is left out or blank."""
        defaults = {key: text for name, p in self.parameters.items() for key, text in flat(name, p.default).items()}
        return {**defaults, **{key: text for key, text in given.items() if text.strip() or key not in defaults}}

    def read(self, store: Store, given: Mapping[str, str], *, today: date | None = None) -> Reading:
        """Return the values that ``given`` writes, each of its parameter's type.

        Parameters
        ----------
        store
            Where entities and choices are looked up.
        given
            Texts by field, as in an address: ``a=place:mashhad``, ``period.from=1404-01-01``.
        today
            The day that ``today`` means; None is the day it is (UTC).

        Raises
        ------
        ValuesError
            If values are missing or wrong; it names all of them.

        """
        return self.begin_reading(store, given, today=today).reading()

    def begin_reading(self, store: Store, given: Mapping[str, str], *, today: date | None = None) -> Begun:
        """Begin what ``read`` does: read what is written; entities are looked up when, and not before, one asks."""
        return begin_reading(self, store, given, today or datetime.now(UTC).date())

    def choices(self, store: Store, name: str, values: Mapping[str, Any]) -> list[Choice]:
        """Return what may be chosen for the parameter ``name``; nothing while a value that it depends on is missing.

        Errors are those of ``Store.table``.
        """
        parameter = self.parameters[name]
        if not isinstance(parameter.values, str):
            return list(parameter.values)
        if any(values.get(earlier) is None for earlier in parameter.depends_on):
            return []
        needed = {earlier: values[earlier] for earlier in parameter.depends_on}
        table = store.table(parameter.values, needed, rows=_CHOICES)
        return [_choice(name, row) for row in table if row["value"] is not None]

    def ask(self, store: Store, values: Mapping[str, Any], *, view: str | None = None) -> Answer:
        """Return the answer of ``store``. Agreements in it have their status of the day ``as_of``, else of today.

        Parameters
        ----------
        store
            The graph.
        values
            What ``read`` returned.
        view
            ``network`` for entities and ties, anything else for rows; None is what the header says.

        Raises
        ------
        TimeLimitError
            If the answer does not come within the limit of the question or of the store.
        StoreError
            If the server refuses the statement or cannot be reached.

        """
        answer = self.begin(store, values)()
        return answer.drawn(self.elements(store)) if (view or self.header.view) == "network" else answer

    def begin(self, store: Store, values: Mapping[str, Any]) -> Callable[[], Answer]:
        """Ask as ``ask`` does for rows, without waiting; what is returned waits for them. Errors come there."""
        begin = perf_counter()
        asked = store.begin(self.statement.text, values, rows=self.rows(store), seconds=self.seconds(store))

        def answer() -> Answer:
            found = on_day(store, asked(), self.day(values))
            return Answer(self, values, found, perf_counter() - begin)

        return answer

    def stream(self, store: Store, values: Mapping[str, Any], *, rows: int) -> tuple[tuple[str, ...], Iterator[Rows]]:
        """Return the columns and, batch by batch, all rows of the answer, whatever limit the question has.

        Parameters and errors as for ``ask``; if there are more than ``rows``, taking them ends in an error.
        """
        found = store.stream(self.statement.text, values, rows=rows, seconds=STREAMED_WITHIN)
        return found.columns, (on_day(store, batch, self.day(values)) for batch in found)

    def count(self, store: Store, values: Mapping[str, Any], *, rows: int) -> int:
        """Return how many rows the answer has without its limit. Errors as for ``stream``."""
        return sum(map(len, store.stream(self.statement.text, values, rows=rows, seconds=STREAMED_WITHIN)))

    def day(self, values: Mapping[str, Any]) -> date:
        """Return the day on which agreements in the answer are looked at."""
        found: date = values.get("as_of") or today()
        return found


def _choice(name: str, row: Mapping[str, Any]) -> Choice:
    """Return a row of a values query as a choice; what it does not name is called as the vocabulary calls it."""
    value = str(row["value"])
    en, fa = row.get("en"), row.get("fa")
    if label := vocabulary().labels.get(value):
        en, fa = en or label.many.en, fa or label.many.fa
    words = {language: vocabulary().value(name, value, language) for language in ("en", "fa")}
    return Choice(value=value, en=cast("str", en or fa or words["en"]), fa=cast("str", fa or en or words["fa"]))

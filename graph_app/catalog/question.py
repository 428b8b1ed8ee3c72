"""One saved question: its values are read, it is asked, and there is an answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, cast

from graph_app.catalog.entities import resolve
from graph_app.catalog.header import Header
from graph_app.catalog.parameters import Choice, Parameter, flat
from graph_app.catalog.statement import Statement
from graph_app.catalog.values import ValuesError, chosen, looks_like_id, plain_value
from graph_app.errors import PeyvandError, StoreError
from graph_app.exploration.lifecycle import on_day, today
from graph_app.graph.entities import by_id_soon
from graph_app.graph.results import Node, Subgraph, Table, subgraph
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

STREAMED_WITHIN = 600.0  # seconds in which a whole answer must have been taken away
_ROWS_OF_A_PICTURE = 20  # for each entity in it
_CHOICES = 2000  # more than anybody scrolls through, and a bound for the page

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Reading:
    """Values as they travel over Bolt, and the entities that some of them are the ids of, by parameter."""

    values: Mapping[str, Any]
    entities: Mapping[str, tuple[Node, ...]]


@dataclass(frozen=True)
class Begun:
    """Values that are being read.

    Parameters
    ----------
    values
        As they travel over Bolt, if what was given says so much by itself: then the question can be asked while its
        entities are looked up, and the answer counts if they are found. Else None.
    reading
        Waits for what must be looked up; raises ``ValuesError`` if something is missing or wrong.

    """

    values: Mapping[str, Any] | None
    reading: Callable[[], Reading]


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
        """Begin what ``read`` does: entities that are given by id are looked up, all at once, and not waited for."""
        day = today or datetime.now(UTC).date()
        texts = self.with_defaults(given)
        values: dict[str, Any] = {}
        ids: list[str] = []
        alone = True
        for name, parameter in self.parameters.items():
            try:
                values[name] = plain_value(name, parameter, texts, day)
            except PeyvandError:
                alone = False
                continue
            if parameter.type == "entity":
                given_by_id = [text for text in _listed(values[name]) if looks_like_id(text)]
                alone = alone and len(given_by_id) == len(_listed(values[name]))
                ids += given_by_id
            alone = alone and not (parameter.type == "choice" and isinstance(parameter.values, str))
        known = by_id_soon(store, ids)
        return Begun(values if alone else None, lambda: self._read(store, texts, day, known()))

    def _read(self, store: Store, texts: Mapping[str, str], day: date, known: Mapping[str, Node]) -> Reading:
        values: dict[str, Any] = {}
        entities: dict[str, tuple[Node, ...]] = {}
        problems: dict[str, PeyvandError] = {}
        for name, parameter in self.parameters.items():
            try:
                values[name] = plain_value(name, parameter, texts, day)
                if parameter.type == "entity":
                    entities[name] = _found(store, parameter, values[name], known)
                    values[name] = _ids(parameter, entities[name])
                elif parameter.type == "choice" and isinstance(parameter.values, str):
                    self._refuse_unlisted(store, name, values)
            except StoreError:
                raise
            except PeyvandError as problem:
                values.pop(name, None)
                problems[name] = problem
        if problems:
            raise ValuesError(problems, values, entities)
        return Reading(values, entities)

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

    def _refuse_unlisted(self, store: Store, name: str, values: Mapping[str, Any]) -> None:
        given = values[name] if isinstance(values[name], list) else [values[name]]
        if given in ([], [None]) or any(values.get(earlier) is None for earlier in self.parameters[name].depends_on):
            return
        listed = [choice.value for choice in self.choices(store, name, values)]
        for text in given:
            chosen(text, listed)


def _listed(value: Any) -> list[str]:  # noqa: ANN401 - text, texts or None
    return value if isinstance(value, list) else [] if value is None else [value]


def _found(store: Store, parameter: Parameter, value: Any, known: Mapping[str, Node]) -> tuple[Node, ...]:  # noqa: ANN401
    return tuple(resolve(store, text, parameter.of, known) for text in _listed(value))


def _ids(parameter: Parameter, nodes: tuple[Node, ...]) -> Any:  # noqa: ANN401 - id, ids or None
    if parameter.many:
        return [node.id for node in nodes]
    return nodes[0].id if nodes else None


def _choice(name: str, row: Mapping[str, Any]) -> Choice:
    """Return a row of a values query as a choice; what it does not name is called as the vocabulary calls it."""
    value = str(row["value"])
    en, fa = row.get("en"), row.get("fa")
    if label := vocabulary().labels.get(value):
        en, fa = en or label.many.en, fa or label.many.fa
    words = {language: vocabulary().value(name, value, language) for language in ("en", "fa")}
    return Choice(value=value, en=cast("str", en or fa or words["en"]), fa=cast("str", fa or en or words["fa"]))

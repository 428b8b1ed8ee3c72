"""The values of a question as they are read: what is given by id is looked up together, and need not be waited for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from graph_app.catalog.entities import resolve
from graph_app.catalog.parameters import Parameter
from graph_app.catalog.values import ValuesError, chosen, looks_like_id, plain_value
from graph_app.errors import PeyvandError, StoreError
from graph_app.graph.entities import by_id_soon
from graph_app.graph.results import Node
from graph_app.graph.store import Store

if TYPE_CHECKING:
    from graph_app.catalog.question import Question


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
    look
        Begins to look up what must be looked up, all at once and once only. What it returns waits for that; it raises
        ``ValuesError`` if something is missing or wrong.

    """

    values: Mapping[str, Any] | None
    look: Callable[[], Callable[[], Reading]]

    def reading(self) -> Reading:
        """Look up, and wait for it. Errors as ``look``."""
        return self.look()()


def begin_reading(question: "Question", store: Store, given: Mapping[str, str], day: date) -> Begun:
    """Begin to read the values that ``given`` writes; ``Question.read`` says what that is."""
    texts = question.with_defaults(given)
    values: dict[str, Any] = {}
    ids: list[str] = []
    alone = True
    for name, parameter in question.parameters.items():
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
    known = cache(lambda: by_id_soon(store, ids))

    def look() -> Callable[[], Reading]:
        found = known()
        return lambda: _read(question, store, texts, day, found())

    return Begun(values if alone else None, look)


def _read(
    question: "Question", store: Store, texts: Mapping[str, str], day: date, known: Mapping[str, Node]
) -> Reading:
    values: dict[str, Any] = {}
    entities: dict[str, tuple[Node, ...]] = {}
    problems: dict[str, PeyvandError] = {}
    for name, parameter in question.parameters.items():
        try:
            values[name] = plain_value(name, parameter, texts, day)
            if parameter.type == "entity":
                entities[name] = _found(store, parameter, values[name], known)
                values[name] = _ids(parameter, entities[name])
            elif parameter.type == "choice" and isinstance(parameter.values, str):
                _refuse_unlisted(question, store, name, values)
        except StoreError:
            raise
        except PeyvandError as problem:
            values.pop(name, None)
            problems[name] = problem
    if problems:
        raise ValuesError(problems, values, entities)
    return Reading(values, entities)


def _refuse_unlisted(question: "Question", store: Store, name: str, values: Mapping[str, Any]) -> None:
    given = values[name] if isinstance(values[name], list) else [values[name]]
    if given in ([], [None]) or any(values.get(earlier) is None for earlier in question.parameters[name].depends_on):
        return
    listed = [choice.value for choice in question.choices(store, name, values)]
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

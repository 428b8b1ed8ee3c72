"""One address of the API: what it is for, what it takes, what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import request
from pydantic import BaseModel

from graph_app.catalog.parameters import Parameter, Words
from graph_app.catalog.values import ValuesError, plain_value
from graph_app.errors import PeyvandError
from graph_app.exploration.lifecycle import today

View = Callable[..., Any]


@dataclass(frozen=True)
class Operation:
    """What stands in the document of one address.

    Parameters
    ----------
    summary
        What it is for, in both languages.
    answer
        The shape of its answer.
    parameters
        What its query takes, by name.
    free
        What further names its query takes, if which ones is known only when it is asked; None if there are none.

    """

    summary: Words
    answer: type[BaseModel]
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)
    free: Words | None = None


def described(operation: Operation) -> Callable[[View], View]:
    """Say of a view what it takes and answers; what cannot be used is refused before the view runs.

    Raises
    ------
    ValuesError
        By the view, if a parameter cannot be read as its type or is not within its limits; it names all of them.

    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**path: str) -> Any:  # noqa: ANN401 - whatever the view answers
            check(operation.parameters)
            return view(**path)

        checked.operation = operation  # type: ignore[attr-defined]
        return checked

    return decorate


def operation_of(view: View) -> Operation | None:
    """Return what was said of a view; None if nothing was."""
    return getattr(view, "operation", None)


def check(parameters: Mapping[str, Parameter]) -> None:
    """Refuse what the address gives for ``parameters`` and cannot be used; ``ValuesError`` names all of it."""
    problems: dict[str, PeyvandError] = {}
    for name, parameter in parameters.items():
        given = request.args.getlist(name) if parameter.many else [request.args.get(name, "")]
        try:
            plain_value(name, parameter, {name: ",".join(given)}, today())
        except PeyvandError as problem:
            problems[name] = problem
    if problems:
        raise ValuesError(problems)

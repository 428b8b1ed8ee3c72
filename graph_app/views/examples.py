"""The example of a question as people read it."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph_app.catalog import Question, Reading, ValuesError
from graph_app.catalog.parameters import Parameter
from graph_app.errors import StoreError
from graph_app.views import answers, language, store


def example(question: Question) -> list[tuple[str, tuple[Any, ...]]]:
    """Return what each parameter in the example of ``question`` is called, and its entities, days or words.

    A value that the graph does not know stands as it is written in the file.
    """
    try:
        found = question.read(store(), question.example)
    except ValuesError as error:
        found = Reading({**question.example, **error.values_read}, error.entities_read)
    except StoreError:
        found = Reading(question.header.example or {}, {})
    return list(_told(question, found))


def _told(question: Question, found: Reading) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield what each parameter that the example of a question gives is called, and the values read for it."""
    for name in question.header.example or {}:
        parameter, value = question.parameters[name], found.values.get(name)
        several = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
        shown = found.entities.get(name) or tuple(_worded(name, parameter, one) for one in several if one is not None)
        yield parameter.called(name, language()), shown


def _worded(name: str, parameter: Parameter, value: Any) -> Any:  # noqa: ANN401 - as it was read
    """Return what one of several choices is called; anything else as it is."""
    if not isinstance(value, str) or parameter.type != "choice":
        return value
    listed = () if isinstance(parameter.values, str) else parameter.values
    found = next((choice.in_language(language()) for choice in listed if choice.value == value), "")
    return found or answers.spelled({"type": "label"}.get(name, name), value)

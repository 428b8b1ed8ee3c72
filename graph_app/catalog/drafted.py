"""A statement of one's own as a question: what its author says of its parameters, and how their values are read."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from graph_app.catalog import statement
from graph_app.catalog.header import Header, Limits
from graph_app.catalog.parameters import Choice, Parameter, Words, fields, flat
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Question
from graph_app.catalog.reading import Reading
from graph_app.catalog.values import BadValueError, ValuesError
from graph_app.errors import N_, PeyvandError
from graph_app.graph.guard.text import unescaped
from graph_app.graph.store import Store

ANY = ""  # the type of a parameter of which nothing is said
TYPES = ("text", "integer", "number", "boolean", "date", "date_range", "choice", "entity")
_MANY = frozenset(TYPES) - {"date_range", "boolean"}
_COMMAS = re.compile(r"[,،]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_CHOICES = 200


@dataclass(frozen=True)
class Declared:
    """What the author of a statement says of one parameter, as texts of a form.

    Parameters
    ----------
    type
        One of ``TYPES``; ``ANY`` leaves it to how the value is written.
    label, default
        What it is called; what counts while nothing is typed.
    of
        The label that an entity must have.
    choices
        The values to choose from, between commas.
    many, optional
        ``yes`` or nothing.

    """

    type: str = ANY
    label: str = ""
    default: str = ""
    of: str = ""
    choices: str = ""
    many: str = ""
    optional: str = ""

    @classmethod
    def of_parameter(cls, parameter: Parameter, name: str, language: str, choices: list[Choice]) -> "Declared":
        """Return what a saved question says, as far as it can be said in a form."""
        kind = "text" if parameter.type == "choice" and not choices else parameter.type
        listed = ", ".join(choice.value for choice in choices[:_MOST_CHOICES]) if kind == "choice" else ""
        return cls(
            kind,
            parameter.called(name, language),
            flat(name, parameter.default).get(name, ""),
            next(iter(parameter.of), ""),
            listed,
            "yes" if parameter.many else "",
            "" if parameter.required else "yes",
        )

    @property
    def told(self) -> dict[str, str]:
        """What is said, without what is not."""
        return {name: text for name, text in vars(self).items() if text}

    def header(self, name: str) -> dict[str, Any]:
        """Return the same as the header of a file would say it."""
        kind = self.type or "text"
        told: dict[str, Any] = {"type": kind, "label": dict.fromkeys(("en", "fa"), self.label or name)}
        if self.many and kind in _MANY:
            told["many"] = True
        if self.optional or not self.type:
            told["required"] = False
        if self.default and kind != "date_range":
            told["default"] = self.default
        if self.of and kind == "entity":
            told["of"] = [self.of]
        if kind == "choice":
            listed = [text for part in _COMMAS.split(self.choices) if (text := part.strip())]
            told["values"] = [{"value": text, "en": text, "fa": text} for text in dict.fromkeys(listed)]
        return told

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of a question.

        Raises
        ------
        BadValueError
            If what is said makes none.

        """
        if self.type == "choice" and not self.choices.strip(" ,،"):
            raise BadValueError(N_("Say between commas what there is to choose from."))
        try:
            return Parameter.model_validate(self.header(name))
        except ValidationError as error:
            raise BadValueError(N_("This cannot be a parameter.")) from error


@dataclass(frozen=True)
class Draft:
    """What stands in the editor: the statement, what is typed for its parameters and said of them, and its name.

    Parameters
    ----------
    given
        Texts by field, as in an address.
    declared
        What is said of the parameters, by name.

    """

    text: str
    given: Mapping[str, str]
    declared: Mapping[str, Declared]
    name: str = ""

    @cached_property
    def names(self) -> list[str]:
        """The parameters that the text uses."""
        try:
            return list(statement.parse(unescaped(self.text), Path("statement")).parameters)
        except QuestionFileError:
            return list(dict.fromkeys([*self.declared, *self.given]))

    def of(self, name: str) -> Declared:
        """Return what is said of a parameter."""
        return self.declared.get(name, Declared())

    @cached_property
    def question(self) -> Question:
        """The draft as a question; of a parameter that makes no sense, it is a text."""
        params = {}
        for name in self.names:
            try:
                params[name] = self.of(name).parameter(name)
            except BadValueError:
                params[name] = Declared().parameter(name)
        title = Words(en=self.name or "answer", fa=self.name or "answer")
        header = Header.model_construct(
            title=title, about=title, view="table", axes=(), params=params, limits=Limits(), tags=(), columns={}
        )
        return Question("answer", Path("statement"), header, statement.Statement(self.text, 1, {}))

    def read(self, store: Store) -> Reading:
        """Return the values that were typed: of a declared type, or as they are written.

        Raises
        ------
        ValuesError
            If values are missing or wrong, or what is said of a parameter is; it names all of them.

        """
        problems: dict[str, PeyvandError] = dict(self._misdeclared())
        try:
            found = self.question.read(store, self.given)
        except ValuesError as error:
            found = Reading(error.values_read, error.entities_read)
            problems = {**error.problems, **problems}
        typed = {name: written(self.given.get(name, "")) for name in self.names if not self.of(name).type}
        values = {**found.values, **typed}
        if problems:
            raise ValuesError(problems, values, found.entities)
        return Reading(values, found.entities)

    def _misdeclared(self) -> Iterator[tuple[str, BadValueError]]:
        for name in self.names:
            try:
                self.of(name).parameter(name)
            except BadValueError as error:
                yield name, error

    def kept(self) -> dict[str, Any]:
        """Return what is remembered of the parameters: a text each, or with what is said of it."""
        return {name: self._kept(name) for name in self.names}

    def _kept(self, name: str) -> Any:  # noqa: ANN401 - a text, or texts by what they are
        texts = {field: self.given.get(field, "") for field in fields(name, self.question.parameters[name])}
        told = self.of(name).told
        return {**told, "texts": texts} if told else texts.get(name, "")


def opened(text: str, kept: Mapping[str, Any], name: str = "") -> Draft:
    """Return the draft of which ``kept`` was remembered."""
    given: dict[str, str] = {}
    declared = {}
    for parameter, one in kept.items():
        if isinstance(one, Mapping):
            given.update({str(key): str(value) for key, value in one.get("texts", {}).items()})
            declared[parameter] = Declared(**{key: str(one.get(key, "")) for key in vars(Declared())})
        else:
            given[parameter] = str(one)
    return Draft(text, given, declared, name)


def written(text: str) -> Any:  # noqa: ANN401 - any value of JSON
    """Return the value that a text writes: a day as 2025-12-05, a number, list or null as JSON has them, else text."""
    read: Callable[[str], Any] = date.fromisoformat if _DAY.fullmatch(text.strip()) else json.loads
    try:
        return read(text.strip())
    except (ValueError, RecursionError):
        return text

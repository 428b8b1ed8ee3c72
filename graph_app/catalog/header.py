"""The header of a question: ``//`` lines at the top that hold YAML, read as text so that nothing is guessed.

``no`` stays the word "no" and ``2025-01-01`` stays what was written; the type of a value is the business of its
parameter.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator
from yaml.nodes import MappingNode, Node, SequenceNode

from graph_app._layout import QUERIES
from graph_app.catalog.parameters import Entry, Parameter, Words, Written
from graph_app.catalog.problems import EntryError, QuestionFileError
from graph_app.errors import N_
from graph_app.vocabulary import vocabulary
from graph_app.yaml_files import BROKEN, texts_loader

View = Literal["table", "network", "map", "chart", "timeline", "matrix"]
# what an address has besides
RESERVED = frozenset({"lang", "calendar", "theme", "view", "subject", "question", "ending", "anew"}) | {
    "sort",
    "filter",
    "offset",
    "rows",
    "bom",
    "count",
    "plan",
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COMMENT = re.compile(r"//[ ]?")
Path_ = tuple[int | str, ...]


class Limits(Entry):
    """Most rows and seconds; the installation's own limits hold as well."""

    rows: int | None = Field(default=None, gt=0)
    seconds: float | None = Field(default=None, gt=0)


class Column(Words):
    """The heading of a column.

    ``shows`` names the property whose words and dates its cells hold, if it is another. ``opens`` names the question
    whose rows a number in it counts; ``given`` says for each parameter of that question the column of this answer that
    holds its value, or with ``$`` in front the parameter of this question.
    """

    shows: str | None = None
    opens: str | None = None
    given: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> "Column":
        if self.given and not self.opens:
            raise EntryError(N_("“%(word)s” is only for %(types)s"), word="given", types="opens")
        return self


class Header(Entry):
    """What a question says about itself.

    ``view`` is how its answer is shown first; ``axes`` are the columns that a chart, a timeline or a matrix is made of,
    if not the first ones that fit.
    """

    title: Words
    about: Words
    view: View
    axes: tuple[str, ...] = ()
    params: Mapping[str, Parameter] = Field(default_factory=dict)
    limits: Limits = Limits()
    tags: tuple[str, ...] = ()
    columns: Mapping[str, Column] = Field(default_factory=dict)
    example: Mapping[str, Written] | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Header":
        if self.params and self.example is None:
            raise EntryError(N_("a question with parameters needs an “example”"))
        if unknown := set(self.example or ()) - set(self.params):
            raise EntryError(N_("the example gives %(names)s, which is no parameter"), names=", ".join(sorted(unknown)))
        for name, parameter in self.params.items():
            if not _NAME.fullmatch(name) or name in RESERVED:
                raise EntryError(N_("“%(name)s” cannot be the name of a parameter"), name=name)
            if parameter.label is None and name not in vocabulary().properties:
                raise EntryError(N_("the parameter “%(name)s” needs a label in English and Persian"), name=name)
        return self


def split(text: str) -> tuple[str, str, int]:
    """Return the YAML of the header, the rest of the file, and the line on which the rest begins."""
    lines = text.splitlines(keepends=True)
    count = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
    yaml_lines = (_COMMENT.sub("", line, count=1) for line in lines[:count])
    return "".join(yaml_lines), "".join(lines[count:]), count + 1


def read(text: str, file: Path) -> tuple[Header, Mapping[Path_, int]]:
    """Return the header written in the YAML ``text``, and the line of each of its parts.

    Raises
    ------
    QuestionFileError
        If it is no YAML, or something in it is missing, unknown or of the wrong kind.

    """
    try:
        node = yaml.compose(text, Loader=texts_loader(file, QUERIES))
        if not isinstance(node, MappingNode):
            message = N_("There is no header: lines with // at the top of the file, holding YAML.")
            raise QuestionFileError(file, 1, message)
        lines, plain = dict(_lines(node, ())), _plain(node, file)
    except BROKEN as error:
        mark, why = getattr(error, "problem_mark", None), getattr(error, "problem", error)  # not every error has them
        line = mark.line + 1 if mark else 1
        raise QuestionFileError(file, line, N_("The header is no YAML: %(why)s."), why=why) from error
    try:
        return Header.model_validate(plain), lines
    except ValidationError as error:
        raise _problem(error, lines, file) from error


def line_of(lines: Mapping[Path_, int], path: Path_) -> int:
    """Return the line of ``path``, or of the nearest part around it that is written."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _lines(node: Node, path: Path_) -> Iterator[tuple[Path_, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*path, str(key.value)))
            yield (*path, str(key.value)), key.start_mark.line + 1
    elif isinstance(node, SequenceNode):
        for at, value in enumerate(node.value):
            yield from _lines(value, (*path, at))


def _plain(node: Node, file: Path) -> Any:  # noqa: ANN401 - whatever the YAML holds
    if isinstance(node, SequenceNode):
        return [_plain(item, file) for item in node.value]
    if not isinstance(node, MappingNode):
        return node.value
    found: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in found:
            message = N_("“%(name)s” is written twice.")
            raise QuestionFileError(file, key.start_mark.line + 1, message, name=key.value)
        found[str(key.value)] = _plain(value, file)
    return found


def _listed(expected: str) -> str:
    return ", ".join(re.findall(r"'([^']*)'", expected))


def _problem(error: ValidationError, lines: Mapping[Path_, int], file: Path) -> QuestionFileError:
    first = error.errors()[0]
    path = first["loc"]
    line, where = line_of(lines, path), ".".join(str(part) for part in path) or "header"
    match first["type"]:
        case "missing":
            return QuestionFileError(file, line, N_("“%(where)s” is missing."), where=where)
        case "extra_forbidden":
            return QuestionFileError(file, line, N_("“%(where)s” is not a word of a header."), where=where)
        case "literal_error":
            message = N_("“%(where)s” must be one of: %(values)s.")
            return QuestionFileError(file, line, message, where=where, values=_listed(first["ctx"]["expected"]))
    cause = first.get("ctx", {}).get("error")
    why = cause.problem if isinstance(cause, EntryError) else first["msg"]
    return QuestionFileError(file, line, N_("“%(where)s”: %(why)s."), where=where, why=why)

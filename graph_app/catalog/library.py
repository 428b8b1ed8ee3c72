"""All saved questions of one or more folders, read and checked when the program starts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from graph_app._layout import QUERIES
from graph_app.catalog.header import Header, Path_, line_of, read, split
from graph_app.catalog.parameters import Entry, Words, flat
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Question
from graph_app.catalog.statement import Statement, parse
from graph_app.catalog.values import looks_like_id, plain_value
from graph_app.errors import N_, NotFoundError, PeyvandError
from graph_app.text import fold

_WORDS = "words.yaml"


class CatalogWords(Entry):
    """What subjects and tags are called; one that is not named is called as it is written."""

    subjects: Mapping[str, Words] = Field(default_factory=dict)
    tags: Mapping[str, Words] = Field(default_factory=dict)


class Catalog(Mapping[str, Question]):
    """Questions by name, in the order of the alphabet.

    Parameters
    ----------
    questions
        The questions.
    words
        What their subjects and tags are called.

    """

    def __init__(self, questions: Iterable[Question], words: CatalogWords) -> None:
        self._questions = {question.name: question for question in sorted(questions, key=lambda q: q.name)}
        self.words = words

    def __getitem__(self, name: str) -> Question:
        return self._questions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)

    @classmethod
    def load(cls, folders: Iterable[Path]) -> "Catalog":
        """Return the questions in ``folders``.

        Raises
        ------
        QuestionError
            If one is badly written, or two have the same name; with file and line.

        """
        found: dict[str, Question] = {}
        words = CatalogWords()
        for folder in folders:
            words = _words(folder / _WORDS, words)
            for file in sorted(folder.rglob("*.cypher")):
                question = load(file, _name(file, folder))
                if question.name in found:
                    message = N_("There is another question of the name %(name)s: %(other)s.")
                    other = found[question.name].file
                    raise QuestionFileError(file, 1, message, name=question.name, other=other)
                found[question.name] = question
        return cls(found.values(), words)

    def question(self, name: str) -> Question:
        """Return the question ``name``; raise ``NotFoundError`` if there is none."""
        if name not in self._questions:
            raise NotFoundError(N_("There is no question “%(name)s”."), name=name)
        return self._questions[name]

    def find(self, text: str = "", tag: str = "") -> list[Question]:
        """Return the questions whose texts in either language hold every word of ``text``, and that have ``tag``."""
        words = fold(text).split()
        return [q for q in self.values() if (not tag or tag in q.header.tags) and _holds(q, words)]

    def tags(self) -> list[str]:
        """Return all tags, each once."""
        return sorted({tag for question in self.values() for tag in question.header.tags})


@cache
def shipped() -> Catalog:
    """Return the questions that come with the program, read once."""
    return Catalog.load([QUERIES])


def schema() -> dict[str, Any]:
    """Return what a header may hold as a JSON Schema, for editors; ``docs/reference`` keeps a copy."""
    return {**Header.model_json_schema(), "title": "Header of a saved question"}


def load(file: Path, name: str) -> Question:
    """Return the question in ``file``, checked as far as that goes without a server.

    Raises
    ------
    QuestionFileError
        If it is badly written.

    """
    yaml_text, body, line = split(_text(file))
    header, lines = read(yaml_text, file)
    statement = parse(body, file, line)
    _check_names(header, lines, statement, file)
    _check_values(header, lines, file)
    return Question(name, file, header, statement)


def _check_names(header: Header, lines: Mapping[Path_, int], statement: Statement, file: Path) -> None:
    """Refuse a header that declares what the text does not use, or the reverse."""
    used = set(statement.parameters)
    earlier: list[str] = []
    for name, parameter in header.params.items():
        line = line_of(lines, ("params", name))
        asked = set(parse(parameter.values, file, line).parameters) if isinstance(parameter.values, str) else set()
        if asked != set(parameter.depends_on) or not asked <= set(earlier):
            message = N_("The values of “%(name)s” use %(used)s; they must depend on these, and on earlier ones only.")
            raise QuestionFileError(file, line, message, name=name, used=_listed(asked))
        used |= asked
        earlier.append(name)
    for name, line in statement.parameters.items():
        if name not in header.params:
            raise QuestionFileError(file, line, N_("$%(name)s is used but not declared in the header."), name=name)
    for name in header.params:
        if name not in used:
            line = line_of(lines, ("params", name))
            raise QuestionFileError(file, line, N_("“%(name)s” is declared but $%(name)s is not used."), name=name)


def _check_values(header: Header, lines: Mapping[Path_, int], file: Path) -> None:
    """Refuse a default or an example that could not be asked with."""
    today = datetime.now(UTC).date()
    for name, parameter in header.params.items():
        if parameter.default is not None:
            path: Path_ = ("params", name, "default")
            _check_value(header, name, flat(name, parameter.default), today, file, line_of(lines, path))
        example = {} if header.example is None else flat(name, header.example.get(name, parameter.default))
        _check_value(header, name, example, today, file, line_of(lines, ("example", name)))


def _check_value(header: Header, name: str, given: Mapping[str, str], today: date, file: Path, line: int) -> None:
    parameter = header.params[name]
    try:
        value = plain_value(name, parameter, given, today)
    except PeyvandError as problem:
        message = N_("The value of “%(name)s” cannot be used: %(why)s")
        raise QuestionFileError(file, line, message, name=name, why=problem) from problem
    for text in value if isinstance(value, list) else [value]:
        if parameter.type == "entity" and text is not None and not looks_like_id(text):
            raise QuestionFileError(file, line, N_("“%(text)s” is not the id of an entity."), text=text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names)) or "–"


def _name(file: Path, folder: Path) -> str:
    name = file.relative_to(folder).with_suffix("").as_posix()
    parts = name.split("/")
    if len(parts) != 2 or not all(part.isidentifier() and part == part.lower() and part.isascii() for part in parts):  # noqa: PLR2004
        message = N_("The file must be <subject>/<question>.cypher, in small letters, digits and _.")
        raise QuestionFileError(file, 1, message)
    return name


def _text(file: Path) -> str:
    raw = file.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise QuestionFileError(file, line, N_("The file is not UTF-8.")) from error


def _words(file: Path, earlier: CatalogWords) -> CatalogWords:
    """Return ``earlier`` with the words of ``file``, if there is one."""
    if not file.exists():
        return earlier
    raw: Any = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - the safest of all
    try:
        found = CatalogWords.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise QuestionFileError(file, 1, N_("“%(where)s”: %(why)s."), where=where, why=first["msg"]) from error
    return CatalogWords(subjects={**earlier.subjects, **found.subjects}, tags={**earlier.tags, **found.tags})


def _holds(question: Question, words: list[str]) -> bool:
    header = question.header
    texts = (question.name, header.title.en, header.title.fa, header.about.en, header.about.fa)
    folded = " ".join(map(fold, texts))
    return all(word in folded for word in words)

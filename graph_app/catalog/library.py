"""All saved questions of one or more folders, read and checked."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from graph_app._layout import QUERIES
from graph_app.catalog.files import files_in, load, name_of, text_of
from graph_app.catalog.header import Header
from graph_app.catalog.parameters import Entry, Words
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Question
from graph_app.errors import N_, NotFoundError
from graph_app.text import fold
from graph_app.yaml_files import BROKEN, texts_loader

__all__ = ["Broken", "Catalog", "CatalogWords", "Held", "load", "schema", "schema_text", "shipped"]
WORDS = "words.yaml"


class CatalogWords(Entry):
    """What subjects and tags are called; one that is not named is called as it is written."""

    subjects: Mapping[str, Words] = Field(default_factory=dict)
    tags: Mapping[str, Words] = Field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """A file that is no question, and why; ``name`` is what the question would be called."""

    file: Path
    name: str
    reason: QuestionFileError


@dataclass(frozen=True)
class Held:
    """What a catalogue holds at one moment."""

    questions: Mapping[str, Question]
    words: CatalogWords
    broken: tuple[Broken, ...] = ()


class Catalog(Mapping[str, Question]):
    """Questions by name, in the order of the alphabet.

    Parameters
    ----------
    questions
        The questions.
    words
        What their subjects and tags are called.
    broken
        The files that could not be read.

    """

    def __init__(self, questions: Iterable[Question], words: CatalogWords, broken: Iterable[Broken] = ()) -> None:
        ordered = sorted(questions, key=lambda question: question.name)
        self._fixed = Held({question.name: question for question in ordered}, words, tuple(broken))

    @property
    def held(self) -> Held:
        """What it holds now."""
        return self._fixed

    @property
    def words(self) -> CatalogWords:
        """What subjects and tags are called."""
        return self.held.words

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The files that could not be read, each with the reason."""
        return self.held.broken

    def __getitem__(self, name: str) -> Question:
        return self.held.questions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.held.questions)

    def __len__(self) -> int:
        return len(self.held.questions)

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
            words = read_words(folder / WORDS, words)
            for file in files_in(folder):
                question = load(file, name_of(file, folder))
                refuse_twice(question, found)
                found[question.name] = question
        return cls(found.values(), words)

    def question(self, name: str) -> Question:
        """Return the question ``name``; raise ``NotFoundError`` if there is none, and its error if it is broken."""
        held = self.held
        if name in held.questions:
            return held.questions[name]
        for one in held.broken:
            if one.name == name:
                raise one.reason
        raise NotFoundError(N_("There is no question “%(name)s”."), name=name)

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


def schema_text() -> str:
    """Return the schema as the file in ``docs/reference`` holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def refuse_twice(question: Question, found: Mapping[str, Question]) -> None:
    """Raise ``QuestionFileError`` if ``found`` has another question of this name."""
    if other := found.get(question.name):
        message = N_("There is another question of the name %(name)s: %(other)s.")
        raise QuestionFileError(question.file, 1, message, name=question.name, other=other.file)


def read_words(file: Path, earlier: CatalogWords) -> CatalogWords:
    """Return ``earlier`` with the words of ``file``, if there is one."""
    if not file.exists():
        return earlier
    try:
        raw: Any = yaml.load(text_of(file), Loader=texts_loader(file, QUERIES))  # noqa: S506 - text only
        found = CatalogWords.model_validate(raw)
    except BROKEN as error:
        raise QuestionFileError(file, 1, N_("The header is no YAML: %(why)s."), why=error) from error
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

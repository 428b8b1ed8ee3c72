"""The questions of several folders as they are now: a file that is changed counts at once, a broken one is listed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from time import monotonic

from graph_app._layout import QUERIES
from graph_app.catalog.files import files_in, load, name_of
from graph_app.catalog.library import WORDS, Broken, Catalog, CatalogWords, Held, read_words, refuse_twice
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Question
from graph_app.errors import N_, reason_of
from graph_app.settings import Settings

_EVERY = 1.0  # seconds between two looks at the folders
Stamp = tuple[int, int]  # when a file was changed (ns), and its size


def shelf(settings: Settings) -> "Shelf":
    """Return the questions that come with the program and, beside them, those in the user's own folder."""
    return Shelf([QUERIES], own=settings.queries)


class Shelf(Catalog):
    """A catalogue that reads its files anew when they change, and goes on without those that are broken.

    Parameters
    ----------
    folders
        Folders of questions.
    own
        The user's folder. It comes last: a file in it never takes the place of a question of the same name.
    every
        Seconds between two looks at the folders.

    """

    def __init__(self, folders: Sequence[Path], *, own: Path | None = None, every: float = _EVERY) -> None:
        super().__init__((), CatalogWords())
        self._folders = [*folders, *([own] if own else [])]
        self._own = own
        self._every = every
        self._lock = Lock()
        self._looked: float | None = None
        self._stamps: dict[Path, Stamp] = {}
        self._known: dict[Path, Question | QuestionFileError] = {}

    @property
    def held(self) -> Held:
        """What the folders hold now, at most a second ago."""
        with self._lock:
            if self._looked is None or monotonic() - self._looked >= self._every:
                self._look()
                self._looked = monotonic()
            return self._fixed

    def _look(self) -> None:
        stamps = dict(self._stamped())
        if stamps == self._stamps and self._looked is not None:
            return
        changed = {file for file, stamp in stamps.items() if self._stamps.get(file) != stamp}
        self._known = {file: known for file, known in self._known.items() if file in stamps and file not in changed}
        self._stamps = stamps
        self._fixed = self._gathered()

    def _stamped(self) -> Iterator[tuple[Path, Stamp]]:
        for folder in self._folders:
            for file in [*files_in(folder), folder / WORDS]:
                try:
                    found = file.stat()
                except OSError:  # it went away meanwhile, or there are no words
                    continue
                yield file, (found.st_mtime_ns, found.st_size)

    def _gathered(self) -> Held:
        questions: dict[str, Question] = {}
        broken: list[Broken] = []
        words = CatalogWords()
        for folder in self._folders:
            try:
                words = read_words(folder / WORDS, words)
            except QuestionFileError as error:
                broken.append(Broken(folder / WORDS, "", error))
            for file in (one for one in self._stamps if one.suffix == ".cypher" and one.is_relative_to(folder)):
                try:
                    question = self._read(file, folder)
                    refuse_twice(question, questions)
                    questions[question.name] = question
                except QuestionFileError as error:
                    broken.append(Broken(file, file.relative_to(folder).with_suffix("").as_posix(), error))
        return Held(dict(sorted(questions.items())), words, tuple(broken))

    def _read(self, file: Path, folder: Path) -> Question:
        """Return the question in ``file``; a file that has not changed is not read again."""
        known = self._known.get(file)
        if known is None:
            try:
                known = replace(load(file, name_of(file, folder)), own=folder == self._own)
            except QuestionFileError as error:
                known = error
            except OSError as error:
                known = QuestionFileError(file, 1, N_("The file cannot be read: %(why)s."), why=reason_of(error))
            self._known[file] = known
        if isinstance(known, QuestionFileError):
            raise known
        return known

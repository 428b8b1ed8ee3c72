"""A mistake in the file of a question, with the place where its author finds it."""

from collections.abc import Callable
from pathlib import Path

from graph_app.errors import PeyvandError, QuestionError


class QuestionFileError(QuestionError):
    """A question is badly written: ``file:line: what is wrong``.

    Parameters
    ----------
    file, line
        The place; lines count from 1.
    message, **values
        As for every ``PeyvandError``.

    """

    def __init__(self, file: Path, line: int, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.file = file
        self.line = line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {super().__str__()}"

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks, after the place."""
        told = {k: v.translated(gettext) if isinstance(v, PeyvandError) else v for k, v in self.values.items()}
        return f"{self.file}:{self.line}: {gettext(self.message) % told}"


class EntryError(ValueError):
    """A part of a header makes no sense; ``problem`` says why, in the reader's language."""

    def __init__(self, message: str, **values: object) -> None:
        self.problem = PeyvandError(message, **values)
        super().__init__(str(self.problem))

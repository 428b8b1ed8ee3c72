"""A text as numbered lines, counted as an editor counts them: the empty ones too."""

from graph_app.errors import N_, LoadError
from graph_app.text import squash, without_controls

MOST_LETTERS, MOST_LINES = 300_000, 5_000
_WORDS = 12  # of the beginning that stands for a text as a whole


def read(text: str) -> str:
    """Return ``text`` as it is kept: line feeds between its lines, no control characters, nothing at its ends.

    Raises
    ------
    LoadError
        If it is empty, or larger than an article or a letter is.

    """
    kept = "\n".join(line.rstrip() for line in without_controls(text.lstrip("\ufeff")).splitlines()).rstrip()
    if not squash(kept):
        raise LoadError(N_("The text is empty. Paste it, or choose a file."))
    if len(kept) > MOST_LETTERS:
        message = N_("The text has %(count)s letters; at most %(most)s are taken. Send it in parts.")
        raise LoadError(message, count=len(kept), most=MOST_LETTERS)
    if kept.count("\n") >= MOST_LINES:
        message = N_("The text has %(count)s lines; at most %(most)s are taken. Send it in parts.")
        raise LoadError(message, count=kept.count("\n") + 1, most=MOST_LINES)
    return kept


def numbered(content: str) -> dict[int, str]:
    """Return the lines that are not empty, by their numbers."""
    return {number: line for number, line in enumerate(content.split("\n"), 1) if line.strip()}


def opening(content: str) -> tuple[int, str]:
    """Return the first line that is not empty: its number, and its first words."""
    number, line = next(iter(numbered(content).items()))
    return number, " ".join(line.split()[:_WORDS])


def passage(content: str, first: int, last: int) -> str:
    """Return what stands on the lines from ``first`` to ``last``, as one line.

    Raises
    ------
    LoadError
        If the text has no such lines.

    """
    lines = content.split("\n")
    if not 1 <= first <= last <= len(lines):
        raise LoadError(N_("The text has the lines 1 to %(last)s."), last=len(lines))
    return spaced(" ".join(lines[first - 1 : last]))


def spaced(text: str) -> str:
    """Return ``text`` with single spaces."""
    return " ".join(text.split())

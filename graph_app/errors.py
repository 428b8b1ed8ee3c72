"""Every error that a user can cause or meet, in one tree.

A message is written in English where it is raised, marked with ``N_`` so that the translation tools find it, and
filled in with named values. The page or the terminal asks for it in the reader's language::

    raise EngineError(N_("Port %(port)s is in use by another program."), port=7687)

* PeyvandError
  + SettingError      a setting has a value that cannot be used
  + DatabaseError     the application database cannot be opened, reached or used
  + AccountError      an account, a password or a link is not as it must be
  + AccessError       somebody may not do what they ask for
  + EngineError       the managed Neo4j cannot be installed, started or reached
  + StoreError        the Neo4j server refuses, is too old, is away or too slow
    - NotFoundError   what was asked for is not in the graph
    - TimeLimitError  the server did not answer within the limit
  + GateError         free-hand asking is shut, with the reason, or busy
  + StatementError    a free-hand statement is refused, with its place
  + QuestionError     a saved question is badly written (file and line) or asked with bad values
  + DeliveryError     a mail, a post or a feed cannot be delivered, or its channel is not as it must be
  + LoadError         a mapping, an export file or a plan cannot be used
  + FullError         a disk has no room left
  + BackupError       a backup cannot be made, is not whole, or cannot be restored here
"""

from collections.abc import Callable
from errno import EDQUOT, ENOSPC

from graph_app.text import without_controls


def N_(message: str) -> str:  # noqa: N802 - the gettext convention
    """Mark ``message`` for translation and return it unchanged."""
    return message


class PeyvandError(Exception):
    """Base of all errors that are meant to be read by the person at the screen.

    Parameters
    ----------
    message
        English sentence with ``%(name)s`` places: what happened, where, and what to do.
    hint
        What to do about it, as a sentence of its own with the same places; empty if ``message`` says it.
    **values
        What goes into the places. Values are shown as they are, never translated, except that another error of ours
        is a sentence of its own.

    """

    def __init__(self, message: str, hint: str = "", /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks."""
        return gettext(self.message) % {name: _in_words(value, gettext) for name, value in self.values.items()}

    def translated_hint(self, gettext: Callable[[str], str]) -> str:
        """Return the hint in the language that ``gettext`` speaks; empty if there is none."""
        values = {name: _in_words(value, str) for name, value in self.values.items()}
        return gettext(self.hint) % values if self.hint else ""


def _in_words(value: object, gettext: Callable[[str], str]) -> object:
    """Return a value as the reader's language writes it: an error as its sentence, a number in its digits.

    Control characters of a text that came with data are dropped, since a terminal would obey them.
    """
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, PeyvandError):
        return value.translated(gettext)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value).translate(str.maketrans("0123456789", gettext(N_("0123456789"))))
    return value


class SettingError(PeyvandError):
    """A setting has a value that cannot be used."""


class DatabaseError(PeyvandError):
    """The application database cannot be opened, reached or used."""


class AccountError(PeyvandError):
    """An account, a password or a link is not as it must be."""


class AccessError(PeyvandError):
    """Somebody may not do what they ask for."""


class EngineError(PeyvandError):
    """The managed Neo4j cannot be installed, started or reached."""


class StoreError(PeyvandError):
    """The Neo4j server refuses, is too old, is away or too slow."""


class NotFoundError(StoreError):
    """What was asked for is not in the graph."""


class TimeLimitError(StoreError):
    """The server did not answer within the limit."""


class GateError(PeyvandError):
    """Nobody may ask free-hand now: a check of the server failed, or too much is being asked at once."""


class StatementError(PeyvandError):
    """A free-hand statement is refused before it runs.

    Parameters
    ----------
    message, **values
        As for every ``PeyvandError``.
    line, column
        The place, counted from 1; 0 if the statement as a whole is meant.

    """

    def __init__(self, message: str, *, line: int = 0, column: int = 0, **values: object) -> None:
        super().__init__(message, **values)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return self.translated(str)

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks, after the place."""
        why = gettext(self.message) % self.values
        if not self.line:
            return why
        place = gettext(N_("Line %(line)s, column %(column)s: %(why)s"))
        return place % {"line": self.line, "column": self.column, "why": why}


class QuestionError(PeyvandError):
    """A saved question is badly written, or asked with values it cannot take."""


class LoadError(PeyvandError):
    """A mapping, an export file or a plan cannot be used."""


class DeliveryError(PeyvandError):
    """A mail or a post cannot be delivered, or a channel is not as it must be.

    Parameters
    ----------
    message, hint, **values
        As for every ``PeyvandError``.
    final
        Whether trying again is of no use.

    """

    def __init__(self, message: str, hint: str = "", /, *, final: bool = False, **values: object) -> None:
        super().__init__(message, hint, **values)
        self.final = final


class FullError(PeyvandError):
    """A disk has no room left; what was begun is not kept."""

    def __init__(self) -> None:
        super().__init__(N_("No room is left on the disk. Make room, then try again."))


_FULL_SQLITE = frozenset({"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"})  # the latter for its index of what is written ahead


def no_room(error: BaseException) -> bool:
    """Return whether ``error`` says that a disk is full: the system's own, or one of SQLite or PostgreSQL."""
    cause = getattr(error, "orig", None) or error  # of SQLAlchemy, which kernel code does not import
    if isinstance(cause, FullError):
        return True
    if isinstance(cause, OSError):
        return cause.errno in {ENOSPC, EDQUOT}
    return getattr(cause, "sqlite_errorname", "") in _FULL_SQLITE or getattr(cause, "sqlstate", "") == "53100"


def reason_of(error: Exception) -> object:
    """Return why the system refused, for a place of a sentence; a full disk is said in the reader's language."""
    return FullError() if no_room(error) else getattr(error, "strerror", None) or str(error)


class BackupError(PeyvandError):
    """A backup cannot be made, is not whole, or cannot be restored here."""

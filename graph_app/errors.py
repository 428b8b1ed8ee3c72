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
  + QuestionError     a saved question is badly written (file and line) or asked with bad values
  + LoadError         a mapping, an export file or a plan cannot be used
"""

from collections.abc import Callable


def N_(message: str) -> str:  # noqa: N802 - the gettext convention
    """Mark ``message`` for translation and return it unchanged."""
    return message


class PeyvandError(Exception):
    """Base of all errors that are meant to be read by the person at the screen.

    Parameters
    ----------
    message
        English sentence with ``%(name)s`` places: what happened, where, and what to do.
    **values
        What goes into the places. Values are shown as they are, never translated.

    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks."""
        return gettext(self.message) % self.values


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


class QuestionError(PeyvandError):
    """A saved question is badly written, or asked with values it cannot take."""


class LoadError(PeyvandError):
    """A mapping, an export file or a plan cannot be used."""

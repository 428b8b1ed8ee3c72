"""The text of a question, as far as it must be understood: which ``$names`` it uses, and that it is one statement.

The server parses Cypher; this only steps over what is not code (comments, strings, names in back-ticks), so that a
``$`` or a ``;`` in there is not taken for one that counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph_app.catalog.problems import QuestionFileError
from graph_app.errors import N_
from graph_app.graph.guard.text import ESCAPE, TOKEN


@dataclass(frozen=True)
class Statement:
    """One statement.

    Parameters
    ----------
    text
        What is sent to the server.
    line
        Line of its first character in the file.
    parameters
        Each ``$name`` with the line of its first use.

    """

    text: str
    line: int
    parameters: Mapping[str, int] = field(hash=False)


def parse(text: str, file: Path, line: int = 1) -> Statement:
    r"""Return the one statement in ``text``, which begins on ``line`` of ``file``.

    Raises
    ------
    QuestionFileError
        If there is none or more than one, if a comment, string or name does not end, or if characters are written
        as ``\uXXXX``: the server decodes those before it looks for strings and comments, so what is read here
        would not be what runs there.

    """
    if escaped := ESCAPE.search(text):
        message = N_("“%(text)s” hides what the statement says; write the character itself.")
        raise QuestionFileError(file, line + text.count("\n", 0, escaped.start()), message, text=escaped[0])
    parameters: dict[str, int] = {}
    end, code = None, False
    for token in TOKEN.finditer(text):
        here = line + text.count("\n", 0, token.start())
        _refuse_unended(token, file, here)
        if token["space"] or token["comment"]:
            continue
        if end is not None:
            raise QuestionFileError(file, here, N_("There is more than one statement; a question is one."))
        if token["end"]:
            end = token.start()
            continue
        code = True
        if token["parameter"]:
            parameters.setdefault(_name(token), here)
    if not code:
        raise QuestionFileError(file, line, N_("There is no statement under the header."))
    return Statement(text[:end].rstrip(), line, parameters)


def _refuse_unended(token: re.Match[str], file: Path, line: int) -> None:
    if token["unended"]:
        raise QuestionFileError(file, line, N_("What begins with %(sign)s here does not end."), sign=token[0])


def _name(token: re.Match[str]) -> str:
    quoted = token["quoted_parameter"]
    return str(quoted.replace("``", "`") if quoted else token["plain_parameter"])

"""Regular expressions that Java may try without end: ``=~ '(.*a){25}'`` ran on after it was terminated."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graph_app.errors import N_
from graph_app.graph.guard.text import Token, refusal

_REPEATS = re.compile(r"(?<![(])[*+?{]")
_GROUPS = re.compile(r"\)[*+?{]|\\\d|\\k")
_MOST_REPEATS = 3


def check(statement: str, found: Sequence[Token], values: Mapping[str, Any]) -> None:
    """Refuse ``=~`` with a pattern that is not known, or that may go back and forth without end.

    Raises
    ------
    StatementError
        With its place.

    """
    for at in range(len(found) - 1):
        if (found[at].text, found[at + 1].text) != ("=", "~"):
            continue
        literal = found[at + 2] if at + 2 < len(found) else None
        after = found[at + 3].text if at + 3 < len(found) else ""
        if literal is None or literal.kind not in {"string", "parameter"} or after in {"+", "|", "["}:
            raise refusal(statement, found[at].at, _BUILT)
        pattern = literal.text if literal.kind == "string" else str(values.get(literal.text.strip("$`"), ""))
        if _GROUPS.search(pattern) or len(_REPEATS.findall(pattern)) > _MOST_REPEATS:
            raise refusal(statement, literal.at, _REPEATING)


_BUILT = N_("=~ takes a pattern that stands here as text, not one that is put together; use CONTAINS or STARTS WITH.")
_REPEATING = N_(
    "This pattern repeats a group, or repeats too often, which Neo4j cannot stop; use CONTAINS or STARTS WITH."
)

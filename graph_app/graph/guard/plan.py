"""The wall: what the server itself says a statement would do.

``EXPLAIN`` runs nothing. Its plan names every operator and every procedure, whatever tricks the text plays. Two things
stand in it as text only, among the details of an operator: functions, and subqueries within expressions, such as
``[x IN list | COLLECT { LOAD CSV … }]``, whose operators the tree does not show. So details are read too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph_app import yaml_files
from graph_app.errors import N_, StatementError
from graph_app.graph.guard.text import LOADS, Token, refusal

_FILE = Path(__file__).with_name("allowed.yaml")
_UNREAD = frozenset({"string-representation"})  # the same once more, drawn as a table
_NAMES = re.compile(r"[^\W\d]\w*+(?:\.\w++)*+\(?")  # with or without dots and a call, so that none is read twice
_SINGLE = re.compile(r"(?<![\w.:|&!%$])[^\W\d]\w*+(?=\()")
_QUOTED = re.compile(r"`(?:[^`]|``)*`")
_LOADS = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_READS = "r"


@dataclass(frozen=True)
class Step:
    """One operator of a plan, with its details and the steps that feed it."""

    operator: str
    details: str
    texts: tuple[str, ...]
    inputs: tuple["Step", ...]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Step":
        """Return what the driver gives as a mapping."""
        told = {key: value for key, value in raw["args"].items() if isinstance(value, str) and key not in _UNREAD}
        operator = str(raw["operatorType"]).partition("@")[0]
        inputs = tuple(cls.of(child) for child in raw.get("children", ()))
        return cls(operator, told.get("Details", ""), tuple(told.values()), inputs)

    def __iter__(self) -> Iterator["Step"]:
        yield self
        for step in self.inputs:
            yield from step


@dataclass(frozen=True)
class Plan:
    """What the server would do: its ``kind`` (``r`` only reads), the columns, and the steps from the last one back."""

    kind: str
    columns: tuple[str, ...]
    root: Step


@cache
def allowed(what: str) -> frozenset[str]:
    """Return one of the lists of ``allowed.yaml``."""
    lists: Mapping[str, Sequence[str]] = yaml_files.read(_FILE)
    return frozenset(lists[what])


def check(plan: Plan, functions: frozenset[str]) -> None:
    """Refuse a plan that does anything but read this graph with the server's own functions.

    Parameters
    ----------
    plan
        What the server says.
    functions
        The built-in functions, in small letters.

    Raises
    ------
    StatementError
        With the operator, procedure or function that is not allowed.

    """
    for step in plan.root:
        _check_operator(step)
        for text in step.texts:
            _check_details(text, functions)
    if plan.kind != _READS:
        raise StatementError(N_("The statement does not only read."))


def check_calls(statement: str, found: Sequence[Token], functions: frozenset[str]) -> None:
    """Refuse functions and procedures by the text: once more what the plan says, for what it shows as text only.

    Raises
    ------
    StatementError
        If something is called that is neither built in nor a procedure that may be called.

    """
    for at, token in enumerate(found):
        if token.kind not in {"name", "quoted"} or (at and found[at - 1].word == "."):
            continue
        name, end = _chain(found, at)
        called = end < len(found) and found[end].word == "("
        if at and found[at - 1].word == "call" and not (at > 1 and found[at - 2].word == "as"):
            if name not in allowed("procedures"):
                raise refusal(statement, token.at, _PROCEDURE, name=name)
        elif called and not _known(found, at, name, functions):
            raise refusal(statement, token.at, _FUNCTION, name=name)


def _chain(found: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the dotted name that begins at ``at``, and where it ends."""
    parts = [found[at].word]
    at += 1
    while at + 1 < len(found) and found[at].word == "." and found[at + 1].kind in {"name", "quoted"}:
        parts.append(found[at + 1].word)
        at += 2
    return ".".join(parts), at


def _known(found: Sequence[Token], at: int, name: str, functions: frozenset[str]) -> bool:
    if name in functions or (found[at].kind == "name" and name in allowed("words")):
        return True
    hint = [token.word for token in found[max(at - 3, 0) : at]]
    return len(hint) == 3 and hint[0] in {"index", "seek"} and hint[2] == ":"  # noqa: PLR2004 - USING INDEX n:Label(


def _check_operator(step: Step) -> None:
    if step.operator == "LoadCSV":
        raise StatementError(LOADS)
    if step.operator not in allowed("operators"):
        raise StatementError(N_("The server would do more than read: “%(operator)s”."), operator=step.operator)
    if step.operator.endswith("ProcedureCall"):
        name = step.details.partition("(")[0].replace("`", "").strip().lower()
        if name not in allowed("procedures"):
            raise StatementError(_PROCEDURE, name=name)


def _check_details(text: str, functions: frozenset[str]) -> None:
    """Look at strings and names in back-ticks too: the server does not write them so that they could be told apart."""
    if _LOADS.search(text):
        raise StatementError(LOADS)
    for found in _NAMES.finditer(text.replace("`", "")):
        name, called = found[0].rstrip("("), found[0].endswith("(")
        if called and "." in name and name.lower() not in functions | allowed("procedures"):
            raise StatementError(_FUNCTION, name=name)
    for found in _SINGLE.finditer(_QUOTED.sub(" ", text)):
        name = found[0].lower()
        if name not in functions and name not in allowed("words") and name not in allowed("planner"):
            raise StatementError(_FUNCTION, name=found[0])


_FUNCTION = N_("The function “%(name)s” is not one of Neo4j's own; only those may be used here.")
_PROCEDURE = N_("The procedure “%(name)s” may not be called here; db.labels, db.schema.* and full-text search may.")

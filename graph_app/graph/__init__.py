"""The graph: the driver wrapped once, the schema, and results as plain typed values."""

import sys

_UNUSED = ("numpy", "pandas", "pyarrow")


def _import_driver() -> None:
    """Import the driver without what it can also take parameters from: 30 MB and half a second that none of us uses.

    A module that stands as None cannot be imported; so the driver does without, and others find it later.
    """
    hidden = [name for name in _UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import neo4j  # noqa: F401, PLC0415 - its import is what this is about
    finally:
        for name in hidden:
            del sys.modules[name]


_import_driver()

"""How YAML is read: what comes with Peyvand by libyaml where PyYAML has it, twenty times as fast as by Python.

What people write is read by Python's own reader: libyaml ends the process on what is nested a hundred thousand deep.
"""

from pathlib import Path
from typing import Any

import yaml

_TEXTS: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar is text
_VALUES: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BROKEN = (yaml.YAMLError, RecursionError)  # what is raised for what is none, and for brackets without end


def read(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what stands in a file of ours, with numbers, dates and booleans as such."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_VALUES)  # noqa: S506 - safe


def read_texts(path: Path) -> Any:  # noqa: ANN401
    """Return what stands in a file of ours, every scalar as text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_TEXTS)  # noqa: S506 - text only


def texts_loader(path: Path, ours: Path) -> Any:  # noqa: ANN401 - a class of PyYAML's, which has no types
    """Return what reads the file at ``path`` as texts: the fast one if it lies in ``ours``, a folder of our own."""
    return _TEXTS if path.is_relative_to(ours) else yaml.BaseLoader

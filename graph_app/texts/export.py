"""Everything that was taken from texts, as the tables of the founding example."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from graph_app.editing import files
from graph_app.editing.records import Recorded
from graph_app.texts.kinds import BEGUN


def tables(taken: Iterable[Recorded]) -> dict[str, str]:
    """Return the text of each table by the name of its file: what stands of ``taken``, the oldest first."""
    rows = files.gathered(one.edit.tables for one in _standing(taken))
    return {_founding(name): text for name, text in files.written(rows, files.TEXTS).items()}


def exported(taken: Iterable[Recorded], folder: Path) -> list[Path]:
    """Write the tables of ``taken`` into ``folder`` and return their files."""
    return files.exported([one.edit.tables for one in _standing(taken)], folder, files.TEXTS, prefix="")


def counts(taken: Iterable[Recorded]) -> Counter[str]:
    """Return how many facts stand that were taken from each source, by its id."""
    return Counter(str(one.edit.about) for one in _standing(taken) if one.edit.kind != BEGUN)


def _standing(taken: Iterable[Recorded]) -> list[Recorded]:
    return sorted((one for one in taken if one.stands), key=lambda one: one.load.number)


def _founding(name: str) -> str:
    return name.removeprefix(files.PREFIXES[files.TEXTS])

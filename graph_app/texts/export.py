"""Everything that was taken from texts, as the tables of the founding example."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from graph_app.editing import files
from graph_app.editing.records import Recorded, Records
from graph_app.texts.kinds import BEGUN


def taken(records: Records, graph: str | None) -> list[Recorded]:
    """Return all edits in ``graph`` that made sources of texts or took from them, the newest first."""
    return [one for one in records.all(graph) if one.load.mapping == files.TEXTS]


def tables(every: Iterable[Recorded]) -> dict[str, str]:
    """Return the text of each table by the name of its file: what stands of ``every`` edit, the oldest first."""
    rows = files.gathered(one.edit.tables for one in _standing(every))
    return {_founding(name): text for name, text in files.written(rows, files.TEXTS).items()}


def exported(every: Iterable[Recorded], folder: Path) -> list[Path]:
    """Write the tables of ``every`` edit into ``folder`` and return their files."""
    return files.exported([one.edit.tables for one in _standing(every)], folder, files.TEXTS, prefix="")


def counts(every: Iterable[Recorded]) -> Counter[str]:
    """Return how many facts stand that were taken from each source, by its id."""
    return Counter(str(one.edit.about) for one in _standing(every) if one.edit.kind != BEGUN)


def _standing(every: Iterable[Recorded]) -> list[Recorded]:
    return sorted((one for one in every if one.stands), key=lambda one: one.load.number)


def _founding(name: str) -> str:
    return name.removeprefix(files.PREFIXES[files.TEXTS])

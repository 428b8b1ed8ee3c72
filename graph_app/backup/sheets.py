"""The tables of an export of everything: the columns of each, and the mapping by which they load again."""

import csv
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import IO, Any, Self

import yaml

from graph_app.backup.claims import SAID, Outline, Place, Row
from graph_app.text import squash
from graph_app.vocabulary import vocabulary
from loaders.exact import KINDS, cell_of
from loaders.facts import entity_id

MAPPING = "everything.yaml"
_NAME = "everything"
_PARTS = ("own", "value", "said", "further")
_OWN = ("id", "labels", "merged_into", "from", "to")
_ALWAYS = ("source", "certainty", "reported_on", "mapping", "file", "row_line")  # else the load would say its own
_RULES = {"source_line": "line", "row_line": "row"}  # names of the mapping language for what evidence consists of


class Sheet:
    """One table: the heading of each of its columns, in the order in which they stand.

    A property that has values of several kinds has a column for each of them.
    """

    def __init__(self, table: str, places: Collection[Place]) -> None:
        self.table, self.file = table, f"{table}.csv"
        always = (Place("said", name, KINDS[SAID[name]]) for name in _ALWAYS)
        self.places = sorted({*places, *always}, key=_order)
        self.headings = _headings(self.places)

    def cells(self, row: Row) -> list[str]:
        """Return the cells of ``row``."""
        return [cell_of(row.cells[place]) if place in row.cells else "" for place in self.places]

    @property
    def rule(self) -> dict[str, Any]:
        """The table as its mapping says it."""
        columns = {self.headings[place]: _column(place) for place in self.places}
        told = {"file": self.file, "columns": columns, "evidence": self._evidence}
        form, _, name = self.table.partition("-")
        values = self._set("value")
        if form == "ties":
            return {**told, "ties": [{"type": name, "id": "id", "from": "*:from", "to": "*:to", "set": values}]}
        node = {"as": "it", "label": name, "id": "id", "set": values}
        own = {place.name for place in self.places if place.part == "own"}
        if "labels" in own:
            refining = {one: one for one, label in vocabulary().labels.items() if label.of == name}
            node["also"] = {"column": "labels", "labels": refining}
        if "merged_into" in own:
            node["into"] = "merged_into"
        return {**told, "nodes": [node]}

    @property
    def _evidence(self) -> dict[str, Any]:
        said = {_RULES.get(one.name, one.name): self.headings[one] for one in self.places if one.part == "said"}
        further = self._set("further")
        return {**said, "set": further} if further else said

    def _set(self, part: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for place in self.places:
            if place.part == part:
                found.setdefault(place.name, []).append(self.headings[place])
        return found


class Files:
    """The files of ``sheets`` in ``folder``, open to be written; ``mark`` puts a byte order mark before each.

    Whoever uses it in a ``with`` has them closed, and all rows in them, at its end.
    """

    def __init__(self, folder: Path, sheets: Iterable[Sheet], *, mark: bool) -> None:
        self._folder, self._sheets = folder, {sheet.table: sheet for sheet in sheets}
        self._encoding = "utf-8-sig" if mark else "utf-8"
        self._streams: list[IO[str]] = []
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> Self:
        try:
            for sheet in self._sheets.values():
                stream = (self._folder / sheet.file).open("x", encoding=self._encoding, newline="")
                self._streams.append(stream)
                self._writers[sheet.table] = csv.writer(stream)
                self._writers[sheet.table].writerow(sheet.headings.values())
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def write(self, row: Row) -> None:
        """Write ``row`` into its table.

        Raises
        ------
        KeyError
            If there is no table or column for it.

        """
        sheet = self._sheets[row.table]
        if unknown := row.cells.keys() - sheet.headings.keys():
            raise KeyError(*unknown)
        self._writers[row.table].writerow(sheet.cells(row))

    def _close(self) -> None:
        errors = []
        for stream in self._streams:
            try:
                stream.close()
            except OSError as error:  # the last rows did not fit
                errors.append(error)
        if errors:
            raise errors[0]


def sheets_of(outline: Outline) -> list[Sheet]:
    """Return the tables of a graph: entities, then ties."""
    return [Sheet(table, outline.columns[table]) for table in sorted(outline.columns)]


def mapping_of(sheets: Iterable[Sheet]) -> str:
    """Return the mapping by which ``sheets`` load."""
    bases = [label for label, one in vocabulary().labels.items() if not one.of]
    said = {
        "mapping": _NAME,
        "version": 1,
        "about": {"en": "Everything that a graph held", "fa": "همهٔ آنچه در یک گراف بود"},
        "remember": "no",
        "read": {"encoding": "utf-8", "delimiter": ",", "exact": "yes"},
        "references": {entity_id(label, "").removesuffix(":"): label for label in bases},
        "evidence": {"source": "source"},
        "tables": [sheet.rule for sheet in sheets],
    }
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)


def _column(place: Place) -> dict[str, str]:
    kind = {} if place.kind == "text" else {"as": place.kind}
    needed = {"required": "yes"} if place.part == "own" and place.name in {"id", "from", "to"} else {}
    return {"type": "exact", **kind, **needed}


def _order(place: Place) -> tuple[int, int, str, str]:
    known = {"own": _OWN, "said": tuple(SAID)}.get(place.part, ())
    within = known.index(place.name) if place.name in known else len(known)
    return _PARTS.index(place.part), within, place.name, place.kind


def _headings(places: Iterable[Place]) -> dict[Place, str]:
    """Return a heading for each place that no spelling takes for another one: its name, and its kind if need be."""
    found: dict[Place, str] = {}
    taken: set[str] = set()
    for place in places:
        heading = place.name
        for more in (f" ({place.kind})", f" ({place.part})", *(f" {number}" for number in range(2, 1000))):
            if _spelled(heading) not in taken:
                break
            heading = f"{place.name}{more}"
        found[place] = heading
        taken.add(_spelled(heading))
    return found


def _spelled(heading: str) -> str:
    return squash(heading) or heading

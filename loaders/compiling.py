"""A row of an export turned into facts by the rules of a mapping, or into a reject with its reason."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from graph_app.errors import N_, PeyvandError
from graph_app.graph.results import Position
from graph_app.text import canonical
from loaders.column_rules import Column
from loaders.columns import CellError, Value, spread, value
from loaders.composing import filled, key_of, key_part
from loaders.facts import EntityClaim, Evidence, Reject, RowFacts, TieClaim, entity_id, shared, tie_id
from loaders.heading import heading
from loaders.mapping import MappingFile
from loaders.originals import original
from loaders.reading import Export, Fault, Row
from loaders.rules import EvidenceRule, NodeRule, Refining, TableRule, TieRule

_LITERALS: Mapping[str, bool] = {"=true": True, "=false": False}
_UNSEEN = object()
_MOST_SEEN = 2000  # cells of one column of which it is kept what they mean


def compile_table(export: Export, table: TableRule, mapping: MappingFile) -> Iterator[RowFacts | Reject]:
    """Yield the facts, or the reject, of every row of ``export``.

    Raises
    ------
    LoadError
        If the header does not have exactly the columns of the mapping.

    """
    compiler = _Compiler(export, heading(export, table, mapping), table, mapping)
    for row in export.rows:
        if row.fault:
            yield _faulty(export, row, row.fault)
            continue
        try:
            yield compiler.facts(row)
        except _RejectedError as rejected:
            yield rejected.reject


def _faulty(export: Export, row: Row, fault: Fault) -> Reject:
    column, cell = ("", "") if fault.place is None else (export.header[fault.place], row.cells[fault.place])
    return Reject(export.name, row, export.header, column, cell, fault.reason)


class _RejectedError(Exception):
    def __init__(self, reject: Reject) -> None:
        super().__init__(str(reject.reason))
        self.reject = reject


class _Compiler:
    """The rows of a table on their way to facts, one after the other. ``seen`` has by column what its cells mean."""

    row: Row
    cells: Mapping[str, str]
    values: Mapping[str, Value]

    def __init__(self, export: Export, columns: Mapping[str, Column], table: TableRule, mapping: MappingFile) -> None:
        self.export, self.columns, self.table, self.mapping = export, columns, table, mapping
        self.heading = dict(zip(columns, export.header, strict=True))
        self.column_of: dict[str, str] = {}
        self.seen: Mapping[str, dict[str, Value]] = {name: {} for name in columns}

    def facts(self, row: Row) -> RowFacts:
        self.row, self.cells, self.column_of = row, dict(zip(self.columns, row.cells, strict=True)), {}
        self.values = {name: self._value(name, cell) for name, cell in self.cells.items()}
        evidence = self._evidence(self.table.evidence or self.mapping.evidence)
        made = {rule.name: self._entity(rule, evidence) for rule in self.table.nodes if self._wanted(rule)}
        ties = [tie for rule in self.table.ties if self._wanted(rule) for tie in self._ties(rule, made, evidence)]
        column_of = {name: self.heading.get(column, column) for name, column in self.column_of.items()}
        facts = (tuple(made.values()), tuple(ties))
        return RowFacts(self.export.name, self.row, self.export.header, *facts, column_of, self.values)

    def _value(self, name: str, cell: str) -> Value:
        seen = self.seen[name]
        if (found := seen.get(cell, _UNSEEN)) is not _UNSEEN:
            return cast("Value", found)
        try:
            made = value(cell, self.columns[name])
        except PeyvandError as error:
            raise self._rejected(name, cell, error) from error
        if len(seen) < _MOST_SEEN:
            seen[cell] = made
        return made

    def _rejected(self, column: str, cell: str, reason: PeyvandError) -> _RejectedError:
        shown = self.heading.get(column, column)
        return _RejectedError(Reject(self.export.name, self.row, self.export.header, shown, cell, reason))

    def _wanted(self, rule: NodeRule | TieRule) -> bool:
        if rule.when and self.values.get(rule.when) is None:
            return False
        if isinstance(rule, NodeRule):
            return True
        if rule.unless and self.values.get(rule.unless) is not None:
            return False
        return not rule.where or all(self._says(column, word) for column, word in rule.where.items())

    def _says(self, column: str, word: str) -> bool:
        found = self.values.get(column)
        return found != word[1:] if word.startswith("!") else found == word

    def _evidence(self, rule: EvidenceRule) -> Evidence:
        source = self._id("Source", rule.source)
        credibility = self._text(rule.credibility)
        return Evidence(
            source=source,
            source_line=self._number(rule.line),
            quote=self._text(rule.quote),
            certainty=str(self._text(rule.certainty) or "reported"),
            note=self._text(rule.note),
            file=self._text(rule.file) if rule.file else self.export.name,
            row_line=self._number(rule.row) if rule.row else self.row.line,
            mapping=self._text(rule.mapping) or self.mapping.mapping,
            rank=self._text(rule.rank),
            rank_reason=self._text(rule.rank_reason),
            credibility=int(credibility) if credibility else None,
            basis=self._text(rule.basis),
            further=self._properties(rule.set)[0] if rule.set else {},
            dated=rule.reported_on is not None,
            reported_on=self._day(rule.reported_on),
        )

    def _number(self, name: str | None) -> int | None:
        found = self.values.get(name) if name else None
        return found if isinstance(found, int) else None

    def _day(self, name: str | None) -> date | None:
        found = self.values.get(name) if name else None
        return found if isinstance(found, date) else None

    def _text(self, name: str | None) -> str | None:
        if name is None:
            return None
        if name.startswith("="):
            return name[1:]
        found = self.values.get(name)
        return None if found is None else str(found)

    def _entity(self, rule: NodeRule, evidence: Evidence) -> EntityClaim:
        labels = {"Entity", rule.label, *self._refining(rule.also)}
        properties, originals = self._properties(rule.set)
        if rule.position:
            properties |= self._position(*rule.position)
        written = evidence.spelled(originals)
        made = self._id(rule.label, *rule.id)
        return EntityClaim(made, shared(frozenset(labels)), properties, written, self._text(rule.into))

    def _refining(self, also: str | Refining | None) -> list[str]:
        if isinstance(also, str):
            return [also]
        said = self.values.get(also.column) if also else None
        words = said if isinstance(said, tuple) else [said]
        return [label for word in words if also and (label := also.labels.get(str(word)))]

    def _id(self, label: str, *names: str) -> str:
        made = self._whole_id(label, *names) or entity_id(label, key_of([self._key_part(name) for name in names]))
        if made not in self.column_of:
            self.column_of[made] = next((name for name in names if name in self.cells), names[0])
        return made

    def _whole_id(self, label: str, name: str, *others: str) -> str | None:
        """Return the id that an exact column holds whole."""
        column, found = self.columns.get(name), self.values.get(name)
        if others or column is None or column.type != "exact" or not isinstance(found, str):
            return None
        if not found.startswith(entity_id(label, "")):
            message = N_("“%(id)s” is no id of this kind: it does not begin with “%(beginning)s”.")
            raise self._rejected(name, self.cells[name], CellError(message, id=found, beginning=entity_id(label, "")))
        return found

    def _key_part(self, name: str) -> str:
        if name.startswith("="):
            part = filled(name[1:], self.values)
        else:
            part = key_part(self.values.get(name), self.columns.get(name))
        if not part:
            reason = CellError(N_("The cell is empty; a value is required."))
            raise self._rejected(name, self.cells.get(name, ""), reason)
        return part

    def _position(self, latitude: str, longitude: str) -> dict[str, Any]:
        north, east = self.values.get(latitude), self.values.get(longitude)
        if not isinstance(north, float) or not isinstance(east, float):
            return {}
        if abs(north) > 90 or abs(east) > 180:  # noqa: PLR2004 - degrees of the earth
            message = N_("%(north)s, %(east)s is not a point on the earth.")
            raise self._rejected(latitude, self.cells[latitude], CellError(message, north=north, east=east))
        return {"position": Position(north, east)}

    def _properties(self, rules: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the properties, and by property the cells that reading changed."""
        found, originals = dict[str, Any](), dict[str, str]()
        for name, columns in rules.items():
            for column in columns:
                if (item := self._set_value(column)) is not None:
                    spread(found, name, item)
                    cell = self._original(column, item)
                    if cell is not None:
                        originals[name] = cell
                    break
        return found, originals

    def _original(self, name: str, item: Value) -> str | None:
        column = self.columns.get(name)
        return original(self.cells[name], item) if column and column.type != "exact" else None

    def _set_value(self, name: str) -> Value:
        if not name.startswith("="):
            return self.values.get(name)
        return _LITERALS[name] if name in _LITERALS else filled(name[1:], self.values)

    def _ties(self, rule: TieRule, made: Mapping[str, EntityClaim], evidence: Evidence) -> Iterator[TieClaim]:
        properties, originals = self._properties(rule.set)
        by = "|".join(canonical(str(self.values.get(name) or "")) for name in rule.by) if rule.by else ""
        written = evidence.spelled(originals)
        for start in self._targets(rule.start, made):
            for end in self._targets(rule.end, made):
                made_id = self._text(rule.id) or tie_id(rule.type, start, end, by, evidence.source)
                yield TieClaim(made_id, rule.type, start, end, properties, written)

    def _targets(self, target: str, made: Mapping[str, EntityClaim]) -> list[str]:
        head, *names = target.split(":")
        if not names:
            return [made[head].id] if head in made else []
        if head != "*":
            return [self._id(head, names[0])]
        if len(names) == 1:
            found = self.values.get(names[0])
            references = (found,) if isinstance(found, str) else found if isinstance(found, tuple) else ()
            return [self._referred(names[0], part) for part in references]
        return [self._referred(names[1], f"{self.values.get(names[0])}:{self.values.get(names[1])}")]

    def _referred(self, column: str, reference: str) -> str:
        word, _, key = reference.partition(":")
        if word not in self.mapping.references:
            message = N_("“%(word)s” is not a kind of thing that this export can refer to.")
            raise self._rejected(column, self.cells[column], CellError(message, word=word))
        made = entity_id(self.mapping.references[word], key)
        self.column_of.setdefault(made, column)
        return made

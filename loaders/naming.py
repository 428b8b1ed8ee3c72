"""The names in a mapping, checked: a typing error in a mapping must not become an empty graph."""

from collections.abc import Iterable, Mapping

from graph_app.keys import KEYS
from graph_app.text import squash
from graph_app.vocabulary import vocabulary
from loaders.column_rules import Column, words
from loaders.rules import EvidenceRule, NodeRule, TableRule, TieRule, Values, columns_in

RESERVED = frozenset(
    {"id", *KEYS, "source", "source_line", "quote", "file", "row_line", "certainty", "note"}
    | {"reported_on", "mapping", "run", "properties", "rank", "rank_reason", "credibility", "basis"}
    | {"evidence_kind", "differs", "type"}
)


def check_table(
    table: TableRule, columns: Mapping[str, Column], evidence: EvidenceRule, references: Mapping[str, str]
) -> None:
    """Refuse names that nothing defines.

    Parameters
    ----------
    table
        The table that is checked.
    columns
        Its columns and those that may stand in every table.
    evidence, references
        What holds for the whole mapping.

    Raises
    ------
    ValueError
        If a label, type, column, node or word does not exist; the message says which.

    """
    _check_headings(table, columns)
    rule = table.evidence or evidence
    said = rule.model_dump(exclude={"set"}).values()
    _columns_known(columns, table.file, [*table.key, *(name for name in said if name and not name.startswith("="))])
    _columns_known(columns, table.file, _names(rule.set))
    for node in table.nodes:
        _check_node(table, columns, node)
    for tie in table.ties:
        _check_tie(table, columns, tie, references)


def check_references(references: Mapping[str, str]) -> None:
    """Refuse references to labels that do not exist."""
    for label in references.values():
        _known(label in vocabulary().labels, f"references: label {label}")


def _check_headings(table: TableRule, columns: Mapping[str, Column]) -> None:
    spelled = ({squash(name) or name for name in (key, *column.header)} for key, column in columns.items())
    names = [name for spellings in spelled for name in spellings]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{table.file}: two columns have the name {', '.join(sorted(twice))}")


def _check_node(table: TableRule, columns: Mapping[str, Column], node: NodeRule) -> None:
    labels = vocabulary().labels
    _known(node.label in labels, f"{table.file}: label {node.label}")
    refining = [node.also] if isinstance(node.also, str) else [*node.also.labels.values()] if node.also else []
    for label in refining:
        _known(label in labels, f"{table.file}: label {label}")
        if labels[label].of != vocabulary().base(node.label):
            raise ValueError(f"{table.file}: {label} does not refine {node.label}")
    reserved = {name for name in node.set if name in RESERVED or name.startswith("original_")}
    _known(not reserved, f"{table.file}: reserved property {reserved}")
    told_by = None if node.also is None or isinstance(node.also, str) else node.also.column
    _columns_known(columns, table.file, [node.when, node.into, told_by, *(node.position or ()), *columns_in(node.id)])
    _columns_known(columns, table.file, _names(node.set))
    _literal_known(table, node.set, "kind", vocabulary().kinds.get(vocabulary().base(node.label), {}))


def _check_tie(table: TableRule, columns: Mapping[str, Column], tie: TieRule, references: Mapping[str, str]) -> None:
    _known(tie.type in vocabulary().types, f"{table.file}: type {tie.type}")
    _known("type" not in tie.set, f"{table.file}: reserved property type")
    _columns_known(columns, table.file, [tie.id, tie.when, tie.unless, *tie.by, *tie.where, *_names(tie.set)])
    _literal_known(table, tie.set, "role", vocabulary().roles)
    for name, word in tie.where.items():
        of = columns[name].of
        plain = word.removeprefix("!")
        _known(of is None or plain in words(of), f"{table.file}: where {name}: word {plain}")
    for target in (tie.start, tie.end):
        _target_known(table, columns, target, references)


def _names(values: Values) -> list[str]:
    return columns_in(name for names in values.values() for name in names)


def _literal_known(table: TableRule, values: Values, name: str, known: Mapping[str, object]) -> None:
    for said in values.get(name, ()):
        _known(not said.startswith("=") or said[1:] in known, f"{table.file}: {name} {said[1:]}")


def _columns_known(columns: Mapping[str, Column], file: str, names: Iterable[str | None]) -> None:
    for name in names:
        _known(name is None or name in columns, f"{file}: column {name}")


def _target_known(table: TableRule, columns: Mapping[str, Column], target: str, references: Mapping[str, str]) -> None:
    head, *names = target.split(":")
    if head == "*":
        _known(bool(references), "references")
    elif names:
        _known(head in vocabulary().labels, f"{table.file}: label {head}")
    else:
        _known(head in {node.name for node in table.nodes}, f"{table.file}: node {head}")
    _columns_known(columns, table.file, names)


def _known(condition: bool, what: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not condition:
        message = f"{what} is not defined"
        raise ValueError(message)

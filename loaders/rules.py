"""The rules of a mapping for one table: which nodes and ties a row makes, and where its facts are written.

The syntax of values and targets is told in ``loaders.mapping``.
"""

import re
from collections.abc import Iterable, Mapping

from pydantic import Field

from loaders.column_rules import Columns, Entry, Listed, ReadRule
from loaders.sync_rules import TableSync

Values = Mapping[str, Listed]

PLACE = re.compile(r"\{([^{}]+)\}")


def columns_in(names: Iterable[str]) -> list[str]:
    """Return the columns that ``names`` speak of: names of columns, and those in the braces of literals.

    Examples
    --------
    >>> columns_in(["city", "=Link of {city} and {partner}", "=word"])
    ['city', 'city', 'partner']

    """
    return [found for name in names for found in (PLACE.findall(name) if name.startswith("=") else [name])]


class Refining(Entry):
    """The refining label of a node, told by the value of a column."""

    column: str
    labels: Mapping[str, str]


class NodeRule(Entry):
    """One entity per row: its label, the column or columns that make its key, and its properties.

    A single column of the type ``exact`` has whole ids. ``into`` has the id of what the entity was merged into.
    """

    name: str = Field(alias="as")
    label: str
    id: Listed = Field(min_length=1)
    also: str | Refining | None = None
    when: str | None = None
    into: str | None = None
    set: Values = Field(default_factory=dict)
    position: tuple[str, str] | None = None


class TieRule(Entry):
    """One tie per row, or one per reference: its ends and properties.

    ``where`` wants a word in a column, or with ``!`` another one; ``by`` tells apart ties between the same ends. ``id``
    has the id that a tie has already.
    """

    type: str
    id: str | None = None
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    when: str | None = None
    unless: str | None = None
    where: Mapping[str, str] = Field(default_factory=dict)
    by: Listed = ()
    set: Values = Field(default_factory=dict)


class EvidenceRule(Entry):
    """The columns that say where a row's facts are written, and what is thought of them.

    ``rank`` is preferred, normal or deprecated, for the reason in ``rank_reason``; ``credibility`` runs from 1 to 6;
    ``basis`` is how the source knows.

    The others are for facts that were loaded before: ``mapping``, ``file`` and ``row`` say by and from which,
    ``reported_on`` has the day that counts instead of the source's own, ``set`` whatever else a claim keeps.
    """

    source: str
    line: str | None = None
    quote: str | None = None
    certainty: str = "=reported"
    note: str | None = None
    rank: str | None = None
    rank_reason: str | None = None
    credibility: str | None = None
    basis: str | None = None
    mapping: str | None = None
    file: str | None = None
    row: str | None = None
    reported_on: str | None = None
    set: Values = Field(default_factory=dict)


class TableRule(TableSync):
    """One file of the export; the same table may come as CSV, TSV or XLSX under the same name."""

    file: str
    read: ReadRule = Field(default_factory=ReadRule)
    columns: Columns = Field(default_factory=dict)
    evidence: EvidenceRule | None = None
    nodes: tuple[NodeRule, ...] = ()
    ties: tuple[TieRule, ...] = ()

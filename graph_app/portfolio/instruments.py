"""Every agreement with how it stands on a day and what it is tied to: the rows of the portfolio."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

MOST = 20_000  # agreements of one portfolio
_SECONDS = 20.0
_SIGNING = frozenset({"party", "counterpart"})
_BEFORE = frozenset({"proposed", "none", ""})


@dataclass(frozen=True)
class Instrument:
    """One agreement as it stands on a day.

    Parameters
    ----------
    node
        The agreement.
    status, candidates, flags, disposition, implementation
        What its stored period says of the day; see ``lifecycle.Standing``.
    next_end, last_evidence
        The next day on which it ends, and the last on which somebody spoke of it; None if none is known.
    parties
        (role, id of the entity), as recorded.
    countries
        ISO codes of the countries of the parties.
    fictional
        Whether nothing but sources that call themselves fictional speaks of it.

    """

    node: Node
    status: str
    candidates: tuple[str, ...]
    flags: tuple[str, ...]
    disposition: str
    implementation: str
    next_end: date | None
    last_evidence: date | None
    parties: tuple[tuple[str, str], ...]
    countries: frozenset[str]
    umbrellas: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    fictional: bool = False

    @property
    def id(self) -> str:
        """The stable id of the agreement."""
        return self.node.id

    @property
    def kind(self) -> str:
        """What sort of instrument it is, a word of the vocabulary; empty if nobody says."""
        return str(self.node.properties.get("kind") or "")

    @property
    def state(self) -> str:
        """The state of the legend that its status belongs to; ``none`` if no status is recorded."""
        found = vocabulary().statuses.get(self.status)
        return (found.state or "none") if found else "none"

    @property
    def is_group(self) -> bool:
        """Whether it stands for several agreements that nobody has listed one by one."""
        return bool(self.node.properties.get("is_group"))

    @property
    def signed(self) -> bool:
        """Whether anything says that it was signed, by all or by some."""
        return self.state not in _BEFORE

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The parties, each once, those that sign first."""
        ordered = sorted(self.parties, key=lambda party: (party[0] not in _SIGNING, party))
        return tuple(dict.fromkeys(id_ for _role, id_ in ordered))

    def days_left(self, day: date) -> int | None:
        """Return how many days are left until its next end; None if no end is known."""
        return (self.next_end - day).days if self.next_end else None


@dataclass(frozen=True)
class Portfolio:
    """The agreements on ``day``, and what they are tied to by id; ``cut`` says that there are more than are read."""

    day: date
    instruments: tuple[Instrument, ...]
    others: Mapping[str, Node] = field(hash=False)
    cut: bool = False

    def named(self, ids: Iterable[str]) -> list[Node]:
        """Return the entities of these ids that the graph still has."""
        return [self.others[id_] for id_ in ids if id_ in self.others]


def portfolio(store: Store, day: date, *, most: int = MOST) -> Portfolio:
    """Return every agreement as it stands on ``day``.

    Parameters
    ----------
    store
        The graph.
    day
        The day on which the statuses are looked up.
    most
        Most agreements to read.

    Raises
    ------
    StoreError
        If the server refuses or cannot be reached.

    """
    found = store.table(
        statement("portfolio/instruments"), {"as_of": day, "most": most + 1}, rows=most, seconds=_SECONDS
    )
    rows = list(found)
    others, countries = _named(store, {id_ for row in rows for id_ in _tied(row)})
    instruments = tuple(_instrument(row, countries) for row in rows)
    own = {one.id: one.node for one in instruments}
    return Portfolio(day, instruments, {**others, **own}, found.cut)


def _tied(row: Mapping[str, Any]) -> Iterable[str]:
    yield from (id_ for _role, id_ in row["parties"])
    for key in ("topics", "territories", "sources"):
        yield from row[key]


def _named(store: Store, ids: set[str]) -> tuple[dict[str, Node], dict[str, str]]:
    if not ids:
        return {}, {}
    rows = list(store.table(statement("portfolio/named"), {"ids": sorted(ids)}, rows=len(ids), seconds=_SECONDS))
    return {row["e"].id: row["e"] for row in rows}, {row["e"].id: row["country"] for row in rows if row["country"]}


def _instrument(row: Mapping[str, Any], countries: Mapping[str, str]) -> Instrument:
    parties = tuple(sorted({(str(role or ""), str(id_)) for role, id_ in row["parties"]}))
    ids = {key: tuple(sorted(set(row[key]))) for key in _IDS}
    return Instrument(
        node=row["a"],
        status=row["status"] or "none",
        candidates=tuple(row["candidates"] or ()),
        flags=tuple(row["flags"] or ()),
        disposition=row["disposition"] or "none",
        implementation=row["implementation"] or "not_applicable",
        next_end=row["next_end"],
        last_evidence=row["last_evidence"],
        parties=parties,
        countries=frozenset(countries[id_] for _role, id_ in parties if id_ in countries),
        fictional=bool(row["fictions"]) and all(row["fictions"]),
        **ids,
    )


_IDS = ("umbrellas", "portfolios", "predecessors", "topics", "territories", "sources")

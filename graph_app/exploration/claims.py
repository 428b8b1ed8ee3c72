"""What sources say of one fact: who says it, which of them are to be used, and where they contradict each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from graph_app.graph.results import Node, Tie
from graph_app.vocabulary import vocabulary

Direction = Literal["out", "in", "both"]
SET_ASIDE = "SET_ASIDE"  # the type under which a deprecated claim is kept, so that nobody meets it who does not ask
EVIDENCE = frozenset(
    {"id", "source", "source_line", "quote", "file", "row_line", "certainty", "note", "reported_on", "mapping", "run"}
    | {"agreement", "derived", "properties", "rank", "rank_reason", "credibility", "basis", "evidence_kind", "differs"}
    | {"merged_from", "merged_start", "merged_end", "merged_labels"}
)
_ORIGINAL = "original_"
_TELLING = ("role", "action", "as")  # what makes two ties between the same ends different facts
_WRITTEN, _BOUNDS = "_written", ("_earliest", "_latest")


@dataclass(frozen=True)
class Claim:
    """One source's word for a fact: the tie that carries the evidence, and the source if there is one."""

    tie: Tie
    source: Node | None

    def get(self, name: str) -> Any:  # noqa: ANN401 - any property
        """Return a property of the evidence, such as ``quote``, ``source_line``, ``file`` or ``row_line``."""
        return self.tie.properties.get(name)

    @property
    def deprecated(self) -> bool:
        """Whether people or a load set it aside; then ``rank_reason`` says why."""
        return is_deprecated(self.tie)

    @property
    def originals(self) -> list[tuple[str, str]]:
        """The cells that loading cleaned, by property, as they were written."""
        found = self.tie.properties.items()
        return sorted((name.removeprefix(_ORIGINAL), cell) for name, cell in found if name.startswith(_ORIGINAL))


@dataclass(frozen=True)
class Version:
    """One of several values of a fact, as properties, with the claims that give it. Equal to the others in standing."""

    properties: Mapping[str, Any] = field(hash=False)
    claims: tuple[Claim, ...]

    @property
    def deprecated(self) -> bool:
        """Whether nobody but deprecated claims gives it."""
        return bool(self.claims) and all(claim.deprecated for claim in self.claims)


@dataclass(frozen=True)
class Fact:
    """One tie as a reader counts it: parallel claims of several sources are one fact, the best claim first."""

    tie: Tie
    other: Node
    direction: Direction
    claims: tuple[Claim, ...]

    @property
    def deprecated(self) -> bool:
        """Whether all of its claims are deprecated."""
        return all(claim.deprecated for claim in self.claims)

    @property
    def versions(self) -> tuple[Version, ...]:
        """The values in which its claims contradict each other; empty if they agree."""
        return contradictions(self.claims)


@dataclass(frozen=True)
class Group:
    """The facts of one type and direction: the first ones, how many there are, and those that were set aside.

    Where not all are given, ``count`` is the number of neighbours: counting facts would take as long as giving them.
    """

    type: str
    direction: Direction
    facts: tuple[Fact, ...]
    count: int
    deprecated: tuple[Fact, ...] = ()


def claimed(tie: Tie) -> Tie:
    """Return a tie as it was claimed: one that was set aside has the type that it had, and its rank tells the rest."""
    if tie.type != SET_ASIDE:
        return tie
    kept = {name: item for name, item in tie.properties.items() if name != "type"}
    known = str(tie.properties.get("type", ""))
    return replace(tie, type=known if known in vocabulary().types else SET_ASIDE, properties=kept)


def is_deprecated(tie: Tie) -> bool:
    """Return whether a claim was set aside."""
    return tie.properties.get("rank") == "deprecated"


def unsourced(tie: Tie) -> bool:
    """Return whether a tie says no source, as one made by hand does. What we derive follows from sourced ties."""
    return not tie.properties.get("source") and not vocabulary().types[tie.type].derived


def telling(tie: Tie) -> tuple[Any, ...]:
    """Return what makes a tie the fact it is; ties that tell the same are parallel claims of one fact."""
    return (tie.type, tie.start, tie.end, *(tie.properties.get(name) for name in _TELLING))


def preference(tie: Tie) -> tuple[int, int, int, str]:
    """Sort claims: the preferred rank, the most certain, the newest, then by id."""
    words, given = vocabulary(), tie.properties
    rank = words.ranks.get(str(given.get("rank")), words.ranks["normal"]).order
    certainty = words.certainties.get(str(given.get("certainty")), words.certainties["reported"]).rank
    reported = given.get("reported_on")
    return rank, certainty, -reported.toordinal() if isinstance(reported, date) else 0, tie.id


def ranked(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return ``claims`` with the best first and the deprecated ones last."""
    return tuple(sorted(claims, key=lambda claim: preference(claim.tie)))


def apart(claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Return the claims, the best first, and the mere mentions among them, line by line."""
    found = list(claims)
    mentions = [claim for claim in found if claim.get("evidence_kind") == "mention"]
    mentions.sort(key=lambda claim: (claim.source.id if claim.source else "", claim.get("source_line") or 0))
    return ranked(claim for claim in found if claim.get("evidence_kind") != "mention"), tuple(mentions)


def stem(name: str) -> str:
    """Return the fact that a property belongs to: a date is three properties."""
    return next((name.removesuffix(part) for part in (_WRITTEN, *_BOUNDS) if name.endswith(part)), name)


def parts(name: str) -> tuple[str, ...]:
    """Return the properties that the fact ``name`` can have."""
    return name, f"{name}{_WRITTEN}", *(f"{name}{bound}" for bound in _BOUNDS)


def sameness(given: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any value
    """Return what two equal values of ``name`` have in common: a day is the same day in either calendar."""
    bounds = tuple(given.get(f"{name}{bound}") for bound in _BOUNDS)
    value = bounds if None not in bounds else given.get(f"{name}{_WRITTEN}", given.get(name))
    return tuple(value) if isinstance(value, list) else value


def contradictions(claims: Sequence[Claim]) -> tuple[Version, ...]:
    """Return the versions of a tie in which its standing claims differ, the best first; silence is no contradiction."""
    standing = [claim for claim in claims if not claim.deprecated]
    if len(standing) < 2 or vocabulary().types[standing[0].tie.type].derived:  # noqa: PLR2004 - one cannot contradict
        return ()
    names = dict.fromkeys(stem(name) for claim in standing for name in claim.tie.properties if _says(name))
    disputed = [name for name in names if len({sameness(g, name) for g in _given(standing, name)}) > 1]
    found: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in standing:
        values = tuple(sameness(claim.tie.properties, name) for name in disputed)
        if any(value is not None for value in values):
            found.setdefault(values, []).append(claim)
    kept = {part for name in disputed for part in parts(name)}
    return tuple(
        Version({n: v for n, v in same[0].tie.properties.items() if n in kept}, tuple(same)) for same in found.values()
    )


def _says(name: str) -> bool:
    return name not in EVIDENCE and not name.startswith(_ORIGINAL)


def _given(claims: Iterable[Claim], name: str) -> Iterator[Mapping[str, Any]]:
    return (claim.tie.properties for claim in claims if sameness(claim.tie.properties, name) is not None)

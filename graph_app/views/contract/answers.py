"""The shapes of the answers to what the explorer and the pages of ways ask."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Tongue = Literal["en", "fa"]
Direction = Literal["in", "out", "both"]
Json = dict[str, Any]


class Shape(BaseModel):
    """A part of an answer that has these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Open(BaseModel):
    """A part of an answer that has these fields and what else it is drawn with."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Hit(Shape):
    """An entity that was found."""

    id: str
    label: str
    label_name: str
    icon: str
    colour: str
    name: str
    other_name: str
    lang: Tongue
    kind: str
    place: str
    why: str
    fact: str
    confidential: bool


class Offer(Shape):
    """A saved question or an action whose name fits."""

    sort: Literal["question", "action"]
    name: str
    about: str
    href: str
    icon: str
    begins: bool


class Search(Shape):
    """What fits a text, best first; ``told`` says what else was looked for than was typed."""

    query: str
    results: list[Hit]
    told: str
    count: str
    offers: list[Offer]
    offers_first: bool


class NeighbourGroup(Shape):
    """The neighbours of one type and direction; ``new`` are those that were not named as shown.

    ``seen`` are those of them that the filters of the address let through; null without filters, or of a large hub.
    """

    type: str
    direction: Direction
    name: str
    count: int
    new: int
    seen: int | None


class Neighbours(Shape):
    """The neighbours of an entity by type and direction."""

    id: str
    groups: list[NeighbourGroup]
    total: int


class Statement(Shape):
    """A statement that the answer was read with."""

    text: str
    parameters: Json


class Expansion(Shape):
    """New neighbours, the best connected first, and how many more there are."""

    ids: list[str]
    more: int
    cypher: list[Statement]


class Expansions(Shape):
    """New neighbours of several entities; ``hubs`` were left out, with how many neighbours each has."""

    ids: list[str]
    more: int
    hubs: dict[str, int]


class PathTie(Shape):
    """One fact on a way, with the sources that state it."""

    id: str
    type: str
    direction: Direction
    certainty: str | None
    sources: list[str]


class PathStep(Shape):
    """One step of a way."""

    start: str
    end: str
    ties: list[PathTie]


class Way(Shape):
    """One way from an entity to another, as ids, as a sentence and step by step."""

    ids: list[str]
    sentence: str
    steps: list[PathStep]


class NotThrough(Shape):
    """What no way leads through: how many hubs and groups, and those that are named."""

    hubs: int
    groups: int
    named: list[str]


class Paths(Shape):
    """How two entities are connected; ``cut`` says why not everything was looked at."""

    ends: list[str]
    paths: list[Way]
    more: bool
    cut: str
    not_through: NotThrough


class CommonTie(Shape):
    """A tie to one of the entities."""

    to: str
    id: str
    type: str
    certainty: str | None


class Shared(Shape):
    """What several of the entities are tied to; ``types`` are those that all have."""

    id: str
    types: list[str]
    ties: list[CommonTie]


class Common(Shape):
    """What several entities have in common."""

    ids: list[str]
    common: list[Shared]
    cut: bool


class Moved(Open):
    """An entity or a tie that differs between two days."""

    id: str
    change: Literal["began", "ended", "changed"]
    before: str | None
    after: str | None


class Comparison(Shape):
    """What began, ended and changed between two days."""

    from_: str = Field(alias="from")
    to: str
    entities: list[Moved]
    ties: list[Moved]

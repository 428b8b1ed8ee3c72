"""The shapes of the answers about one entity, about saved questions, and about the map."""

from typing import Any

from pydantic import Field

from graph_app.views.contract.answers import Direction, Json, Open, Shape, Tongue


class Named(Shape):
    """An entity by its id, its labels and its name."""

    id: str
    labels: list[str]
    name: str


class TieOf(Shape):
    """One fact: a tie of the entity, with the sources that state it."""

    id: str
    type: str
    phrase: str
    direction: Direction
    other: Named
    properties: Json
    sources: list[str]


class Entity(Named):
    """One entity with its properties and its ties; ``cut`` says that there are more ties."""

    label: str
    label_name: str
    other_name: str
    lang: Tongue
    properties: Json
    ties: list[TieOf]
    cut: bool


class EntityHistory(Shape):
    """The claims behind every property of an entity, and what runs did to it and its ties."""

    id: str
    properties: dict[str, "PropertyHistory"]
    known_here: bool
    loads_elsewhere: int
    cut: bool
    history: list["Step"]


class PropertyHistory(Shape):
    """The value of a property, who gives it, and what it was before."""

    value: Any
    claims: list["ClaimOf"]
    history: list["Changed"]


class ClaimOf(Open):
    """One source's word, with the row it was loaded from."""

    original: dict[str, str]
    run_known: bool


class Changed(Open):
    """A property before and after a run."""

    name: str
    before: Json
    after: Json


class Step(Open):
    """What a run did to one entity or tie."""

    key: str
    kind: str
    run: Json
    fields: list[Changed]


class TieHistory(Shape):
    """The claims behind a tie, and what runs did to it."""

    id: str
    claims: list[ClaimOf]
    known_here: bool
    loads_elsewhere: int
    cut: bool
    history: list[Step]


class Page(Shape):
    """Some of the rows: from which on, of how many, and the address of the next ones."""

    offset: int
    total: int
    next: str | None


class QuestionLine(Shape):
    """A saved question as the list has it."""

    name: str
    subject: str
    title: str
    about: str
    tags: list[str]
    view: str
    address: str


class Questions(Page):
    """The saved questions."""

    questions: list[QuestionLine]


class Choice(Shape):
    """One value that may be given."""

    value: str
    name: str


class QuestionParameter(Shape):
    """What a question asks for: ``fields`` are the names under which it travels in an address."""

    name: str
    label: str
    help: str
    type: str
    fields: list[str]
    many: bool
    required: bool
    default: dict[str, str]
    labels: list[str]
    choices: list[Choice]
    depends_on: list[str]
    least: float | None
    most: float | None


class ColumnOf(Shape):
    """A column of the answer and its heading."""

    name: str
    title: str


class QuestionRecord(QuestionLine):
    """A saved question: what it asks for, what it answers, and its statement."""

    parameters: list[QuestionParameter]
    columns: list[ColumnOf]
    example: dict[str, str]
    statement: str
    answer: str
    files: dict[str, str]


class Rows(Page):
    """Rows of an answer; ``cut`` says that the question has more than its limit lets through."""

    name: str
    parameters: Json
    columns: list[str]
    rows: list[list[Any]]
    cut: bool
    seconds: float


class Arc(Shape):
    """An agreement that joins places; each period is first day, last day, badge and name of its status."""

    id: str
    name: str
    kind: str
    kind_name: str
    signed_on: str
    pairs: list[list[str]]
    periods: list[list[str | None]]


class Spot(Shape):
    """A place of the map; ``at`` is latitude and longitude, if they are recorded."""

    name: str
    lang: Tongue
    type: str
    at: list[float] | None
    country: str | None


class Country(Shape):
    """A country and in how many agreements its places are."""

    name: str
    count: int


class Map(Shape):
    """Agreements between places; ``years`` are pairs of a name and its last day."""

    agreements: list[Arc]
    places: dict[str, Spot]
    countries: dict[str, Country]
    years: list[list[str]]
    cut: bool


class Problem(Open):
    """What went wrong (RFC 9457); ``fields`` has what is wrong with each parameter."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    fields: dict[str, str] | None = None
    sign_in: str | None = None
    again: str | None = None

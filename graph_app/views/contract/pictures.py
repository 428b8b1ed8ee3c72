"""The shapes of pictures. What one is drawn with may have more than stands here."""

from graph_app.views.contract.answers import Json, Open, Shape


class Disc(Open):
    """An entity of a picture and where it stands, in pixels."""

    id: str
    x: float
    y: float


class Stroke(Open):
    """The ties between two entities of a picture."""

    id: str


class Picture(Open):
    """A picture; ``missing`` are the ids that the graph does not have.

    ``merged`` says for ids of entities that were merged into others which those are: these are drawn.
    """

    nodes: list[Disc]
    edges: list[Stroke]
    legend: Json
    options: Json
    missing: list[str]
    merged: dict[str, str]
    limit: int
    cut: bool
    sifted: Json


class LegendEntry(Shape):
    """A type of entity as it is called and drawn, and how many there are."""

    label: str
    name: str
    one: str
    icon: str
    colour: str
    count: int


class StateEntry(Shape):
    """A state of agreements as it is called and drawn, and how many are in it."""

    state: str
    name: str
    badge: str
    count: int


class Panorama(Shape):
    """A large picture in columns; ``types`` are places in ``legend``, ``pairs`` places in ``ids``, two by two.

    ``states`` are places in ``state_legend``, −1 for what has no state.
    """

    ids: list[str]
    names: list[str]
    types: list[int]
    states: list[int]
    ties: list[int]
    x: list[int]
    y: list[int]
    pairs: list[int]
    legend: list[LegendEntry]
    state_legend: list[StateEntry]
    cut: bool


class FacetValue(Shape):
    """One value of a facet, and in how many entities or ties."""

    value: str
    name: str
    count: int
    shown: bool


class Facet(Shape):
    """A facet with the values that the picture has of it."""

    name: str
    title: str
    values: list[FacetValue]


class Year(Shape):
    """What begins and ends in a year, and its last day."""

    name: str
    last: str
    begins: int
    ends: int


class Facets(Shape):
    """What the entities and ties of a picture have in common, counted."""

    facets: list[Facet]
    undated: int
    years: list[Year]

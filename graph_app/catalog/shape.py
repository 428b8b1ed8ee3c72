"""What a statement can name: the labels with their properties and counts, the types of ties, the functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_app.graph import counting
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.keys import KEYS

_LOOKED_AT = 5000  # entities whose properties are looked at


@dataclass(frozen=True)
class Shape:
    """What the graph holds, for who writes a statement.

    Parameters
    ----------
    labels
        Label to how many entities have it.
    properties
        Label to the properties that its entities have.
    types
        Type of ties to how many there are.
    functions
        Names of the functions that a statement may call.

    """

    labels: Mapping[str, int] = field(hash=False)
    properties: Mapping[str, tuple[str, ...]] = field(hash=False)
    types: Mapping[str, int] = field(hash=False)
    functions: tuple[str, ...]


def shape(store: Store) -> Shape:
    """Return what the graph holds now.

    Raises
    ------
    StoreError
        If the server refuses or cannot be reached.

    """
    rows = list(store.table(statement("shape"), {"most": _LOOKED_AT}, rows=2000, seconds=20.0))
    return Shape(
        counting.labels(store),
        {row["name"]: tuple(sorted(set(row["properties"]) - set(KEYS))) for row in rows},
        dict(sorted(counting.types(store).items())),
        tuple(store.gate.functions()),
    )

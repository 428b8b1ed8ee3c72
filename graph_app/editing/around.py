"""What stands around an entity that somebody records something of: what a form about it offers to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph_app.errors import N_, NotFoundError
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store


@dataclass(frozen=True)
class Around:
    """The entity with its parties and their roles, territories, commitments, letters by addressee, umbrellas, posts."""

    node: Node
    parties: tuple[tuple[Node, str], ...] = ()
    territories: tuple[Node, ...] = ()
    commitments: tuple[Node, ...] = ()
    addressees: tuple[tuple[Node, Node], ...] = ()
    umbrellas: tuple[str, ...] = ()
    posts: tuple[Node, ...] = ()

    @property
    def key(self) -> str:
        """The id without the label before it, as rows name it."""
        return key_of(self.node.id)

    def offered(self, part: str) -> list[tuple[str, tuple[Node, ...]]]:
        """Return what can be chosen: the value that is sent, and what it is called by."""
        match part:
            case "parties":
                return [(id_, (node,)) for id_, node in _once(node for node, _role in self.parties)]
            case "commitments":
                mine = (self.node,) if "Commitment" in self.node.labels else self.commitments
                return [(node.id, (node,)) for node in mine]
            case "addressees":
                return [(f"{letter.id}|{node.id}", (node, letter)) for letter, node in self.addressees]
            case "posts":
                return [(node.id, (node,)) for node in self.posts]
        return []


def around(store: Store, id_: str) -> Around:
    """Return what stands around the entity ``id_``.

    Raises
    ------
    NotFoundError
        If there is none.

    """
    row = next(iter(store.table(statement("editable"), {"id": id_})), None)
    if row is None:
        raise NotFoundError(N_("There is no entity with the id “%(id)s”."), id=id_)
    return Around(
        row["e"],
        tuple((one["node"], one["role"]) for one in row["parties"]),
        tuple(row["territories"]),
        tuple(row["commitments"]),
        tuple((one["letter"], one["node"]) for one in row["addressees"]),
        tuple(row["umbrellas"]),
        tuple(row["posts"]),
    )


def key_of(id_: str) -> str:
    """Return an id without the label before it."""
    return id_.partition(":")[2]


def _once(nodes: Iterable[Node]) -> list[tuple[str, Node]]:
    return list({node.id: node for node in nodes}.items())

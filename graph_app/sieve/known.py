"""What a sieve needs to know of a picture beyond what is drawn: countries, subjects and sources."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from graph_app.arrangement.items import located
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.picture import state_of
from graph_app.sieve.wish import NONE
from graph_app.vocabulary import vocabulary


@dataclass(frozen=True)
class Known:
    """Countries, subjects and sources by the id of the entity; empty where nobody asked for them."""

    countries: Mapping[str, str] = field(default_factory=dict, hash=False)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def of(self, item: Node | Tie, facet: str) -> tuple[str, ...]:
        """Return the values of an entity or a tie."""
        return self.of_node(item, facet) if isinstance(item, Node) else self.of_tie(item, facet)

    def of_node(self, node: Node, facet: str) -> tuple[str, ...]:
        """Return the values of an entity; none at all where the facet does not concern it."""
        match facet:
            case "type":
                return (vocabulary().shown(node.labels),)
            case "kind":
                return (_kind(node),)
            case "state":
                return (state_of(node.properties.get("status")) or NONE,) if "Agreement" in node.labels else ()
            case "country":
                return (self.countries.get(node.id, NONE),)
            case "topic":
                return self.topics.get(node.id, ())
            case "source":
                return self.sources.get(node.id) or (NONE,)
        return ()

    def of_tie(self, tie: Tie, facet: str) -> tuple[str, ...]:
        """Return the values of a tie; none at all where the facet does not concern it."""
        match facet:
            case "certainty":
                known = vocabulary().certainties
                told = str(tie.properties.get("certainty") or "")
                return (told if told in known else "reported",)
            case "state":
                state = state_of(str(tie.properties.get("status") or ""))
                return (state,) if state else ()
            case "source":
                source = tie.properties.get("source")
                return (str(source),) if source else ()
        return ()


def _kind(node: Node) -> str:
    """Return the kind with the label that it refines: one word may mean two things."""
    kind = node.properties.get("kind")
    return f"{vocabulary().shown(node.labels)}.{kind}" if kind else NONE


def known(store: Store, found: Subgraph, facets: Collection[str]) -> Known:
    """Return what is to be known for ``facets`` about the entities of a picture."""
    nodes = found.nodes
    countries = {item.id: item.country for item in located(store, nodes)} if "country" in facets else {}
    if not nodes or not {"topic", "source"} & set(facets):
        return Known(countries)
    asked = {"ids": [node.id for node in nodes]}
    rows = list(store.table(statement("subjects"), asked, rows=len(nodes)))
    topics, sources = ({row["id"]: tuple(dict.fromkeys(row[key])) for row in rows} for key in ("topics", "sources"))
    return Known(countries, topics, sources)

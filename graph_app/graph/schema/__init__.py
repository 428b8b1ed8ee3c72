"""The schema: constraints and indexes, one ``.cypher`` file each, applied again and again without harm.

Neo4j Community has uniqueness for nodes and relationships; what must exist is the loader's business.
"""

from graph_app._layout import SCHEMA
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from graph_app.vocabulary import vocabulary

_TIE_TEMPLATES = ("tie_id.cypher", "tie_source.cypher", "tie_rank.cypher")
_WAIT = "CALL db.awaitIndexes($seconds)"


def statements() -> list[str]:
    """Return all schema statements: the files, and those for ties once per type of the vocabulary."""
    files = sorted(SCHEMA.glob("*.cypher"))
    fixed = [path.read_text(encoding="utf-8") for path in files if path.name not in _TIE_TEMPLATES]
    templates = [(SCHEMA / name).read_text(encoding="utf-8") for name in _TIE_TEMPLATES]
    types = vocabulary().types
    return fixed + [text.replace("TYPE", name).replace("NAME", name.lower()) for text in templates for name in types]


def apply(store: Store) -> None:
    """Make every constraint and index that is missing, and wait until all are online.

    Raises
    ------
    StoreError
        If the server refuses, for instance because two entities already have the same id.

    """
    writer = Writer(store)
    for statement in statements():
        writer.run(statement)
    writer.run(_WAIT, {"seconds": 120})

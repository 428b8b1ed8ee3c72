"""What a reader who may not see all is shown of the graph: what there would be if the rest did not exist.

A node or tie that is not for everybody has the property ``secrecy``, the number of its step in ``Clearance``; what is
public has none. A reader's statement is rewritten before it is sent, so that each node and each tie that it finds is
one for the reader. That happens in the store and nowhere else: no statement can forget it.
"""

from functools import lru_cache

from graph_app.confidentiality import HIGHEST, SECRECY, Clearance
from graph_app.graph.guard.text import ESCAPE, HIDES, refusal, tokens
from graph_app.graph.rewriting import Rewriting


@lru_cache(maxsize=2048)
def visible(text: str, clearance: Clearance) -> str:
    """Return the statement that answers ``text`` to a reader of this clearance.

    Raises
    ------
    StatementError
        If it cannot be read well enough to be sure of that.

    """
    if clearance >= HIGHEST:
        return text
    if escape := ESCAPE.search(text):
        raise refusal(text, escape.start(), HIDES, text=escape[0])
    return Rewriting(text, list(tokens(text)), lambda name: _condition(name, clearance)).text()


def _condition(name: str, clearance: Clearance) -> str:
    key = f"{name}.{SECRECY}"
    return f"{key} IS NULL" if clearance == Clearance.PUBLIC else f"coalesce({key}, 0) <= {clearance.value}"

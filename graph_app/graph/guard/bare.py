"""A statement without what was typed into it: kept where the text is of interest and its values nobody's business."""

from graph_app.graph.guard.text import ESCAPE, TOKEN

_LEFT_OUT = "…"
_KINDS = {"string": "'…'", "number": _LEFT_OUT, "comment": ""}


def bare(statement: str) -> str:
    r"""Return ``statement`` with every literal as ``…``, without comments, on one line.

    A text with ``\uXXXX`` may hold strings that only the server sees, so nothing of it is returned; nor is what follows
    a string or a comment that does not end.

    >>> bare("MATCH (p {name_en: 'Ann', born: 1970})  // who?\nRETURN p.`a b` + $x LIMIT 5")
    "MATCH (p {name_en: '…', born: …}) RETURN p.`a b` + $x LIMIT …"
    """
    if ESCAPE.search(statement):
        return _LEFT_OUT
    parts = []
    for found in TOKEN.finditer(statement):
        kind = str(found.lastgroup)
        if kind == "unended":
            parts.append(_LEFT_OUT)
            break
        parts.append(" " if kind == "space" else _KINDS.get(kind, found[0]))
    return " ".join("".join(parts).split())

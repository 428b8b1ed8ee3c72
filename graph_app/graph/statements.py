"""Our own reading statements: one ``.cypher`` file each, in ``graph/cypher``."""

from functools import cache
from pathlib import Path

from graph_app.vocabulary import vocabulary

_FOLDER = Path(__file__).resolve().parent / "cypher"


@cache
def statement(name: str) -> str:
    """Return the statement ``name``."""
    return (_FOLDER / f"{name}.cypher").read_text(encoding="utf-8")


@cache
def for_every(name: str, place: str) -> str:
    """Return the statement ``name`` once for every drawn type or label of the vocabulary, joined into one.

    An index belongs to one type, so a look-up by a tie's id has to name the type. Hidden types are not asked for.

    Parameters
    ----------
    name
        Name of the statement.
    place
        The word in it to replace: ``TYPE`` or ``LABEL``.

    """
    words = vocabulary().drawn_types() if place == "TYPE" else vocabulary().labels
    body = statement(name).partition("\n")[2]  # the head comment speaks of the word too
    return "UNION ALL\n".join(body.replace(place, word) for word in words)


@cache
def in_every(name: str, types: tuple[str, ...]) -> str:
    """Return the statement ``name`` with its first subquery once for each of ``types``, joined.

    Parameters
    ----------
    name
        Name of the statement; its first subquery has the word TYPE.
    types
        Types of the vocabulary.

    """
    if not set(types) <= vocabulary().types.keys():
        raise KeyError(types)
    inner, _, rest = statement(name).partition("\nCALL () {\n")[2].partition("\n}\n")
    every = "\n  UNION ALL\n".join(inner.replace("TYPE", type_) for type_ in types)
    return f"CALL () {{\n{every}\n}}\n{rest}"

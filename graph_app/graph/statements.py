"""Our own reading statements: one ``.cypher`` file each, in ``graph/cypher``."""

from functools import cache
from pathlib import Path

from graph_app.vocabulary import vocabulary

_FOLDER = Path(__file__).resolve().parent / "cypher"


@cache
def statement(name: str, type_: str | None = None) -> str:
    """Return the statement ``name``; ``type_`` replaces the word TYPE or LABEL and must be one of the vocabulary.

    An index belongs to one type, so a look-up by a property of a tie has to name the type. One type at a time: the
    server plans each small statement once and in milliseconds, but their union over all types for many seconds.
    """
    text = (_FOLDER / f"{name}.cypher").read_text(encoding="utf-8")
    if type_ is None:
        return text
    word = "TYPE" if type_ in vocabulary().types else "LABEL"
    if word == "LABEL" and type_ not in vocabulary().labels:
        raise KeyError(type_)
    return text.partition("\n")[2].replace(word, type_)  # the head comment speaks of TYPE too


@cache
def together(name: str, types: tuple[str, ...]) -> str:
    """Return the statement ``name`` for several types or labels at once, as one whose rows are those of all."""
    return "\nUNION ALL\n".join(statement(name, type_).strip() for type_ in types)

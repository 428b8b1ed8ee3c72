"""The loader's Cypher: one statement per file.

Where ties are sought by a property the index is named: a plan that is made while the graph holds little, or says so as
its figures lag behind a load, would look at all ties of the type for each of thousands, and be kept.
"""

from functools import cache
from pathlib import Path

from graph_app.vocabulary import vocabulary

_FOLDER = Path(__file__).resolve().parent


@cache
def statement(name: str, type_: str | None = None) -> str:
    """Return the statement ``name``; ``type_`` replaces the word TYPE and must be a type of the vocabulary."""
    text = (_FOLDER / f"{name}.cypher").read_text(encoding="utf-8")
    if type_ is None:
        return text
    if type_ not in vocabulary().types:
        raise KeyError(type_)
    body = text[text.index("\n") + 1 :]  # the head comment speaks of TYPE too
    return body.replace("TYPE", type_)


@cache
def labelled(name: str, labels: frozenset[str]) -> str:
    """Return the statement ``name`` for ``labels``, which must be labels of the vocabulary, beside ``Entity``."""
    if unknown := labels - vocabulary().labels.keys() - {"Entity"}:
        raise KeyError(*sorted(unknown))
    body = statement(name).partition("\n")[2]
    return body.replace("LABELS", ":".join(sorted(labels)))

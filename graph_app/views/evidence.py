"""How templates show evidence: who says it, how far one can rely on it, and what stood there before it was read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Flask

from graph_app.exploration.claims import Claim, parts, stem, unsourced
from graph_app.graph.results import Node, Tie
from graph_app.views import language
from graph_app.vocabulary import Grade, vocabulary

UNSOURCED = "sparse"  # the stroke of a tie that nobody vouches for


@dataclass(frozen=True)
class Graded:
    """A letter or digit of a scale, spelled out."""

    code: str
    words: str
    unknown: bool


def init_app(app: Flask) -> None:
    """Give templates the filters and functions of this module."""
    app.jinja_env.filters.update(sourced=sourced, sources=sources, by_source=by_source)
    app.jinja_env.globals.update(graded=graded, unsourced=unsourced, stroke_of=stroke_of, as_written=as_written)


def sourced(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that somebody makes."""
    return [claim for claim in claims if claim.source]


def sources(claims: Iterable[Claim]) -> int:
    """Return by how many sources something is claimed; two rows of one source are one source."""
    return len({claim.source.id for claim in claims if claim.source})


def by_source(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Return claims or mentions, those of one source together."""
    found: dict[str, list[Claim]] = {}
    for claim in sourced(claims):
        found.setdefault(claim.source.id if claim.source else "", []).append(claim)
    return list(found.values())


def graded(scale: str, value: object) -> Graded | None:
    """Return a grade of ``reliability`` or ``credibility`` spelled out; None if there is none or no such one."""
    words = vocabulary()
    known = words.reliabilities if scale == "reliability" else words.credibilities
    found: Grade | None = known.get(str(value))
    return Graded(str(value), found.in_language(language()), found.unknown) if found else None


def stroke_of(tie: Tie) -> str:
    """Return the stroke that says how sure a tie is, or that nobody vouches for it."""
    if unsourced(tie):
        return UNSOURCED
    known = vocabulary().certainties
    return known.get(str(tie.properties.get("certainty")), known["reported"]).stroke


def as_written(claim: Claim, key: str | None = None, node: Node | None = None) -> Iterator[tuple[str, str]]:
    """Yield (property, text) for what a claim has in other words than are shown: dates, and cells that were cleaned.

    Parameters
    ----------
    claim
        The claim.
    key
        Only this property.
    node
        The entity that the claim is about: it has the date where the claim agrees with it.

    """
    originals = dict(claim.originals)
    given = claim.tie.properties
    listed = claim.get("properties") or ()
    kept = {name: node.properties[name] for name in listed if name in node.properties} if node else {}
    dates = {stem(name): str(text) for name, text in {**kept, **given}.items() if name.endswith("_written")}
    for name, text in {**dates, **originals}.items():
        if (key is None or name in parts(key)) and not name.endswith("_as"):
            yield name, text

"""What a briefing holds: the picture, its steps with captions, its facts as lines, and the sources behind them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph_app.arrangement import Arrangement, arranged
from graph_app.arrangement.borders import SHIPPED
from graph_app.arrangement.words import number
from graph_app.briefing.annotations import Note, notes_on
from graph_app.exploration import neighbourhood
from graph_app.exploration.claims import preference, telling, unsourced
from graph_app.exploration.levels import Level, most, of_things
from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.notes import WHOLE
from graph_app.picture import name_of
from graph_app.sieve import Sieve, let_through, reasons
from graph_app.vocabulary import vocabulary

_NAMED = 3  # entities that a title names
_ROWS = 20_000


@dataclass(frozen=True)
class Wish:
    """What is asked for: steps of ids, ids taken out again, a day, a title, a caption for each step, an arrangement."""

    steps: tuple[tuple[str, ...], ...]
    without: frozenset[str]
    day: date
    title: str = ""
    captions: tuple[str, ...] = ()
    arrangement: Arrangement = field(default_factory=Arrangement)
    borders: Path = SHIPPED
    sieve: Sieve = field(default_factory=Sieve)
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Said:
    """One source's word: the source, the line in it, and the quote."""

    source: str
    line: int | None
    quote: str


@dataclass(frozen=True)
class Line:
    """One fact as a sentence: ``start phrase end``, how sure it is, its status, and who says so."""

    tie: Tie
    start: Node
    end: Node
    phrase: str
    certainty: str
    status: str
    said: tuple[Said, ...]
    ties: tuple[str, ...] = ()  # ids of all claims of it


@dataclass(frozen=True)
class Briefing:
    """A picture with all that has to go with it.

    Parameters
    ----------
    title, language, day, made_at
        What it is called, in which language it speaks, for which day it holds, and when (UTC) it was made.
    found, drawn
        The entities and ties, and the picture of them as ``picture.draw`` returns it.
    steps
        Caption and entities of each step.
    lines
        The facts, by the names of their ends.
    spoken_of
        Id of an entity to those who speak of it.
    sources
        Id to source, for every source that is named.
    missing
        Ids that were asked for and are not in the graph.
    filtered
        What filters hide, one sentence a reason; empty if nothing is hidden.
    level
        How confidential it is; None where nothing is that the reader may see.
    note, notes
        What somebody wrote on the picture as a whole, and on what is drawn in it. It is no fact, and says so.

    """

    title: str
    language: str
    day: date
    made_at: datetime
    found: Subgraph
    drawn: Mapping[str, Any] = field(hash=False)
    steps: tuple[tuple[str, tuple[Node, ...]], ...]
    lines: tuple[Line, ...]
    spoken_of: Mapping[str, tuple[Said, ...]] = field(hash=False)
    sources: Mapping[str, Node] = field(hash=False)
    missing: tuple[str, ...]
    filtered: tuple[str, ...] = ()
    note: str = ""
    notes: tuple[Note, ...] = ()
    level: Level | None = None

    def name(self, node: Node) -> str:
        """Return what ``node`` is called here."""
        return name_of(node, self.language)

    def source_name(self, id_: str) -> str:
        """Return what the source ``id_`` is called: its title, else its id."""
        return self.name(self.sources[id_]) if id_ in self.sources else id_

    def publisher(self, source: Node) -> str:
        """Return who published ``source``, in the language of the briefing where that is known."""
        keys = ("publisher_fa", "publisher_en") if self.language == "fa" else ("publisher_en", "publisher_fa")
        return next((str(found) for key in (*keys, "publisher") if (found := source.properties.get(key))), "")

    def note_on(self, ids: Iterable[str]) -> str:
        """Return what somebody wrote on any of ``ids``."""
        wanted = set(ids)
        return " | ".join(note.text for note in self.notes if note.id in wanted)

    @property
    def entities(self) -> list[Node]:
        """The entities by name."""
        return sorted(self.found.nodes, key=self.name)


def briefing(store: Store, wish: Wish, language: str, made_at: datetime) -> Briefing:
    """Return the briefing that ``wish`` asks for.

    Parameters
    ----------
    store, wish
        The graph, and what to show of it.
    language, made_at
        ``en`` or ``fa``, and the present moment.

    Raises
    ------
    StoreError
        If the server refuses or cannot be reached.

    """
    wanted = [name for step in wish.steps for name in step]
    found, hidden = neighbourhood.picture(store, wanted, wish.without, day=wish.day)
    present = {node.id: node for node in found.nodes}
    known = [[name for name in step if name in present] for step in wish.steps]
    how, file = wish.arrangement, wish.borders
    kept, gone = let_through(store, found, wish.without, wish.sieve)
    drawn = arranged(store, found, kept, known, hidden, language, how, file)
    shown = {node.id: node for node in kept.nodes}
    steps = tuple(
        (caption, tuple(shown[name] for name in step if name in shown))
        for step, caption in zip(known, _captions(wish), strict=True)
    )
    spoken, sources = _speakers(store, kept)
    lines = tuple(sorted(_lines(kept, spoken, language), key=lambda line: _by_names(line, language)))
    title = wish.title or _title(next((nodes for _, nodes in steps if nodes), ()), language)
    missing = () if found.cut else tuple(name for name in dict.fromkeys(wanted) if name not in present)
    filtered = tuple(
        f"{name} ({number(count, language)})" for *_, name, count in reasons(store, gone.reasons, language)
    )
    notes = tuple(notes_on(kept, wish.notes, language))
    level = of_things(most(store), (*kept.nodes, *kept.ties, *sources.values()))
    told = (missing, filtered, wish.notes.get(WHOLE, ""), notes, level)
    return Briefing(title, language, wish.day, made_at, kept, drawn, steps, lines, spoken, sources, *told)


def _captions(wish: Wish) -> Iterator[str]:
    for at in range(len(wish.steps)):
        yield wish.captions[at] if at < len(wish.captions) else ""


def _title(nodes: Sequence[Node], language: str) -> str:
    names = [name_of(node, language) for node in nodes[:_NAMED]]
    more = " …" if len(nodes) > _NAMED else ""
    return ("، " if language == "fa" else ", ").join(names) + more


def _by_names(line: Line, language: str) -> tuple[str, str, str]:
    return name_of(line.start, language), line.tie.type, name_of(line.end, language)


def _lines(found: Subgraph, spoken: Mapping[str, tuple[Said, ...]], language: str) -> Iterator[Line]:
    """Yield each fact once: the parallel ties of several sources are one."""
    nodes = {node.id: node for node in found.nodes}
    facts: dict[tuple[Any, ...], list[Tie]] = defaultdict(list)
    for tie in found.ties:
        facts[tie.start, tie.end, telling(tie)].append(tie)
    for claims in facts.values():
        claims.sort(key=preference)
        said = tuple(one for tie in claims for one in _behind(tie, spoken))
        yield _line(claims, nodes, tuple(dict.fromkeys(said)), language)


def _behind(tie: Tie, spoken: Mapping[str, tuple[Said, ...]]) -> tuple[Said, ...]:
    """Return who says so; what is derived from an agreement is said by whoever speaks of that."""
    if vocabulary().types[tie.type].derived:
        return spoken.get(str(tie.properties.get("agreement")), ())
    source = tie.properties.get("source")
    return (_said(source, tie.properties),) if source else ()


def _line(claims: Sequence[Tie], nodes: Mapping[str, Node], said: tuple[Said, ...], language: str) -> Line:
    words, best = vocabulary(), claims[0]
    sure = words.certainties.get(str(best.properties.get("certainty")), words.certainties["reported"])
    certainty = words.words["unsourced"] if unsourced(best) else sure
    ends = (nodes[best.start], nodes[best.end])
    status = best.properties.get("status") or next((s for node in ends if (s := _status(node))), "")
    known = words.statuses.get(str(status))
    return Line(
        best,
        *ends,
        words.phrase(best.type, best.properties.get("status"), language),
        certainty.in_language(language),
        known.in_language(language) if known else "",
        said,
        tuple(tie.id for tie in claims),
    )


def _status(node: Node) -> str:
    return str(node.properties.get("status") or "") if "Agreement" in node.labels else ""


def _said(source: object, properties: Mapping[str, Any]) -> Said:
    return Said(str(source), properties.get("source_line"), str(properties.get("quote") or ""))


def _speakers(store: Store, found: Subgraph) -> tuple[dict[str, tuple[Said, ...]], dict[str, Node]]:
    """Return who speaks of each entity and of each agreement behind a derived tie, and the sources named, by id."""
    spoken: dict[str, list[Said]] = defaultdict(list)
    sources: dict[str, Node] = {}
    behind = {str(tie.properties["agreement"]) for tie in found.ties if "agreement" in tie.properties}
    ids = sorted(behind | {node.id for node in found.nodes})
    for row in store.table(statement("sources_behind"), {"ids": ids}, rows=_ROWS):
        sources[row["s"].id] = row["s"]
        spoken[row["id"]].append(_said(row["s"].id, row["claim"].properties))
    named = sorted({str(source) for tie in found.ties if (source := tie.properties.get("source"))} - set(sources))
    rows: Iterable[Mapping[str, Any]] = store.table(statement("entities_by_id"), {"ids": named}, rows=_ROWS)
    sources |= {row["e"].id: row["e"] for row in rows}
    return {id_: tuple(dict.fromkeys(said)) for id_, said in spoken.items()}, sources

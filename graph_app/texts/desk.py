"""The desk at which people read texts: a text becomes a source, and what it says is taken from it, edit by edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from secrets import token_hex

from graph_app.catalog.entities import resolve
from graph_app.database.tables import KeptText
from graph_app.editing import files
from graph_app.editing.desk import Edits, Proposal, new_key
from graph_app.editing.fields import Given, Problems, read
from graph_app.editing.records import Recorded
from graph_app.editing.rows import FormError, Tables
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.exploration.profile import node_with_claims
from graph_app.graph.entities import by_id
from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.loading.drafts import Draft
from graph_app.loading.planned import opened
from graph_app.text import is_rtl, latin_digits
from graph_app.texts import export, fresh, lines
from graph_app.texts.kinds import BEGUN, PASSAGE, SOURCE, Taking
from graph_app.texts.marking import Piece, marked
from graph_app.texts.rows import Told
from graph_app.texts.texts import Texts

_MARKED = 16  # texts whose names are remembered


@dataclass(frozen=True)
class Passage:
    """Where a fact stands: the first and the last line, counted from 1, and the words."""

    first: int
    last: int
    quote: str


class TextDesk:
    """The texts of one graph, and what is taken from them by ``edits``."""

    def __init__(self, edits: Edits) -> None:
        self.edits, self.store = edits, edits.store
        self.texts = Texts(edits.records.database)
        self._marks: dict[tuple[int, int], dict[int, tuple[Piece, ...]]] = {}

    def all(self) -> list[KeptText]:
        """Return the texts of this graph, the newest first."""
        return self.texts.all(self.edits.graph)

    def get(self, source: str) -> KeptText:
        """Return the text of the source with this key; errors as for ``Texts.get``."""
        return self.texts.get(self.edits.graph, source)

    def marked(self, text: KeptText, known: Mapping[int, str]) -> dict[int, tuple[Piece, ...]]:
        """Return the ``known`` lines of ``text`` with the names that the graph knows since its last load."""
        state = (text.number, self.edits.records.newest(self.edits.graph))
        found = self._marks.get(state)
        if found is None:
            found = marked(self.store, known)
            while len(self._marks) >= _MARKED:
                self._marks.pop(next(iter(self._marks)), None)
            self._marks[state] = found
        return found

    def taken(self) -> list[Recorded]:
        """Return all edits that made sources of texts or took from them, the newest first."""
        return export.taken(self.edits.records, self.edits.graph)

    def begin(self, typed: Mapping[str, str], content: str, who: str, day: date, file: str = "") -> str:
        """Make a source of ``content`` and keep it; return the key of the source.

        Raises
        ------
        FormError
            If something that was typed cannot be taken.
        LoadError
            If the graph cannot be written to, or the text is here already.

        """
        self.texts.refuse_known(self.edits.graph, content)
        given = read(self.store, SOURCE, typed)
        if problems := {**given.problems, **_address(given["url"])}:
            raise FormError(problems)
        number, words = lines.opening(content)
        language = given["language"] or _language(content)
        titles = given.some("title_fa", "title_en") or {f"title_{language}": words}
        found = Given({**given.cells, **titles, "language": language, "file": file})
        key = f"text-{day.isoformat()}-{token_hex(3)}"
        tables = fresh.source(self._told(key, found, "", ()), self._publisher(given["publisher"]))
        stamped = _stamped(tables, key, {"line": str(number), "evidence": words, "certainty": "stated"})
        proposal = Proposal(
            key, BEGUN, f"source:{key}", {**found.cells, "quote": words}, stamped, who, mapping=files.TEXTS
        )
        run = self._written(self.edits.plan(proposal), who)
        self.texts.keep(str(self.edits.graph), key, content, who, run)
        return key

    def attach(self, source: str, content: str, who: str) -> str:
        """Keep ``content`` as the text of the source with the id ``source``, which is there already; return its key.

        Raises
        ------
        NotFoundError
            If there is no such source.
        LoadError
            If its text is kept already, or this text is that of another source.

        """
        self.texts.refuse_known(self.edits.graph, content)
        node, _ = node_with_claims(self.store, source)
        key = node.id.partition(":")[2]
        if "Source" not in node.labels:
            raise LoadError(N_("“%(id)s” is not a source."), id=source)
        if self.texts.find(self.edits.graph, key):
            raise LoadError(N_("The text of this source is kept already."))
        self.texts.keep(str(self.edits.graph), key, content, who)
        return key

    def take(self, text: KeptText, taking: Taking, typed: Mapping[str, str], who: str, seen: int = 0) -> Draft:
        """Plan to record what a passage of ``text`` says.

        Raises
        ------
        FormError
            If something cannot be read, or does not fit together; with a sentence for each field.

        """
        given = read(self.store, (*taking.fields, *PASSAGE), typed)
        where, wrong = passage(text.content, typed)
        if problems := {**given.problems, **wrong}:
            raise FormError(problems)
        given = Given({**given.cells, "line": str(where.first), "quote": where.quote})
        issued, key = self._issued(text), new_key()
        entities = [given[one.name] for one in taking.fields if one.type == "entity" and given[one.name]]
        tables = taking.make(self._told(key, given, issued, entities, f"source:{text.source}"))
        evidence = {"line": given["line"], "evidence": given["quote"], **given.some("certainty", "note")}
        stamped = _stamped(tables, text.source, evidence)
        about = f"source:{text.source}"
        return self.edits.plan(Proposal(key, taking.kind, about, given.cells, stamped, who, seen, mapping=files.TEXTS))

    def straight(self, draft: Draft) -> bool:
        """Return whether a plan can be recorded without being looked at: it writes, and turns no known status."""
        if draft.state.stage != "planned" or not draft.plan.exists() or self.edits.hindrance():
            return False
        work = opened(draft)
        turns = [one for one in draft.found["follows"]["statuses"] if one["before"] not in {None, one["after"]}]
        return bool(work.plan.changes) and not work.plan.rejects and not turns

    def forget(self, text: KeptText, who: str) -> None:
        """Forget ``text``, and take back the source that was made of it.

        Raises
        ------
        LoadError
            If something rests on the source.

        """
        if text.run and self.edits.load(text.run).state == "done":
            draft = self.edits.take_back(text.run, who)
            if draft.state.stage == "refused":
                raise LoadError(N_("Something was taken from this text. Undo that first, then remove the text."))
            self._written(draft, who)
        self.texts.forget(text)

    def _written(self, draft: Draft, who: str) -> str:
        """Write the plan of ``draft`` and return its run."""
        if draft.state.stage == "planned":
            if rejects := opened(draft).plan.rejects:
                raise rejects[0].reason
            self.edits.record(draft, who)
        state = draft.state
        if state.stage != "done" or not state.run:
            raise state.problem or self.edits.hindrance() or LoadError(N_("The graph is being written to. Try again."))
        return state.run

    def _told(self, key: str, given: Given, issued: str, entities: Iterable[str], source: str = "") -> Told:
        return Told(key, given, {id_: self._node(id_, source) for id_ in entities}, issued, self._taken)

    def _node(self, id_: str, source: str) -> Node:
        """Return an entity as rows of ``source`` told of it before: two rows of one source may not differ."""
        node, claims = node_with_claims(self.store, id_)
        own = next((c for c in claims if c.source and c.source.id == source and c.get("mapping") == files.TEXTS), None)
        named = {} if own is None else {name: own.get(name) for name in ("name_fa", "kind") if own.get(name)}
        return replace(node, properties={**node.properties, **named})

    def _taken(self, id_: str) -> bool:
        return bool(self.store.table(statement("exists"), {"ids": [id_]}).rows)

    def _publisher(self, name: str) -> str:
        """Return the id of the institution that is called so, if it is known and the only one."""
        try:
            return resolve(self.store, name, ("Institution",)).id if name else ""
        except PeyvandError:
            return ""

    def _issued(self, text: KeptText) -> str:
        """Return the day on which the text was published, if one day is known."""
        node = by_id(self.store, [f"source:{text.source}"]).get(f"source:{text.source}")
        if node is None:
            raise FormError({"": LoadError(N_("The source of this text is not in the graph: it was undone."))})
        known = node.properties
        first, last = known.get("issued_earliest"), known.get("issued_latest")
        return first.isoformat() if first is not None and first == last else ""


def passage(content: str, typed: Mapping[str, str]) -> tuple[Passage, Problems]:
    """Return where in ``content`` the words stand that were typed, with what is wrong about them."""
    first, last = _number(typed.get("line", "")), _number(typed.get("until", "")) or _number(typed.get("line", ""))
    quote = lines.spaced(typed.get("quote", ""))
    try:
        standing = lines.passage(content, first, last)
    except LoadError as error:
        return Passage(first, last, quote), {"line": error}
    if quote and quote not in standing:
        message = N_("These words do not stand there. Quote the text as it is, letter by letter.")
        return Passage(first, last, quote), {"quote": LoadError(message)}
    return Passage(first, last, quote), {}


def _number(text: str) -> int:
    digits = latin_digits(text).strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else 0  # noqa: PLR2004 - no text has a million lines


def _stamped(tables: Tables, source: str, evidence: Mapping[str, str]) -> Tables:
    told_by = {"source_id": source, **evidence}
    return {name: [{**row, **told_by} for row in rows] for name, rows in tables.items() if rows}


def _address(url: str) -> Problems:
    if url and not url.startswith(("https://", "http://")):
        return {"url": LoadError(N_("An address begins with “https:” or “http:”."))}
    return {}


def _language(content: str) -> str:
    return "fa" if is_rtl(content) else "en"

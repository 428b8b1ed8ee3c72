"""Recording: an edit is planned, looked at, written and taken back as any load is; only who may do it differs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from secrets import token_hex
from time import time
from typing import Any

from graph_app.database import Database
from graph_app.database.tables import Edit, Load
from graph_app.editing import files
from graph_app.editing.around import around
from graph_app.editing.documents import Document, Documents
from graph_app.editing.fields import read
from graph_app.editing.kinds import Kind
from graph_app.editing.records import Records
from graph_app.editing.rows import FormError, Making, Tables, made
from graph_app.errors import N_, NotFoundError
from graph_app.graph.store import Store
from graph_app.loading.desk import Desk
from graph_app.loading.drafts import Asked, Draft, Wishes, moment
from graph_app.loading.planned import opened
from graph_app.settings import Settings
from graph_app.uploads.scanning import Scanner
from loaders import syncing

_PATIENCE = 10.0  # seconds in which nearly every edit is planned, and written
_KEPT = "edit.json"
_LATEST = 10**11  # seconds; keys count down, since of two equally believed sources the first by its key is shown


@dataclass(frozen=True)
class Proposal:
    """An edit before it is written: what was typed, by whom, and the rows that come of it.

    ``seen`` is the number of the last run when its form was opened, ``mapping`` the one of its rows.
    """

    key: str
    kind: str
    about: str | None
    cells: Mapping[str, str]
    tables: Tables
    who: str
    seen: int = 0
    document: Mapping[str, str] = field(default_factory=dict)
    mapping: str = files.MAPPING


class Edits(Desk):
    """Edits of one graph, with its ledger."""

    def __init__(
        self, store: Store, database: Database, settings: Settings, *, loaded: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(store, database, settings, loaded=loaded)
        self.drafts = self._edits
        self.records = Records(database)
        self.documents = Documents(settings.home / "documents", Scanner(settings).look)

    @property
    def graph(self) -> str | None:
        """The key of the graph in the ledger."""
        return syncing.state(self.store).graph

    def propose(
        self,
        kind: Kind,
        about: str | None,
        typed: Mapping[str, str],
        who: str,
        day: date,
        *,
        seen: int = 0,
        document: Document | None = None,
    ) -> Draft:
        """Plan an edit of the kind ``kind`` about the entity ``about``.

        Parameters
        ----------
        kind, about
            What is recorded, and of what.
        typed
            What was typed, by field.
        who, day
            Who records it, and the day on which they do.
        seen
            The number of the last run when the form was opened.
        document
            The document that is attached.

        Raises
        ------
        FormError
            If something cannot be read, or does not fit together; with a sentence for each field.

        """
        self.sweep()
        given = read(self.store, kind.fields, self._with_words(kind, typed, document))
        if given.problems:
            raise FormError(given.problems)
        key = new_key()
        making = Making(key, around(self.store, about) if about else None, given)
        attached = document.properties if document else {}
        tables = made(making, kind.make(making), who, day, attached)
        return self.plan(Proposal(key, kind.name, about, given.cells, tables, who, seen, attached))

    def _with_words(self, kind: Kind, typed: Mapping[str, str], document: Document | None) -> Mapping[str, str]:
        """Return what was ``typed``, and the words of the document where a text is asked for and none is there."""
        asked = any(one.name == "terms" for one in kind.own_fields) and not typed.get("terms", "").strip()
        return {**typed, "terms": self.documents.words(document)} if asked and document else typed

    def again(self, draft: Draft, wishes: Wishes, who: str) -> Draft:
        """Plan ``draft`` anew in the graph as it is now; the earlier plan goes."""
        proposal = self.proposal(draft)
        if proposal is None:
            return super().again(draft, wishes, who)
        self.discard(draft)
        return self.plan(proposal)

    def proposal(self, draft: Draft) -> Proposal | None:
        """Return the edit that ``draft`` is a plan for; none if it takes one back."""
        path = draft.folder / _KEPT
        return Proposal(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None

    def take_back(self, run: str, who: str) -> Draft:
        """Plan to undo the edit that ``run`` wrote.

        Raises
        ------
        NotFoundError
            If that run wrote no edit: whoever may edit may not undo loads.

        """
        draft = self.undo(self.written(run), who)
        self._work.wait(draft, _PATIENCE)
        return draft

    def written(self, run: str) -> Load:
        """Return the run of an edit; errors as for ``take_back``."""
        load = self.load(run)
        if load.mapping not in files.PREFIXES or load.undoes:
            raise NotFoundError(N_("The run %(run)s is no edit."), run=run)
        return load

    def record(self, draft: Draft, who: str) -> None:
        """Write the plan of ``draft``, and wait until it is written."""
        work, proposal = opened(draft), self.proposal(draft)
        if proposal:
            self.records.keep(_edit(proposal, work.digest))
        self.apply(draft, who, {})
        self._work.wait(draft, _PATIENCE)

    def meanwhile(self, proposal: Proposal) -> list[Load]:
        """Return the runs that changed what ``proposal`` is about since its form was opened."""
        return self.records.since(proposal.seen, proposal.about, self.graph) if proposal.about else []

    def plan(self, proposal: Proposal) -> Draft:
        """Plan to write ``proposal``, and wait until that is planned."""
        paths = files.shelved(self.shelf, proposal.key, proposal.tables, proposal.mapping)
        asked = Asked(proposal.who, moment(), paths, wishes=Wishes(proposal.mapping))
        draft = self._planning(asked)
        self._work.wait(draft, _PATIENCE)
        kept: dict[str, Any] = asdict(proposal)
        try:
            (draft.folder / _KEPT).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        except OSError:
            self.discard(draft)  # or it would be written as an edit of which nobody knows what was typed
            raise
        return draft


def new_key() -> str:
    """Return the key of a new edit."""
    return f"edit-{_LATEST - int(time())}-{token_hex(4)}"


def _edit(one: Proposal, plan: str) -> Edit:
    why = one.cells.get("why") or one.cells.get("quote", "")
    return Edit(key=one.key, plan=plan, kind=one.kind, about=one.about, who=one.who, why=why, tables=one.tables)

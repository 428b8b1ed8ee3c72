"""Statements of people's own: kept under a name, shared, handed on as a file; and the last ones that they asked."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml
from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from graph_app.catalog.drafted import Draft, opened
from graph_app.catalog.parameters import ENDS, fields
from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import OwnStatement, User, now
from graph_app.errors import N_, AccessError, NotFoundError, PeyvandError

LONGEST = 120  # letters of a name
HISTORY = 30  # statements that are remembered
_MOST_TEXT = 50_000


class Statements:
    """The statements in the application database ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def kept(self, asker: Owner) -> list[tuple[OwnStatement, str]]:
        """Return the kept statements that ``asker`` may open, their own first, each with whose it is."""
        seen = or_(OwnStatement.shared, OwnStatement.owner.is_(None), OwnStatement.owner == asker.user)
        asked = select(OwnStatement, User.email).outerjoin(User, User.id == OwnStatement.owner)
        asked = asked.where(seen, OwnStatement.name.is_not(None)).order_by(OwnStatement.name)
        with self.database.reading() as session:
            found = [(one, email or "") for one, email in session.execute(asked)]
        return sorted(found, key=lambda pair: pair[0].owner != asker.user)

    def history(self, asker: Owner) -> list[OwnStatement]:
        """Return what ``asker`` asked last, the newest first."""
        with self.database.reading() as session:
            return list(session.scalars(_history(asker)))

    def remember(self, asker: Owner, draft: Draft) -> str:
        """Put a statement into the history and return its key; the same one again only moves up."""
        kept = draft.kept()
        with self.database.writing() as session:
            same = [one for one in session.scalars(_history(asker)) if (one.text, one.given) == (draft.text, kept)]
            one = same[0] if same else _made(asker, None, draft.text, kept)
            one.asked_at = now()
            session.add(one)
            session.flush()
            old = [one.key for one in session.scalars(_history(asker))][HISTORY:]
            session.execute(delete(OwnStatement).where(OwnStatement.key.in_(old)))
            return one.key

    def keep(self, asker: Owner, draft: Draft) -> OwnStatement:
        """Keep a statement under its name, for ``asker`` alone; one of the same name is replaced.

        Raises
        ------
        PeyvandError
            If the name or the statement is empty or too long.

        """
        named, text = " ".join(draft.name.split()), draft.text
        if not named or len(named) > LONGEST:
            raise PeyvandError(N_("A name has 1 to %(most)s letters."), most=LONGEST)
        if not text.strip() or len(text) > _MOST_TEXT:
            raise PeyvandError(N_("A statement that is kept has 1 to %(most)s letters."), most=_MOST_TEXT)
        mine = select(OwnStatement).where(asker.owns(OwnStatement.owner), OwnStatement.name == named)
        with self.database.writing() as session:
            found = session.scalars(mine).first() or _made(asker, named, text, {})
            found.text, found.given, found.asked_at = text, draft.kept(), now()
            session.add(found)
        return found

    def open(self, key: str, asker: Owner) -> OwnStatement:
        """Return one statement.

        Raises
        ------
        NotFoundError
            If there is none, or it is somebody else's and not shared.

        """
        with self.database.reading() as session:
            return _one(session, key, asker)

    def share(self, key: str, asker: Owner, *, shared: bool) -> None:
        """Show a statement to everybody who may ask, or to its owner alone. Errors as for ``forget``."""
        with self.database.writing() as session:
            _mine(session, key, asker).shared = shared

    def forget(self, key: str, asker: Owner) -> None:
        """Remove a statement. Errors as for ``open``; AccessError for one of somebody else."""
        with self.database.writing() as session:
            session.delete(_mine(session, key, asker))


def as_file(one: OwnStatement) -> str:
    """Return a statement as a file of ``queries/``: its head is to be completed by whoever reviews it."""
    name = one.name or one.key
    draft = opened(one.text, one.given)
    head = {
        "title": {"en": name, "fa": name},
        "about": {"en": name, "fa": name},
        "params": {
            key: replace(of, type=of.type or "text").header(key) for key in draft.names for of in [draft.of(key)]
        },
        "view": "table",
        "limits": {"rows": 500, "seconds": 10},
        "example": dict(_examples(draft)),
    }
    told = yaml.safe_dump({key: value for key, value in head.items() if value}, allow_unicode=True, sort_keys=False)
    return "".join(f"// {line}\n" for line in told.splitlines()) + one.text.strip() + "\n"


def _examples(draft: Draft) -> Iterator[tuple[str, Any]]:
    """Yield what was typed for each parameter; nothing for one that may be left out, and was."""
    for name, parameter in draft.question.parameters.items():
        texts = [draft.given.get(field, "") for field in fields(name, parameter)]
        if parameter.type == "date_range":
            yield name, {end: text for end, text in zip(ENDS, texts, strict=True) if text}
        elif texts[0] or parameter.must_be_given:
            yield name, texts[0]


def _history(asker: Owner) -> Select[OwnStatement]:
    asked = select(OwnStatement).where(asker.owns(OwnStatement.owner), OwnStatement.name.is_(None))
    return asked.order_by(OwnStatement.asked_at.desc(), OwnStatement.key)


def _made(asker: Owner, name: str | None, text: str, given: Mapping[str, Any]) -> OwnStatement:
    key = secrets.token_urlsafe(16)
    return OwnStatement(
        key=key, owner=asker.user, name=name, text=text[:_MOST_TEXT], given=dict(given), shared=False, asked_at=now()
    )


def _one(session: Session, key: str, asker: Owner) -> OwnStatement:
    found = session.get(OwnStatement, key)
    if found is None or not (found.shared or found.owner is None or found.owner == asker.user):
        raise NotFoundError(N_("There is no such statement, or it is not shared with you."))
    return found


def _mine(session: Session, key: str, asker: Owner) -> OwnStatement:
    found = _one(session, key, asker)
    if found.owner != asker.user:
        raise AccessError(N_("This statement belongs to somebody else. Keep a copy of your own."))
    return found

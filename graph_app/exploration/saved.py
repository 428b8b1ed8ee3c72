"""Pictures that people keep, share and open again, with what changed in the data since."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from graph_app.arrangement.wish import PARTS
from graph_app.database import Database
from graph_app.database.tables import SavedView, User, now
from graph_app.errors import N_, AccessError, NotFoundError, PeyvandError
from graph_app.exploration.neighbourhood import picture
from graph_app.exploration.snapshots import Differences, differences, snapshot
from graph_app.graph.store import Store
from graph_app.notes import PART as NOTES
from graph_app.sieve.wish import PARTS as HIDING

LONGEST = 120  # letters of a name
_MOST_STEPS, _MOST_TEXT = 500, 500_000
_PARTS = ("ids", "without", "open", "marked", *PARTS, *HIDING, NOTES)


@dataclass(frozen=True)
class Reader:
    """Whose pictures are asked for: the id of the account, none before there are accounts; and what they may do.

    Who may not see the ``whole`` graph sees no pictures of others: what these kept tells what was in them.
    """

    user: int | None
    administers: bool = False
    whole: bool = True

    def owns(self, view: SavedView) -> bool:
        """Whether they may change ``view``: their own, one that nobody owns if they are nobody, or any."""
        return view.owner == self.user or self.administers

    def opens(self, view: SavedView) -> bool:
        """Whether they may open ``view``: their own, one that is shared, or one that nobody owns."""
        return view.owner == self.user or (self.whole and (view.shared or view.owner is None))


class Views:
    """The pictures in the application database ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, reader: Reader) -> list[tuple[SavedView, str]]:
        """Return the pictures that ``reader`` may open, their own first, each with whose it is."""
        mine = SavedView.owner == reader.user
        seen = or_(SavedView.shared, SavedView.owner.is_(None), mine) if reader.whole else mine
        asked = select(SavedView, User.email).outerjoin(User, User.id == SavedView.owner).where(seen)
        with self.database.reading() as session:
            found = [(view, email or "") for view, email in session.execute(asked.order_by(SavedView.name))]
        return sorted(found, key=lambda pair: pair[0].owner != reader.user)

    def open(self, key: str, reader: Reader) -> SavedView:
        """Return one picture.

        Raises
        ------
        NotFoundError
            If there is none, or it is somebody else's and not shared: who may not open it shall not know of it.

        """
        with self.database.reading() as session:
            return _view(session, key, reader)

    def keep(self, reader: Reader, name: str, address: str, steps: Sequence[Any], seen: Mapping[str, Any]) -> SavedView:
        """Keep a new picture, for ``reader`` alone, and return it.

        Raises
        ------
        PeyvandError
            If it has no name, a name that is too long, or too much was sent.

        """
        if len(address) + len(str(steps)) > _MOST_TEXT or len(steps) > _MOST_STEPS:
            raise PeyvandError(N_("This picture has too many steps to be kept. Keep a smaller one."))
        view = SavedView(key=secrets.token_urlsafe(16), owner=reader.user, name=_name(name), shared=False)
        view.address, view.steps, view.seen = address, list(steps), dict(seen)
        with self.database.writing() as session:
            session.add(view)
        return view

    def rename(self, key: str, reader: Reader, name: str) -> None:
        """Give a picture another name. Errors as for ``open`` and ``keep``; AccessError for one of somebody else."""
        with self.database.writing() as session:
            view = _mine(session, key, reader)
            view.name, view.updated_at = _name(name), now()

    def share(self, key: str, reader: Reader, *, shared: bool) -> None:
        """Show a picture to everybody, or to its owner alone. Errors as for ``rename``."""
        with self.database.writing() as session:
            _mine(session, key, reader).shared = shared

    def forget(self, key: str, reader: Reader) -> None:
        """Remove a picture for good. Errors as for ``rename``."""
        with self.database.writing() as session:
            session.delete(_mine(session, key, reader))


def seen_now(store: Store, address: str) -> dict[str, Any]:
    """Return what the picture at ``address`` shows now."""
    ids, without = in_address(address)
    found, hidden = picture(store, ids, without)
    return snapshot(found.without(without), hidden)


def since(store: Store, view: SavedView) -> Differences:
    """Return what changed in the data of a picture since it was kept."""
    return differences(view.seen, seen_now(store, view.address))


def in_address(address: str) -> tuple[list[str], list[str]]:
    """Return the ids in a picture and those that were removed from it, from the query of its address."""
    asked = parse_qs(address.removeprefix("?"))
    ids, without = (asked.get(name, [""])[0] for name in ("ids", "without"))
    return [one for one in ids.replace(";", ",").split(",") if one], [one for one in without.split(",") if one]


def parts_of(address: str) -> dict[str, str]:
    """Return the parts of an address that make the picture, and no others."""
    asked = parse_qs(address.removeprefix("?"))
    return {name: asked[name][0] for name in _PARTS if name in asked}


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > LONGEST:
        raise PeyvandError(N_("A name has 1 to %(most)s letters."), most=LONGEST)
    return name


def _view(session: Session, key: str, reader: Reader) -> SavedView:
    view = session.get(SavedView, key)
    if view is None or not reader.opens(view):
        raise NotFoundError(N_("There is no such saved picture, or it is not shared with you."))
    return view


def _mine(session: Session, key: str, reader: Reader) -> SavedView:
    view = session.get(SavedView, key) if reader.administers else _view(session, key, reader)
    if view is None:
        raise NotFoundError(N_("There is no such saved picture, or it is not shared with you."))
    if not reader.owns(view):
        raise AccessError(N_("This picture belongs to somebody else. Keep a copy of your own."))
    return view

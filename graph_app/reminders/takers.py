"""Who takes which item: one at most, said by that person or by somebody who gives it to them."""

from collections.abc import Collection

from sqlalchemy import delete, select

from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import Taker, User, now
from graph_app.errors import N_, NotFoundError
from graph_app.roles import ROLES, Right

_READERS = [role.name for role in ROLES.values() if Right.READ in role.rights]


class Takers:
    """Who takes what, in the application database ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, items: Collection[str]) -> dict[str, Taker]:
        """Return who takes each of ``items`` that somebody takes."""
        with self.database.reading() as session:
            return {one.item: one for one in session.scalars(select(Taker).where(Taker.item.in_(items)))}

    def people(self) -> list[User]:
        """Return who can be given an item: every account that is not closed and may read, by address."""
        asked = select(User).where(User.active, User.role.in_(_READERS)).order_by(User.email)
        with self.database.reading() as session:
            return list(session.scalars(asked))

    def take(self, item: str, person: Owner, name: str) -> None:
        """Let ``person``, who is called ``name``, take an item, also one that somebody else has taken."""
        self._keep(item, person.user, name, name)

    def give(self, item: str, person: int, said_by: str) -> None:
        """Give an item to the account ``person``; ``said_by`` is who says so.

        Raises
        ------
        NotFoundError
            If there is no such account, or it is closed.

        """
        found = next((one for one in self.people() if one.id == person), None)
        if found is None:
            raise NotFoundError(N_("There is no such account."))
        self._keep(item, found.id, found.email, said_by)

    def leave(self, item: str) -> None:
        """Let nobody take an item."""
        with self.database.writing() as session:
            session.execute(delete(Taker).where(Taker.item == item))

    def _keep(self, item: str, person: int | None, name: str, said_by: str) -> None:
        with self.database.writing() as session:
            session.merge(Taker(item=item, person=person, name=name, said_by=said_by, taken_at=now()))

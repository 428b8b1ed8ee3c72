"""What somebody is done with, and what they were told: kept for each owner, so that nobody's list is another's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import Channel, Delivery, Finding, Settled
from graph_app.errors import N_, NotFoundError
from graph_app.reminders.due import item_in, key_of

_LONGEST = 500  # letters of a key


class Settlements:
    """The reminders in the application database ``database`` that people are done with."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, owner: Owner) -> dict[str, datetime]:
        """Return since when somebody is done with each reminder, by its key."""
        with self.database.reading() as session:
            asked = select(Settled.reminder, Settled.settled_at).where(owner.owns(Settled.owner))
            return {row.reminder: row.settled_at for row in session.execute(asked)}

    def settle(self, owner: Owner, key: str) -> None:
        """Say that ``owner`` is done with a reminder; twice is once.

        Raises
        ------
        NotFoundError
            If there can be no such reminder.

        """
        if not item_in(key) or len(key) > _LONGEST:
            raise NotFoundError(N_("There is no such reminder."))
        with self.database.writing() as session:
            mine = select(Settled.id).where(owner.owns(Settled.owner), Settled.reminder == key)
            if session.scalar(mine) is None:
                session.add(Settled(owner=owner.user, reminder=key))

    def bring_back(self, owner: Owner, key: str) -> None:
        """Say that ``owner`` is not done with a reminder after all."""
        with self.database.writing() as session:
            session.execute(delete(Settled).where(owner.owns(Settled.owner), Settled.reminder == key))


def told(database: Database, owner: Owner) -> dict[str, datetime]:
    """Return when a mail or a post listed each reminder to ``owner`` for the first time, by its key."""
    mine = select(Delivery).join(Channel, Channel.id == Delivery.channel)
    mine = mine.where(owner.owns(Channel.owner), Delivery.state == "sent", Delivery.ended_at.is_not(None))
    found: dict[str, datetime] = {}
    with database.reading() as session:
        sent = session.scalars(mine.order_by(Delivery.ended_at)).all()
        wanted = {number for one in sent for number in one.findings}
        kept = {one.id: one for one in session.scalars(select(Finding).where(Finding.id.in_(wanted)))}
    for delivery in sent:
        for number in delivery.findings:
            for key in _keys(kept[number].told) if number in kept else ():
                assert delivery.ended_at is not None  # noqa: S101 - it was asked for
                found.setdefault(key, delivery.ended_at)
    return found


def _keys(told_: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of the reminders that a finding tells."""
    if told_["question"] or "reminders" not in told_["given"]:
        return
    for _kind, _before, after in told_["changes"]:
        if after:
            sort, item, day, _agreement = after
            yield key_of(sort.partition(" ")[2], item["id"], day)

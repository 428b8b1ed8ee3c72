"""What waits to be sent: put there once, taken by one process at a time, tried again with growing pauses."""

import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import Channel, Delivery, Finding, Telling, now
from graph_app.errors import DeliveryError, PeyvandError
from graph_app.watches import problems
from graph_app.watches.readers import reads

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))  # after each failure
_TAKEN = timedelta(minutes=5)  # after which whoever took it must have died
_YEAR = timedelta(days=366)
_SENT = ("mail", "hook")  # channels through which something is sent; a feed is fetched


@dataclass(frozen=True)
class Parcel:
    """A delivery that is ours to send, with its channel and its findings."""

    delivery: Delivery
    channel: Channel
    findings: tuple[Finding, ...]


def fill(database: Database) -> int:
    """Put what was found and is not told yet on its way, one delivery for each channel; return how many.

    The findings and how far each watch is told move in one transaction, so nothing is lost and nothing told twice.
    """
    made = 0
    with database.reading() as session:
        kinds = Channel.kind.in_(_SENT)
        numbers = session.scalars(select(Channel.id).where(kinds, reads(Channel.owner)).order_by(Channel.id)).all()
    for number in numbers:
        with database.writing() as session:
            made += _filled(session, number)
    return made


def _filled(session: Session, number: int) -> bool:
    channel = session.get(Channel, number, with_for_update=True)
    if channel is None:
        return False
    upto = Finding.watch == Telling.watch
    query = select(Telling, Finding).join(Finding, upto).where(Telling.channel == number, Finding.id > Telling.upto)
    rows = session.execute(query.order_by(Finding.id)).all()
    for telling, finding in rows:
        telling.upto = finding.id
    if rows:
        session.add(_delivery(number, [finding.id for _telling, finding in rows]))
    return bool(rows)


def trial(database: Database, channel: Channel) -> Delivery:
    """Return a new delivery without findings, which says that it is a test; it is tried once."""
    with database.writing() as session:
        made = _delivery(channel.id, [])
        session.add(made)
    return made


def again(database: Database, channel: int) -> int:
    """Put what failed for good on its way once more, and what waits at once; return how many."""
    failed = Delivery.state == "failed"
    mine = Delivery.channel == channel, or_(failed, Delivery.state == "waiting"), Delivery.findings != []
    with database.writing() as session:
        changed = session.execute(update(Delivery).where(*mine).values(state="waiting", tries=0, next_at=now()))
        return int(changed.rowcount)  # type: ignore[attr-defined]


def take(database: Database, owner: Owner | None = None) -> Iterator[Parcel]:
    """Yield what is due, each to be sent by who takes it and then settled; only of ``owner`` if one is given."""
    due = Delivery.state.in_(("waiting", "sending")), Delivery.next_at <= now(), reads(Channel.owner)
    query = select(Delivery.id).join(Channel, Channel.id == Delivery.channel).where(*due).order_by(Delivery.id)
    if owner is not None:
        query = query.where(owner.owns(Channel.owner))
    with database.reading() as session:
        numbers = session.scalars(query).all()
    for number in numbers:
        if parcel := _taken(database, number):
            yield parcel


def _taken(database: Database, number: int) -> Parcel | None:
    with database.writing() as session:
        mine = Delivery.id == number, Delivery.state.in_(("waiting", "sending")), Delivery.next_at <= now()
        values = {"state": "sending", "tries": Delivery.tries + 1, "next_at": now() + _TAKEN}
        if not session.execute(update(Delivery).where(*mine).values(**values)).rowcount:  # type: ignore[attr-defined]
            return None
        delivery = session.get_one(Delivery, number)
        channel = session.get_one(Channel, delivery.channel)
        findings = session.scalars(select(Finding).where(Finding.id.in_(delivery.findings)).order_by(Finding.id))
        return Parcel(delivery, channel, tuple(findings))


def settle(database: Database, parcel: Parcel, error: PeyvandError | None) -> None:
    """Keep how sending went: it is sent, or waits for another try, or has failed for good."""
    tries = parcel.delivery.tries
    last = tries > len(PAUSES) or not parcel.delivery.findings or (isinstance(error, DeliveryError) and error.final)
    values: dict[str, object] = {"state": "sent", "ended_at": now(), "problem": None}
    if error is not None:
        values |= {"state": "failed" if last else "waiting", "problem": problems.kept(error)}
        values |= {} if last else {"next_at": now() + PAUSES[tries - 1]}
    with database.writing() as session:
        session.execute(update(Delivery).where(Delivery.id == parcel.delivery.id).values(**values))


def sweep(database: Database) -> None:
    """Take away what was sent, or failed, more than a year ago."""
    ended = Delivery.state.in_(("sent", "failed")), Delivery.made_at < now() - _YEAR
    with database.writing() as session:
        session.execute(delete(Delivery).where(*ended))


def _delivery(channel: int, findings: list[int]) -> Delivery:
    key = str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
    return Delivery(key=key, channel=channel, findings=findings)

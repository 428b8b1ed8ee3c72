"""The ways in which people are told of what they watch: whose they are, and which watch is told through which."""

import hashlib
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import Channel, Delivery, Finding, Telling, Watch
from graph_app.delivery import hooks, mail
from graph_app.delivery.dialling import Reach
from graph_app.errors import N_, DeliveryError, NotFoundError, PeyvandError
from graph_app.language import LANGUAGES
from graph_app.watches.findings import last
from graph_app.watches.readers import reads

FEED, MAIL, HOOK = KINDS = ("feed", "mail", "hook")
MOST = 5  # channels of one person


@dataclass(frozen=True)
class Standing:
    """A channel with the last delivery through it, if there was any, how many wait, and how many failed before."""

    channel: Channel
    last: Delivery | None
    waiting: int
    stuck: int


class Channels:
    """The channels in the application database ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, owner: Owner) -> list[Standing]:
        """Return the channels of somebody, the oldest first, each with how its last delivery went."""
        with self.database.reading() as session:
            found = list(session.scalars(_mine(owner)))
            return [_standing(session, one) for one in found]

    def add(self, owner: Owner, kind: str, address: str, language: str, site: str, reach: Reach) -> tuple[Channel, str]:
        """Return a new channel, through which all that its owner watches is told, and its secret, to be shown once.

        The secret is the one in the address of a feed, or the one that posts are signed with; a mail has none.

        Raises
        ------
        DeliveryError
            If there can be no such channel, there is one already, or somebody has too many.

        """
        if kind not in KINDS or language not in LANGUAGES:
            raise DeliveryError(N_("There is no such channel."))
        made = Channel(key=str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)), owner=owner.user, kind=kind)
        made.address, made.language, made.site = _checked(kind, address, reach), language, site
        secret = _renewed(made)
        with self.database.writing() as session:
            _refuse_twice(made, list(session.scalars(_mine(owner))))
            session.add(made)
            session.flush()
            for watch in session.scalars(select(Watch).where(owner.owns(Watch.owner))):
                session.add(Telling(watch=watch.key, channel=made.id, upto=_newest(session, watch.key)))
        return made, secret

    def renew(self, number: int, owner: Owner) -> tuple[Channel, str]:
        """Return a channel with a new secret, to be shown once; the earlier one is of no use. Errors as ``remove``."""
        with self.database.writing() as session:
            found = _one(session, number, owner)
            return found, _renewed(found)

    def speak(self, number: int, owner: Owner, language: str) -> None:
        """Make ``language`` the one in which a channel tells. Errors as ``remove``."""
        if language not in LANGUAGES:
            raise PeyvandError(N_("There is no such language."))
        with self.database.writing() as session:
            _one(session, number, owner).language = language

    def remove(self, number: int, owner: Owner) -> None:
        """Remove a channel with what waits for it.

        Raises
        ------
        NotFoundError
            If there is no such channel, or it is somebody else's.

        """
        with self.database.writing() as session:
            session.delete(_one(session, number, owner))

    def one(self, number: int, owner: Owner) -> Channel:
        """Return one channel. Errors as ``remove``."""
        with self.database.reading() as session:
            return _one(session, number, owner)

    def chosen(self, owner: Owner) -> dict[str, set[int]]:
        """Return through which channels each watch of somebody is told, by its key."""
        with self.database.reading() as session:
            query = select(Telling).join(Watch, Watch.key == Telling.watch).where(owner.owns(Watch.owner))
            found: dict[str, set[int]] = {}
            for telling in session.scalars(query):
                found.setdefault(telling.watch, set()).add(telling.channel)
        return found

    def choose(self, watch: str, owner: Owner, wanted: Collection[int]) -> None:
        """Have a watch told through the channels ``wanted`` and no others, from now on. Errors as ``remove``."""
        with self.database.writing() as session:
            found = session.get(Watch, watch)
            if found is None or found.owner != owner.user:
                raise NotFoundError(N_("There is no such watch."))
            mine = {one.id for one in session.scalars(_mine(owner))}
            theirs = select(Telling.channel).where(Telling.watch == watch)
            now = set(session.scalars(theirs))
            session.execute(delete(Telling).where(Telling.watch == watch, Telling.channel.not_in(wanted)))
            for channel in (mine & set(wanted)) - now:
                session.add(Telling(watch=watch, channel=channel, upto=_newest(session, watch)))

    def choose_all(self, watch: str, owner: Owner) -> None:
        """Have a watch told through every channel of its owner. Errors as ``remove``."""
        with self.database.reading() as session:
            wanted = list(session.scalars(_mine(owner).with_only_columns(Channel.id)))
        self.choose(watch, owner, wanted)

    def feed(self, secret: str, most: int) -> tuple[Channel, list[Finding]]:
        """Return the feed with this secret in its address, and the last it tells.

        Raises
        ------
        NotFoundError
            If there is none, or its owner may not read any more.

        """
        mine = select(Channel).where(Channel.digest == _digest(secret), Channel.kind == FEED, reads(Channel.owner))
        with self.database.reading() as session:
            channel = session.scalar(mine)
            if channel is None:
                raise NotFoundError(N_("There is no such feed."))
            watches = session.scalars(select(Telling.watch).where(Telling.channel == channel.id)).all()
            return channel, last(session, watches, most)


def _mine(owner: Owner) -> Select[Channel]:
    return select(Channel).where(owner.owns(Channel.owner)).order_by(Channel.id)


def _one(session: Session, number: int, owner: Owner) -> Channel:
    found = session.get(Channel, number)
    if found is None or found.owner != owner.user:
        raise NotFoundError(N_("There is no such channel."))
    return found


def _standing(session: Session, channel: Channel) -> Standing:
    mine = select(Delivery).where(Delivery.channel == channel.id)
    last = session.scalar(mine.order_by(Delivery.id.desc()).limit(1))
    waiting = Delivery.state.in_(("waiting", "sending"))
    failed = or_(Delivery.state == "failed", and_(waiting, Delivery.tries > 0))
    return Standing(
        channel,
        last,
        _count(session, channel, waiting),
        _count(session, channel, failed, Delivery.findings != []),
    )


def _count(session: Session, channel: Channel, *conditions: ColumnElement[bool]) -> int:
    mine = Delivery.channel == channel.id
    return session.scalar(select(func.count()).select_from(Delivery).where(mine, *conditions)) or 0


def _newest(session: Session, watch: str) -> int:
    return session.scalar(select(func.max(Finding.id)).where(Finding.watch == watch)) or 0


def _checked(kind: str, address: str, reach: Reach) -> str:
    """Return an address as it is kept, if a channel of this kind can have it."""
    if kind == MAIL:
        return mail.address(address)
    if kind == HOOK:
        reach.parts(address.strip())
        return address.strip()
    return ""


def _refuse_twice(made: Channel, mine: Sequence[Channel]) -> None:
    if any((one.kind, one.address) == (made.kind, made.address) for one in mine):
        raise DeliveryError(N_("There is this channel already."))
    if len(mine) >= MOST:
        raise DeliveryError(N_("You have %(most)s channels already. Remove one first."), most=MOST)


def _renewed(channel: Channel) -> str:
    """Give a channel a new secret and return it."""
    if channel.kind == FEED:
        secret = secrets.token_urlsafe(32)
        channel.digest = _digest(secret)
        return secret
    if channel.kind == HOOK:
        channel.secret = hooks.new_secret()
        return channel.secret
    return ""


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

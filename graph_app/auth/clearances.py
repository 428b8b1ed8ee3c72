"""What an account may see, and what it loses when that becomes less."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from graph_app.confidentiality import Clearance
from graph_app.database.tables import Channel, Delivery, Finding, User, Watch
from graph_app.errors import N_, AccountError


def named(word: str) -> Clearance:
    """Return the clearance that is written so. Raises AccountError if there is none."""
    try:
        return Clearance.named(word)
    except KeyError as error:
        raise AccountError(N_("There is no level “%(level)s”."), level=word) from error


def give(session: Session, user: User, wanted: Clearance) -> bool:
    """Give ``user`` a clearance, and return whether it is another one. The caller commits.

    Who is to see less loses what was found for them and what is on its way: it tells what they may not see now.
    """
    if wanted.value == user.clearance:
        return False
    if wanted.value < user.clearance:
        watched, channels = (
            select(Watch.key).where(Watch.owner == user.id),
            select(Channel.id).where(Channel.owner == user.id),
        )
        session.execute(delete(Finding).where(Finding.watch.in_(watched)))
        session.execute(delete(Delivery).where(Delivery.channel.in_(channels), Delivery.state != "sent"))
    user.clearance = wanted.value
    return True

"""Sending what is due: by mail or as a post, each in the language of its channel."""

import logging
from dataclasses import dataclass

from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import now
from graph_app.delivery import digest, hooks, outbox
from graph_app.delivery.dialling import Reach
from graph_app.delivery.mail import Mail, MailServer
from graph_app.delivery.outbox import Parcel
from graph_app.errors import PeyvandError
from graph_app.settings import Settings

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """How many deliveries were sent, and how many failed, to be tried again or for good."""

    sent: int = 0
    failed: int = 0


def deliver(database: Database, settings: Settings, owner: Owner | None = None) -> Sent:
    """Put on its way what was found since, then send all that is due; of ``owner`` alone if one is given."""
    outbox.fill(database)
    sent, failed = 0, 0
    for parcel in outbox.take(database, owner):
        error = _sent(parcel, settings)
        outbox.settle(database, parcel, error)
        sent, failed = sent + (error is None), failed + (error is not None)
    outbox.sweep(database)
    return Sent(sent, failed)


def _sent(parcel: Parcel, settings: Settings) -> PeyvandError | None:
    """Send a parcel and return why that failed, if it did."""
    if parcel.delivery.findings and not parcel.findings:
        return None  # nobody watches any of it any more
    try:
        if parcel.channel.kind == "mail":
            MailServer.of(settings).send(_mail(parcel, settings))
        else:
            _post(parcel, settings)
    except PeyvandError as error:
        _LOG.warning("the delivery %s failed: %s", parcel.delivery.key, type(error).__name__)
        return error
    return None


def site(parcel: Parcel, settings: Settings) -> str:
    """Return where the app is reached, for links."""
    return (settings.text("PEYVAND_ADDRESS") or parcel.channel.site).rstrip("/")


def _mail(parcel: Parcel, settings: Settings) -> Mail:
    language, findings, here = parcel.channel.language, parcel.findings, site(parcel, settings)
    return Mail(
        key=parcel.delivery.key,
        to=parcel.channel.address,
        subject=digest.subject(findings, language),
        text=digest.text(findings, language, here),
        html=digest.html(findings, language, here),
        language=language,
        at=parcel.delivery.made_at,
    )


def _post(parcel: Parcel, settings: Settings) -> None:
    channel, made_at = parcel.channel, parcel.delivery.made_at
    sent = hooks.body(parcel.findings, site(parcel, settings), made_at)
    hooks.send(channel.address, channel.secret or "", parcel.delivery.key, sent, now(), Reach.of(settings))

"""How a reader is told of what they watch: their channels, and the feed."""

import hashlib
from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask import Response as Made
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.auth import recording
from graph_app.auth.extension import database
from graph_app.auth.visitor import visitor
from graph_app.database.tables import Channel
from graph_app.delivery import feed, outbox, sending
from graph_app.delivery.channels import FEED, MAIL, Channels
from graph_app.delivery.dialling import Reach
from graph_app.errors import PeyvandError
from graph_app.settings import Settings
from graph_app.views import language, watched

bp = Blueprint("channels", __name__)
Page = str | tuple[str, int] | Response


@bp.post("/watched/channels")
def add() -> Page:
    """Add a channel and show its secret, once. With accounts, mail goes to the address of the account alone."""
    kind, user = request.form.get("kind", ""), visitor().user
    address = user.email if user and kind == MAIL else request.form.get("address", "")
    try:
        reach = Reach.of(_settings())
        made, secret = _channels().add(visitor().owner, kind, address, _spoken(), _site(), reach)
    except PeyvandError as error:
        return watched.page(problem=error.translated(_)), HTTPStatus.BAD_REQUEST
    return _once(made, secret)


@bp.post("/watched/channels/<int(max=2147483647):number>/renew")
def renew(number: int) -> Page:
    """Give a channel a new secret and show it, once."""
    return _once(*_channels().renew(number, visitor().owner))


@bp.post("/watched/channels/<int(max=2147483647):number>/language")
def speak(number: int) -> Response:
    """Choose the language in which a channel tells."""
    _channels().speak(number, visitor().owner, _spoken())
    return _back()


@bp.post("/watched/channels/<int(max=2147483647):number>/test")
def test(number: int) -> Response:
    """Send a test at once, with all that waits."""
    channel = _channels().one(number, visitor().owner)
    if channel.kind != FEED:
        outbox.trial(database(), channel)
        sent = sending.deliver(database(), _settings(), visitor().owner)
        flash(_("It could not be sent; the reason stands with the channel.") if sent.failed else _("It was sent."))
    return _back()


@bp.post("/watched/channels/<int(max=2147483647):number>/again")
def again(number: int) -> Response:
    """Try once more at once what could not be sent."""
    outbox.again(database(), _channels().one(number, visitor().owner).id)
    sent = sending.deliver(database(), _settings(), visitor().owner)
    flash(_("It could not be sent; the reason stands with the channel.") if sent.failed else _("It was sent."))
    return _back()


@bp.post("/watched/channels/<int(max=2147483647):number>/remove")
def remove(number: int) -> Response:
    """Remove a channel."""
    _channels().remove(number, visitor().owner)
    flash(_("The channel is removed; nobody is told through it any more."))
    return _back()


@bp.get("/feeds/<secret>.atom")
def atom(secret: str) -> Made:
    """Answer the feed whose secret stands in the address; it needs nothing else, and opens nothing else."""
    channel, findings = _channels().feed(secret, feed.MOST)
    recording.tell(f"feed {channel.id}")  # not its secret
    body = feed.atom(channel, findings, _site(), request.base_url)
    answer = Made(body, content_type=f"{feed.TYPE}; charset=utf-8")
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
    answer.last_modified = findings[0].found_at if findings else channel.created_at
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)  # type: ignore[return-value]


def _once(channel: Channel, secret: str) -> Page:
    """Show a secret this once; a mail has none."""
    if not secret:
        flash(_("The channel is set up. Send a test to see whether it works."))
        return _back()
    shown = url_for("channels.atom", secret=secret, _external=True) if channel.kind == FEED else secret
    return watched.page(shown=(channel.kind, shown))


def _channels() -> Channels:
    return Channels(database())


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _spoken() -> str:
    return request.form.get("language") or language()


def _site() -> str:
    return request.url_root.rstrip("/")


def _back() -> Response:
    return redirect(url_for("watched.index", _anchor="channels"), HTTPStatus.SEE_OTHER)

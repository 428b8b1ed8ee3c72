"""Who is asking: nobody we know, whoever sits at this machine, a person who signed in, or a program with a token."""

from dataclasses import dataclass
from enum import Enum

from flask import Request, g, request
from flask_login import current_user

from graph_app.auth import tokens
from graph_app.auth.entering import owes_factor
from graph_app.auth.extension import accounts, database
from graph_app.confidentiality import HIGHEST, Clearance
from graph_app.database.owned import Owner
from graph_app.database.tables import User
from graph_app.encryption import is_loopback
from graph_app.loading.operator import who
from graph_app.roles import Right

_FORWARDED = frozenset(
    {
        "HTTP_FORWARDED",
        "HTTP_VIA",
        "HTTP_X_REAL_IP",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_X_FORWARDED_PORT",
        "HTTP_CF_CONNECTING_IP",
    }
)  # headers as WSGI names them: each is set by some proxy, and by no browser


class Kind(Enum):
    """How a visitor is known."""

    NOBODY = "nobody"
    MACHINE = "machine"  # at this machine, while there are no accounts
    PERSON = "person"
    PROGRAM = "program"


@dataclass(frozen=True)
class Visitor:
    """Who is asking, what they may do, and what they may see of the graph."""

    kind: Kind
    rights: frozenset[Right] = frozenset()
    user: User | None = None
    clearance: Clearance = Clearance.PUBLIC

    @property
    def owner(self) -> Owner:
        """Whose rows the visitor's are."""
        return Owner(self.user.id if self.user else None)

    @property
    def name(self) -> str:
        """By which name what the visitor does is kept: the account, or whoever sits at this machine."""
        return self.user.email if self.user else who()

    def may(self, right: str) -> bool:
        """Say whether the visitor has the right of that name."""
        return right in self.rights


NOBODY = Visitor(Kind.NOBODY)
MACHINE = Visitor(Kind.MACHINE, frozenset(Right) - {Right.ADMINISTER}, clearance=HIGHEST)


def visitor() -> Visitor:
    """Return who asks; found out once a request."""
    if "visitor" not in g:
        g.visitor = identify()
    found: Visitor = g.visitor
    return found


def identify() -> Visitor:
    """Find out who asks: a token speaks first, then the session, then where the request comes from."""
    if not accounts().exist():
        return MACHINE if is_local(request) else NOBODY
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        token = tokens.read(database(), secret.strip())
        if token is None:
            return NOBODY
        return Visitor(Kind.PROGRAM, token.user.rights & tokens.SCOPES[token.scope], token.user, token.user.sees)
    if not current_user.is_authenticated:
        return NOBODY
    user: User = current_user._get_current_object()  # noqa: SLF001 - the user behind Flask-Login's proxy
    if owes_factor(user):
        return Visitor(Kind.PERSON, user=user)
    return Visitor(Kind.PERSON, user.rights, user, user.sees)


def is_local(asked: Request) -> bool:
    """Say whether a request comes from this machine, and not through a proxy on it."""
    return is_loopback(asked.remote_addr or "") and _FORWARDED.isdisjoint(asked.environ)

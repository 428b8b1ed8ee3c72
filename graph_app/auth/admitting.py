"""Which account somebody has whom the provider knows: theirs of before, one that they take over, or a new one."""

import logging

from graph_app.auth.accounts import Accounts
from graph_app.auth.provider import Provider, Stranger
from graph_app.database.tables import Identity, User
from graph_app.errors import N_, AccountError

_NEWCOMER = "viewer"
_log = logging.getLogger("peyvand.provider")


class NotAdmittedError(AccountError):
    """The provider knows who it is, and nobody here may be that; the log says why."""

    def __init__(self, why: str) -> None:
        super().__init__(N_("The provider knows you, but that opens no account here. Ask an administrator."))
        _log.warning("somebody whom the provider knows is not let in: %s", why)


def admit(accounts: Accounts, provider: Provider, stranger: Stranger) -> User:
    """Return the account of who came from the provider, with the role that their groups give.

    Raises
    ------
    NotAdmittedError
        If there is none, and none may be made.

    """
    known = accounts.session.get(Identity, (stranger.issuer, stranger.subject))
    user = accounts.session.get_one(User, known.user_id) if known else _newcomer(accounts, provider, stranger)
    if not user.active:
        raise NotAdmittedError("the account is disabled")
    if provider.roles:
        try:
            accounts.set_role(user, _role(provider, stranger))
        except NotAdmittedError:
            raise
        except AccountError as error:
            raise NotAdmittedError(str(error)) from error
    return user


def _newcomer(accounts: Accounts, provider: Provider, stranger: Stranger) -> User:
    """Return the account that the address names, if people may take over theirs; else a new one, if there may be."""
    if not stranger.email or not accounts.exist():
        raise NotAdmittedError("no address that the provider has verified, or no account at all yet")
    try:
        address = accounts.address(stranger.email)
    except AccountError as error:
        raise NotAdmittedError(str(error)) from error
    user: User | None = accounts.store.find_user(email=address)  # type: ignore[assignment]
    if user is not None and not (provider.links and user.active):
        raise NotAdmittedError("there is an account with that address, which may not be taken over")
    if user is None:
        if not provider.takes_new:
            raise NotAdmittedError("there is no account with that address")
        user = accounts.add(address, _role(provider, stranger) if provider.roles else _NEWCOMER)
    user.password = None  # one way in, which the provider guards
    accounts.session.add(Identity(issuer=stranger.issuer, subject=stranger.subject, user_id=user.id))
    accounts.end_sessions(user)
    return user


def _role(provider: Provider, stranger: Stranger) -> str:
    if not stranger.role and not provider.takes_new:
        raise NotAdmittedError("no group of theirs has a role")
    return stranger.role or _NEWCOMER

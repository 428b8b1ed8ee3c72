"""The accounts: who has one, with which role, and everything that changes them.

Built on Flask-Security's datastore and password context. What changes what somebody may do (role, password, being
disabled) ends all their sessions in the same transaction.
"""

from collections.abc import Sequence
from typing import Any, cast

import email_validator
from flask_security import MailUtil, RoleMixin, Security, SQLAlchemySessionUserDatastore, hash_password, verify_password
from sqlalchemy import ScalarSelect, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from graph_app.auth import clearances
from graph_app.auth.passwords import MOST
from graph_app.auth.throttle import Throttle
from graph_app.database import Database
from graph_app.database.tables import Link, LoginSession, Token, User
from graph_app.errors import N_, AccountError
from graph_app.roles import ROLES

ADMINISTRATOR = "administrator"
# an office without the Internet names its mail by .local
if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
    email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")


class Addresses(MailUtil):
    """E-mail addresses as login names: one spelling each, without case."""

    def normalize(self, email: str) -> str:
        """Return the one spelling of an address. Raises ValueError if it is none; whether it exists is not asked."""
        return email_validator.validate_email(email, check_deliverability=False).normalized.casefold()


class Datastore(SQLAlchemySessionUserDatastore):
    """Flask-Security's store of users, whose roles stand in code."""

    def find_role(self, role: str) -> RoleMixin | None:
        """Return the role of that name."""
        return cast("RoleMixin | None", ROLES.get(role))


def anybody(database: Database) -> bool:
    """Say whether anybody has an account."""
    return database.has_rows(User)


class Accounts:
    """The people who may sign in. Its methods need an application context; what they change, they commit.

    Parameters
    ----------
    database
        The application database.
    security
        Flask-Security, installed on the app.
    sessions
        Gives the session of the current request or command, which its datastore uses too.

    """

    def __init__(self, database: Database, security: Security, sessions: scoped_session[Session]) -> None:
        self.throttle = Throttle(database)
        self._database = database
        self._security = security
        self._sessions = sessions
        self._exist = False
        self._nobody = ""

    @property
    def store(self) -> Datastore:
        """Flask-Security's store of users."""
        return cast("Datastore", self._security.datastore)

    @property
    def session(self) -> Session:
        """The session of this request or command."""
        return self._sessions()

    def exist(self) -> bool:
        """Say whether there is any account. Once there is one, there always is: accounts are disabled, not deleted."""
        self._exist = self._exist or anybody(self._database)
        return self._exist

    def all(self) -> Sequence[User]:
        """Return all accounts by address."""
        return self.session.scalars(select(User).order_by(User.email)).all()

    def find(self, email: str) -> User:
        """Return the account of ``email``.

        Raises
        ------
        AccountError
            If there is none.

        """
        user = self.store.find_user(email=self.address(email))
        if user is None:
            raise AccountError(N_("There is no account %(email)s."), email=email)
        return cast("User", user)

    def add(self, email: str, role: str, password: str | None = None, clearance: str | None = None) -> User:
        """Return a new account; without a password, nobody can sign in to it until one is chosen by a link.

        Without a ``clearance`` it gets the usual one of its role.

        Raises
        ------
        AccountError
            If address, role or clearance is none, the address taken, the password weak, or the first account no
            administrator's.

        """
        address = self.address(email)
        if role != ADMINISTRATOR and not self.exist():
            raise AccountError(N_("The first account must be an administrator's."))
        _check_role(role)
        sees = ROLES[role].usual_clearance if clearance is None else clearances.named(clearance)
        kept = None if password is None else self._hash(address, password)
        user = cast("User", self.store.create_user(email=address, roles=[role], password=kept, clearance=sees.value))
        try:
            self.session.commit()
        except IntegrityError as error:
            self.session.rollback()
            raise AccountError(N_("There is an account %(email)s already."), email=address) from error
        return user

    def set_password(self, user: User, password: str) -> None:
        """Give ``user`` another password and end all that the old one gave: sessions, tokens and links.

        Raises
        ------
        AccountError
            If the password is weak.

        """
        user.password = self._hash(user.email, password)
        for table in (Token, Link):
            self.session.execute(delete(table).where(table.user_id == user.id))
        self._cut(user)

    def set_role(self, user: User, role: str) -> None:
        """Give ``user`` another role and end all sessions. Raises AccountError for the last administrator."""
        if role == user.role:
            return
        _check_role(role)
        self._keep_one_administrator(user)
        user.role = role
        self._cut(user)

    def set_clearance(self, user: User, clearance: str) -> None:
        """Let ``user`` see more or less, and end all sessions. Raises AccountError if it is no clearance."""
        if clearances.give(self.session, user, clearances.named(clearance)):
            self._cut(user)

    def set_active(self, user: User, *, active: bool) -> None:
        """Disable ``user``, which ends all sessions and stops all tokens, or enable again. Errors as ``set_role``."""
        if active:
            self.store.activate_user(user)
            self.session.commit()
            return
        self._keep_one_administrator(user)
        self.store.deactivate_user(user)
        self._cut(user)

    def end_sessions(self, user: User) -> None:
        """End every session of ``user``, wherever it is."""
        self._cut(user)

    def known(self, email: str, password: str, network: str) -> User | None:
        """Return whose e-mail address and password these are; None if they are nobody's, in the same time.

        Raises
        ------
        TooManyAttemptsError
            If it failed too often for that account or from that network address; nothing is then tried.

        """
        account = self._typed(email)
        self.session.commit()  # the throttle has transactions of its own
        self.throttle.begin(account, network)
        user = cast("User | None", self.store.find_user(email=account))
        self.session.commit()  # hashing takes long; nothing waits for it meanwhile
        if not self._fits(password, user) or user is None or not user.active or user.password is None:
            return None
        self.throttle.forgive(account, network)
        return user

    def counts(self) -> dict[int, tuple[int, int]]:
        """Return how many sessions and tokens each account has, by its number."""
        query = select(User.id, _number_of(LoginSession), _number_of(Token))
        return {row[0]: (row[1], row[2]) for row in self.session.execute(query)}

    def address(self, email: str) -> str:
        """Return the one spelling of an address. Raises AccountError if it is none."""
        try:
            return str(self._security._mail_util.normalize(email.strip()))  # noqa: SLF001 - its public face is forms
        except ValueError as error:
            raise AccountError(N_("“%(email)s” is not an e-mail address."), email=email) from error

    def _typed(self, email: str) -> str:
        try:
            return self.address(email)
        except AccountError:
            return email.strip().casefold()[:254]

    def _hash(self, email: str, password: str) -> str:
        wrong, normal = self._security._password_util.validate(password, is_register=False, email=email)  # noqa: SLF001
        if wrong:
            raise AccountError(wrong[0])
        return str(hash_password(normal))

    def _fits(self, password: str, user: User | None) -> bool:
        """Say whether it is the user's password. One too long to be any takes as long to refuse."""
        normal = self._security._password_util.normalize(password[:MOST])  # noqa: SLF001
        return bool(verify_password(normal, self._hash_of(user))) and len(password) <= MOST

    def _hash_of(self, user: User | None) -> str:
        """Return the hash to compare with; for nobody, one that takes as long."""
        self._nobody = self._nobody or hash_password("nobody")
        return user.password if user and user.password else self._nobody

    def _keep_one_administrator(self, user: User) -> None:
        """Refuse to take the last administrator away. The rows are locked, since two may be taken away at once."""
        query = select(User).where(User.role == ADMINISTRATOR, User.active).with_for_update()
        left = [one for one in self.session.scalars(query) if one.id != user.id]
        if user.role == ADMINISTRATOR and user.active and not left:
            self.session.rollback()
            raise AccountError(N_("This is the last administrator; make somebody else one first."))

    def _cut(self, user: User) -> None:
        self.store.set_uniquifier(user)
        self.session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))
        self.session.commit()


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise AccountError(N_("There is no role “%(role)s”."), role=role)


def _number_of(table: type[LoginSession | Token]) -> ScalarSelect[Any]:
    return select(func.count()).select_from(table).where(table.user_id == User.id).scalar_subquery()

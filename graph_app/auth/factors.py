"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and codes on paper for when it is lost.

The algorithm is libpass's, on which Flask-Security's own rests. The rest is here: Flask-Security keeps in a session who
has given a password but no code, and our sessions are for those who are in.
"""

import base64
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from passlib.exc import TokenError
from passlib.totp import TOTP
from sqlalchemy import delete, func, select, update

from graph_app.auth.accounts import Accounts
from graph_app.auth.keys import digest
from graph_app.auth.sealing import Seal, SealError
from graph_app.auth.throttle import CODES, PAPER, Throttle
from graph_app.database.tables import RecoveryCode, SecondFactor, User, now
from graph_app.errors import N_, AccountError, SettingError
from graph_app.roles import ROLES
from graph_app.settings import Settings

STEP = 30  # seconds that a code is shown; the one before and the one after are taken too, for clocks that differ
_DIGITS = 6
_SECRET = 20  # bytes, as long as the hash of it
_PAPER = 15  # bytes of a recovery code: too many to guess, so that a fast hash of them is enough
_CODES = 10
_GROUP = 4
_SETTING_UP = timedelta(minutes=30)
_MISREAD = str.maketrans("018", "OIB")  # Base32 has no such digits


@dataclass(frozen=True)
class Offer:
    """A secret that somebody may take into their app: as text, as a picture, and sealed, for the form to bring back."""

    secret: str
    picture: str
    sealed: str


class Factors:
    """The second factors of accounts. What its methods change, they commit.

    Parameters
    ----------
    accounts
        Whose they are.
    settings
        Name the roles that need one, and where the key lies.

    Raises
    ------
    SettingError
        If a role is none.

    """

    def __init__(self, accounts: Accounts, settings: Settings) -> None:
        self.seal = Seal.of(settings)
        self._accounts = accounts
        self._codes = Throttle(accounts.throttle.database, CODES)
        self._paper = Throttle(accounts.throttle.database, PAPER)
        self._roles = frozenset(settings.text("PEYVAND_SECOND_FACTOR").replace(",", " ").split())
        if wrong := sorted(self._roles - set(ROLES)):
            raise SettingError(N_("PEYVAND_SECOND_FACTOR names “%(role)s”, which is no role."), role=wrong[0])

    def needed(self, user: User) -> bool:
        """Say whether the role of ``user`` needs one."""
        return user.role in self._roles

    def of(self, user: User) -> SecondFactor | None:
        """Return the second factor of ``user``, if there is one."""
        return self._accounts.session.get(SecondFactor, user.id)

    def owners(self) -> frozenset[int]:
        """Return the numbers of the accounts that have one."""
        return frozenset(self._accounts.session.scalars(select(SecondFactor.user_id)))

    def left(self, user: User) -> int:
        """Return how many recovery codes ``user`` has left."""
        query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user.id)
        return self._accounts.session.scalar(query) or 0

    def offer(self, user: User, place: str, sealed: str = "") -> Offer:
        """Return a new secret for ``user``, or the one of ``sealed``; nothing is kept before a code confirms it.

        Raises
        ------
        SealError
            If ``sealed`` is none of theirs, or too old.

        """
        purpose = f"offer {user.id}"
        import segno  # noqa: PLC0415 - only who sets a second factor up is shown a code to scan

        secret = str(self.seal.open(sealed, purpose)) if sealed else _text(secrets.token_bytes(_SECRET))
        uri = _totp(secret).to_uri(label=user.email, issuer=f"Peyvand {place}".replace(":", " "))
        # an app reads it off the page whatever the theme, so it brings its own white margin
        picture = segno.make(uri, micro=False).svg_data_uri(scale=4, border=4, light="#fff")
        return Offer(_grouped(secret), picture, sealed or self.seal.close(secret, purpose, _SETTING_UP))

    def confirm(self, user: User, sealed: str, typed: str) -> Sequence[str]:
        """Make the offered secret the user's second factor and return new recovery codes; all sessions end.

        Raises
        ------
        AccountError
            If the code is not one of the secret's, or the offer is too old.

        """
        secret = str(self.seal.open(sealed, f"offer {user.id}"))
        counter = _counter(secret, _plain(typed))
        if counter is None:
            raise AccountError(
                N_("The code is wrong. See that the clocks of this server and of your device are right.")
            )
        kept = self.of(user) or SecondFactor(user_id=user.id)
        kept.secret, kept.counter = self.seal.close(secret, f"secret {user.id}"), counter
        kept.created_at, kept.used_at = now(), None
        self._accounts.session.add(kept)
        codes = self._new_codes(user)
        self._accounts.end_sessions(user)
        return codes

    def renew_codes(self, user: User) -> Sequence[str]:
        """Return new recovery codes of ``user``; the old ones are void, and all sessions end."""
        codes = self._new_codes(user)
        self._accounts.end_sessions(user)
        return codes

    def remove(self, user: User) -> None:
        """Take the second factor of ``user`` away, with its recovery codes; all sessions end."""
        for table in (RecoveryCode, SecondFactor):
            self._accounts.session.execute(delete(table).where(table.user_id == user.id))
        self._accounts.end_sessions(user)

    def passes(self, user: User, typed: str, network: str) -> str | None:
        """Return what ``typed`` is: "code" or "recovery", each good once; None if it is nothing.

        Raises
        ------
        TooManyAttemptsError
            If it was tried too often; nothing is then tried.
        SealError
            If the key is not the one that sealed the secret.

        """
        plain = _plain(typed)
        kind, throttle, account = (
            ("code", self._codes, f"code {user.id}")
            if len(plain) <= _DIGITS
            else ("recovery", self._paper, f"recovery {user.id}")
        )
        self._accounts.session.commit()  # the throttle has transactions of its own
        throttle.begin(account, network)
        good = self._is_next(user, plain) if kind == "code" else self._is_on_paper(user, plain)
        self._accounts.session.commit()
        if not good:
            return None
        throttle.forgive(account, network)
        return kind

    def _is_next(self, user: User, plain: str) -> bool:
        """Say whether it is a code later than the last one, and remember it; of two with the same, one is first."""
        kept = self.of(user)
        if kept is None:
            return False
        try:
            secret = str(self.seal.open(kept.secret, f"secret {user.id}"))
        except SealError as error:
            message = N_("The key of this installation cannot read your second factor. Use a recovery code.")
            raise AccountError(message) from error
        counter = _counter(secret, plain)
        if counter is None:
            return False
        mine = update(SecondFactor).where(SecondFactor.user_id == user.id, SecondFactor.counter < counter)
        taken = mine.values(counter=counter, used_at=now()).returning(SecondFactor.user_id)
        return self._accounts.session.execute(taken).first() is not None

    def _is_on_paper(self, user: User, plain: str) -> bool:
        mine = delete(RecoveryCode).where(
            RecoveryCode.digest == digest(plain.translate(_MISREAD)), RecoveryCode.user_id == user.id
        )
        return self._accounts.session.execute(mine.returning(RecoveryCode.digest)).first() is not None

    def _new_codes(self, user: User) -> Sequence[str]:
        codes = [_text(secrets.token_bytes(_PAPER)) for _ in range(_CODES)]
        self._accounts.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
        self._accounts.session.add_all(RecoveryCode(digest=digest(code), user_id=user.id) for code in codes)
        return [_grouped(code, "-") for code in codes]


def _totp(secret: str) -> TOTP:
    return TOTP(key=secret, format="base32", digits=_DIGITS, period=STEP, alg="sha1")


def _counter(secret: str, plain: str) -> int | None:
    """Return the step of time of which ``plain`` is the code, if it is one of about now."""
    try:
        return int(_totp(secret).match(plain, time=int(now().timestamp()), window=STEP).counter)
    except TokenError:
        return None


def _plain(typed: str) -> str:
    """Return what was typed without spaces and strokes, in capitals, with the digits that the app would show."""
    letters = (str(unicodedata.digit(one)) if one.isdecimal() else one for one in typed[:200] if one.isalnum())
    return "".join(letters).upper()


def _text(secret: bytes) -> str:
    return base64.b32encode(secret).decode()


def _grouped(text: str, between: str = " ") -> str:
    return between.join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))

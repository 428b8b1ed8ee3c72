"""Guessing made slow: failures are counted in the database, so restarts and further processes change nothing.

Three things are counted: an account from one network address, an address whatever the account, an account wherever it
is tried from. Recovery codes cannot be guessed, so that of them the last is not counted: their owner has a way. Each
has some free failures, then a wait that doubles up to a limit. Nothing is ever locked for good, and who signed in from
an address before is held up there only by failures of that account from that address.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from graph_app.auth.keys import digest
from graph_app.database import Database
from graph_app.database.tables import Attempt, now
from graph_app.errors import N_, AccountError

_MEMORY = timedelta(hours=1)  # without a failure for so long, counting starts anew
_KEPT = timedelta(days=1)
_TRUST = timedelta(days=30)


@dataclass(frozen=True)
class _Limit:
    free: int
    first: int  # seconds to wait after the first failure that is not free
    most: int

    def wait(self, failures: int) -> timedelta | None:
        beyond = failures - self.free
        return timedelta(seconds=min(self.first * 2 ** min(beyond - 1, 20), self.most)) if beyond > 0 else None


Limits = Mapping[str, _Limit]
_HERE: Limits = {"both": _Limit(5, 30, 900), "address": _Limit(20, 30, 900)}
PASSWORDS: Limits = {**_HERE, "account": _Limit(50, 5, 60)}
CODES: Limits = {
    **_HERE,
    "account": _Limit(20, 30, 900),
}  # six digits: 100 guesses a day at most, by who has the password
PAPER = _HERE


class TooManyAttemptsError(AccountError):
    """Signing in has failed too often; ``seconds`` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(N_("Too many attempts. Try again in %(seconds)s seconds."), seconds=seconds)
        self.seconds = seconds


class Throttle:
    """Counts failures to sign in.

    Parameters
    ----------
    database
        Where they are counted.
    limits
        What is counted, and how much of it is free.

    """

    def __init__(self, database: Database, limits: Limits = PASSWORDS) -> None:
        self.database = database
        self.limits = limits

    def begin(self, account: str, address: str) -> None:
        """Count an attempt as failed before it is made, so that many at once count as many; ``forgive`` takes it back.

        Parameters
        ----------
        account
            What was typed as the e-mail address, whether or not somebody has it.
        address
            The network address it was typed at.

        Raises
        ------
        TooManyAttemptsError
            If it is too early for another one. It is then not counted, and must not be made.

        """
        with self.database.writing() as session:
            moment = now()
            rows = self._rows(session, account, address)
            counted = _counted(rows, moment)
            _refuse_early(counted, moment)
            for kind, row in counted.items():
                _count(row, self.limits[kind], moment)
            _clear_away(session, moment)

    def forgive(self, account: str, address: str) -> None:
        """Take back what ``begin`` counted: it was the right password. The address is trusted for the account."""
        with self.database.writing() as session:
            rows, moment = self._rows(session, account, address), now()
            for row in _counted(rows, moment).values():
                row.failures, row.wait_until = max(0, row.failures - 1), None
            rows["both"].failures, rows["both"].trusted_at = 0, moment

    def _rows(self, session: Session, account: str, address: str) -> Mapping[str, Attempt]:
        return _rows(session, {kind: key for kind, key in _keys(account, address).items() if kind in self.limits})


def _keys(account: str, address: str) -> dict[str, str]:
    network = _network(address)
    texts = {"both": f"both {account} {network}", "address": f"address {network}", "account": f"account {account}"}
    return {kind: digest(text) for kind, text in texts.items()}


def _network(address: str) -> str:
    """Return what one visitor can be told by: an IPv4 address, or the /64 that an IPv6 visitor has for itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address  # noqa: PLR2004


def _rows(session: Session, keys: Mapping[str, str]) -> Mapping[str, Attempt]:
    """Return the rows that count, locked, and made if they are not there."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # in one order, so that two who come together do not wait for each other
    session.execute(
        insert(Attempt).on_conflict_do_nothing(), [{"key": key, "failures": 0} for key in sorted(keys.values())]
    )
    query = select(Attempt).where(Attempt.key.in_(keys.values())).order_by(Attempt.key).with_for_update()
    found = {row.key: row for row in session.scalars(query)}
    return {kind: found[key] for kind, key in keys.items()}


def _counted(rows: Mapping[str, Attempt], moment: datetime) -> Mapping[str, Attempt]:
    """Return the rows that count for who is asking: for an account where it is trusted, only what both failed.

    What others failed stays as it is then, or who has an account could take back the waits of a whole address.
    """
    trusted = rows["both"].trusted_at
    known = trusted is not None and moment - trusted < _TRUST
    return {"both": rows["both"]} if known else rows


def _refuse_early(rows: Mapping[str, Attempt], moment: datetime) -> None:
    waits = [row.wait_until - moment for row in rows.values() if row.wait_until]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        raise TooManyAttemptsError(int(longest.total_seconds()) + 1)


def _count(row: Attempt, limit: _Limit, moment: datetime) -> None:
    if row.failed_at is None or moment - row.failed_at > _MEMORY:
        row.failures = 0
    row.failures += 1
    row.failed_at = moment
    wait = limit.wait(row.failures)
    row.wait_until = moment + wait if wait else None


def _clear_away(session: Session, moment: datetime) -> None:
    old = Attempt.failed_at < moment - _KEPT
    forgotten = or_(Attempt.trusted_at.is_(None), Attempt.trusted_at < moment - _TRUST)
    session.execute(delete(Attempt).where(old, forgotten))

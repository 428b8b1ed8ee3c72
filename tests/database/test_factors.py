"""What the second factor promises, on SQLite and on PostgreSQL: a code works once, also for many at the same moment."""

import threading
from contextlib import suppress

import pytest
from passlib.totp import TOTP

from graph_app.app import create_app
from graph_app.auth.extension import accounts, factors
from graph_app.auth.throttle import CODES, PAPER, Throttle, TooManyAttemptsError
from graph_app.database.tables import RecoveryCode, SecondFactor, User, now

ROOT = "root@example.org"
PASSWORD = "four quiet words apart"


@pytest.fixture
def app(no_graph, place, database):
    made = create_app(no_graph, place, database=database, testing=True)
    with made.app_context():
        accounts().add(ROOT, "administrator", PASSWORD)
    return made


@pytest.fixture
def phone(app):
    """Set the factor up, and return the app with the secret, and the recovery codes."""
    with app.app_context():
        user = accounts().find(ROOT)
        offer = factors().offer(user, "here")
        totp = TOTP(key=offer.secret, format="base32")
        # of the step before, so that the one of now is still good
        codes = factors().confirm(user, offer.sealed, totp.generate(int(now().timestamp()) - 30).token)
    return totp, codes


def together(app, typed):
    """Try a code in several threads at once, each from an address of its own, and return what it was taken for."""
    found, gate = [], threading.Barrier(4)

    def attempt(number):
        with app.app_context():
            user = accounts().find(ROOT)
            accounts().session.commit()
            gate.wait(20)
            found.append(factors().passes(user, typed, f"10.0.0.{number}"))

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(map(str, found))


def test_of_many_with_the_same_code_at_the_same_moment_one_comes_in(app, phone):
    totp, codes = phone
    assert together(app, totp.generate(int(now().timestamp())).token) == ["None", "None", "None", "code"]
    assert together(app, codes[0]) == ["None", "None", "None", "recovery"]


@pytest.mark.usefixtures("phone")
def test_with_the_account_its_factor_and_codes_go(database):
    with database.writing() as session:
        session.delete(session.query(User).one())
        session.flush()
        assert (session.query(SecondFactor).count(), session.query(RecoveryCode).count()) == (0, 0)


def test_guesses_from_many_addresses_are_few_and_hold_up_no_recovery_code(database):
    codes, paper = Throttle(database, CODES), Throttle(database, PAPER)
    tried = 0
    for number in range(100):
        with suppress(TooManyAttemptsError):
            codes.begin("code 1", f"10.0.{number}.1")
            tried += 1
    assert tried == 21
    for number in range(60):
        paper.begin("recovery 1", f"10.1.{number}.1")
    codes.begin("code 2", "10.2.0.1")  # somebody else's

"""What accounts promise, on SQLite and on PostgreSQL, through the real application."""

import sqlite3
import threading
from contextlib import closing, suppress
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update

from graph_app.app import create_app
from graph_app.auth import links, throttle, tokens
from graph_app.auth.extension import accounts
from graph_app.auth.keys import digest
from graph_app.auth.throttle import Throttle, TooManyAttemptsError
from graph_app.database.tables import Attempt, Link, LoginSession, Token, User, now
from graph_app.errors import AccountError

ADMIN, ANN = "root@example.org", "ann@example.org"
PASSWORD = "four quiet words apart"


@pytest.fixture
def app(no_graph, place, database):
    return create_app(no_graph, place, database=database, testing=True)


@pytest.fixture
def people(app):
    """An administrator and a viewer, with the same password, hashed once."""
    with app.app_context():
        known = accounts()
        root = known.add(ADMIN, "administrator", PASSWORD)
        ann = known.add(ANN, "viewer")
        ann.password = root.password
        known.session.commit()
        return {"root": root.id, "ann": ann.id}


def client(app, email="", password=PASSWORD, address="127.0.0.1"):
    made = app.test_client()
    made.environ_base = {**made.environ_base, "REMOTE_ADDR": address}
    if email:
        answer = made.post("/login", data={"email": email, "password": password})
        assert answer.status_code == 303, answer.text
    return made


def is_in(browser):
    return browser.get("/account").status_code == 200


def every(app, do):
    """Do something with the accounts, as a command or an administrator would."""
    with app.app_context():
        return do(accounts())


def at_once(count, do):
    """Run ``do`` in several threads that start together; return what each returned or raised."""
    gate, found = threading.Barrier(count), []

    def run(number):
        gate.wait()
        try:
            found.append(do(number))
        except AccountError as error:
            found.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_the_first_account_is_an_administrators(app):
    with pytest.raises(AccountError, match="must be an administrator"):
        every(app, lambda known: known.add(ANN, "viewer", PASSWORD))
    assert not every(app, lambda known: known.exist())


@pytest.mark.usefixtures("people")
def test_an_address_has_one_spelling_and_one_account(app):
    assert every(app, lambda known: known.find("  Ann@Example.ORG ").email) == ANN
    with pytest.raises(AccountError, match=r"is an account ann@example\.org already"):
        every(app, lambda known: known.add("ANN@example.org", "viewer"))
    assert every(app, lambda known: known.add("علی@مشهد.local", "viewer").email) == "علی@مشهد.local"
    with pytest.raises(AccountError, match="is not an e-mail address"):
        every(app, lambda known: known.add("ann at example", "viewer"))


@pytest.mark.usefixtures("people")
def test_the_last_administrator_can_be_neither_disabled_nor_given_another_role(app):
    for change in (
        lambda known: known.set_active(known.find(ADMIN), active=False),
        lambda known: known.set_role(known.find(ADMIN), "viewer"),
    ):
        with pytest.raises(AccountError, match="last administrator"):
            every(app, change)
    found = every(app, lambda known: known.find(ADMIN))
    assert (found.active, found.role) == (True, "administrator")


@pytest.mark.usefixtures("people")
def test_two_administrators_who_disable_each_other_at_once_leave_one(app, database):
    every(app, lambda known: known.set_role(known.find(ANN), "administrator"))
    both = (ADMIN, ANN)
    found = at_once(2, lambda n: every(app, lambda known: known.set_active(known.find(both[n]), active=False)))
    assert sorted(type(one).__name__ for one in found) == ["AccountError", "NoneType"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(User).where(User.active)) == 1


# sessions


@pytest.mark.usefixtures("people")
def test_the_cookie_is_a_name_that_changes_at_sign_in_and_is_not_kept(app, database):
    browser = client(app, ANN)
    first = browser.get_cookie("peyvand").value
    assert len(first) == 43
    with database.reading() as session:
        row = session.scalars(select(LoginSession)).one()
    assert first not in (row.digest, row.data)
    assert PASSWORD not in row.data

    stranger = client(app)
    stranger.set_cookie("peyvand", "chosen-by-somebody-else", domain="127.0.0.1")
    assert stranger.post("/login", data={"email": ANN, "password": PASSWORD}).status_code == 303
    with database.reading() as session:
        digests = set(session.scalars(select(LoginSession.digest)))
    assert len(digests) == 2
    assert digest("chosen-by-somebody-else") not in digests


@pytest.mark.usefixtures("people")
def test_who_signs_out_is_out_even_with_the_old_cookie(app):
    browser = client(app, ANN)
    old = browser.get_cookie("peyvand").value
    assert browser.post("/logout").status_code == 303
    assert browser.get_cookie("peyvand") is None
    browser.set_cookie("peyvand", old)
    assert not is_in(browser)


@pytest.mark.parametrize(
    "change",
    [
        lambda known: known.set_active(known.find(ANN), active=False),
        lambda known: known.set_role(known.find(ANN), "editor"),
        lambda known: known.set_password(known.find(ANN), "another four quiet words"),
        lambda known: known.end_sessions(known.find(ANN)),
    ],
    ids=["disabled", "another role", "another password", "sessions ended"],
)
@pytest.mark.usefixtures("people")
def test_what_changes_an_account_ends_its_sessions_at_the_next_request(app, change):
    ann, root = client(app, ANN), client(app, ADMIN)
    assert is_in(ann)
    every(app, change)
    assert not is_in(ann)
    assert is_in(root)


@pytest.mark.parametrize(("column", "hours"), [("seen_at", 8), ("created_at", 24)])
@pytest.mark.usefixtures("people")
def test_a_session_ends_by_itself(app, database, column, hours):
    browser = client(app, ANN)
    for spare, still_in in ((timedelta(minutes=5), True), (-timedelta(minutes=5), False)):
        with database.writing() as session:
            session.execute(update(LoginSession).values({column: now() - timedelta(hours=hours) + spare}))
        assert is_in(browser) is still_in


@pytest.mark.usefixtures("people")
def test_use_keeps_a_session_alive(app, database):
    browser = client(app, ANN)
    with database.writing() as session:
        session.execute(update(LoginSession).values(seen_at=now() - timedelta(hours=7)))
    assert is_in(browser)
    with database.reading() as session:
        assert now() - session.scalar(select(LoginSession.seen_at)) < timedelta(minutes=1)


@pytest.mark.usefixtures("people")
def test_a_reader_ends_sessions_of_their_own_and_no_others(app, database):
    here, there, root = client(app, ANN), client(app, ANN), client(app, ADMIN)
    with database.reading() as session:
        names = [row.digest[:16] for row in session.scalars(select(LoginSession))]
    for name in names:
        root.post(f"/account/sessions/{name}/end", data={"current": PASSWORD})  # only root's own goes
    assert (is_in(here), is_in(there), is_in(root)) == (True, True, False)
    here.post("/account/sessions/end", data={"current": PASSWORD})
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.usefixtures("people")
def test_ending_sessions_needs_the_password_again_or_a_moment_ago_at_a_provider(app, database):
    here, there = client(app, ANN), client(app, ANN)
    with database.reading() as session:
        names = [row.digest[:16] for row in session.scalars(select(LoginSession))]
    for address in ("/account/sessions/end", *(f"/account/sessions/{name}/end" for name in names)):
        for data in ({}, {"current": "not the password"}):
            assert here.post(address, data=data).status_code == 400
    assert (is_in(here), is_in(there)) == (True, True)
    with database.writing() as session:
        session.execute(update(User).where(User.email == ANN).values(password=None))
        session.execute(update(LoginSession).values(created_at=now() - timedelta(minutes=11)))
    assert here.post("/account/sessions/end").status_code == 400
    assert is_in(there)
    with database.writing() as session:
        session.execute(update(LoginSession).values(created_at=now() - timedelta(minutes=9)))
    assert here.post("/account/sessions/end").status_code == 303
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.usefixtures("people")
def test_a_new_password_leaves_only_the_browser_it_was_chosen_in(app):
    here, there = client(app, ANN), client(app, ANN)
    old = here.get_cookie("peyvand").value
    assert here.post("/account/password", data={"current": "wrong", "password": "x" * 20}).status_code == 400
    assert is_in(there)
    answer = here.post("/account/password", data={"current": PASSWORD, "password": "another four quiet words"})
    assert answer.status_code == 303
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.get_cookie("peyvand").value != old
    assert client(app, ANN, "another four quiet words")


@pytest.mark.usefixtures("people")
def test_a_new_password_leaves_no_token_and_no_link_of_the_old_one(app, database, token):
    with database.reading() as session:
        root = session.scalars(select(User).where(User.email == ADMIN)).one()
        ann = session.scalars(select(User).where(User.email == ANN)).one()
    old, others = offer(database, links.PASSWORD, root), offer(database, links.PASSWORD, ann)
    here = client(app, ADMIN)
    form = {"current": PASSWORD, "password": "another four quiet words"}
    told = here.post("/account/password?lang=en", data=form, follow_redirects=True)
    assert "all tokens are revoked" in told.text
    assert asks(app, token).status_code == 401
    assert client(app).get(f"/invite/{old}").status_code == 410
    assert client(app).get(f"/invite/{others}").status_code == 200


@pytest.mark.usefixtures("people")
def test_a_password_chosen_by_a_link_revokes_tokens_and_the_page_says_so(app, database, token):
    with database.reading() as session:
        secret = offer(database, links.PASSWORD, session.scalars(select(User).where(User.email == ADMIN)).one())
    assert "tokens are revoked" in client(app).get(f"/invite/{secret}?lang=en").text
    client(app).post(f"/invite/{secret}", data={"password": "another four quiet words"})
    assert asks(app, token).status_code == 401


@pytest.mark.parametrize("length", [201, 5000])
@pytest.mark.usefixtures("people")
def test_a_password_longer_than_any_is_wrong_and_no_fault_of_ours(app, length):
    every(app, lambda known: known.set_password(known.find(ANN), "ab3d5" * 40))
    long = ("ab3d5" * 1000)[:length]
    assert client(app).post("/login", data={"email": ANN, "password": long}).status_code == 400
    ann = client(app, ANN, "ab3d5" * 40)
    assert ann.post("/account/password", data={"current": long, "password": "x1y2z" * 5}).status_code == 400
    assert is_in(ann)


@pytest.mark.usefixtures("people")
def test_a_password_of_the_longest_letters_there_are_can_be_chosen_and_used(app):
    longest = ("\ufdfa" * 194) + "abcdef"  # one letter that becomes eighteen
    every(app, lambda known: known.set_password(known.find(ANN), longest))
    assert client(app, ANN, longest)


@pytest.mark.usefixtures("people")
def test_numbers_beyond_any_row_are_no_page(app):
    root = client(app, ADMIN)
    for number in (2**31, 10**30):
        assert root.post(f"/account/tokens/{number}/revoke").status_code == 404
        assert root.post(f"/admin/users/{number}").status_code == 404
    assert root.post(f"/account/tokens/{2**31 - 1}/revoke").status_code == 303


@pytest.fixture
def held(database):
    """Hold the one lock of a SQLite file, as a long writer would; who asks for it waits a little only."""
    if database.engine.dialect.name != "sqlite":
        pytest.skip("no row here waits for another")
    event.listen(database.engine, "connect", lambda made, _record: made.execute("PRAGMA busy_timeout=50"))
    database.engine.dispose()

    def hold():
        other = sqlite3.connect(database.engine.url.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        return closing(other)

    return hold


@pytest.mark.usefixtures("people")
def test_a_cookie_that_names_no_session_costs_no_writing(app, held):
    for path, status in (("/login", 200), ("/explore", 302), ("/api/v1/search?q=x", 401)):
        stranger = client(app)
        stranger.set_cookie("peyvand", "x" * 43)
        with held():
            answer = stranger.get(path)
        assert answer.status_code == status
        assert stranger.get_cookie("peyvand") is None


@pytest.mark.usefixtures("people")
def test_a_session_that_cannot_be_kept_is_said_on_a_page(app, held):
    app.testing = False
    ann = client(app, ANN)
    with held():
        answer = ann.post("/logout?lang=en", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.location) == (503, None)
    assert "application database does not answer" in answer.text
    assert is_in(ann)  # and is not told to be out


# guessing


@pytest.mark.usefixtures("people")
def test_guessing_is_slowed_down_and_a_restart_forgets_nothing(app, place, no_graph, database):
    guesser = client(app, address="10.0.0.9")
    told = [guesser.post("/login", data={"email": ANN, "password": f"wrong {n}"}).status_code for n in range(7)]
    assert told == [400] * 6 + [429]
    restarted = create_app(no_graph, place, database=database, testing=True)
    again = client(restarted, address="10.0.0.9").post("/login?lang=en", data={"email": ANN, "password": PASSWORD})
    assert again.status_code == 429
    assert 1 <= int(again.headers["Retry-After"]) <= 31
    assert "Too many attempts" in again.text
    assert is_in(client(restarted, ANN, address="10.0.0.1"))  # the owner, elsewhere, is not locked out


def test_an_account_that_does_not_exist_is_slowed_down_and_answered_like_one_that_does(app, people):
    texts = []
    for email in (ANN, "nobody@example.org"):
        guesser = client(app, address=f"10.0.1.{len(texts)}")
        answers = [guesser.post("/login?lang=en", data={"email": email, "password": "wrong"}) for _ in range(7)]
        texts.append([(one.status_code, one.text.replace(email, "EMAIL")) for one in answers[:6]])
        assert answers[6].status_code == 429
    assert texts[0] == texts[1]
    assert people


def test_a_patient_guesser_gets_at_most_twenty_tries_an_hour(database, monkeypatch):
    begin, tried, waits, moment = Throttle(database).begin, [], [], now()
    for step in range(600):
        monkeypatch.setattr(throttle, "now", lambda at=moment + timedelta(seconds=30 * step): at)
        try:
            begin(ANN, "10.0.0.9")
        except TooManyAttemptsError as error:
            waits.append(error.seconds)
        else:
            tried.append(step)
    assert max(waits) <= 900
    for hour in range(5):
        assert 0 < sum(hour * 120 <= step < (hour + 1) * 120 for step in tried) <= 20


def test_many_guesses_at_the_same_moment_count_each(database):
    found = at_once(20, lambda _n: Throttle(database).begin(ANN, "10.0.0.9"))
    assert found.count(None) == 6
    assert sum(isinstance(one, TooManyAttemptsError) for one in found) == 14


def test_many_addresses_against_one_account_are_slowed_down_but_not_its_owner(database):
    slow = Throttle(database)
    slow.begin(ANN, "192.168.1.7")
    slow.forgive(ANN, "192.168.1.7")  # the owner signed in from there
    for number in range(60):
        with suppress(TooManyAttemptsError):
            slow.begin(ANN, f"10.1.0.{number}")
    with pytest.raises(TooManyAttemptsError) as refused:
        slow.begin(ANN, "10.1.0.99")
    assert refused.value.seconds <= 61
    slow.begin(ANN, "192.168.1.7")


def test_one_address_against_many_accounts_is_slowed_down(database):
    slow = Throttle(database)
    for number in range(21):
        slow.begin(f"{number}@example.org", "2001:db8::1")
    with pytest.raises(TooManyAttemptsError):
        slow.begin("another@example.org", "2001:db8::2")  # the same network, which one visitor has for itself
    slow.begin("another@example.org", "2001:db8:0:1::2")


def test_failures_of_others_at_the_same_address_do_not_hold_up_who_signed_in_there(database):
    slow, office = Throttle(database), "192.168.1.7"
    slow.begin(ANN, office)
    slow.forgive(ANN, office)
    for number in range(40):
        with suppress(TooManyAttemptsError):
            slow.begin(f"{number}@example.org", office)
    slow.begin(ANN, office)
    slow.forgive(ANN, office)
    with pytest.raises(TooManyAttemptsError):
        slow.begin("another@example.org", office)  # and Ann's signing in takes nothing of their wait back
    for _ in range(6):
        slow.begin(ANN, office)
    with pytest.raises(TooManyAttemptsError):
        slow.begin(ANN, office)  # her own failures there count


def test_attempts_do_not_pile_up_and_do_not_tell_whom(database, monkeypatch):
    slow = Throttle(database)
    for number in range(5):
        slow.begin(f"{number}@example.org", "10.0.0.9")
    monkeypatch.setattr(throttle, "now", lambda: now() + timedelta(days=2))
    slow.begin(ANN, "10.0.0.10")
    with database.reading() as session:
        rows = session.scalars(select(Attempt)).all()
    assert len(rows) == 3
    assert all(len(row.key) == 64 for row in rows)


# links


def offer(database, purpose, user=None):
    with database.writing() as session:
        return links.offer(session, purpose, user)


def test_the_link_of_the_console_makes_the_first_administrator_once(app, database):
    secret = offer(database, links.FIRST)
    browser = client(app)
    assert browser.get(f"/setup/{secret}").status_code == 200
    weak = browser.post(f"/setup/{secret}", data={"email": ADMIN, "password": "short"})
    assert weak.status_code == 400  # and the link is still good
    assert browser.post(f"/setup/{secret}", data={"email": ADMIN, "password": PASSWORD}).status_code == 303
    assert is_in(browser)
    again = client(app).post(f"/setup/{secret}", data={"email": "eve@example.org", "password": PASSWORD})
    assert again.status_code == 410
    late = browser.get(f"/setup/{secret}?lang=en")
    assert late.status_code == 410
    assert "was used already" in late.text
    assert [user.role for user in every(app, lambda known: known.all())] == ["administrator"]


def test_of_two_who_use_first_links_at_the_same_moment_one_is_first(app, database):
    secrets = [offer(database, links.FIRST), offer(database, links.FIRST)]

    def make(number):
        with app.app_context():
            links.use(accounts().session, links.FIRST, secrets[number])
            accounts().add(f"{number}@example.org", "administrator", PASSWORD)

    found = at_once(2, make)
    assert sorted(type(one).__name__ for one in found) == ["LinkError", "NoneType"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 1
        assert session.scalar(select(func.count()).select_from(Link)) == 0


@pytest.mark.parametrize("purpose", [links.FIRST, links.PASSWORD])
def test_a_link_that_is_too_old_or_of_another_kind_or_made_up_does_nothing(app, database, purpose):
    secret = offer(database, purpose)
    other = links.PASSWORD if purpose == links.FIRST else links.FIRST
    with app.app_context():
        for bad in ((other, secret), (purpose, secret[:-1]), (purpose, "")):
            with pytest.raises(links.LinkError):
                links.use(accounts().session, *bad)
        with database.writing() as session:
            session.execute(update(Link).values(expires_at=now() - timedelta(seconds=1)))
        with pytest.raises(links.LinkError):
            links.use(accounts().session, purpose, secret)
    assert links.LASTS[links.FIRST] == timedelta(minutes=30)


def test_an_invitation_lets_its_owner_choose_a_password_once(app, database, people):
    with database.reading() as session:
        ann = session.get(User, people["ann"])
    first, second = offer(database, links.PASSWORD, ann), offer(database, links.PASSWORD, ann)
    browser = client(app)
    assert browser.get(f"/invite/{first}").status_code == 410  # a newer one took its place
    assert browser.get(f"/invite/{second}").status_code == 200
    assert browser.post(f"/invite/{second}", data={"password": ANN}).status_code == 400
    assert browser.post(f"/invite/{second}", data={"password": "chosen by ann herself"}).status_code == 303
    assert is_in(browser)
    assert client(app).post(f"/invite/{second}", data={"password": PASSWORD}).status_code == 410
    assert client(app, ANN, "chosen by ann herself")


def test_a_link_for_somebody_who_was_disabled_is_dead(app, database, people):
    with database.reading() as session:
        secret = offer(database, links.PASSWORD, session.get(User, people["ann"]))
    every(app, lambda known: known.set_active(known.find(ANN), active=False))
    assert client(app).post(f"/invite/{secret}", data={"password": PASSWORD}).status_code == 410


# tokens


@pytest.fixture
def token(app, people):
    def issue(known):
        secret = tokens.issue(known.session, known.find(ADMIN), "nightly report", 30)
        known.session.commit()
        return secret

    assert people
    return every(app, issue)


def asks(app, secret, path="/api/v1/search?q=", **more):
    return client(app).open(path, headers={"Authorization": f"Bearer {secret}"}, **more)


def test_a_token_reads_data_and_nothing_else(app, database, token):
    assert asks(app, token).status_code == 200
    assert asks(app, token, "/account").status_code == 403
    assert asks(app, token, "/admin/users").status_code == 403  # though its owner is an administrator
    assert asks(app, token, "/account/tokens", method="POST", data={"name": "x", "days": 1}).status_code == 403
    with database.reading() as session:
        row = session.scalars(select(Token)).one()
    assert token not in (row.digest, row.name)
    assert now() - row.used_at < timedelta(minutes=1)


@pytest.mark.parametrize("end", ["revoked", "too old", "owner disabled", "made up"])
def test_a_token_stops_at_once(app, database, token, end):
    every(app, lambda known: known.set_role(known.find(ANN), "administrator"))
    if end == "revoked":
        every(app, lambda known: (tokens.revoke(known.session, known.find(ADMIN), 1), known.session.commit()))
    if end == "too old":
        with database.writing() as session:
            session.execute(update(Token).values(expires_at=now() - timedelta(seconds=1)))
    if end == "owner disabled":
        every(app, lambda known: known.set_active(known.find(ADMIN), active=False))
    answer = asks(app, token + "x" * (end == "made up"))
    assert (answer.status_code, answer.headers["WWW-Authenticate"].split()[0]) == (401, "Bearer")


@pytest.mark.usefixtures("token")
def test_nobody_revokes_somebody_elses_token(app, database):
    assert client(app, ANN).post("/account/tokens/1/revoke").status_code == 303
    with database.reading() as session:
        assert session.get(Token, 1)

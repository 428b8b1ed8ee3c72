"""Two-step sign-in through the real application: set up, asked for, thrown away, and what a thief cannot do."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import select

from graph_app.app import create_app
from graph_app.auth import factors as module
from graph_app.auth import sealing, throttle, tokens
from graph_app.auth.extension import accounts, factors
from graph_app.auth.keys import digest
from graph_app.auth.sealing import Seal, SealError
from graph_app.cli import peyvand
from graph_app.database.tables import AuditLine, RecoveryCode, SecondFactor, now
from graph_app.errors import SettingError
from graph_app.settings import Settings

ADMIN, ANN = "root@example.org", "ann@example.org"
PASSWORD = "four quiet words apart"
HOST = "http://127.0.0.1:5000"


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return now() + self.ahead

    def pass_(self, **time):
        self.ahead += timedelta(**time)


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    for place in (module, sealing, throttle):
        monkeypatch.setattr(place, "now", made)
    return made


class Browser(FlaskClient):
    """A client that speaks to this host, in English, and reads pages."""

    def open(self, *arguments, **options):
        options.setdefault("headers", {"Accept-Language": "en"})
        return super().open(*arguments, **{"base_url": HOST, **options})

    def page(self, address, **form):
        answer = self.post(address, data=form, follow_redirects=True) if form else self.get(address)
        return BeautifulSoup(answer.data, "html.parser")


class Phone:
    """What the owner has in hand: the secret, as an app keeps it, and the recovery codes."""

    def __init__(self, secret, clock):
        self.totp, self.clock, self.codes = TOTP(key=secret, format="base32"), clock, []

    def code(self, **later):
        return self.totp.generate(int((self.clock() + timedelta(**later)).timestamp())).token


def make(no_graph, home, **settings):
    made = create_app(no_graph, Settings.read({"PEYVAND_HOME": str(home), **settings}), testing=True)
    made.test_client_class = Browser
    with made.app_context():
        if not accounts().exist():
            kept = accounts().add(ADMIN, "administrator", PASSWORD).password
            accounts().add(ANN, "viewer").password = kept
            accounts().session.commit()
    return made


@pytest.fixture
def app(no_graph, tmp_path):
    return make(no_graph, tmp_path)


def sign_in(app, email=ANN, **more):
    made = app.test_client()
    made.answer = made.post("/login", data={"email": email, "password": PASSWORD, **more})
    assert made.answer.status_code == 303
    return made


def set_up(browser, clock):
    """Take the secret that the page offers into a phone, and confirm it."""
    page = browser.page("/account/factor")
    phone = Phone(page.select_one("[aria-labelledby=set-up] code").text, clock)
    sealed = page.select_one("[name=sealed]")["value"]
    done = browser.page("/account/factor", sealed=sealed, code=phone.code(), current=PASSWORD)
    phone.codes = [one.text for one in done.select(".codes code")]
    assert len(phone.codes) == 10, done.main.text
    clock.pass_(seconds=60)  # the code that confirmed is used up
    return phone


def with_phone(app, clock, email=ANN):
    return set_up(sign_in(app, email), clock)


def is_in(browser):
    return browser.get("/account").status_code == 200


def owner(app, email=ANN):
    with app.app_context():
        return accounts().find(email).id


# setting up


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_to_set_it_up_draws_the_secret_offline_and_has_it_as_text(app, language):
    page = sign_in(app).page(f"/account/factor?lang={language}")
    picture = page.select_one("img.scanned")
    assert picture["src"].startswith("data:image/svg+xml")
    assert picture["alt"]
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.select_one("[aria-labelledby=set-up] code").text)
    assert all(field.find_parent("label").text.strip() for field in page.select("main input:not([type=hidden])"))
    assert page.select_one("[name=code]")["autocomplete"] == "one-time-code"
    assert not page.select("style, [style], script:not([src])")
    assert len(page.select("h1")) == 1


def test_each_look_offers_another_secret_and_keeps_none(app):
    ann = sign_in(app)
    assert len({ann.page("/account/factor").select_one("[aria-labelledby=set-up] code").text for _ in range(3)}) == 3
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(SecondFactor)).all() == []


def test_a_mistake_in_the_form_keeps_the_secret_that_was_scanned(app, clock):
    ann = sign_in(app)
    page = ann.page("/account/factor")
    secret, sealed = page.select_one("[aria-labelledby=set-up] code").text, page.select_one("[name=sealed]")["value"]
    good = Phone(secret, clock).code()
    for form, why in (
        ({"code": "000000", "current": PASSWORD}, "The code is wrong"),
        ({"code": "", "current": PASSWORD}, "The code is wrong"),
        ({"code": good, "current": "wrong"}, "current password is wrong"),
        ({"code": good}, "current password is wrong"),
    ):
        page = ann.page("/account/factor", sealed=sealed, **form)
        assert why in page.select_one("[role=alert]").text
        assert page.select_one("[aria-labelledby=set-up] code").text == secret
    assert not factor_of(app)
    assert ann.page("/account/factor", sealed=sealed, code=good, current=PASSWORD).select(".codes code")


def factor_of(app, email=ANN):
    with app.app_context():
        return factors().of(accounts().find(email))


def test_an_offer_of_somebody_else_or_one_too_old_or_made_up_sets_nothing_up(app, clock):
    ann, root = sign_in(app), sign_in(app, ADMIN)
    theirs = root.page("/account/factor")
    secret, sealed = (
        theirs.select_one("[aria-labelledby=set-up] code").text,
        theirs.select_one("[name=sealed]")["value"],
    )
    for wrong in (sealed, "", "x", "é", sealed[:-8], sealed.swapcase()):
        told = ann.page("/account/factor", sealed=wrong, code=Phone(secret, clock).code(), current=PASSWORD)
        assert "Begin again" in told.select_one("[role=alert]").text, wrong
    clock.pass_(minutes=31)
    told = root.page("/account/factor", sealed=sealed, code=Phone(secret, clock).code(), current=PASSWORD)
    assert "Begin again" in told.select_one("[role=alert]").text
    assert not factor_of(app)
    assert not factor_of(app, ADMIN)


def test_recovery_codes_are_shown_once_and_kept_as_digests(app, clock):
    ann = sign_in(app)
    phone = set_up(ann, clock)
    again = str(ann.page("/account/factor"))
    assert not any(code in again for code in phone.codes)
    assert "10 recovery codes are left" in again
    with app.extensions["database"].reading() as session:
        kept = set(session.scalars(select(RecoveryCode.digest)))
    assert kept == {digest(code.replace("-", "")) for code in phone.codes}
    assert all(len(code.replace("-", "")) * 5 >= 112 for code in phone.codes)


def test_the_secret_lies_sealed_and_its_key_in_a_file_of_its_owner(app, clock, tmp_path):
    phone = with_phone(app, clock)
    secret, kept = phone.totp.base32_key, factor_of(app).secret
    assert secret not in kept
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    app.extensions["database"].close()
    for file in tmp_path.rglob("peyvand.db*"):
        assert secret.encode() not in file.read_bytes()
    with pytest.raises(SealError):  # of one account it is nothing in the row of another
        Seal(tmp_path / "key").open(kept, f"secret {owner(app, ADMIN)}")


def test_setting_it_up_ends_all_other_sessions_and_keeps_tokens(app, clock):
    here, there = sign_in(app), sign_in(app)
    with app.app_context():
        secret = tokens.issue(accounts().session, accounts().find(ANN), "report", 1)
        accounts().session.commit()
    name = here.get_cookie("peyvand", "127.0.0.1").value
    set_up(here, clock)
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.get_cookie("peyvand", "127.0.0.1").value != name
    program = app.test_client().get("/api/v1/search?q=", headers={"Authorization": f"Bearer {secret}"})
    assert program.status_code == 200


# signing in


def persian(code):
    return code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


@pytest.mark.parametrize("typed", [lambda code: code, lambda code: f" {code[:3]} {code[3:]} ", persian])
def test_after_the_password_a_code_is_asked_for_and_nobody_is_in_before(app, clock, typed):
    phone = with_phone(app, clock)
    ann = sign_in(app, next="/queries?tag=x")
    assert ann.answer.location == "/login/code"
    assert not ann.get_cookie("peyvand", "127.0.0.1")
    assert not is_in(ann)
    assert ann.get("/explore").location.startswith("/login?")
    page = ann.page("/login/code")
    assert page.select_one("main bdi").text == ANN
    assert not page.select("nav, footer")
    answer = ann.post("/login/code", data={"code": typed(phone.code())})
    assert (answer.status_code, answer.location) == (303, "/queries?tag=x")
    assert is_in(ann)
    assert not ann.get_cookie("sign-in", "127.0.0.1")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_wrong_code_is_said_and_lets_nobody_in(app, clock, language):
    phone = with_phone(app, clock)
    ann = sign_in(app)
    for wrong in ("000000", "", "12345", "x" * 300, "\x00", phone.code(minutes=5), phone.code(minutes=-5)):
        clock.pass_(minutes=20)
        answer = ann.post(f"/login/code?lang={language}", data={"code": wrong})
        ann = sign_in(app)
        assert answer.status_code in {303, 400}, wrong
        assert not is_in(ann)
    clock.pass_(minutes=20)
    told = sign_in(app).page(f"/login/code?lang={language}", code="000000").select_one("[role=alert]").text
    assert (
        told
        == {"en": "The code is wrong or was used already.", "fa": "کد نادرست است یا پیش‌تر به کار رفته است."}[language]
    )


def test_a_code_works_once_even_in_its_own_step_and_an_earlier_one_no_more(app, clock):
    phone = with_phone(app, clock)
    code, earlier = phone.code(), phone.code(seconds=-30)
    assert sign_in(app).post("/login/code", data={"code": code}).status_code == 303
    for used in (code, earlier):
        thief = sign_in(app)
        assert thief.post("/login/code", data={"code": used}).status_code == 400
        assert not is_in(thief)
    clock.pass_(seconds=60)
    assert sign_in(app).post("/login/code", data={"code": phone.code()}).status_code == 303


def test_a_recovery_code_lets_in_once_however_it_is_typed(app, clock):
    phone = with_phone(app, clock)
    typed = phone.codes[0].lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("b", "8")
    ann = sign_in(app)
    told = ann.page("/login/code", code=typed)
    assert "9 are left" in told.select_one("main [role=status]").text
    assert is_in(ann)
    thief = sign_in(app)
    assert thief.post("/login/code", data={"code": phone.codes[0]}).status_code == 400
    assert sign_in(app).post("/login/code", data={"code": phone.codes[1]}).status_code == 303


def test_a_recovery_code_of_somebody_else_is_none(app, clock):
    with_phone(app, clock)
    theirs = with_phone(app, clock, ADMIN)
    assert sign_in(app).post("/login/code", data={"code": theirs.codes[0]}).status_code == 400


def test_without_the_password_there_is_no_form_for_a_code(app, clock):
    phone = with_phone(app, clock)
    browser = app.test_client()
    for cookie in (None, "", "x", "é" * 20):
        if cookie is not None:
            browser.set_cookie("sign-in", cookie, domain="127.0.0.1")
        for answer in (browser.get("/login/code"), browser.post("/login/code", data={"code": phone.code()})):
            assert (answer.status_code, answer.location) == (303, "/login")
    sealed = factor_of(app).secret  # sealed by the same key, for something else
    browser.set_cookie("sign-in", sealed, domain="127.0.0.1")
    assert browser.get("/login/code").location == "/login"


def test_who_waits_too_long_or_whose_account_changed_begins_again(app, clock):
    phone = with_phone(app, clock)
    slow, cut, gone = sign_in(app), sign_in(app), sign_in(app)
    clock.pass_(minutes=6)
    assert slow.post("/login/code", data={"code": phone.code()}).location == "/login"
    clock.ahead -= timedelta(minutes=6)
    with app.app_context():
        accounts().set_password(accounts().find(ANN), "another four quiet words")
    assert cut.post("/login/code", data={"code": phone.code()}).location == "/login"
    with app.app_context():
        accounts().set_active(accounts().find(ANN), active=False)
    assert gone.post("/login/code", data={"code": phone.code()}).location == "/login"


def test_the_cookie_between_password_and_code_is_for_this_host_only(app, clock):
    with_phone(app, clock)
    form = {"email": ANN, "password": PASSWORD}
    answer = app.test_client().post("/login", data=form, base_url="https://127.0.0.1:5000")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-sign-in=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=300"} <= set(cookie.split("; "))


def test_a_name_that_a_thief_set_before_is_not_the_name_of_the_session(app, clock):
    phone = with_phone(app, clock)
    ann = app.test_client()
    ann.set_cookie("peyvand", "fixed", domain="127.0.0.1")
    ann.post("/login", data={"email": ANN, "password": PASSWORD})
    ann.post("/login/code", data={"code": phone.code()})
    assert is_in(ann)
    assert ann.get_cookie("peyvand", "127.0.0.1").value != "fixed"


def test_a_link_for_a_new_password_does_not_go_around_the_code(app, clock):
    phone = with_phone(app, clock)
    link = sign_in(app, ADMIN).page("/admin/users/2", do="link").select_one(".shown-once input")["value"]
    ann = app.test_client()
    answer = ann.post(link.removeprefix(HOST), data={"password": "another four quiet words"})
    assert answer.location == "/login/code"
    assert not is_in(ann)
    assert ann.post("/login/code", data={"code": phone.code()}).location == "/"
    assert is_in(ann)


# guessing


def test_guessing_codes_is_slowed_down_and_the_owner_still_comes_in(app, clock):
    phone = with_phone(app, clock)
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    form = {"email": ANN, "password": PASSWORD}
    home = sign_in(app)
    assert home.post("/login/code", data={"code": phone.code()}).status_code == 303  # known from there
    tried = 0
    for address in range(12):  # the thief has the password, and many addresses
        elsewhere = {"REMOTE_ADDR": f"10.0.{address}.9"}
        thief = app.test_client()
        thief.post("/login", data=form, environ_overrides=elsewhere)
        for _ in range(8):
            answer = thief.post("/login/code", data={"code": "000000"}, environ_overrides=elsewhere)
            tried += answer.status_code == 400
            assert answer.status_code in {400, 429}
    assert tried <= 21
    assert int(answer.headers["Retry-After"]) > 0
    clock.pass_(seconds=60)
    assert sign_in(app).post("/login/code", data={"code": phone.code()}).status_code == 303  # where they are known
    new = {"REMOTE_ADDR": "192.0.2.7"}
    abroad = app.test_client()
    abroad.post("/login", data=form, environ_overrides=new)
    told = abroad.post("/login/code", data={"code": phone.codes[0]}, environ_overrides=new)
    assert told.status_code == 303  # and from elsewhere with a recovery code


# renewing, switching off


@pytest.mark.parametrize("address", ["/account/factor/codes", "/account/factor/off"])
def test_changing_it_needs_the_password_again(app, clock, address):
    ann = sign_in(app)
    set_up(ann, clock)
    for form in ({"current": ""}, {"current": "wrong"}, {"sent": "yes"}):
        answer = ann.post(address, data=form)
        assert (answer.status_code, "current password is wrong" in answer.text) == (400, True)
    assert factor_of(app)


def test_new_recovery_codes_void_the_old_and_end_other_sessions(app, clock):
    ann = sign_in(app)
    phone = set_up(ann, clock)
    other = sign_in(app)
    other.post("/login/code", data={"code": phone.code()})
    page = ann.page("/account/factor/codes", current=PASSWORD)
    new = [one.text for one in page.select(".codes code")]
    assert len(set(new) | set(phone.codes)) == 20
    assert (is_in(ann), is_in(other)) == (True, False)
    assert sign_in(app).post("/login/code", data={"code": phone.codes[0]}).status_code == 400
    assert sign_in(app).post("/login/code", data={"code": new[0]}).status_code == 303


def test_another_app_takes_the_place_of_the_first(app, clock):
    ann = sign_in(app)
    first = set_up(ann, clock)
    second = set_up(ann, clock)
    assert sign_in(app).post("/login/code", data={"code": first.code()}).status_code == 400
    assert sign_in(app).post("/login/code", data={"code": first.codes[0]}).status_code == 400
    assert sign_in(app).post("/login/code", data={"code": second.code()}).status_code == 303


def test_switched_off_the_password_alone_lets_in_and_others_are_out(app, clock):
    ann = sign_in(app)
    phone = set_up(ann, clock)
    other = sign_in(app)
    other.post("/login/code", data={"code": phone.code()})
    told = ann.page("/account/factor/off", current=PASSWORD)
    assert "is off" in told.select_one("main [role=status]").text
    assert (is_in(ann), is_in(other)) == (True, False)
    assert sign_in(app).answer.location == "/"
    assert "is off" in ann.page("/account/factor/codes", current=PASSWORD).select_one("[role=alert]").text
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(RecoveryCode)).all() == []


# administrators


def test_a_role_that_needs_it_sees_nothing_before_it_is_set_up(no_graph, tmp_path, clock):
    app = make(no_graph, tmp_path, PEYVAND_SECOND_FACTOR="administrator, loader")
    root = sign_in(app, ADMIN)
    for address in ("/", "/explore", "/admin/users", "/audit", "/account"):
        assert root.get(address).location == "/account/factor", address
    for method, address in (("GET", "/api/v1/search?q=x"), ("GET", "/audit.csv"), ("POST", "/account/tokens")):
        answer = root.open(address, method=method)
        assert (answer.status_code, "two-step sign-in" in answer.text) == (403, True), address
    assert root.post("/admin/users", data={"email": "x@example.org", "role": "viewer"}).status_code == 403
    assert not root.page("/account/factor").select("nav, footer")
    assert sign_in(app).get("/").status_code == 200  # a viewer needs none
    phone = set_up(root, clock)
    assert root.get("/admin/users").status_code == 200
    told = root.page("/account/factor/off", current=PASSWORD).select_one("[role=alert]").text
    assert "cannot be switched off" in told
    again = sign_in(app, ADMIN)
    again.post("/login/code", data={"code": phone.code()})
    assert again.get("/admin/users").status_code == 200
    assert (
        root.post("/account/password", data={"current": PASSWORD, "password": "another four quiet words"}).status_code
        == 303
    )
    assert root.get("/admin/users").status_code == 200  # the session goes on as it was begun


def test_a_role_that_is_none_is_refused_at_the_start(no_graph, tmp_path):
    with pytest.raises(SettingError, match="king"):
        make(no_graph, tmp_path, PEYVAND_SECOND_FACTOR="administrator,king")


def test_an_administrator_resets_it_for_who_lost_it_but_not_their_own(app, clock):
    ann, root = sign_in(app), sign_in(app, ADMIN)
    set_up(ann, clock)
    set_up(root, clock)
    page = root.page("/admin/users")
    assert [row.th.bdi.text for row in page.select("tbody tr") if row.select("[value=factor]")] == [ANN]
    assert "is changed" in root.page("/admin/users/2", do="factor").main.text
    assert not is_in(ann)
    assert sign_in(app).answer.location == "/"
    assert "My account" in root.page("/admin/users/1", do="factor").select_one("[role=alert]").text
    assert factor_of(app, ADMIN)


def test_each_event_leaves_its_line_in_the_audit_and_no_secret(app, clock):
    ann = sign_in(app)
    phone = set_up(ann, clock)
    wrong, code = sign_in(app), phone.code()
    wrong.post("/login/code", data={"code": "000000"})
    wrong.post("/login/code", data={"code": code})
    sign_in(app).post("/login/code", data={"code": phone.codes[0]})
    ann.post("/account/factor/codes", data={"current": PASSWORD})
    sign_in(app, ADMIN).post("/admin/users/2", data={"do": "factor"})
    app.extensions["database"].journal.settle(5)
    with app.extensions["database"].reading() as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    told = [(line.route, line.who, line.about, line.outcome) for line in lines]
    for expected in (
        ("factor.confirm", ANN, "", "done"),
        ("account.login", "", f"code asked for email={ANN}", "done"),
        ("factor.ask", "", ANN, "failed"),
        ("factor.ask", ANN, f"{ANN} code", "done"),
        ("factor.ask", ANN, f"{ANN} recovery", "done"),
        ("factor.renew_codes", ANN, "", "done"),
        ("admin.change_user", ADMIN, f"{ANN} do=factor", "done"),
    ):
        assert expected in told, (expected, told)
    whole = repr([vars(line) for line in lines])
    assert not any(secret in whole for secret in (code, phone.totp.base32_key, phone.codes[0], PASSWORD))


def test_the_command_helps_an_administrator_who_is_locked_out(app, clock, tmp_path, monkeypatch):
    with_phone(app, clock, ADMIN)
    monkeypatch.setenv("PEYVAND_HOME", str(tmp_path))
    told = CliRunner().invoke(peyvand, ["user", "reset", ADMIN])
    assert (told.exit_code, "password alone" in told.stderr) == (0, True)
    assert sign_in(app, ADMIN).answer.location == "/"


# the key


def test_with_another_key_the_password_still_needs_a_recovery_code(no_graph, tmp_path, app, clock):
    phone = with_phone(app, clock)
    (tmp_path / "key").unlink()
    other = make(no_graph, tmp_path)
    ann = sign_in(other)
    told = ann.page("/login/code", code=phone.code()).select_one("[role=alert]").text
    assert "Use a recovery code" in told
    assert ann.post("/login/code", data={"code": phone.codes[0]}).status_code == 303


@pytest.mark.parametrize("content", [None, b"", b"short", b"\xff" * 44, b"A" * 60])
def test_a_named_key_that_is_not_there_or_none_is_said_and_never_made(tmp_path, content):
    path = tmp_path / "mounted" / "key"
    if content is not None:
        path.parent.mkdir()
        path.write_bytes(content)
    seal = Seal.of(Settings.read({"PEYVAND_KEY_FILE": str(path)}))
    with pytest.raises(SettingError, match="key"):
        seal.close("x", "y")
    assert path.exists() is (content is not None)


def test_what_is_sealed_opens_for_its_purpose_only_and_not_for_ever(tmp_path, clock):
    seal, other = Seal(tmp_path / "key"), Seal(tmp_path / "other")
    sealed = seal.close({"a": ["پیوند"]}, "one", timedelta(minutes=1))
    assert Seal(tmp_path / "key").open(sealed, "one") == {"a": ["پیوند"]}
    assert seal.close("x", "one") != seal.close("x", "one")
    for opening in (
        lambda: seal.open(sealed, "two"),
        lambda: other.open(sealed, "one"),
        lambda: seal.open("\udc80", "one"),
    ):
        with pytest.raises(SealError):
            opening()
    clock.pass_(minutes=2)
    with pytest.raises(SealError):
        seal.open(sealed, "one")

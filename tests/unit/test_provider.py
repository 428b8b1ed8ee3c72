"""Signing in at a real OpenID Connect provider, which runs here, and what a hostile answer of it leads to."""

import base64
import hashlib
import hmac
import json
import threading
import time
from urllib.parse import parse_qs, urlsplit

import flask
import pytest
import requests
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import select
from werkzeug.serving import make_server

from graph_app.app import create_app
from graph_app.auth.extension import accounts, factors
from graph_app.database.tables import AuditLine
from graph_app.errors import SettingError
from graph_app.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own, of how it calls Authlib

HOST = "http://127.0.0.1:5000"
ROOT, REZA = "root@example.org", "reza@example.org"
PASSWORD = "four quiet words apart"
SECRET = "known to both alone"
CLAIMS = {"email": REZA, "email_verified": True}


class RealProvider:
    """A provider on a port of its own; ``change`` is done to what its tokens claim, ``whole`` to the tokens."""

    def __init__(self):
        from oidc_provider_mock import app  # noqa: PLC0415 - importing it warns

        self.app = app(require_nonce=True)
        self.app.after_request(self._tamper)
        self.server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.issuer = f"http://127.0.0.1:{self.server.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.reset()

    def reset(self):
        self.change, self.whole, self.about, self.asked = {}, None, {}, []

    def _tamper(self, answer):
        path = flask.request.path
        if path == "/oauth2/token" and answer.status_code == 200:
            self.asked.append(flask.request.form.to_dict())
            content, key = answer.get_json(), flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True)
            payload = content["id_token"].split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))) | self.change
            claims = {name: value for name, value in claims.items() if value is not None}
            token = jwt.encode({"alg": "RS256", "kid": key["kid"]}, claims, RSAKey.import_key(key))
            content["id_token"] = self.whole(claims, key) if self.whole else token
            answer.set_data(json.dumps(content))
        if path == "/.well-known/openid-configuration":
            answer.set_data(json.dumps(answer.get_json() | self.about))
        return answer

    def knows(self, subject, **claims):
        assert requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=10).status_code in {200, 204}

    def close(self):
        self.server.shutdown()
        self.thread.join(10)
        self.server.server_close()


@pytest.fixture(scope="module")
def running():
    import warnings  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = RealProvider()
    yield made
    made.close()


@pytest.fixture
def idp(running):
    running.reset()
    running.knows("r-1", **CLAIMS)
    return running


class Browser(FlaskClient):
    def open(self, *arguments, **options):
        options.setdefault("headers", {"Accept-Language": "en"})
        return super().open(*arguments, **{"base_url": HOST, **options})


@pytest.fixture
def make(no_graph, tmp_path, idp):
    (tmp_path / "client").write_text(f"{SECRET}\n", encoding="utf-8")

    def make_(**more):
        named = {"ISSUER": idp.issuer, "CLIENT": "peyvand", "SECRET_FILE": str(tmp_path / "client"), "NEW": "yes"}
        given = {f"PEYVAND_OIDC_{name}": value for name, value in (named | more).items() if name.isupper()}
        given |= {name: value for name, value in more.items() if name.startswith("PEYVAND_")}
        app = create_app(no_graph, Settings.read({"PEYVAND_HOME": str(tmp_path), **given}), testing=True)
        app.test_client_class = Browser
        with app.app_context():
            if not accounts().exist():
                accounts().add(ROOT, "administrator", PASSWORD)
        return app

    return make_


def to_provider(browser, subject="r-1", start="/login/provider"):
    """Go to the provider, sign in there, and return the address it sends the browser back to."""
    there = browser.get(start)
    assert there.status_code == 303, there.text
    answer = requests.post(there.location, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def come(app, subject="r-1", start="/login/provider"):
    browser = app.test_client()
    browser.answer = browser.get(to_provider(browser, subject, start))
    return browser


def is_in(browser):
    return browser.get("/account").status_code == 200


def role(app, email=REZA):
    with app.app_context():
        return accounts().find(email).role


def told(answer):
    return BeautifulSoup(answer.data, "html.parser").select_one("[role=alert]").text


@pytest.mark.parametrize(("language", "words"), [("en", "Sign in at 127.0.0.1"), ("fa", "ورود از راه 127.0.0.1")])
def test_the_page_to_sign_in_leads_to_the_provider_if_there_is_one(make, language, words):
    page = BeautifulSoup(make().test_client().get(f"/login?lang={language}&next=/queries").data, "html.parser")
    link = page.select_one("a[href^='/login/provider']")
    assert (link.text, link["href"]) == (words, "/login/provider?next=/queries")
    without = make(ISSUER="").test_client()
    assert "/login/provider" not in without.get("/login").text
    assert {without.get(f"/login/provider{end}").status_code for end in ("", "/back", "/leave")} == {404}


def test_who_is_known_there_comes_in_and_goes_where_they_wanted(make, idp):
    app = make()
    reza = come(app, start="/login/provider?next=/queries?tag=x")
    assert (reza.answer.status_code, reza.answer.location) == (303, "/queries?tag=x")
    assert is_in(reza)
    assert role(app) == "viewer"
    with app.app_context():
        assert accounts().find(REZA).password is None
    assert "/account/factor" not in reza.get("/account").text
    [sent] = idp.asked
    assert len(sent["code_verifier"]) >= 43
    assert "client_secret" not in sent


def test_the_way_there_has_state_nonce_and_a_challenge_and_the_browser_keeps_them_sealed(make):
    browser = make().test_client()
    there = browser.get("/login/provider", base_url="https://127.0.0.1:5000")
    asked = {name: value[0] for name, value in parse_qs(urlsplit(there.location).query).items()}
    assert asked["redirect_uri"] == "https://127.0.0.1:5000/login/provider/back"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    [cookie] = there.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-provider=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Max-Age=300"} <= set(cookie.split("; "))
    assert not any(asked[name] in cookie for name in ("state", "nonce", "code_challenge"))
    again = parse_qs(urlsplit(browser.get("/login/provider").location).query)
    assert all(again[name] != [asked[name]] for name in ("state", "nonce", "code_challenge"))


def test_a_page_of_another_site_does_not_begin_it(make):
    for site in ("cross-site", "same-site"):
        answer = make().test_client().get("/login/provider", headers={"Sec-Fetch-Site": site})
        assert (answer.status_code, answer.location) == (302, "/login")


def none(claims, _key):
    head, body = ({"alg": "none"}, claims)
    return f"{encoded(json.dumps(head).encode())}.{encoded(json.dumps(body).encode())}."


def by_hmac(secret):
    def sign(claims, key):
        head = json.dumps({"alg": "HS256", "kid": key["kid"]})
        text = f"{encoded(head.encode())}.{encoded(json.dumps(claims).encode())}"
        return f"{text}.{encoded(hmac.digest(secret(key), text.encode(), hashlib.sha256))}"

    return sign


def by_another_key(claims, key):
    return jwt.encode({"alg": "RS256", "kid": key["kid"]}, claims, RSAKey.generate_key(2048))


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


HOSTILE = {
    "wrong nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "wrong audience": {"aud": "another"},
    "no audience": {"aud": None},
    "for us among others, by another": {"aud": ["peyvand", "another"], "azp": "another"},
    "expired": {"exp": int(time.time()) - 3600},
    "for ever": {"exp": None},
    "from the future": {"iat": int(time.time()) + 3600},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "nobody": {"sub": None},
    "no signature": none,
    "signed with the secret": by_hmac(lambda _key: SECRET.encode()),
    "signed with the public key": by_hmac(lambda key: RSAKey.import_key(key).as_pem(private=False)),
    "another key": by_another_key,
    "no token": lambda _claims, _key: "",
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_token_lets_nobody_in_and_says_nothing(make, idp, hostile):
    app, bad = make(), HOSTILE[hostile]
    idp.change, idp.whole = ({}, bad) if callable(bad) else (bad, None)
    browser = come(app)
    assert browser.answer.status_code == 400
    assert told(browser.answer) == "Signing in at the provider did not work. Try again, or ask an administrator."
    assert not is_in(browser)
    idp.reset()
    assert is_in(come(app))


@pytest.mark.parametrize(
    "change", ["no state", "another state", "no cookie", "cookie of another", "another issuer", "error"]
)
def test_an_answer_that_is_not_to_our_question_lets_nobody_in(make, change):
    app = make()
    browser, other = app.test_client(), app.test_client()
    address = to_provider(browser)
    parts = parse_qs(urlsplit(address).query)
    state = parts["state"][0]
    if change in {"no state", "another state"}:
        address = address.replace(f"state={state}", "state=another" if change == "another state" else "x=y")
    if change == "another issuer":
        address += "&iss=https%3A%2F%2Fevil.example"
    if change == "error":
        address = f"/login/provider/back?error=access_denied&error_description=<b>secret</b>&state={state}"
    if change == "cookie of another":
        other.get("/login/provider")
    asking = other if change in {"no cookie", "cookie of another"} else browser
    answer = asking.get(address)
    assert answer.status_code == 400
    assert "did not work" in told(answer)
    assert "secret" not in BeautifulSoup(answer.data, "html.parser").text
    assert not is_in(asking)


def test_an_answer_is_taken_once(make):
    app = make()
    browser = app.test_client()
    address = to_provider(browser)
    kept = browser.get_cookie("provider", "127.0.0.1").value
    assert browser.get(address).status_code == 303
    assert browser.get(address).status_code == 400  # the browser has forgotten
    thief = app.test_client()
    thief.set_cookie("provider", kept, domain="127.0.0.1")
    assert thief.get(address).status_code == 400  # and the provider gives a code away once
    assert not is_in(thief)


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "http://evil.example/keys"},
    ],
)
def test_a_provider_that_calls_itself_otherwise_or_sends_elsewhere_is_not_asked(make, idp, about):
    idp.about = about
    answer = make().test_client().get("/login/provider")
    assert (answer.status_code, "did not work" in told(answer)) == (502, True)


@pytest.mark.parametrize(
    ("settings", "claims"),
    [
        ({"NEW": "no"}, {}),
        ({}, {"email_verified": False}),
        ({}, {"email_verified": None}),
        ({}, {"email_verified": "true"}),
        ({}, {"email": "nobody"}),
        ({}, {"email": ROOT}),  # somebody has that address, and people may not take theirs over
        ({"NEW": "no", "ROLES": "desk=editor"}, {"groups": ["other"]}),
    ],
)
def test_who_may_not_have_an_account_is_refused_without_a_reason(make, idp, settings, claims):
    app = make(**settings)
    idp.change = claims
    browser = come(app)
    assert browser.answer.status_code == 400
    assert told(browser.answer).startswith("The provider knows you, but that opens no account here.")
    assert not is_in(browser)
    with app.app_context():
        assert [one.email for one in accounts().all()] == [ROOT]


def test_an_account_is_taken_over_by_its_verified_address_only_if_the_setting_says_so(make, idp):
    app = make(LINK="yes", NEW="no")
    with app.app_context():
        accounts().add(REZA, "editor", "another four quiet words")
    idp.change = {"email_verified": False}
    assert not is_in(come(app))
    idp.change = {}
    assert is_in(come(app))
    assert role(app) == "editor"
    again = app.test_client().post("/login", data={"email": REZA, "password": "another four quiet words"})
    assert again.status_code == 400  # the password has gone
    idp.change = {"email": "other@example.org"}  # a person stays the same whatever the address
    assert is_in(come(app))
    idp.change = {}
    idp.knows("r-2", **CLAIMS)  # and an address that passed to somebody else is taken, so that nobody ...
    with app.app_context():
        accounts().set_active(accounts().find(REZA), active=False)
    assert not is_in(come(app))
    assert not is_in(come(app, "r-2"))


def test_groups_give_roles_at_each_sign_in(make, idp):
    app = make(ROLES="heads=administrator, desk=editor", GROUPS="teams")
    for groups, expected in (
        (["desk", "x"], "editor"),
        (["desk", "heads"], "administrator"),
        ("desk", "editor"),
        ([], "viewer"),
    ):
        idp.change = {"teams": groups}
        assert is_in(come(app))
        assert role(app) == expected


def test_a_role_that_needs_a_second_factor_needs_it_at_the_provider(make, idp):
    app = make(PEYVAND_SECOND_FACTOR="viewer", ACR="gold")
    for change, passes in (
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "gold"}, True),
    ):
        idp.change = change
        browser = come(app)
        assert is_in(browser) is passes, change
    assert browser.get("/queries").status_code == 200


def test_a_factor_of_ours_is_asked_for_after_the_provider(make):
    app = make()
    come(app)
    with app.app_context():
        user = accounts().find(REZA)
        from passlib.totp import TOTP  # noqa: PLC0415

        offer = factors().offer(user, "here")
        codes = factors().confirm(user, offer.sealed, TOTP(key=offer.secret, format="base32").generate().token)
    browser = come(app)
    assert browser.answer.location == "/login/code"
    assert not is_in(browser)
    assert browser.post("/login/code", data={"code": codes[0]}).status_code == 303
    assert is_in(browser)


def test_signing_out_leads_to_the_providers_own_and_back(make):
    app = make()
    reza = come(app)
    left = reza.post("/logout")
    assert left.location == "/login?left=provider"
    assert not is_in(reza)
    assert "/login/provider/leave" in reza.get(left.location).text
    there = urlsplit(reza.get("/login/provider/leave").location)
    assert there.path == "/oauth2/end_session"
    assert parse_qs(there.query) == {"client_id": ["peyvand"], "post_logout_redirect_uri": [f"{HOST}/login"]}


def test_who_came_and_who_did_not_stands_in_the_audit_without_a_secret(make, idp):
    app = make()
    reza = come(app)
    code = idp.asked[0]["code"]
    assert is_in(reza)
    idp.change = {"nonce": "another"}
    come(app)
    app.extensions["database"].journal.settle(5)
    with app.extensions["database"].reading() as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.route == "provider.back")).all()
    assert [(line.who, line.outcome) for line in lines] == [(REZA, "done"), ("", "failed")]
    assert code not in repr([vars(line) for line in lines])


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"CLIENT": ""}, "PEYVAND_OIDC_CLIENT"),
        ({"ISSUER": "http://id.example.org"}, "https"),
        ({"SECRET_FILE": "/nowhere/at/all"}, "no file"),
        ({"ROLES": "desk=king"}, "no role"),
        ({"NEW": "perhaps"}, "one of"),
    ],
)
def test_settings_that_cannot_be_are_said_at_the_start(make, settings, why):
    with pytest.raises(SettingError) as found:
        make(**settings)
    assert why in str(found.value)

"""Every address has a policy, and every policy holds, for each method and role, through the real application."""

from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from graph_app.app import create_app
from graph_app.auth import tokens
from graph_app.auth.authorization import for_programs
from graph_app.auth.extension import SAFE, accounts
from graph_app.auth.policies import POLICIES, Door
from graph_app.roles import ROLES, Right
from graph_app.settings import Settings

PASSWORD = "four quiet words apart"
HOST = "127.0.0.1:5000"
VISITORS = ("nobody", "machine", "program", "reader", *ROLES)

# what each role may do, written a second time: a change has to be meant twice
RIGHTS = {
    "viewer": {"read", "whole"},
    "analyst": {"read", "whole", "ask"},
    "editor": {"read", "whole", "ask", "edit", "review"},
    "loader": {"read", "whole", "ask", "load", "review"},
    "administrator": {"read", "whole", "ask", "edit", "load", "review", "administer"},
    "machine": {"read", "whole", "ask", "edit", "load", "review"},
    "program": {"read", "whole", "ask"},
    "reader": {"read"},  # an editor who may not see everything
    "nobody": set(),
}


def may(visitor, policy):
    if isinstance(policy, Right):
        return policy.value in RIGHTS[visitor]
    return {
        Door.OPEN: True,
        Door.BEARER: True,  # without the right one its page shows nothing; test_delivery.py
        Door.FIRST_RUN: visitor == "machine",
        Door.SIGNED_IN: visitor not in {"nobody", "machine", "program"},
    }[policy]


def make(no_graph, home, *, people=True):
    app = create_app(no_graph, Settings.read({"PEYVAND_HOME": str(home), "PEYVAND_HOSTS": "peyvand.example.org"}))
    if people:
        with app.app_context():
            for role in ("administrator", *(name for name in ROLES if name != "administrator")):
                password = PASSWORD if role == "administrator" else None
                accounts().add(f"{role}@example.org", role, password, "restricted")
            accounts().add("reader@example.org", "editor", clearance="internal")
            kept = accounts().find("administrator@example.org").password
            for user in accounts().all():
                user.password = kept
            accounts().session.commit()
    return app


@pytest.fixture
def app(no_graph, tmp_path):
    return make(no_graph, tmp_path)


@pytest.fixture
def alone(no_graph, tmp_path):
    return make(no_graph, tmp_path, people=False)


class Browser(FlaskClient):
    """A client that asks for this host unless told otherwise."""

    def open(self, *arguments, **options):
        return super().open(*arguments, **{"base_url": f"http://{HOST}", **options})


def client(app, role=""):
    app.test_client_class = Browser
    made = app.test_client()
    if role:
        answer = made.post("/login", data={"email": f"{role}@example.org", "password": PASSWORD})
        assert answer.status_code == HTTPStatus.SEE_OTHER
    return made


def issue(app, role):
    with app.app_context():
        secret = tokens.issue(accounts().session, accounts().find(f"{role}@example.org"), "test", 1)
        accounts().session.commit()
    return secret


def addresses(app):
    """Return every endpoint with an address of its and its methods."""
    filled = {"path": "x", "int": 1, "string": "x", "default": "x"}
    adapter = app.url_map.bind(HOST)
    for rule in app.url_map.iter_rules():
        values = {
            name: filled["int" if type(kind).__name__ == "IntegerConverter" else "string"]
            for name, kind in rule._converters.items()
        }
        yield (
            rule.endpoint,
            adapter.build(rule.endpoint, values, force_external=False),
            sorted(rule.methods - {"OPTIONS", "HEAD"}),
        )


def test_roles_have_the_rights_that_are_meant():
    assert {name: set(role.rights) for name, role in ROLES.items()} == {
        name: rights for name, rights in RIGHTS.items() if name in ROLES
    }


def test_every_address_has_a_policy_and_every_policy_an_address(alone):
    assert set(alone.view_functions) == set(POLICIES)


def test_what_is_open_to_everybody_shows_nothing_of_the_graph():
    assert {name for name, policy in POLICIES.items() if policy is Door.OPEN} == {
        "static",
        "styles.types",
        "health.live",
        "health.ready",
        "account.login",
        "provider.start",  # with no graph and nobody known; test_provider.py
        "provider.back",
        "provider.leave",
        "factor.ask",  # its page looks at who has shown a password; test_factors.py
        "setup.password",
    }


@pytest.mark.parametrize("visitor", VISITORS)
def test_who_may_reach_which_address_with_which_method(no_graph, tmp_path, visitor):
    app = make(no_graph, tmp_path, people=visitor != "machine")
    browser = client(app, visitor if visitor in {"reader", *ROLES} else "")
    headers = {"Authorization": f"Bearer {issue(app, 'administrator')}"} if visitor == "program" else {}
    app.view_functions = {name: lambda **_values: "reached" for name in app.view_functions}
    cells = 0
    for endpoint, address, methods in addresses(app):
        for method in methods:
            reached = browser.open(address, method=method, headers=headers).text == "reached"
            policy = POLICIES[endpoint]
            a_page = policy not in {Door.OPEN, Door.BEARER} and not for_programs(address)
            expected = may(visitor, policy) and not (visitor == "program" and a_page)
            assert reached is expected, (visitor, method, address)
            cells += 1
    assert cells > len(POLICIES)


@pytest.mark.parametrize("role", ["", "administrator"])
def test_an_address_without_a_policy_is_refused_to_everybody(no_graph, tmp_path, role):
    app = make(no_graph, tmp_path, people=bool(role))
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret", methods=["GET", "POST"])
    browser = client(app, role)
    for method in ("get", "post"):
        answer = getattr(browser, method)("/forgotten")
        assert (answer.status_code, "secret" in answer.text) == (HTTPStatus.FORBIDDEN, False)


def test_what_changes_something_is_never_done_by_get(alone):
    changing = {rule.endpoint for rule in alone.url_map.iter_rules() if rule.methods - SAFE}
    both = {rule.endpoint for rule in alone.url_map.iter_rules() if rule.methods - SAFE and "GET" in rule.methods}
    assert both == {"account.login", "factor.ask", "setup.first", "setup.password"}  # which show a form
    assert changing - both == {
        "account.logout",
        "account.change_password",
        "account.choose_language",
        "account.end_session",
        "account.end_other_sessions",
        "account.add_token",
        "account.revoke_token",
        "factor.confirm",
        "factor.renew_codes",
        "factor.switch_off",
        "admin.add_user",
        "admin.change_user",
        "briefings.as_word",  # takes the picture along, and changes nothing
        "asking.run",  # which is remembered
        "asking.check",  # takes the statement along, and changes nothing
        "asking.form",
        "asking.keep",
        "asking.share",
        "asking.forget",
        "edits.propose",
        "edits.record",
        "edits.again",
        "edits.discard",
        "edits.undo",
        "texts.create",
        "texts.take",
        "texts.remove",
        "watched.watch",
        "watched.seen",
        "watched.choose",
        "channels.add",
        "channels.renew",
        "channels.speak",
        "channels.test",
        "channels.again",
        "channels.remove",
        "watched.stop",
        "digest.done",
        "digest.again",
        "comments.write",
        "comments.mend",
        "comments.remove",
        "comments.take",
        "saved.keep",
        "panorama.keep",
        "saved.rename",
        "saved.share",
        "saved.forget",
        "loads.upload",
        "loads.finish",
        "loads.mend",
        "loads.undo",
        "plans.again",
        "plans.apply",
        "plans.discard",
        "plans.mend",
        "review.decide",
        "review.take_back",
    }


# other sites


SENT = {
    "same-origin": ({"Sec-Fetch-Site": "same-origin", "Origin": f"http://{HOST}"}, True),
    "address bar": ({"Sec-Fetch-Site": "none"}, True),
    "no browser": ({}, True),
    "older browser": ({"Origin": f"http://{HOST}"}, True),
    "cross-site": ({"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}, False),
    "same-site": ({"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9"}, False),
    "cross-site that lies about its origin": ({"Sec-Fetch-Site": "cross-site", "Origin": f"http://{HOST}"}, False),
    "older browser elsewhere": ({"Origin": "http://evil.example"}, False),
    "older browser, other port": ({"Origin": "http://127.0.0.1:9"}, False),
    "unreadable origin": ({"Origin": "http://["}, False),
    "sandboxed frame": ({"Origin": "null"}, False),
    "unheard of": ({"Sec-Fetch-Site": "sideways"}, False),
}


@pytest.mark.parametrize("sent", SENT)
def test_only_pages_of_this_site_change_something(app, sent):
    headers, passes = SENT[sent]
    browser = client(app, "administrator")
    app.view_functions = {name: lambda **_values: "reached" for name in app.view_functions}
    for _endpoint, address, methods in addresses(app):
        if _endpoint == "setup.first":
            continue  # refused anyway: there are accounts
        for method in methods:
            answer = browser.open(address, method=method, headers=headers)
            assert (answer.text == "reached") is (passes or method in SAFE), (sent, method, address)


# how a refusal reads


def test_a_reader_is_sent_to_sign_in_and_comes_back(app):
    browser = client(app)
    away = browser.get("/queries?q=a%20b&tag=x")
    assert (away.status_code, away.location) == (302, "/login?next=/queries?q%3Da%2520b%26tag%3Dx")
    back = browser.post(
        "/login", data={"email": "viewer@example.org", "password": PASSWORD, "next": "/queries?q=a%20b&tag=x"}
    )
    assert (back.status_code, back.location) == (303, "/queries?q=a%20b&tag=x")


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/%0a/evil.example\r",
        "http://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/nowhere/at/all",
        "/logout",
        "/account/sessions/end",
        "/\x00",
        "//[",
        "",
        " /queries",
        "/.//evil.example",
    ],
)
def test_signing_in_leads_nowhere_but_to_a_page_here(app, wanted):
    answer = client(app).post("/login", data={"email": "viewer@example.org", "password": PASSWORD, "next": wanted})
    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize(("language", "sentence"), [("en", "Sign in first"), ("fa", "نخست وارد شوید")])
@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=x", "/queries/cities/sister_cities.json?x=1", "/queries/cities/sister_cities.csv?x=1"]
)
def test_a_program_without_a_token_is_told_so_in_json(app, path, language, sentence):
    answer = client(app).get(f"{path}&lang={language}")
    assert (answer.status_code, answer.headers["WWW-Authenticate"].split()[0]) == (401, "Bearer")
    assert sentence in answer.json["detail"]


@pytest.mark.parametrize(
    ("language", "sentence", "again"),
    [("en", "Your session has ended.", "Sign in again."), ("fa", "نشست شما پایان یافته است.", "دوباره وارد شوید.")],
)
def test_a_page_of_ours_is_told_that_its_reader_is_out_and_where_to_come_in(app, language, sentence, again):
    ours = {"Sec-Fetch-Site": "same-origin"}
    browser = client(app)
    told = browser.get(f"/api/v1/search?q=x&lang={language}", headers=ours)
    assert (told.status_code, told.json["detail"]) == (401, sentence)
    assert (told.json["sign_in"], told.json["again"]) == ("/login", again)
    for method, path in (("GET", "/entities/place:x/panel"), ("POST", "/account/tokens")):
        page = browser.open(f"{path}?lang={language}", method=method, headers=ours)
        link = BeautifulSoup(page.data, "html.parser").select_one("article a[href='/login']")
        assert (page.status_code, link.text.strip()) == (401, again)
        assert sentence in page.text
    program = browser.get("/api/v1/search?q=x", headers={**ours, "Authorization": "Bearer old"})
    assert "sign_in" not in program.json


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Your role does not allow this: Viewer"), ("fa", "نقش شما اجازهٔ این کار را نمی‌دهد: بیننده")],
)
def test_who_may_not_is_told_their_role_in_their_language(app, language, sentence):
    answer = client(app, "viewer").get(f"/admin/users?lang={language}")
    assert answer.status_code == 403
    assert sentence in answer.text


def test_a_stranger_sees_nothing_of_the_graph_and_no_list_of_what_exists(app):
    browser = client(app)
    for path in ("/login?lang=en", "/nowhere?lang=en", "/invite/none?lang=en", "/entities/place:mashhad?lang=en"):
        page = browser.get(path, follow_redirects=True).text
        assert "<footer" not in page, path
        assert "/explore" not in page.replace("next=", "").partition("<main")[0], path
    assert browser.get("/nowhere").status_code == browser.get("/explore").status_code == 302
    assert client(app, "viewer").get("/nowhere").status_code == 404


# who is at this machine


def test_without_accounts_only_this_machine_is_answered_and_the_page_says_so(alone):
    browser = client(alone)
    page = browser.get("/?lang=en").text
    assert "Only this machine is served." in page
    assert "peyvand user add" in page
    for elsewhere in ({"REMOTE_ADDR": "10.0.0.7"}, {"REMOTE_ADDR": "fe80::1"}, {"REMOTE_ADDR": ""}):
        assert browser.get("/api/v1/search?q=x", environ_overrides=elsewhere).status_code == 401
    by_proxies = "Forwarded Via X-Real-IP X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port"
    for header in (*by_proxies.split(), "CF-Connecting-IP"):
        assert browser.get("/api/v1/search?q=x", headers={header: "10.0.0.7"}).status_code == 401, header
    assert browser.get("/api/v1/search?q=x", environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200


def test_without_accounts_other_sites_may_lead_here_but_neither_fetch_nor_embed(alone):
    browser = client(alone)
    fetched = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    for path in ("/", "/explore", "/api/v1/search?q=x", "/nowhere"):
        assert browser.get(path, headers=fetched).status_code == 403, path
    for passes in (
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
    ):
        assert browser.get("/explore", headers=passes).status_code == 200, passes
    assert browser.get("/static/css/app.css", headers=fetched, buffered=True).status_code == 200


def test_with_accounts_this_machine_signs_in_like_any_other(app):
    browser = client(app)
    assert browser.get("/").status_code == 302
    assert "Only this machine" not in client(app, "viewer").get("/?lang=en").text


def test_names_of_the_setting_are_answered_once_there_are_accounts(no_graph, tmp_path):
    app = make(no_graph, tmp_path, people=False)
    browser = client(app)
    asked = {"Host": "Peyvand.example.org:8443"}
    assert browser.get("/login", headers=asked).status_code == 400
    with app.app_context():
        accounts().add("root@example.org", "administrator", PASSWORD)
    assert browser.get("/login", headers=asked).status_code == 200
    assert browser.get("/login", headers={"Host": "evil.example"}).status_code == 400


def test_the_cookie_is_for_this_site_only_and_over_https_for_this_host_only(app):
    data = {"email": "viewer@example.org", "password": PASSWORD}
    plain = app.test_client().post("/login", data=data, base_url=f"http://{HOST}").headers["Set-Cookie"]
    assert plain.startswith("peyvand=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(plain.split("; "))
    answer = app.test_client().post("/login", data=data, base_url=f"https://{HOST}")
    secure = answer.headers["Set-Cookie"]
    assert secure.startswith("__Host-peyvand=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"} == set(secure.split("; ")[1:])
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_what_is_remembered_is_for_this_host_only_over_https_and_goes_with_the_session(app):
    browser, there = client(app, "viewer"), f"https://{HOST}"
    kept = browser.get("/login?theme=dark&lang=fa", base_url=there).headers.getlist("Set-Cookie")
    assert {text.partition("=")[0] for text in kept} == {"__Host-theme", "__Host-language"}
    assert all({"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(text.split("; ")) for text in kept)
    assert 'lang="fa"' in browser.get("/login", base_url=there).text
    browser.post("/login", data={"email": "viewer@example.org", "password": PASSWORD}, base_url=there)
    left = browser.post("/logout", base_url=there)
    assert left.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client(app, "viewer").post("/logout").headers


def test_a_database_that_fails_is_said_and_lets_nobody_in(app):
    browser = client(app, "viewer")
    accounts_ = app.extensions["accounts"]
    accounts_._database.engine.dispose()
    for file in accounts_._database.engine.url.database, accounts_._database.engine.url.database + "-wal":
        with open(file, "wb") as stream:  # noqa: PTH123 - as short as it gets
            stream.write(b"broken " * 1000)
    answer = browser.get("/explore?lang=en")
    assert answer.status_code == 503
    assert "application database does not answer" in answer.text
    assert "<footer" not in answer.text

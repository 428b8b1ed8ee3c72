"""The pages of accounts as their readers see them, and the same from the command line."""

import json
import threading
from contextlib import closing
from http.client import HTTPConnection

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import event

from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.auth.keys import digest
from graph_app.cli import peyvand
from graph_app.cli import server as serving
from graph_app.database.tables import LoginSession
from graph_app.errors import AccountError, SettingError
from graph_app.settings import Settings
from graph_app.views.account import browser

ADMIN, ANN = "root@example.org", "ann@example.org"
PASSWORD = "four quiet words apart"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


class Browser(FlaskClient):
    """A client that speaks to this host, in English, and reads pages."""

    def open(self, *arguments, **options):
        options.setdefault("headers", {"Accept-Language": "en", "User-Agent": CHROME})
        return super().open(*arguments, **{"base_url": "http://127.0.0.1:5000", **options})

    def page(self, address, **form):
        answer = self.post(address, data=form, follow_redirects=True) if form else self.get(address)
        return BeautifulSoup(answer.data, "html.parser")


@pytest.fixture
def app(no_graph, tmp_path):
    made = create_app(no_graph, Settings.read({"PEYVAND_HOME": str(tmp_path)}), testing=True)
    made.test_client_class = Browser
    with made.app_context():
        kept = accounts().add(ADMIN, "administrator", PASSWORD).password
        accounts().add(ANN, "viewer").password = kept
        accounts().session.commit()
    return made


def sign_in(app, email):
    made = app.test_client()
    assert made.post("/login", data={"email": email, "password": PASSWORD}).status_code == 303
    return made


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_form_to_sign_in_has_labels_and_lets_password_managers_work(app, language):
    page = app.test_client().page(f"/login?lang={language}")
    assert page.html["dir"] == ("rtl" if language == "fa" else "ltr")
    fields = {field["name"]: field["autocomplete"] for field in page.select("main input")}
    assert fields == {"email": "username", "password": "current-password"}
    assert all(field.find_parent("label").text.strip() for field in page.select("main input"))
    assert not page.select("[onpaste], .search, nav")


def test_a_wrong_password_keeps_the_address_and_names_neither(app):
    page = app.test_client().page("/login", email=ANN, password="wrong")
    assert page.select_one("[role=alert]").text == "The e-mail address or the password is wrong."
    assert page.select_one("[name=email]")["value"] == ANN
    assert not page.select_one("[name=password]").get("value")


def test_the_menu_shows_who_is_signed_in_and_what_they_may(app):
    ann, root = (sign_in(app, email).page("/") for email in (ANN, ADMIN))
    assert ann.select_one(".menu .who bdi").text == ANN
    assert not ann.select("a[href='/admin/users']")
    assert root.select("a[href='/admin/users']")
    assert ann.select_one("form[action='/logout']")["method"] == "post"


def test_my_sessions_are_listed_with_their_browser_and_the_one_in_use_is_marked(app):
    sign_in(app, ANN)
    here = sign_in(app, ANN)
    rows = here.page("/account").select("[aria-labelledby=sessions] tbody tr")
    assert [row.td.bdi.text for row in rows] == ["Chrome · Windows"] * 2
    assert sum("this one" in row.text for row in rows) == 1
    mine = next(row for row in rows if "this one" in row.text)
    assert not mine.select("button")
    left = here.page(next(row.button["formaction"] for row in rows if row.button), current=PASSWORD)
    assert len(left.select("[aria-labelledby=sessions] tbody tr")) == 1
    assert left.select_one("main [role=status]").text == "The session is ended."


def test_who_asks_is_found_out_with_one_statement_of_the_application_database(app):
    made, ann = app.test_client(), sign_in(app, ANN)
    secret = ann.page("/account/tokens", name="x", days="1").select_one(".shown-once input")["value"]
    bearer = {"Authorization": f"Bearer {secret}"}
    made.get("/api/v1/search?q=", headers=bearer)  # writes down when the token was last used
    sent = []
    watched = app.extensions["database"].engine
    event.listen(watched, "before_cursor_execute", lambda _c, _d, statement, *_: sent.append(statement))
    assert ann.get("/api/v1/search?q=").status_code == 200
    assert made.get("/api/v1/search?q=", headers=bearer).status_code == 200
    asked = [statement for statement in sent if statement.startswith("SELECT")]
    assert [name for one in asked for name in ("sessions", "tokens") if f"FROM {name}" in one] == ["sessions", "tokens"]
    assert len(asked) == 2


@pytest.mark.parametrize(("language", "sentence"), [("en", "More was sent than"), ("fa", "بیش از آنچه")])
def test_more_than_a_form_can_hold_is_refused_with_a_sentence(app, language, sentence):
    anybody_ = app.test_client()
    many = {f"field {number}": "x" for number in range(201)}
    for form, kind in (({"email": "x" * 2**20}, None), (many, "multipart/form-data")):
        answer = anybody_.post(f"/login?lang={language}", data=form, content_type=kind)
        assert answer.status_code == 413
        assert sentence in answer.text


def test_a_body_beyond_all_bounds_is_refused_before_it_is_read(app):
    listener = serving._listen(app, "127.0.0.1", 0)
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    with closing(HTTPConnection("127.0.0.1", listener.port, timeout=20)) as connection:
        connection.putrequest("POST", "/login")
        connection.putheader("Content-Length", str(2**40))
        connection.endheaders(b"email=")
        assert connection.getresponse().status == 413
    listener.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (CHROME, "Chrome · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36", "Chrome · Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "–"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent, shown):
    assert browser(agent) == shown


def test_a_token_is_shown_once_and_listed_by_its_name(app):
    ann = sign_in(app, ANN)
    page = ann.page("/account/tokens", name="<b>report</b>", days="30")
    secret = page.select_one(".shown-once input")["value"]
    assert secret.startswith("pey_")
    again = ann.page("/account")
    assert secret not in str(again)
    assert again.select_one("[aria-labelledby=tokens] tbody bdi").text == "<b>report</b>"
    fresh = app.test_client()
    assert fresh.get("/api/v1/search?q=", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert fresh.get("/api/v1/search?q=", headers={"Authorization": f"bearer  {secret} "}).status_code == 200
    assert fresh.get(f"/api/v1/search?q=&auth_token={secret}").status_code == 401  # never in an address
    ann.page(again.select_one("[aria-labelledby=tokens] tbody form")["action"], sent="yes")
    assert fresh.get("/api/v1/search?q=", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


@pytest.mark.parametrize(
    ("name", "days", "why"),
    [
        ("", "5", "Give the token a name"),
        ("x", "0", "from 1 to 366"),
        ("x", "many", "from 1 to 366"),
        ("x", "367", "366"),
    ],
)
def test_a_token_without_name_or_end_is_refused(app, name, days, why):
    assert why in sign_in(app, ANN).page("/account/tokens", name=name, days=days).select_one("[role=alert]").text


def test_a_language_kept_with_the_account_holds_in_a_new_browser(app):
    assert sign_in(app, ANN).page("/account/language", language="fa").html["lang"] == "fa"
    assert sign_in(app, ANN).page("/account").html["lang"] == "fa"
    assert "no such language" in sign_in(app, ADMIN).page("/account/language", language="de").text


def test_an_administrator_invites_and_the_link_is_shown_once(app):
    root = sign_in(app, ADMIN)
    page = root.page("/admin/users", email="Reza@Example.org", role="loader")
    link = page.select_one(".shown-once input")["value"]
    assert link.startswith("http://127.0.0.1:5000/invite/")
    assert link not in str(root.page("/admin/users"))
    row = next(row for row in root.page("/admin/users").select("tbody tr") if "reza@example.org" in row.text)
    assert "invited" in row.text
    assert row.select_one("option[selected]")["value"] == "loader"
    reza = app.test_client()
    assert (
        reza.page(link.removeprefix("http://127.0.0.1:5000"), password=PASSWORD).select_one(".who bdi").text
        == "reza@example.org"
    )


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"email": "nobody", "role": "viewer"}, "is not an e-mail address"),
        ({"email": ANN, "role": "viewer"}, "already"),
        ({"email": "x@example.org", "role": "king"}, "no role"),
    ],
)
def test_an_account_that_cannot_be_added_says_why(app, form, why):
    assert why in sign_in(app, ADMIN).page("/admin/users", **form).select_one("[role=alert]").text


def test_an_administrator_changes_roles_and_disables_and_is_told(app):
    root, ann = sign_in(app, ADMIN), sign_in(app, ANN)
    number = 2
    for form, told in (
        ({"do": "role", "role": "editor"}, "is changed"),
        ({"do": "role", "role": "king"}, "no role"),
        ({"do": "clearance", "clearance": "internal"}, "is changed"),
        ({"do": "clearance", "clearance": "cosmic"}, "no level"),
        ({"do": "nothing"}, "Nothing was chosen"),
        ({"do": "disable"}, "is changed"),
        ({"do": "enable"}, "is changed"),
        ({"do": "sessions"}, "is changed"),
        ({"do": "link"}, "A link for"),
    ):
        assert told in root.page(f"/admin/users/{number}", **form).main.text, form
    assert ann.get("/account").status_code == 302
    assert "last administrator" in root.page("/admin/users/1", do="disable").text
    assert "no such account" in root.page("/admin/users/99", do="disable").text
    with app.app_context():
        ann = accounts().find(ANN)
        assert (ann.role, ann.sees.word, set(ann.rights)) == ("editor", "internal", {"read"})


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("address", ["/account", "/admin/users"])
def test_pages_have_one_heading_labelled_fields_and_no_script_in_them(app, address, language):
    page = sign_in(app, ADMIN).page(f"{address}?lang={language}")
    assert len(page.select("h1")) == 1
    for field in page.select("main input:not([type=hidden]), main select"):
        assert field.get("aria-label") or field.find_parent("label"), field
    assert all(button.text.strip() for button in page.select("main button"))
    assert not page.select("style, [style], script:not([src])")


# the command line


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("PEYVAND_HOME", str(tmp_path / "home"))

    def run_(*words, **more):
        found = CliRunner().invoke(peyvand, ["user", *words], **more)
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    return run_


def add_root(run):
    return run("add", ADMIN, "--role", "administrator", input=f"{PASSWORD}\n{PASSWORD}\n")


def test_the_first_administrator_can_be_made_on_the_command_line(run, no_graph):
    told = add_root(run)
    assert (told.exit_code, told.stdout) == (0, "")
    assert f"{ADMIN} is added: Administrator" in told.stderr
    assert PASSWORD not in told.output
    app = create_app(no_graph, Settings.read(), testing=True)
    app.test_client_class = Browser
    assert sign_in(app, ADMIN).get("/admin/users").status_code == 200


def test_a_weak_password_is_asked_for_again(run):
    told = run("add", ADMIN, "--role", "administrator", input=f"short\nshort\n{PASSWORD}\n{PASSWORD}\n")
    assert "at least 12 characters" in told.stderr
    assert told.exit_code == 0


def test_who_is_no_administrator_is_not_the_first(run):
    with pytest.raises(AccountError, match="must be an administrator"):
        run("add", ANN, "--link")


def test_accounts_are_listed_changed_and_disabled_on_the_command_line(run):
    add_root(run)
    link = run("add", ANN, "--link", "--address", "https://peyvand.example.org/").stdout.strip()
    assert link.startswith("https://peyvand.example.org/invite/")
    assert run("link", ANN).stdout.startswith("http://127.0.0.1:5000/invite/")
    run("role", ANN, "analyst")
    assert run("clearance", ANN, "internal").stderr == f"{ANN} may now see: Internal.\n"
    run("disable", ANN)
    rows = json.loads(run("list", "--format", "json").stdout)
    told = {"email": ANN, "role": "analyst", "clearance": "internal", "active": False, "sessions": 0, "tokens": 0}
    assert rows[0] == told
    link = run("link", ANN)
    assert link.stdout.startswith("http://127.0.0.1:5000/invite/")
    assert f"{ANN} is disabled: the link works after" in link.stderr
    run("enable", ANN)
    assert "disabled" not in run("link", ANN).stderr
    table = run("list").stdout
    assert "Analyst" in table
    assert ADMIN in table
    with pytest.raises(AccountError, match="last administrator"):
        run("disable", ADMIN)


def test_a_token_is_printed_alone_so_that_a_script_can_take_it(run, no_graph):
    add_root(run)
    secret = run("token", ADMIN, "nightly").stdout.strip()
    app = create_app(no_graph, Settings.read())
    app.test_client_class = Browser
    asked = app.test_client().get("/api/v1/search?q=", headers={"Authorization": f"Bearer {secret}"})
    assert asked.status_code == 200


HERE, EVERYWHERE = "127.0.0.1", serving._EVERYWHERE[0]


@pytest.mark.parametrize(
    ("host", "given", "known", "names"),
    [
        (HERE, {}, False, ""),
        (HERE, {}, True, ""),
        ("192.168.1.5", {}, True, ",192.168.1.5"),
        ("192.168.1.5", {"PEYVAND_HOSTS": "peyvand.local"}, True, "peyvand.local,192.168.1.5"),
        (EVERYWHERE, {"PEYVAND_HOSTS": "peyvand.local"}, True, "peyvand.local"),
        (EVERYWHERE, {}, True, SettingError("PEYVAND_HOSTS")),
        (EVERYWHERE, {"PEYVAND_HOSTS": "peyvand.local"}, False, SettingError("only this machine is served")),
        ("192.168.1.5", {}, False, SettingError("user add EMAIL --role administrator")),
        (HERE, {"PEYVAND_PROXY": HERE}, False, SettingError("no PEYVAND_PROXY")),
    ],
)
def test_other_machines_are_refused_without_accounts_and_need_names_with_them(host, given, known, names):
    settings = Settings.read(given)
    if isinstance(names, SettingError):
        with pytest.raises(SettingError, match=names.message):
            serving._with_names(settings, host, known=known)
    else:
        assert serving._with_names(settings, host, known=known).text("PEYVAND_HOSTS") == names


def test_a_proxy_is_believed_only_if_it_is_named():
    assert serving._proxy(Settings.read({})) == {"clear_untrusted_proxy_headers": False}
    assert serving._proxy(Settings.read({"PEYVAND_PROXY": "10.0.0.2"}))["trusted_proxy"] == "10.0.0.2"


def test_the_console_link_is_kept_as_a_digest_only(app, capsys):
    serving._say_how_to_let_others_in(app.extensions["database"], "http://127.0.0.1:5000/")
    told = capsys.readouterr().err
    secret = told.strip().rpartition("/")[2]
    assert len(secret) == 43
    path = app.extensions["database"].engine.url.database
    with app.extensions["database"].reading() as session:
        assert session.connection().exec_driver_sql("SELECT digest FROM links").scalars().all() == [digest(secret)]
        assert session.query(LoginSession).count() == 0
    for suffix in ("", "-wal"):
        with open(path + suffix, "rb") as stream:  # noqa: PTH123 - two names of one file
            assert secret.encode() not in stream.read()

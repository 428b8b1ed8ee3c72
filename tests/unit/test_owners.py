"""Whose a thing is: every address that names one, for each visitor and state of it, through the real application."""

from contextlib import suppress
from datetime import timedelta
from functools import cache

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect

from graph_app.app import create_app
from graph_app.auth import tokens
from graph_app.auth.extension import accounts
from graph_app.auth.keys import digest, new_secret
from graph_app.catalog.drafted import Draft
from graph_app.catalog.kept import Kept
from graph_app.catalog.question import Answer
from graph_app.confidentiality import HIGHEST
from graph_app.database.tables import Channel, LoginSession, OwnStatement, SavedView, Token, Watch, now
from graph_app.graph.results import Table
from graph_app.settings import Settings

PASSWORD = "four quiet words apart"
HOST = "http://127.0.0.1:5000"
OWNER = "owner@example.org"
ROLES = {OWNER: "analyst", "other@example.org": "analyst", "viewer@example.org": "viewer"} | {
    "editor@example.org": "editor",
    "loader@example.org": "loader",
    "root@example.org": "administrator",
}
MARK = "kept-only-for-its-owner"

# endpoint: the thing it is about, what it does with it, and the form that is sent; "open" may who it is shared with
OWNED = {
    "saved.open": ("view", "open", {}),
    "saved.rename": ("view", "change", {"name": "another"}),
    "saved.share": ("view", "share", {}),
    "saved.forget": ("view", "change", {}),
    "asking.promote": ("statement", "open", {}),
    "asking.share": ("statement", "share", {}),
    "asking.forget": ("statement", "change", {}),
    "asking.rows": ("answer", "open", {}),
    "asking.as_file": ("answer", "open", {}),
    "watched.seen": ("watch", "change", {}),
    "watched.choose": ("watch", "only answer", {}),
    "watched.stop": ("watch", "change", {}),
    "channels.renew": ("channel", "change", {}),
    "channels.speak": ("channel", "change", {"language": "fa"}),
    "channels.test": ("channel", "only answer", {}),
    "channels.again": ("channel", "only answer", {}),
    "channels.remove": ("channel", "change", {}),
    "account.end_session": ("session", "change", {"current": PASSWORD}),
    "account.revoke_token": ("token", "change", {}),
}
# addresses that name something which is everybody's who may come there at all, or which a secret opens
NOT_OWNED = {
    "static": "files of the app",
    "briefings.as_file": "a kind of file",
    "channels.atom": "the secret in the address; test_delivery.py",
    "setup.first": "the secret in the address; tests/database/test_accounts.py",
    "setup.password": "the secret in the address; tests/database/test_accounts.py",
    "comments.mend": "who wrote it; tests/database/test_reminders.py",
    "comments.remove": "who wrote it, or an administrator; tests/database/test_reminders.py",
    "admin.change_user": "accounts are the administrators'",
}
SHARED = ("entities", "sheets", "partners", "bilateral", "history", "sources", "documents", "quality", "api")
SHARED += ("queries", "answer_files", "questions")  # the graph and its questions are one for all who read
SHARED += ("edits", "texts", "loads", "plans", "review")  # work on the graph is common to all with the right to do it
IN_QUERY = {"explore.index": ("view", "view"), "panorama.index": ("view", "view"), "asking.index": ("own", "statement")}
VISITORS = ("nobody", "program", *ROLES)


class Browser(FlaskClient):
    def open(self, *arguments, **options):
        return super().open(*arguments, **{"base_url": HOST, **options})


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    class NoGraph:
        rows, elements, seconds = 1000, 300, 10
        clearance = HIGHEST

        def whole(self):
            return self

        def seen_with(self, _clearance):
            return self

        def begin(self, *asked, **limits):
            return lambda: self.table(*asked, **limits)

        def table(self, *_asked, **_limits):
            return Table((), [])

    made = create_app(NoGraph(), Settings.read({"PEYVAND_HOME": str(tmp_path_factory.mktemp("home"))}))
    with made.app_context():
        accounts().add("root@example.org", "administrator", PASSWORD)
        kept = accounts().find("root@example.org").password
        for email, role in ROLES.items():
            if role != "administrator":
                accounts().add(email, role, clearance="restricted").password = kept
        accounts().session.commit()
    made.test_client_class = Browser
    return made


@pytest.fixture(scope="module")
def visit(app):
    """Ask as one of the visitors, each of whom comes in once."""

    @cache
    def visit(visitor):
        browser, headers = app.test_client(), {}
        if visitor in ROLES:
            assert browser.post("/login", data={"email": visitor, "password": PASSWORD}).status_code == 303
        if visitor == "program":
            with app.app_context():
                secret = tokens.issue(accounts().session, accounts().find("other@example.org"), "test", 1)
                accounts().session.commit()
            headers = {"Authorization": f"Bearer {secret}"}
        return lambda method, address, **more: browser.open(address, method=method, headers=headers, **more)

    return visit


class Things:
    """Things of the owner, made anew for each cell."""

    def __init__(self, app):
        self.database = app.extensions["database"]
        with app.app_context():
            self.owner = accounts().find(OWNER).id
        self.app = app

    def make(self, kind, state):
        """Return the row of a new thing and what names it in addresses; both of one that is gone lead nowhere."""
        key = new_secret()[:22]
        shared = state == "shared"
        match kind:
            case "view":
                row = SavedView(key=key, owner=self.owner, name=MARK, address=f"?ids=place:{MARK}", shared=shared)
                row.steps, row.seen = [], {}
            case "statement":
                row = OwnStatement(key=key, owner=self.owner, name=MARK, text="RETURN 1", given={}, shared=shared)
                row.asked_at = now()
            case "watch":
                row = Watch(key=key, owner=self.owner, question="", given={"reminders": "due"})
                row.seen, row.seen_at = {"columns": [], "rows": {}, "cut": False}, now() - timedelta(days=1)
            case "channel":
                row = Channel(key=key, owner=self.owner, kind="feed", address="", language="en", site=HOST)
                row.digest = digest(key)
            case "session":
                row = LoginSession(digest=digest(key), user_id=self.owner, data="{}", address="", agent="")
            case "token":
                row = Token(digest=digest(key), user_id=self.owner, name=MARK, scope="read", expires_at=now())
            case "answer":
                return None, {"token": self.answer(key, state), "ending": "json"}
        with self.database.writing() as session:
            session.add(row)
            session.flush()
            named = row.digest[:16] if kind == "session" else getattr(row, "id", None) or getattr(row, "key", None)
            if state == "gone":
                session.delete(row)
        return row, {"key": named, "number": named, "name": named}

    def answer(self, token, state):
        if state != "gone":
            question = Draft("RETURN 1 AS x", {}, {}).question
            answer = Answer(question, {}, Table(("x",), [(MARK,)]), 0.1)
            self.app.extensions["answers"].keep(
                Kept(f"asked:person:{self.owner}:restricted:ask,read,whole:{token}", answer, token)
            )
        return token

    def state_of(self, row):
        """Return all that is kept of a row now; None once it is gone."""
        with self.database.reading() as session:
            kept = session.get(type(row), inspect(row).identity) if row is not None else None
            return {name: value for name, value in vars(kept).items() if name[0] != "_"} if kept else None


@pytest.fixture
def things(app):
    return Things(app)


def states(kind):
    return ("private", "shared", "gone") if kind in {"view", "statement"} else ("private", "gone")


def may(visitor, kind, does, state):
    if state == "gone":
        return False
    if visitor == OWNER:
        return True
    if kind == "view" and does != "open" and visitor == "root@example.org":
        return True  # administrators clear up
    asks = ROLES.get(visitor, "viewer") != "viewer" or visitor == "program"
    pages_only = visitor in {"nobody", "program"}
    return does == "open" and state == "shared" and not pages_only and (kind == "view" or asks)


def test_every_address_that_names_something_is_in_the_matrix_or_says_why_not(app):
    named = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}
    left = {name for name in named if name.partition(".")[0] not in SHARED}
    assert left == set(OWNED) | set(NOT_OWNED)


@pytest.mark.parametrize("endpoint", OWNED)
def test_what_is_somebodys_is_theirs_alone_and_what_is_shared_is_only_looked_at(app, visit, things, endpoint):
    kind, does, form = OWNED[endpoint]
    [method] = {method for rule in app.url_map.iter_rules(endpoint) for method in rule.methods} - {"HEAD", "OPTIONS"}
    asks = next(app.url_map.iter_rules(endpoint)).arguments
    adapter = app.url_map.bind("127.0.0.1:5000")
    for visitor in VISITORS:
        ask = visit(visitor)
        for state in states(kind):
            row, names = things.make(kind, state)
            sent = form
            if does == "share":
                sent = {} if state == "shared" else {"shared": "yes"}
            before = things.state_of(row)
            address = adapter.build(endpoint, {name: names[name] for name in asks})
            answer = ask(method, address, data=sent if method == "POST" else None)
            where = visitor, state, answer.status_code
            changed = things.state_of(row) != before
            shown = MARK in answer.text + answer.headers.get("Location", "")
            came = answer.status_code in {200, 303} and "/login" not in answer.headers.get("Location", "")
            expected = may(visitor, kind, does, state)
            assert answer.status_code < 500, where
            if does == "open":
                assert (shown, changed) == (expected, False), where
            elif does == "only answer":
                assert (came, changed) == (expected, False), where
            else:
                assert (changed, shown and not expected) == (expected, False), where


@pytest.mark.parametrize("endpoint", IN_QUERY)
def test_what_an_address_names_in_its_query_is_shown_to_nobody_else(app, visit, things, endpoint):
    name, kind = IN_QUERY[endpoint]
    address = app.url_map.bind("127.0.0.1:5000").build(endpoint)
    for visitor in VISITORS:
        if visitor == OWNER:
            continue
        _row, names = things.make(kind, "private")
        with suppress(AttributeError):  # there is no graph: it got no further than to ask it
            assert MARK not in visit(visitor)("GET", f"{address}?{name}={names['key']}").text, visitor

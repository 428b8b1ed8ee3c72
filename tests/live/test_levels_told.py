"""What is confidential is in no feed, mail and post of watching, no picture that is kept, and no answer to a form."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from threading import Thread
from time import monotonic, sleep

import pytest
from bs4 import BeautifulSoup

from graph_app.auth.extension import accounts
from graph_app.catalog.vetting import Vetting
from graph_app.delivery.courier import Courier
from graph_app.editing.desk import Edits
from graph_app.editing.kinds import KINDS
from graph_app.settings import Settings
from tests.live.test_editing import DAY
from tests.live.test_levels import (
    CITY,
    IDS,
    INTERNAL,
    MOU,
    OPEN,
    PASSWORD,
    PLAN,
    READERS,
    RESTRICTED,
    SIGNING,
    SOURCE,
    browsing,
    site,
    told,
)
from tests.smtp import server

__all__ = ["site"]
pytestmark = pytest.mark.live

HIDDEN = {"public": (RESTRICTED, INTERNAL), "internal": (RESTRICTED,), "restricted": ()}
SEEN = "Zqxpublic"  # a word that everybody may read
MINISTRY = "institution:quran-dev-council"
WHOLE = {"loads", "plans", "review", "edits", "texts"}  # to these only who may see everything is let
SELF = {"account", "factor", "provider", "setup", "admin"}  # a session may end with these
APART = {*WHOLE, *SELF, "static"}
TYPED = {
    "ids": IDS,
    "about": MOU,
    "item": MOU,
    "entity": MOU,
    "open": MOU,
    "a": MOU,
    "b": OPEN,
    "from": MOU,
    "to": CITY,
    "address": f"?ids={IDS}&open={MOU}",
    "name": "kept",
    "text": "said",
    "kind": "feed",
    "language": "en",
    "statement": "MATCH (n) RETURN n",
    "shared": "yes",
    "steps": f'[["{MOU}"]]',
}


@contextmanager
def receiver():
    """Give the posts that a web server on this machine gets, and its port."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield got, listening.server_port
        listening.shutdown()
        thread.join()


def recorded(desk, kind, about, /, **typed):
    """Record an edit, and wait for it as long as a busy machine takes."""
    draft = desk.propose(KINDS[kind], about, {"why": "It was agreed.", **typed}, "officer", DAY)
    assert draft.state.stage == "planned", draft.state.problem
    desk.record(draft, "officer")
    until = monotonic() + 60
    while draft.state.stage == "applying" and monotonic() < until:
        sleep(0.2)
    assert draft.state.stage == "done", draft.state.problem


def posted(rule, app, keys, **known):
    """Yield the addresses of a form, with ids of what is confidential and keys of what somebody else kept."""
    found = {name: known.get(name, MOU) for name in rule.arguments}
    for name in rule.arguments:
        if "int" in type(rule._converters[name]).__name__.lower():
            found[name] = 1
    every = [found]
    for name in rule.arguments & {"key"}:
        every = [{**found, name: key} for key in keys]
    for values in every:
        yield app.url_map.bind("127.0.0.1:5000").build(rule.endpoint, values)


def test_no_form_answers_with_what_its_sender_may_not_see(site):
    browsers = {word: browsing(site, word) for word in READERS}
    secret = browsers["restricted"]
    for form in (
        ("/views", {"address": f"?ids={MOU},{PLAN}", "name": f"{RESTRICTED} picture", "shared": "yes"}),
        ("/panorama?ids=" + IDS, {"name": f"{RESTRICTED} panorama", "shared": "yes"}),
        ("/watched", {"entity": MOU}),
        ("/comments", {"about": MOU, "text": f"{RESTRICTED} remark"}),
        ("/ask/keep", {"statement": f"MATCH (n {{id: '{MOU}'}}) RETURN n", "name": RESTRICTED}),
    ):
        assert secret.post(form[0], data=form[1]).status_code in {302, 303}, form
    pictures = BeautifulSoup(secret.get("/views").text, "html.parser").select("th a")
    keys = ["nobody", *(one["href"].rpartition("/")[2] for one in pictures)]
    assert len(keys) == 3
    assert RESTRICTED in secret.get("/views").text
    leaks, count = [], 0
    for word in ("public", "internal"):
        for rule in sorted(site.url_map.iter_rules(), key=str):
            if "POST" not in rule.methods or rule.endpoint.partition(".")[0] in APART:
                continue
            for address in posted(rule, site, keys):
                for query in ({}, {"ids": IDS}, {"ids": MOU, "about": MOU}):
                    answer = browsers[word].post(
                        address, query_string={**query, "lang": "en"}, data=TYPED, follow_redirects=True
                    )
                    text, count = told(answer), count + 1
                    assert answer.status_code < 500, (address, query)
                    leaks += [(word, address, query, one) for one in HIDDEN[word] if one.lower() in text.lower()]
        for address in ("/views", "/watched", "/ask", "/digest?days=9000", *(f"/views/{key}" for key in keys)):
            text = told(browsers[word].get(address, follow_redirects=True))
            leaks += [(word, address, one) for one in HIDDEN[word] if one.lower() in text.lower()]
    assert count > 100
    assert leaks == []


@pytest.fixture
def workers(site):
    """Browsers of those who load and edit, by role and clearance."""
    with site.app_context():
        password = accounts().find("restricted@example.org").password
        for role, word in product(("loader", "editor"), READERS):
            accounts().add(f"{role}-{word}@example.org", role, clearance=word).password = password
        accounts().session.commit()
    return {(role, word): browsing(site, f"{role}-{word}") for role, word in product(("loader", "editor"), READERS)}


def test_no_page_and_form_of_loads_and_edits_is_for_who_may_not_see_everything(site, ledger, workers):
    known = {"run": ledger.loads()[0].run, "kind": "level", "text": MOU}
    rules = [rule for rule in site.url_map.iter_rules() if rule.endpoint.partition(".")[0] in WHOLE]
    asked = [
        (method, address)
        for rule in rules
        for method in {"GET", "POST"} & rule.methods
        for address in posted(rule, site, ["nobody"], **known)
    ]
    assert len(asked) > 30
    for (_, word), browser in workers.items():
        if word == "restricted":
            continue
        for method, address in asked:
            answer = browser.open(address, method=method, query_string={"about": MOU, "lang": "en"}, data=TYPED)
            text = told(answer)
            answer.close()
            assert answer.status_code == 403, (word, method, address)
            assert not any(one in text for one in HIDDEN[word]), (word, method, address)
    page = workers["editor", "restricted"].get("/edits/new/level", query_string={"about": MOU, "lang": "en"})
    assert RESTRICTED in told(page)
    assert workers["loader", "restricted"].get(f"/loads/runs/{known['run']}").status_code == 200


def test_no_form_of_an_account_tells_what_its_owner_may_not_see(site):
    forms = [
        one for one in site.url_map.iter_rules() if "POST" in one.methods and one.endpoint.partition(".")[0] in SELF
    ]
    assert len(forms) > 10
    for word, rule in product(("public", "internal"), sorted(forms, key=str)):
        for address in posted(rule, site, ["nobody"]):
            answer = browsing(site, word).post(
                address, query_string={"about": MOU, "lang": "en", "next": f"/entities/{MOU}"},
                data={**TYPED, "password": PASSWORD, "clearance": "restricted", "role": "administrator"},
                follow_redirects=True,
            )  # fmt: skip
            assert answer.status_code < 500, address
            assert not any(one in told(answer) for one in HIDDEN[word]), (word, address)
    with site.app_context():
        seen = {word: accounts().find(f"{word}@example.org") for word in READERS}
        assert [(one.clearance, one.role) for one in seen.values()] == [(0, "analyst"), (1, "analyst"), (2, "analyst")]


def test_a_picture_that_was_kept_does_not_tell_what_its_owner_may_not_see_any_more(site):
    browser = browsing(site, "restricted")
    address = f"?ids={MOU},{SIGNING},{OPEN}&open={MOU}"
    kept = browser.post("/views", data={"address": address, "name": "mine"})
    assert RESTRICTED in told(browser.get(kept.location))
    with site.app_context():
        accounts().find("restricted@example.org").clearance = 0
        accounts().session.commit()
    for place in (kept.location, "/views", f"/explore{address}"):
        text = told(browser.get(place, follow_redirects=True))
        assert RESTRICTED not in text, place
        assert INTERNAL not in text, place


def test_what_watching_finds_is_told_to_each_as_far_as_they_may_see_it(site, empty, ledger, tmp_path):
    browsers, feeds = {word: browsing(site, word) for word in READERS}, {}
    settings = site.extensions["settings"]
    with server() as (post, mail_port), receiver() as (got, port):
        values = {"PEYVAND_MAIL_HOST": "127.0.0.1", "PEYVAND_MAIL_PORT": str(mail_port), "PEYVAND_MAIL_TLS": "none"}
        values |= {
            "PEYVAND_MAIL_SENDER": "peyvand@example.org",
            "PEYVAND_HOOK_NETWORKS": "127.0.0.0/8",
            "PEYVAND_HOOK_HTTP": "yes",
        }
        site.extensions["settings"] = mine = Settings({**settings.values, **values})
        for word, browser in browsers.items():
            watched = (
                {"entity": MINISTRY},
                {"entity": PLAN},
                {"entity": MOU},
                {"entity": SOURCE},
                {"reminders": "due"},
            )
            answers = [browser.post("/watched", data={**one, "lang": "en"}).status_code for one in watched]
            assert answers[0] == 303
            assert (answers[2] == 303) == (word == "restricted")
            browser.post("/watched", data={"question": "agreements/by_status", "status": "", "kind": ""})
            made = browser.post("/watched/channels", data={"kind": "feed", "language": "en"})
            feeds[word] = BeautifulSoup(made.text, "html.parser").select_one(".shown-once input")["value"]
            browser.post("/watched/channels", data={"kind": "mail", "language": "en"})
            hook = f"http://127.0.0.1:{port}/{word}"
            assert browser.post("/watched/channels", data={"kind": "hook", "address": hook}).status_code == 200
        courier = Courier(site.extensions["store"], ledger.database, mine, site.extensions["questions"], Vetting())
        courier.check()
        desk = Edits(empty, ledger.database, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
        for name, level in ((RESTRICTED, "restricted"), (INTERNAL, "internal"), (SEEN, "public")):
            given = {"title_en": f"{name} accord", "kind": "mou", "first_party": MINISTRY, "act": "drafted"}
            recorded(desk, "agreement", None, **given, confidentiality=level, document_title=f"{name} letter")
        recorded(desk, "level", PLAN, confidentiality="restricted", why=f"{RESTRICTED} reason")
        courier.check()
        courier.deliver()
        pages = {word: told(browsers[word].get("/watched", query_string={"lang": "en"})) for word in READERS}
    for word in READERS:
        ways = {
            "feed": told(site.test_client().get(feeds[word].replace("http://127.0.0.1:5000", ""))),
            "mail": "\n".join(
                f"{mail['Subject']}\n" + "\n".join(mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
                for envelope, mail in post.mails
                if envelope.rcpt_tos == [f"{word}@example.org"]
            ),
            "hook": "\n".join(body for path, body in got if path == f"/{word}"),
            "page": pages[word],
        }
        for way, text in ways.items():
            assert SEEN in text, (word, way)
            for one in (RESTRICTED, INTERNAL):
                assert (one in text) == (one not in HIDDEN[word]), (word, way, one)

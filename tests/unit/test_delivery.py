"""Telling what was found, over real connections: mail, signed posts, the feed; and where posts may never go."""

import base64
import hashlib
import hmac
import json
import shutil
import socket
import ssl
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.database import open_database
from graph_app.database.owned import Owner
from graph_app.database.tables import Delivery, Finding, User, Watch
from graph_app.delivery import dialling, digest, hooks, mail, outbox
from graph_app.delivery.channels import Channels
from graph_app.delivery.dialling import Reach
from graph_app.delivery.sending import Sent, deliver
from graph_app.errors import DeliveryError, SettingError
from graph_app.settings import Settings
from tests.smtp import server

SITE = "http://127.0.0.1:5000"
ATOM = "{http://www.w3.org/2005/Atom}"
ALONE = Owner(None)
HERE = {"PEYVAND_HOOK_NETWORKS": "127.0.0.0/8", "PEYVAND_HOOK_HTTP": "yes"}
MASHHAD = {"id": "place:mashhad", "labels": ["City", "Entity"], "name_fa": "مشهد", "name_en": "Mashhad"}
EVIL = {
    "id": "place:evil",
    "labels": ["City"],
    "name_en": "<script>x</script>\r\nBcc: all@example.org\x00",
    "name_fa": None,
}


def told(*cells, title="Sister cities", problem=None):
    changes = [["new", None, list(row)] for row in cells]
    found = {
        "titles": {"en": title, "fa": "خواهرخوانده‌ها"},
        "path": "/queries/cities/sister_cities?city=place%3Amashhad",
        "question": "cities/sister_cities",
        "given": {"city": "place:mashhad"},
        "columns": [{"en": "City", "fa": "شهر"}, {"en": "Number", "fa": "شمار"}],
        "changes": changes,
        "counts": {"new": len(changes)} if changes else {},
        "cut": False,
    }
    return {**found, "problem": problem} if problem else found


@pytest.fixture
def database(tmp_path):
    opened = open_database(Settings.read({"PEYVAND_HOME": str(tmp_path)}))
    yield opened
    opened.close()


@pytest.fixture
def find(database):
    """Keep a watch, and then findings of it."""

    def keep(*findings, watch="w", owner=None):
        with database.writing() as session:
            if session.get(Watch, watch) is None:
                session.add(Watch(key=watch, owner=owner, question="a/b", given={}, seen={"rows": {}}))
                session.flush()
            number = len(session.query(Finding).all())
            session.add_all(Finding(key=f"0000{number + i}", watch=watch, told=one) for i, one in enumerate(findings))

    return keep


def settings(port, **more):
    basics = {
        "PEYVAND_MAIL_HOST": "127.0.0.1",
        "PEYVAND_MAIL_PORT": str(port),
        "PEYVAND_MAIL_TLS": "none",
        "PEYVAND_MAIL_SENDER": "peyvand@example.org",
    }
    return Settings.read({**basics, **more})


def add(database, kind, address="", language="en", reach=None, owner=ALONE):
    return Channels(database).add(owner, kind, address, language, SITE, reach or Reach())


def states(database):
    with database.reading() as session:
        return [(one.state, one.tries) for one in session.query(Delivery).order_by(Delivery.id)]


def late(database):
    """Let the pause before the next try be over."""
    with database.writing() as session:
        session.query(Delivery).update({"next_at": datetime.now(UTC) - timedelta(seconds=1)})


@pytest.mark.parametrize(("language", "heading"), [("en", "Sister cities"), ("fa", "خواهرخوانده‌ها")])
def test_one_mail_tells_all_that_a_check_found_in_its_readers_language(database, find, language, heading):
    find()
    add(database, "mail", "sara@example.org", language)
    find(told((MASHHAD, 3)), told((MASHHAD, 4)))
    with server() as (post, port):
        assert deliver(database, settings(port)) == Sent(1, 0)
        assert deliver(database, settings(port)) == Sent(0, 0)
    ((envelope, message),) = post.mails
    assert envelope.rcpt_tos == ["sara@example.org"]
    assert envelope.mail_from == "peyvand@example.org"
    assert heading in message["Subject"]
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Auto-Submitted"] == "auto-generated"
    plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert plain.count(heading) == 2
    assert ("مشهد" in plain, "Mashhad" in plain) == (language == "fa", language == "en")
    page = BeautifulSoup(html, "html.parser")
    assert page.html["dir"] == ("rtl" if language == "fa" else "ltr")
    assert page.a["href"] == f"{SITE}/queries/cities/sister_cities?city=place%3Amashhad"
    assert not page.select("script, style, img, [style]")


def test_what_data_says_never_becomes_a_header_or_a_script(database, find):
    find()
    add(database, "mail", "sara@example.org")
    find(told((EVIL, 1), title="A\r\nBcc: all@example.org\x1b[31m"))
    with server() as (post, port):
        deliver(database, settings(port))
    ((envelope, message),) = post.mails
    assert envelope.rcpt_tos == ["sara@example.org"]
    assert message["Bcc"] is None
    assert message["Subject"] == "Peyvand: A Bcc: all@example.org[31m"
    assert not BeautifulSoup(message.get_body(("html",)).get_content(), "html.parser").select("script")


@pytest.mark.parametrize(
    "address", ["", "sara", "a@b", "a@example.org\nBcc: b@example.org", "a@b@c.de", "<a@example.org>"]
)
def test_what_is_no_address_is_refused(database, address):
    with pytest.raises(DeliveryError):
        add(database, "mail", address)


def test_a_server_that_is_away_is_tried_again_later_and_nothing_is_lost(database, find):
    find()
    add(database, "mail", "sara@example.org")
    find(told((MASHHAD, 3)))
    with server() as (post, port):
        pass
    assert deliver(database, settings(port)) == Sent(0, 1)
    assert deliver(database, settings(port)) == Sent(0, 0)  # not yet
    late(database)
    with server() as (post, port):
        assert deliver(database, settings(port)) == Sent(1, 0)
    assert states(database) == [("sent", 2)]
    assert len(post.mails) == 1


def test_a_mail_that_is_refused_for_good_is_not_tried_again_until_somebody_says_so(database, find):
    find()
    channel, _ = add(database, "mail", "sara@example.org")
    find(told((MASHHAD, 3)))
    with server() as (post, port):
        post.refusal = "550 no such mailbox"
        deliver(database, settings(port))
        late(database)
        assert deliver(database, settings(port)) == Sent(0, 0)
        (standing,) = Channels(database).of(ALONE)
        assert "no such mailbox" in standing.last.problem["values"]["answer"]
        assert (standing.waiting, standing.stuck) == (0, 1)
        post.refusal = ""
        outbox.again(database, channel.id)
        assert deliver(database, settings(port)) == Sent(1, 0)


def test_after_a_day_and_a_half_of_tries_it_has_failed_and_stays(database, find):
    find()
    add(database, "mail", "sara@example.org")
    find(told((MASHHAD, 3)))
    for _try in range(len(outbox.PAUSES) + 3):
        late(database)
        deliver(database, Settings.read({}))  # no mail server is set up
    assert states(database) == [("failed", len(outbox.PAUSES) + 1)]


def test_no_password_and_no_mail_travels_unencrypted_where_encryption_is_wanted(database, find):
    find()
    add(database, "mail", "sara@example.org")
    find(told((MASHHAD, 3)))
    with server() as (post, port):
        assert deliver(database, settings(port, PEYVAND_MAIL_TLS="starttls")) == Sent(0, 1)
        assert not post.mails
    with pytest.raises(SettingError):
        mail.MailServer.of(settings(25, PEYVAND_MAIL_HOST="mail.example.org", PEYVAND_MAIL_USERNAME="u"))


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")
def test_over_starttls_the_server_is_verified_and_signed_on_to_with_the_password_of_a_file(tmp_path, monkeypatch):
    key, certificate, secret = (tmp_path / name for name in ("key.pem", "certificate.pem", "password"))
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(
        [shutil.which("openssl"), *made.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    secret.write_text("a secret\n", encoding="utf-8")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    asked = []

    def signed_on(_server, _session, _envelope, _mechanism, data):
        asked.append((data.login, data.password))
        from aiosmtpd.smtp import AuthResult  # noqa: PLC0415

        return AuthResult(success=data.password == b"a secret")

    letter = mail.Mail("k", "sara@example.org", "s", "t", "<p>t</p>", "en", datetime.now(UTC))
    with server(tls_context=context, authenticator=signed_on, auth_required=True) as (post, port):
        values = {"PEYVAND_MAIL_HOST": "localhost", "PEYVAND_MAIL_TLS": "starttls", "PEYVAND_MAIL_USERNAME": "peyvand"}
        known = mail.MailServer.of(settings(port, **values, PEYVAND_MAIL_PASSWORD_FILE=str(secret)))
        assert "a secret" not in repr(known)
        with pytest.raises(DeliveryError, match="certificate"):
            known.send(letter)
        assert asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        known.send(letter)
    assert asked == [(b"peyvand", b"a secret")]
    assert len(post.mails) == 1


class Receiver:
    """A real HTTP server that keeps what is posted to it and answers ``status``."""

    def __init__(self):
        self.got, self.status = [], 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.path, dict(self.headers), body))
                self.send_response(outer.status)
                if outer.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(10**6))
                self.end_headers()
                self.wfile.write(b"x" * 10**6)

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # who posts does not read it all

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.server.server_address[1]

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/in?key=1"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


def test_the_signature_is_that_of_the_published_example():
    secret, key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    made = hooks.signature(secret, key, 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_post_is_signed_and_says_what_was_found(database, find, receiver):
    here = Settings.read(HERE)
    find()
    _, secret = add(database, "hook", receiver.address, reach=Reach.of(here))
    find(told((MASHHAD, 3)))
    assert deliver(database, here) == Sent(1, 0)
    ((path, headers, body),) = receiver.got
    assert path == "/in?key=1"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    (one,) = json.loads(body)["data"]["findings"]
    assert one["title"]["en"] == "Sister cities"
    assert one["changes"] == [{"kind": "new", "before": None, "after": [MASHHAD, 3]}]
    assert one["address"] == f"{SITE}/queries/cities/sister_cities?city=place%3Amashhad"


def test_redirects_are_not_followed_and_a_repetition_has_the_same_id(database, find, receiver):
    here = Settings.read(HERE)
    find()
    add(database, "hook", receiver.address, reach=Reach.of(here))
    find(told((MASHHAD, 3)))
    receiver.status = 302
    assert deliver(database, here) == Sent(0, 1)
    receiver.status = 204
    late(database)
    assert deliver(database, here) == Sent(1, 0)
    assert [path for path, *_ in receiver.got] == ["/in?key=1"] * 2
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255",
     "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.7", "::ffff:169.254.169.254", "64:ff9b::a00:7", "2002:a00:7::1",
     "ff02::1", "2001:db8::1"],
)  # fmt: skip
def test_posts_go_to_no_address_that_is_not_public(monkeypatch, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(family, socket.SOCK_STREAM, 6, "", (address, 443))])
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(DeliveryError, match="may not reach"):
        dialling.post("https://rebound.example.org/", b"{}", {}, Reach())


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_posts_go_to_public_addresses(address):
    assert Reach().allows(dialling.ipaddress.ip_address(address))


def test_the_connection_goes_to_the_address_that_was_checked_and_the_name_is_asked_once(receiver, monkeypatch):
    asked = []

    def resolve(host, *_, **__):
        asked.append(host)
        answer = ["10.9.9.9", "127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, receiver.port)) for one in answer]

    real, reached = socket.create_connection, []
    monkeypatch.setattr(socket, "create_connection", lambda to, *a: reached.append(to) or real_to(real, to, *a))
    monkeypatch.setattr(dialling.socket, "getaddrinfo", resolve)
    reach = Reach((dialling.ipaddress.ip_network("127.0.0.0/8"),), plain=True)
    assert (
        dialling.post(f"http://hooks.example.org:{receiver.port}/", b"{}", {"Content-Type": "text/plain"}, reach) == 200
    )
    assert asked == ["hooks.example.org"]
    assert reached == [("127.0.0.1", receiver.port)]
    assert receiver.got[0][1]["Host"] == f"hooks.example.org:{receiver.port}"


def real_to(_real, to, timeout):
    made = socket.socket()
    made.settimeout(timeout)
    made.connect(to)
    return made


@pytest.mark.parametrize(
    "address",
    ["", "http://example.org/", "ftp://example.org/", "https://", "https://u:p@example.org/", "https://a b/",
     "https://example.org:0/", "https://example.org:x/", "https://example.org/\r\nX: 1", "https://example.org/#f",
     "//e.org", "file:///etc"],
)  # fmt: skip
def test_what_can_or_may_not_be_posted_to_is_refused_when_it_is_set_up(database, address):
    with pytest.raises(DeliveryError):
        add(database, "hook", address)


def test_a_receiver_that_keeps_us_waiting_is_left(monkeypatch):
    monkeypatch.setattr(dialling, "_ALL", 0.3)
    silent = socket.create_server(("127.0.0.1", 0))
    try:
        reach = Reach((dialling.ipaddress.ip_network("127.0.0.0/8"),), plain=True)
        with pytest.raises(DeliveryError):
            dialling.post(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {}, reach)
    finally:
        silent.close()


@pytest.fixture
def office(no_graph, tmp_path):
    """The app with two accounts, and a mail server in its settings."""
    values = {"PEYVAND_HOME": str(tmp_path), "PEYVAND_MAIL_HOST": "127.0.0.1", "PEYVAND_HOOK_NETWORKS": "127.0.0.0/8"}
    app = create_app(no_graph, Settings.read(values), testing=True)
    with app.app_context():
        kept = accounts().add("root@example.org", "administrator", "four quiet words apart").password
        accounts().add("ann@example.org", "viewer").password = kept
        accounts().session.commit()
    return app


def sign_in(app, email="ann@example.org"):
    client = app.test_client()
    assert (
        client.post("/login", base_url=SITE, data={"email": email, "password": "four quiet words apart"}).status_code
        == 303
    )
    return client


def page(answer):
    return BeautifulSoup(answer.data, "html.parser")


def feed_of(client, language="en"):
    shown = page(client.post("/watched/channels", base_url=SITE, data={"kind": "feed", "language": language}))
    return shown.select_one(".shown-once input")["value"]


def ann(app):
    with app.extensions["database"].reading() as session:
        return session.query(User).filter_by(email="ann@example.org").one().id


def watched_by_ann(app):
    with app.extensions["database"].writing() as session:
        session.add(Watch(key="w", owner=ann(app), question="a/b", given={}, seen={"rows": {}}))


def find_in(app, *findings):
    with app.extensions["database"].writing() as session:
        keys = ("4f3c2b1a-0000-4000-8000-000000000001", "4f3c2b1a-0000-4000-8000-000000000002")
        session.add_all(Finding(key=key, watch="w", told=one) for key, one in zip(keys, findings, strict=False))


def test_the_feed_is_atom_in_its_owners_language_and_needs_no_session(office):
    watched_by_ann(office)
    address = feed_of(sign_in(office), "fa")
    find_in(office, told((EVIL, 1)), told((MASHHAD, 2)))
    reader = office.test_client()
    answer = reader.get(address)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.data)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fa"
    entries = feed.findall(f"{ATOM}entry")
    assert [one.find(f"{ATOM}id").text[-1] for one in entries] == ["2", "1"]
    for one in (feed, *entries):
        assert one.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert one.find(f"{ATOM}title").text
        assert datetime.fromisoformat(one.find(f"{ATOM}updated").text).tzinfo
        assert all(link.get("href").startswith(SITE) for link in one.findall(f"{ATOM}link"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == address
    assert feed.find(f"{ATOM}updated").text == entries[0].find(f"{ATOM}updated").text
    assert "مشهد" in entries[0].find(f"{ATOM}content").text
    assert not BeautifulSoup(entries[1].find(f"{ATOM}content").text, "html.parser").select("script")
    assert reader.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "Set-Cookie" not in answer.headers


def test_the_secret_of_a_feed_opens_nothing_else_is_not_kept_and_can_be_taken_back(office, tmp_path):
    ann_, stranger = sign_in(office), office.test_client()
    address = feed_of(ann_)
    secret = address.rsplit("/", 1)[1].removesuffix(".atom")
    assert secret.encode() not in b"".join(one.read_bytes() for one in tmp_path.glob("*.db*"))
    assert secret not in ann_.get("/watched", base_url=SITE).text
    for other in ("/watched", "/", "/api/v1/search?q=a"):
        answer = stranger.get(other, base_url=SITE, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code in {302, 401}
    assert stranger.get(f"{SITE}/feeds/{secret[:-1]}.atom").status_code == 404
    renewed = page(ann_.post("/watched/channels/1/renew", base_url=SITE)).select_one(".shown-once input")["value"]
    assert [stranger.get(one).status_code for one in (address, renewed)] == [404, 200]
    ann_.post("/watched/channels/1/remove", base_url=SITE)
    assert stranger.get(renewed).status_code == 404


def test_who_may_not_come_in_any_more_is_not_told_and_is_told_all_once_they_may_again(office):
    watched_by_ann(office)
    client = sign_in(office)
    address = feed_of(client)
    client.post("/watched/channels", base_url=SITE, data={"kind": "mail", "address": "other@example.org"})
    database = office.extensions["database"]
    with office.app_context():
        accounts().set_active(accounts().find("ann@example.org"), active=False)
    find_in(office, told((MASHHAD, 2)))
    with server() as (post, port):
        assert deliver(database, settings(port)) == Sent(0, 0)
        assert office.test_client().get(address).status_code == 404
        with office.app_context():
            accounts().set_active(accounts().find("ann@example.org"), active=True)
        assert deliver(database, settings(port)) == Sent(1, 0)
    assert post.mails[0][0].rcpt_tos == ["ann@example.org"]  # with an account, mail goes to its address alone
    assert office.test_client().get(address).status_code == 200


def test_channels_are_ones_own(office):
    feed_of(sign_in(office))
    other = sign_in(office, "root@example.org")
    assert "Feed" not in other.get("/watched", base_url=SITE).text.split('id="channels"')[1].split("<h3")[0]
    for step in ("renew", "remove", "test", "again", "language"):
        sent = {"language": "fa"} if step == "language" else {}
        assert other.post(f"/watched/channels/1/{step}", base_url=SITE, data=sent).status_code == 404


def test_the_page_says_what_to_do_shows_a_secret_once_and_how_the_last_delivery_went(office):
    client = sign_in(office)
    empty = page(client.get("/watched?lang=en", base_url=SITE))
    assert "Add a way below" in empty.select_one("#channels .none").text
    shown = page(
        client.post("/watched/channels", base_url=SITE, data={"kind": "hook", "address": "https://h.example.org/s"})
    )
    secret = shown.select_one(".shown-once input")["value"]
    assert secret.startswith("whsec_")
    client.post("/watched/channels", base_url=SITE, data={"kind": "mail"})
    text = client.get("/watched?lang=en", base_url=SITE).text
    assert secret not in text
    assert "h.example.org" in text
    assert "h.example.org/s" not in text  # the path of an address may be a secret
    client.post("/watched/channels/2/test", base_url=SITE)
    last = page(client.get("/watched?lang=en", base_url=SITE)).select("#channels tbody tr")[1]
    assert "PEYVAND_MAIL_SENDER" in last.select_one(".problem").text


def test_what_begins_to_be_watched_is_told_through_all_channels_until_one_chooses(office):
    client = sign_in(office)
    feed_of(client)
    client.post("/watched", base_url=SITE, data={"reminders": "due"})
    (box,) = page(client.get("/watched", base_url=SITE)).select(".told-by input")
    assert box.has_attr("checked")
    form = box.find_parent("form")["action"]
    client.post(form, base_url=SITE, data={})
    assert not page(client.get("/watched", base_url=SITE)).select_one(".told-by input").has_attr("checked")


def test_what_stands_in_what_is_sent_is_said_in_both_languages():
    for language in ("en", "fa"):
        assert digest.subject([], language)
        assert digest.watched(SITE) in digest.text([], language, SITE)
    assert digest.text([], "fa", SITE) != digest.text([], "en", SITE)

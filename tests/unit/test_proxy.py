"""Behind https: the reverse proxy of docs/operation, really started, lets people sign in and says who they are."""

import socket
import ssl
import subprocess
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.cli import server as serving
from graph_app.database.tables import LoginSession
from graph_app.settings import Settings

pytestmark = pytest.mark.prove

ROOT = Path(__file__).resolve().parents[2]
NAME = "peyvand.example.org"
PASSWORD = "four quiet words apart"
PROCESS = """daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""


@pytest.fixture
def app(no_graph, tmp_path):
    settings = Settings.read({"PEYVAND_HOME": str(tmp_path), "PEYVAND_HOSTS": NAME, "PEYVAND_PROXY": "127.0.0.1"})
    made = create_app(no_graph, settings, testing=True)
    with made.app_context():
        accounts().add("root@example.org", "administrator", PASSWORD)
        accounts().session.commit()
    return made


@pytest.fixture
def proxy(app, tmp_path):
    """The ports of the proxy, plain and https, and its certificate."""
    listener = serving._listen(app, "127.0.0.1", 0)
    loop = threading.Thread(target=listener.run)
    loop.start()
    certificate, plain, secure = tmp_path / "fullchain.pem", free(), free()
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    subprocess.run([*make.split(), "-keyout", tmp_path / "privkey.pem", "-out", certificate], check=True)
    text = (ROOT / "docs" / "operation" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "/etc/ssl/peyvand": str(tmp_path),
        "http://127.0.0.1:5000": f"http://127.0.0.1:{listener.port}",
    }.items():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "site.conf").write_text(text, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(PROCESS.format(folder=tmp_path), encoding="utf-8")
    with subprocess.Popen(["/usr/sbin/nginx", "-c", tmp_path / "nginx.conf", "-p", tmp_path]) as nginx:
        yield plain, secure, certificate
        nginx.terminate()
    listener.stop()
    loop.join(30)


def free():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def ask(port, certificate, method, path, body=None, **headers):
    """Ask through the proxy, over https if there is a ``certificate`` to trust; return status, headers, text."""
    with closing(HTTPConnection(NAME, timeout=30)) as connection:
        connection.sock = connected(port)
        if certificate:
            trust = ssl.create_default_context(cafile=certificate)
            connection.sock = trust.wrap_socket(connection.sock, server_hostname=NAME)
        given = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body=urlencode(body) if body else None, headers={**given, **headers})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def connected(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            time.sleep(0.1)  # nginx is starting
    raise AssertionError("nginx does not listen")


def test_people_sign_in_over_https_and_what_they_claim_of_themselves_is_dropped(app, proxy):
    plain, secure, certificate = proxy
    status, headers, _ = ask(plain, None, "GET", "/login?next=%2Fqueries")
    assert (status, headers["Location"]) == (301, f"https://{NAME}/login?next=%2Fqueries")
    assert ask(plain, None, "GET", "/api/v1/questions")[0] == 403
    status, headers, _ = ask(secure, certificate, "GET", "/login")
    assert (status, headers["Strict-Transport-Security"].startswith("max-age=")) == (200, True)
    form = {"email": "root@example.org", "password": PASSWORD}
    elsewhere = ask(secure, certificate, "POST", "/login", form, Origin="https://evil.example")
    assert elsewhere[0] == 403
    claimed = {"Origin": f"https://{NAME}", "X-Forwarded-For": "203.0.113.9"}
    status, headers, _ = ask(secure, certificate, "POST", "/login", form, **claimed)
    assert status == 303
    (cookie,) = headers.get_all("Set-Cookie")
    assert cookie.startswith("__Host-")
    assert {"Secure", "HttpOnly"} <= {part.strip() for part in cookie.split(";")}
    with app.app_context():
        assert accounts().session.scalars(select(LoginSession.address)).all() == ["127.0.0.1"]
    status, _, page = ask(secure, certificate, "GET", "/", Cookie=cookie.split(";")[0])
    assert (status, "root@example.org" in page) == (200, True)

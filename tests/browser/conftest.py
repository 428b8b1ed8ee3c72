"""Chromium on the real app, served by waitress over the real Neo4j with both examples loaded."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import sync_playwright

from graph_app.app import create_app

SHOTS = Path(__file__).with_name("shots")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(examples, settings):
    server = waitress.create_server(create_app(examples, settings), host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=_serve, args=(server,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


def _serve(server):
    with suppress(OSError):  # closing takes the socket away from under the loop
        server.run()


def _complaint(message):
    refused = "status of 400" in message.text  # a form that is filled in wrongly; the browser reports it too
    return message.type in {"error", "warning"} and not refused


@pytest.fixture
def page(chromium, site):
    """A page of a new visitor whose browser asks for English; anything the console complains of fails the test."""
    context = chromium.new_context(viewport={"width": 1360, "height": 820}, locale="en-GB", base_url=site)
    complaints = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if _complaint(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith((site, "data:")) else complaints.append(request.url)
    )
    page.set_default_timeout(15_000)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def shoot(page):
    """Keep a screenshot, to be looked at by whoever changes the page."""
    SHOTS.mkdir(exist_ok=True)
    return lambda name: page.screenshot(path=SHOTS / f"{name}.png")

"""Chromium on the real app, served by waitress over the real Neo4j with both examples loaded."""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from graph_app.app import create_app
from graph_app.auth import links
from graph_app.auth.extension import accounts
from graph_app.database import open_database
from graph_app.settings import Settings

SHOTS = Path(__file__).with_name("shots")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


expect.set_options(timeout=15_000)  # as long as a page of these tests waits for anything


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(examples, settings, listening):
    return listening(create_app(examples, settings))


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


class Site:
    """The app on a port of its own, with a database of its own, over the graph of the session."""

    def __init__(self, store, settings, home, listening):
        self.settings = Settings({**settings.values, "PEYVAND_HOME": str(home)})
        self.database = open_database(self.settings)
        self.app = create_app(store, self.settings, database=self.database)
        self.address = listening(self.app)

    def __str__(self):
        return self.address

    def first_link(self):
        with self.database.writing() as session:
            return f"{self.address}/setup/{links.offer(session, links.FIRST)}"

    def people(self):
        with self.app.app_context():
            kept = accounts().add("root@example.org", "administrator", "four quiet words apart").password
            accounts().add("ann@example.org", "viewer", clearance="restricted").password = kept
            accounts().session.commit()


@pytest.fixture
def own_site(settings, tmp_path, listening):
    """Give sites with a home and accounts of their own, each over the graph that it is given."""
    return lambda store: Site(store, settings, tmp_path / "home", listening)


@pytest.fixture
def visit(chromium, site):
    """Give pages, each of another visitor; what the console complains of fails the test, but for refusals."""
    contexts, complaints = [], []

    def visit_(language="en-GB", **size):
        context = chromium.new_context(
            viewport={"width": 1200, "height": 820, **size}, locale=language, base_url=str(site)
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: complaints.append(told.text) if _complains(told) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(60_000)
        return page

    yield visit_
    for context in contexts:
        context.close()
    assert complaints == []


def _complains(told):
    return told.type in {"error", "warning"} and "Failed to load resource" not in told.text


@pytest.fixture
def shots():
    SHOTS.mkdir(exist_ok=True)
    return lambda page, name: page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


_AXE = Path(__file__).with_name("axe-core-4.14.1") / "axe.min.js"
_ASK = """async (impacts) => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(({ impact }) => impacts.includes(impact))
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`))"""


@pytest.fixture(scope="session")
def barriers():
    """Return what axe finds on a page that keeps somebody out: each serious or critical violation with its element.

    Whoever asks may name lesser impacts, too.
    """
    script = _AXE.read_text(encoding="utf-8")

    def found(page, *lesser):
        page.evaluate(script)
        return page.evaluate(_ASK, ["serious", "critical", *lesser])

    return found

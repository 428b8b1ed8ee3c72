"""``peyvand watched``: what people watch is looked at, and they are told; by hand, or by a timer of the system."""

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from graph_app.catalog.shelf import shelf
from graph_app.catalog.vetting import Vetting
from graph_app.cli.context import open_store, say
from graph_app.cli.tables import plain
from graph_app.database import Database, open_database
from graph_app.database.tables import Channel, Finding, Glance, Telling, User, Watch
from graph_app.delivery.courier import Courier
from graph_app.delivery.sending import Sent, deliver
from graph_app.errors import N_
from graph_app.graph.store import Store
from graph_app.language import chosen, gettext
from graph_app.settings import Settings
from graph_app.watches import problems, wording


@click.group()
def watched() -> None:
    """Look at what people watch, and tell them."""


@watched.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_(form: str) -> None:
    """List what is watched: by whom, when it was looked at last, what was found, and how it is told."""
    database = open_database(Settings.read())
    try:
        rows = _rows(database)
    finally:
        database.close()
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    heads = (N_("Watched"), N_("By"), N_("Looked at"), N_("Findings"), N_("Told by"), N_("Problem"))
    table = Table(*map(gettext, heads), box=None)
    for row in rows:
        at = str(row["looked_at"] or "–")[:16].replace("T", " ")
        told = ", ".join(row["channels"]) or "–"
        table.add_row(plain(row["watches"]), plain(row["owner"] or "–"), at, str(row["findings"]), told, row["problem"])
    Console().print(table)


@watched.command()
def check() -> None:
    """Look at all that is watched, if a load or a new day came since, and keep what was found."""
    with open_store() as store:
        database = open_database(Settings.read())
        try:
            done = courier(store, database).check()
        finally:
            database.close()
    if done.busy:
        say(gettext(N_("A load is at work, or nothing was loaded yet; the next check goes on.")))
    message = gettext(N_("Looked at: %(looked)s. With news: %(found)s."))
    click.echo(message % {"looked": done.looked, "found": done.found})


@watched.command("deliver")
@click.pass_context
def deliver_(context: click.Context) -> None:
    """Send what was found and what is due again. Exit code 1 if something could not be sent."""
    settings = Settings.read()
    database = open_database(settings)
    try:
        sent = deliver(database, settings)
    finally:
        database.close()
    click.echo(gettext(N_("Sent: %(sent)s.")) % {"sent": sent.sent})
    if sent.failed:
        say(failures(sent))
        context.exit(1)


def courier(store: Store, database: Database) -> Courier:
    """Return one who looks and delivers; each question is shown to the gate before it is asked."""
    settings, vetting = Settings.read(), Vetting()
    vetting.done.set()
    return Courier(store, database, settings, shelf(settings), vetting)


def failures(sent: Sent) -> str:
    """Return what is said of deliveries that failed."""
    message = N_("Could not be sent: %(failed)s. The page of what is watched says why; it is tried again.")
    return gettext(message) % {"failed": sent.failed}


def _rows(database: Database) -> list[dict[str, Any]]:
    count = select(func.count(Finding.id)).where(Finding.watch == Watch.key).scalar_subquery()
    query = select(Watch, Glance, User.email, count).outerjoin(Glance).outerjoin(User, User.id == Watch.owner)
    told = select(Telling.watch, Channel.kind).join(Channel, Channel.id == Telling.channel).order_by(Channel.id)
    with database.reading() as session:
        pairs = session.execute(told).all()
        rows = session.execute(query.order_by(Watch.owner, Watch.seen_at, Watch.key)).all()
    return [
        {
            "watches": watch.question or wording.title(None, watch.given, watch.seen, chosen()),
            "given": watch.given,
            "owner": owner,
            "looked_at": glance.looked_at.isoformat() if glance else None,
            "findings": found,
            "channels": [kind for key, kind in pairs if key == watch.key],
            "problem": problems.told(glance.problem, chosen()) if glance and glance.problem else "",
        }
        for watch, glance, owner, found in rows
    ]

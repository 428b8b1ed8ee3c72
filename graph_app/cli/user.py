"""``peyvand user``: accounts from the command line, for the first one and for when nobody can sign in."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask
from rich.console import Console
from rich.table import Table

from graph_app.auth import links, tokens
from graph_app.auth.accounts import Accounts
from graph_app.auth.extension import factors, install
from graph_app.auth.passwords import weakness
from graph_app.cli.context import say
from graph_app.cli.tables import plain
from graph_app.confidentiality import Clearance
from graph_app.database import open_database
from graph_app.database.tables import User
from graph_app.errors import N_
from graph_app.language import chosen, gettext
from graph_app.roles import ROLES
from graph_app.settings import Settings
from graph_app.vocabulary import vocabulary

_ROLE = click.Choice(list(ROLES))
_CLEARANCE = click.Choice([one.word for one in Clearance])


@click.group()
def user() -> None:
    """Manage accounts."""


def _address(command: Callable[..., Any]) -> Callable[..., Any]:
    shown = "Where the app is reached, for the link."
    return click.option("--address", default="http://127.0.0.1:5000", show_default=True, help=shown)(command)


@user.command()
@click.argument("email")
@click.option("--role", type=_ROLE, default="viewer", show_default=True, help="What the account may do.")
@click.option(
    "--clearance", type=_CLEARANCE, help="What it may see; without it, viewers see what is public, others all."
)
@click.option("--link", is_flag=True, help="Print a link to choose the password, instead of asking for it.")
@_address
def add(email: str, role: str, clearance: str | None, address: str, *, link: bool) -> None:
    """Add the account EMAIL: ask for its password, or print a link that works once."""
    with _accounts() as accounts:
        checked = accounts.address(email)
        made = accounts.add(email, role, None if link else _ask_for_password(checked), clearance)
        say(gettext(N_("The account %(email)s is added: %(role)s.")) % {"email": made.email, "role": _title(made)})
        if link:
            _print_link(accounts, made, address)


@user.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_(form: str) -> None:
    """List the accounts."""
    with _accounts() as accounts:
        found = [(one, *accounts.counts()[one.id]) for one in accounts.all()]
    if form == "json":
        rows = [
            {"email": one.email, "role": one.role, "clearance": one.sees.word, "active": one.active}
            | {"sessions": sessions, "tokens": held}
            for one, sessions, held in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    heads = (N_("E-mail address"), N_("Role"), N_("May see"), N_("Active"), N_("Sessions"), N_("Tokens"))
    table = Table(*map(gettext, heads), box=None)
    for one, sessions, held in found:
        active = gettext(N_("yes")) if one.active else gettext(N_("no"))
        table.add_row(plain(one.email), _title(one), _seen(one), active, str(sessions), str(held))
    Console().print(table)


@user.command("role")
@click.argument("email")
@click.argument("role", type=_ROLE)
def role_(email: str, role: str) -> None:
    """Give the account EMAIL another role; its sessions end."""
    with _accounts() as accounts:
        found = accounts.find(email)
        accounts.set_role(found, role)
        say(gettext(N_("%(email)s is now: %(role)s.")) % {"email": found.email, "role": _title(found)})


@user.command()
@click.argument("email")
@click.argument("level", type=_CLEARANCE)
def clearance(email: str, level: str) -> None:
    """Let the account EMAIL see what is confidential up to LEVEL; its sessions end."""
    with _accounts() as accounts:
        found = accounts.find(email)
        accounts.set_clearance(found, level)
        say(gettext(N_("%(email)s may now see: %(level)s.")) % {"email": found.email, "level": _seen(found)})


@user.command()
@click.argument("email")
@click.argument("name")
@click.option("--days", default=90, show_default=True, help="How long it lasts.")
def token(email: str, name: str, days: int) -> None:
    """Print a new token with which a program reads as EMAIL; NAME says what it is for."""
    with _accounts() as accounts:
        secret = tokens.issue(accounts.session, accounts.find(email), name, days)
        accounts.session.commit()
    say(gettext(N_("The token is shown this once:")))
    click.echo(secret)


@user.command()
@click.argument("email")
@_address
def link(email: str, address: str) -> None:
    """Print a link with which EMAIL chooses a password; it works once."""
    with _accounts() as accounts:
        found = accounts.find(email)
        if not found.active:
            told = gettext(N_("%(email)s is disabled: the link works after “peyvand user enable”."))
            say(told % {"email": found.email})
        _print_link(accounts, found, address)


@user.command()
@click.argument("email")
def reset(email: str) -> None:
    """Take the second factor of EMAIL away, for who lost it; its sessions end."""
    with _accounts() as accounts:
        factors().remove(accounts.find(email))
    say(
        gettext(N_("%(email)s signs in with the password alone until two-step sign-in is set up again."))
        % {"email": email}
    )


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Disable the account EMAIL: its sessions end, its tokens stop."""
    with _accounts() as accounts:
        accounts.set_active(accounts.find(email), active=False)
    say(gettext(N_("%(email)s is disabled.")) % {"email": email})


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Enable the account EMAIL again."""
    with _accounts() as accounts:
        accounts.set_active(accounts.find(email), active=True)
    say(gettext(N_("%(email)s is enabled.")) % {"email": email})


@contextmanager
def _accounts() -> Iterator[Accounts]:
    """Give the accounts without the rest of the app: neither pages nor graph are needed."""
    settings = Settings.read()
    database = open_database(settings)
    app = Flask(__name__)
    try:
        accounts = install(app, database, settings)
        with app.app_context():
            yield accounts
    finally:
        database.close()


def _ask_for_password(email: str) -> str:
    """Ask twice, and again while the password is weak."""
    while True:
        password: str = click.prompt(gettext(N_("Password")), hide_input=True, confirmation_prompt=True, err=True)
        wrong = weakness(password, email)
        if wrong is None:
            return password
        say(gettext(wrong))


def _print_link(accounts: Accounts, found: User, address: str) -> None:
    secret = links.offer(accounts.session, links.PASSWORD, found)
    accounts.session.commit()
    say(gettext(N_("This link works once, for three days:")))
    click.echo(f"{address.rstrip('/')}/invite/{secret}")


def _title(found: User) -> str:
    return gettext(ROLES[found.role].title)


def _seen(found: User) -> str:
    return vocabulary().confidentialities[found.sees.word].in_language(chosen())

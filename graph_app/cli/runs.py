"""``peyvand load runs``, ``show``, ``rejects``, ``undo`` and ``adopt``: what was loaded, and taking it back."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.plans import balance_line, described, show_changes, show_counts, show_plan
from graph_app.cli.rejects import write_rejects
from graph_app.cli.tables import print_table
from graph_app.cli.telling import tell_watchers
from graph_app.database.tables import Load
from graph_app.errors import N_
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders import entries, filing, syncing
from loaders.decisions import Decisions
from loaders.plan import Balance, Change
from loaders.running import adopt as take_over
from loaders.running import perform, plan_of, settle
from loaders.undoing import taken_back

_SHOWN = 50  # changes of an undoing; `show` lists all of them
_STATES = {
    "running": N_("at work, or cut off"),
    "done": N_("done"),
    "failed": N_("failed"),
    "undone": N_("undone"),
}
_FORM = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)


@click.command()
@_FORM
def runs(form: str) -> None:
    """List the loads that were applied, the newest first."""
    with open_ledger() as ledger:
        found = [(load, *ledger.counts(load)) for load in ledger.loads()]
    if form == "json":
        described_runs = [{**_header(load), "entities": entities, "ties": ties} for load, entities, ties in found]
        click.echo(json.dumps(described_runs, ensure_ascii=False, indent=2))
        return
    heads = (N_("Run"), N_("Mapping"), N_("State"), N_("Begun"), N_("By"), N_("Rows"), N_("Entities"), N_("Ties"))
    rows = [
        (
            load.run,
            _about(load),
            _state(load),
            _moment(load.started_at),
            load.who,
            *map(str, (load.balance["read"], e, t)),
        )
        for load, e, t in found
    ]
    print_table(map(gettext, heads), rows)


@click.command()
@click.argument("what")
@_FORM
def show(what: str, form: str) -> None:
    """Show the run or the saved plan WHAT: its files, counts, and every change field by field."""
    path = Path(what)
    if filing.is_plan(path):
        _show_file(path, form)
        return
    with open_ledger() as ledger:
        load = ledger.load(what)
        changes, files = ledger.changes(load), [_columns(file) for file in ledger.files(load)]
    if form == "json":
        _print_json({**_header(load), "files": files}, changes)
        return
    click.echo(f"{load.run}  {_about(load)}  {_state(load)}  {_moment(load.started_at)}  {load.who}")
    if load.reason:
        click.echo(told(entries.reason(load.reason)))
    for file in files:
        click.echo(f"  {file['name']}  {file['rows']}  {file['encoding'] or ''}  sha256 {file['sha256']}")
    show_changes(changes)
    show_counts(plan_of(load.mapping, changes))
    click.echo(balance_line(Balance(**load.balance)))


@click.command()
@click.argument("run")
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
def rejects(run: str, target: Path | None) -> None:
    """Write the rows that RUN rejected as a CSV file again."""
    with open_ledger() as ledger:
        load = ledger.load(run)
        found = ledger.rejects(load)
    if not found:
        say(gettext(N_("The run %(run)s rejected no row.")) % {"run": load.run})
        return
    path = target or Settings.read().home / "rejects" / f"{load.run}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_rejects(found, path)


@click.command()
@click.argument("run")
@click.option("--yes", is_flag=True, help="Do not ask.")
def undo(run: str, *, yes: bool) -> None:
    """Take RUN back: show what would change, ask, then write it as a run of its own."""
    with open_store() as store, open_ledger() as ledger:
        load = ledger.load(run)
        settle(store, ledger, who(), lambda note: say(told(note)), but=load.run)
        work = taken_back(store, ledger, load)
        show_changes(work.plan.steps(), most=_SHOWN)
        show_counts(work.plan)
        if yes or click.confirm(gettext(N_("Undo the run %(run)s?")) % {"run": load.run}):
            made = perform(store, ledger, work, who(), lambda note: say(told(note)))
            say(gettext(N_("The run %(run)s is undone, by the run %(made)s.")) % {"run": load.run, "made": made})
            tell_watchers(store, ledger.database)


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def adopt(*, yes: bool) -> None:
    """Take over a graph that another installation loaded; from then on it is loaded from here."""
    with open_store() as store, open_ledger() as ledger:
        state = syncing.state(store)
        if state.installation == ledger.installation:
            say(gettext(N_("This graph is loaded from here already.")))
        elif yes or click.confirm(
            gettext(N_("Take over this graph? Its %(serial)s loads cannot be undone from here."))
            % {"serial": state.serial}
        ):
            take_over(store, ledger, who())
            say(gettext(N_("This graph is loaded from here now.")))


def _show_file(path: Path, form: str) -> None:
    work = filing.opened(path)
    with open_store() as store, open_ledger() as ledger:
        for reason in filing.moved(store, work, Decisions(ledger.database).merges()):
            say(gettext(N_("Stale: %(reason)s.")) % {"reason": reason.translated(gettext)})
    if form == "json":
        files = [vars(file) for file in work.files]
        about = {"plan": work.digest, "mapping": work.plan.mapping, "version": work.version, "files": files}
        _print_json({**about, "balance": vars(work.plan.balance)}, work.plan.steps())
        return
    show_plan(work.plan, changes=True)


def _print_json(header: dict[str, Any], changes: list[Change]) -> None:
    whole = {**header, "changes": [described(change) for change in changes]}
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2, default=str))


def _header(load: Load) -> dict[str, Any]:
    row = _columns(load)
    balance = row.pop("balance")
    moments = {name: row[name] and row[name].isoformat() for name in ("started_at", "finished_at")}
    reason = load.reason and str(entries.reason(load.reason))
    return {**row, **moments, **balance, "reason": reason}


def _columns(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any table
    names = [column.name for column in row.__table__.columns]
    return {name: getattr(row, name) for name in names if name not in {"number", "load"}}


def _about(load: Load) -> str:
    return gettext(N_("undoes %(run)s")) % {"run": load.undoes} if load.undoes else f"{load.mapping} {load.version}"


def _state(load: Load) -> str:
    return gettext(_STATES[load.state])


def _moment(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")

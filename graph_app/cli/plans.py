"""A plan in the terminal: how the files were read, counts, rejects, the balance line, and every change on request."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from graph_app.cli.readings import reading_lines
from graph_app.cli.verdicts import show_classes, show_guards
from graph_app.errors import N_, LoadError
from graph_app.graph.results import as_json
from graph_app.language import chosen, gettext
from graph_app.text import without_controls
from graph_app.vocabulary import vocabulary
from loaders import classes, guards
from loaders.facts import Reject
from loaders.foreseen import Following
from loaders.plan import Balance, Change, Plan, TieChange, differences
from loaders.promise import Promise

_SHOWN = 20  # rejects that the terminal shows; the rest is counted


def show_plan(made: Plan, *, changes: bool, follows: Following | None = None) -> None:
    """Print ``made``, and what ``follows`` from it if that was asked."""
    for line in reading_lines(made.readings):
        click.echo(line)
    if changes:
        show_changes(made.steps())
    show_counts(made)
    show_classes(made, follows)
    for reject in made.rejects[:_SHOWN]:
        message = gettext(N_("%(file)s, line %(line)s, column %(column)s: %(reason)s"))
        reason = " ".join(filter(None, (reject.reason.translated(gettext), reject.reason.translated_hint(gettext))))
        place = {"file": reject.file, "line": reject.row.line, "column": reject.column or "–", "reason": reason}
        click.echo(message % place)
    if len(made.rejects) > _SHOWN:
        click.echo(gettext(N_("… and %(more)s more rejected rows.")) % {"more": len(made.rejects) - _SHOWN})
    click.echo(balance_line(made.balance))
    if made.balance.known:
        click.echo(known_line(made.balance))
    show_guards(made)


def show_counts(made: Plan) -> None:
    """Print how many things of each label and type are made, changed and removed."""
    if not (rows := [[_class_name(name), *map(str, counts)] for name, *counts in made.counts()]):
        return
    from graph_app.cli.tables import print_table  # noqa: PLC0415 - a plan that changes nothing has nothing to draw

    removing = any(row[-1] != "0" for row in rows)
    print_table(("", "+", "~", "-") if removing else ("", "+", "~"), rows if removing else [row[:-1] for row in rows])


def balance_line(balance: Balance) -> str:
    """Return the line that accounts for every row; rows that cannot be accounted for are an error."""
    if not balance.adds_up:
        raise LoadError(N_("The plan is wrong: its rows do not add up (%(balance)s)."), balance=balance)
    message = gettext(
        N_(
            "%(read)s rows = %(created)s new + %(updated)s changed + %(reformatted)s reformatted"
            " + %(unchanged)s unchanged + %(duplicate)s repeated + %(rejected)s rejected + %(ignored)s blank."
        )
    )
    return message % vars(balance)


def known_line(balance: Balance) -> str:
    """Return the line that accounts for every row that was known before."""
    message = N_(
        "%(known)s rows known before = %(met)s met + %(replaced)s changed + %(absent)s absent + %(kept)s kept."
    )
    return gettext(message) % vars(balance)


def show_changes(changes: Sequence[Change], *, most: int | None = None) -> None:
    """Print every change, field by field, or the first ``most`` and how many more there are."""
    for change in changes[:most]:
        click.echo(f"{'+' if change.before is None else '~' if change.after else '-'} {change.id}")
        if isinstance(change, TieChange):
            click.echo(f"    {change.start} –{change.type}→ {change.end}")
            if change.had:
                led = dict(zip(("start", "end"), change.had, strict=True))
                click.echo("    " + gettext(N_("before: %(start)s → %(end)s")) % led)
        for name, before, after in differences(change):
            both = change.before is not None and change.after
            click.echo(
                f"    {name}: {_shown(before)} → {_shown(after)}" if both else f"    {name}: {_either(before, after)}"
            )
    if most is not None and len(changes) > most:
        click.echo(gettext(N_("… and %(more)s more changes.")) % {"more": len(changes) - most})


def print_plan(made: Promise, follows: Following) -> None:
    """Print all of ``made`` as JSON: files, counts, guards, rejects, what follows, and every change."""
    plan = made.plan
    whole = {
        "plan": made.digest,
        "mapping": plan.mapping,
        "version": made.version,
        "files": [vars(file) for file in made.files],
        "balance": vars(plan.balance),
        "tables": [vars(table) for table in plan.tables],
        "classes": classes.counts(plan.steps()),
        "blocks": [{**vars(block), "reason": guards.told(block).translated(gettext)} for block in plan.blocks],
        "accept": guards.numbers(plan),
        "held": plan.held,
        "follows": asdict(follows),
        "rejects": [_reject(reject) for reject in plan.rejects],
        "changes": [described(change) for change in plan.steps()],
    }
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2, default=str))


def _reject(reject: Reject) -> dict[str, Any]:
    told = {"reason": reject.reason.translated(gettext), "hint": reject.reason.translated_hint(gettext)}
    return {"file": reject.file, "line": reject.row.line, "column": reject.column, "value": reject.value, **told}


def described(change: Change) -> dict[str, Any]:
    """Return ``change`` as JSON has it: its thing, what happens to it, and each field before and after."""
    kind = "create" if change.before is None else "update" if change.after else "remove"
    ends: dict[str, Any] = {}
    if isinstance(change, TieChange):
        ends = {"type": change.type, "start": change.start, "end": change.end}
        ends |= {"led": list(change.had)} if change.had else {}
    fields = {name: {"before": as_json(old), "after": as_json(new)} for name, old, new in differences(change)}
    labels = {} if isinstance(change, TieChange) else {"labels": sorted(change.labels), "had": sorted(change.had)}
    return {"id": change.id, "change": kind, "class": classes.class_of(change), **ends, **labels, "fields": fields}


def _either(before: Any, after: Any) -> str:  # noqa: ANN401 - any property
    return _shown(before if after is None else after)


def _shown(value: Any) -> str:  # noqa: ANN401 - any property
    return "–" if value is None else without_controls(str(value))


def _class_name(name: str) -> str:
    words = vocabulary()
    word = words.labels[name].many if name in words.labels else words.types[name].out
    return f"{word.in_language(chosen())} ({name})"

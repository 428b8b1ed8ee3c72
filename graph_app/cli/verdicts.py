"""What a plan comes to, for who decides: the kinds of its changes, what follows from them, and what stops it.

Colour is only on a terminal, and not where NO_COLOR asks for none; it tells nothing that the words do not.
"""

from collections.abc import Iterable

import click

from graph_app.errors import N_
from graph_app.language import chosen, gettext
from graph_app.text import without_controls
from graph_app.vocabulary import vocabulary
from loaders import classes, guards
from loaders.classes import ChangeClass
from loaders.foreseen import Following, turns
from loaders.plan import Plan

_SHOWN = 10  # sister cities, and entities that are kept; the rest is counted
_STYLES = {"removal": "red", "structural": "cyan", "factual": "yellow", "cosmetic": "dim"}
_NAMES: dict[ChangeClass, str] = {
    "removal": N_("Removals: %(count)s"),
    "structural": N_("Structural, new things, labels and ties: %(count)s"),
    "factual": N_("Factual, other values or sources: %(count)s"),
    "cosmetic": N_("Cosmetic, spelling and words of evidence: %(count)s"),
}
_TWINNINGS = {
    "made": N_("Sister cities: %(start)s and %(end)s, by %(agreement)s"),
    "changed": N_("Sister cities with other dates: %(start)s and %(end)s, by %(agreement)s"),
    "ended": N_("No longer sister cities: %(start)s and %(end)s, by %(agreement)s"),
}


def show_classes(made: Plan, follows: Following | None) -> None:
    """Print how many changes there are of each kind, and what ``follows`` from them."""
    for name, count in classes.of_plan(made).items():
        if count:
            _print(gettext(_NAMES[name]) % {"count": count}, _STYLES[name])
    if follows:
        _print(gettext(N_("What follows:")), "bold")
        _list(_followed(follows))
    if made.held:
        message = N_("No row speaks of these any more, but ties lead to them, so they are kept: %(count)s")
        _print(gettext(message) % {"count": len(made.held)}, "yellow")
        _list(made.held)


def show_guards(made: Plan) -> None:
    """Print which guards stop the plan and how to accept its numbers, and where nobody can tell what is absent."""
    for table in made.tables:
        if table.unsure:
            message = N_("%(table)s: %(kept)s missing rows are kept, because they may be the rows that were rejected.")
            _print(gettext(message) % vars(table), "yellow")
    for block in made.blocks:
        _print(gettext(N_("BLOCKED: %(reason)s")) % {"reason": guards.told(block).translated(gettext)}, "bold red")
    if numbers := guards.numbers(made):
        options = " ".join(f"--accept-{guard} {number}" for guard, number in numbers.items())
        click.echo(gettext(N_("If that is right, say so: %(options)s")) % {"options": options})


def _followed(follows: Following) -> list[str]:
    if not follows.known:
        return [gettext(N_("The plan is too large to foretell it; the load derives it."))]
    lines = [gettext(_TWINNINGS[one.change]) % vars(one) for one in follows.twinnings]
    for (before, after), count in turns(follows).items():
        values = {"count": count, "before": _status(before), "after": _status(after)}
        lines.append(gettext(N_("Agreements whose status turns from %(before)s to %(after)s: %(count)s")) % values)
    if alike := sum(one.before == one.after for one in follows.statuses):
        message = N_("Agreements with the same status today and another history: %(count)s")
        lines.append(gettext(message) % {"count": alike})
    return lines


def _status(name: str | None) -> str:
    return "–" if name is None else vocabulary().statuses[name].in_language(chosen())


def _list(lines: Iterable[str]) -> None:
    every = list(lines)
    for line in every[:_SHOWN]:
        click.echo(f"  {without_controls(line)}")
    if len(every) > _SHOWN:
        click.echo("  " + gettext(N_("… and %(more)s more.")) % {"more": len(every) - _SHOWN})


def _print(line: str, style: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - a plan that changes nothing has nothing to colour
    from rich.text import Text  # noqa: PLC0415

    Console(highlight=False, soft_wrap=True).print(Text(without_controls(line), style=style))

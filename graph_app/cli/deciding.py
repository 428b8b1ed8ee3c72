"""``peyvand load review decide``, ``walk`` and ``decisions``: a person decides, and takes it back."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.plans import show_changes, show_counts
from graph_app.cli.tables import plain, print_table
from graph_app.database.tables import Decision
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.language import chosen, gettext
from loaders.decision_text import read, written
from loaders.decisions import DIFFERENT, LATER, SAME, Decisions
from loaders.duplicates.queue import Waiting, waiting
from loaders.duplicates.sides import lines
from loaders.duplicates.wording import reasons_against, reasons_for
from loaders.ledger import Ledger
from loaders.promise import Promise
from loaders.reviewing import Choice, Review
from loaders.running import settle

DECISIONS = {SAME: N_("the same"), DIFFERENT: N_("different"), LATER: N_("later")}
_SHOWN = 20  # changes of a merging; `load show RUN` lists all of them
_KEYS = {"m": SAME, "k": DIFFERENT, "l": LATER}


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--same", "decision", flag_value=SAME, help="They are one: merge them, FIRST is kept.")
@click.option("--different", "decision", flag_value=DIFFERENT, help="They are two: do not ask again.")
@click.option("--later", "decision", flag_value=LATER, help="Put it off.")
@click.option("--undo", "decision", flag_value="undo", help="Take the decision about the two back.")
@click.option("--why", default="", help="The reason, for those who come after you.")
@click.option("--insist", is_flag=True, help="Merge although much speaks against it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def decide(first: str, second: str, decision: str | None, why: str, *, insist: bool, yes: bool) -> None:
    """Decide about the entities FIRST and SECOND; what changes in the graph is shown before."""
    if decision is None:
        raise LoadError(N_("Say what they are: --same, --different, --later, or --undo."))
    with open_store() as store, open_ledger() as ledger:
        review = _review(store, ledger)
        if decision == "undo":
            _take_back(review, review.standing(first, second), yes=yes)
            return
        one = review.pair(first, second)
        if insist and one.needs_insistence:
            _warn(one)
        _decide(review, one, Choice(decision, why, first, insist), yes=yes)


@click.command()
def decisions() -> None:
    """List what people decided, the newest first."""
    with open_ledger() as ledger:
        found = Decisions(ledger.database)
        holding = {one.number for one in found.standing()}
        rows = [_row(one, holds=one.number in holding) for one in found.all()]
    heads = (N_("No."), N_("Decision"), N_("Kept or first"), N_("Other"), N_("By"), N_("On"), N_("Why"), N_("Run"))
    print_table(map(gettext, heads), rows)


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="Most pairs to go through.")
def walk(limit: int) -> None:
    """Go through the pairs one by one: side by side, a key for each decision."""
    with open_store() as store, open_ledger() as ledger:
        review = _review(store, ledger)
        queue = waiting(store, people=review.decisions.standing())
        for at, one in enumerate(queue[:limit], start=1):
            click.echo(gettext(N_("Pair %(at)s of %(all)s")) % {"at": at, "all": len(queue)})
            try:
                if not _asked(review, one):
                    return
            except PeyvandError as error:  # as one that was merged meanwhile; the others wait
                say(told(error))
        click.echo(gettext(N_("That is the end of the list.")))


def export_decisions(to: Path) -> None:
    """Write the decisions that hold to the file ``to``."""
    with open_ledger() as ledger:
        found = Decisions(ledger.database).standing()
    to.write_text(written(found), encoding="utf-8")
    say(gettext(N_("%(count)s decisions are in %(file)s.")) % {"count": len(found), "file": to})


def import_decisions(of: Path, *, yes: bool) -> None:
    """Take over the decisions in the file ``of``, and merge in the graph what they merge."""
    with open_store() as store, open_ledger() as ledger:
        review = _review(store, ledger)
        try:
            rows = read(of.read_text(encoding="utf-8"), review.decisions.standing())
        except (OSError, UnicodeDecodeError) as error:
            raise LoadError(N_("%(file)s cannot be read: %(reason)s"), file=of, reason=error) from error
        made = review.decisions.add(rows)
        say(gettext(N_("%(count)s decisions were new.")) % {"count": len(made)})
        open_ = review.waiting_merges()
        question = gettext(N_("Merge %(count)s pairs in the graph now?")) % {"count": len(open_)}
        if open_ and (yes or click.confirm(question)):
            run = review.carry_out(open_, who(), lambda note: say(told(note)))
            say(gettext(N_("Merged by the run %(run)s.")) % {"run": run})


def _review(store: Store, ledger: Ledger) -> Review:
    settle(store, ledger, who(), lambda note: say(told(note)))
    return Review(store, ledger)


def _decide(review: Review, one: Waiting, choice: Choice, *, yes: bool) -> bool:
    work = review.plan(one, choice)
    if work and not _agreed(work, gettext(N_("Merge the two?")), yes=yes):
        return False
    made = review.decide(one, choice, work, who(), lambda note: say(told(note)))
    run = gettext(N_("Run %(run)s.")) % {"run": made.run} if made.run else ""
    message = gettext(N_("Decided, %(first)s and %(second)s: %(decision)s."))
    values = {"first": made.first, "second": made.second, "decision": gettext(DECISIONS[made.decision])}
    say(" ".join(filter(None, (message % values, run))))
    return True


def _take_back(review: Review, decision: Decision, *, yes: bool) -> None:
    work = review.undo_plan(decision)
    if work and not _agreed(work, gettext(N_("Take the two apart again?")), yes=yes):
        return
    review.undo(decision, work, who(), lambda note: say(told(note)))
    values = {"first": decision.first, "second": decision.second}
    say(gettext(N_("The decision about %(first)s and %(second)s is taken back.")) % values)


def _agreed(work: Promise, question: str, *, yes: bool) -> bool:
    show_changes(work.plan.steps(), most=_SHOWN)
    show_counts(work.plan)
    return yes or click.confirm(question)


def _asked(review: Review, one: Waiting) -> bool:
    """Show one pair and ask for a decision; return whether to go on."""
    _show(one)
    question = gettext(N_("m merge · k keep apart · l later · n next · q quit"))
    key = click.prompt(question, type=click.Choice([*_KEYS, "n", "q"]), show_choices=False)
    if key in _KEYS:
        insists = key == "m" and one.needs_insistence
        if insists:
            _warn(one)
            if not click.confirm(gettext(N_("Do you know that they are one, and insist?"))):
                return True
        why = click.prompt(gettext(N_("Why")), default="", show_default=False)
        _decide(review, one, Choice(_KEYS[key], why, insists=insists), yes=False)
    return bool(key != "q")


def _warn(one: Waiting) -> None:
    click.echo(gettext(N_("Careful: much speaks against merging these two.")), err=True)
    for reason in reasons_against(one.candidate, chosen(), gettext):
        say(f"  {reason}")


def _show(one: Waiting) -> None:
    pair, language = one.candidate, chosen()
    table = Table("", *(Column(plain(one.id)) for one in (pair.first, pair.second)), pad_edge=False)
    for line in lines(pair.first, pair.second, language):
        mark = "≠ " if line.differs else "  "
        table.add_row(plain(mark + gettext(line.title)), plain(line.first), plain(line.second))
    Console(width=None if Console().is_terminal else 160).print(table)
    for mark, reasons in (("+", reasons_for), ("−", reasons_against)):
        for reason in reasons(pair, language, gettext):
            click.echo(f"  {mark} {reason}")


def _row(one: Decision, *, holds: bool) -> list[str]:
    decision = gettext(DECISIONS[one.decision])
    state = decision if holds else gettext(N_("%(decision)s (taken back)")) % {"decision": decision}
    kept = one.kept or one.first
    other = one.merged or one.second
    day = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return [str(one.number), state, kept, other, one.who, day, one.why, one.run or ""]

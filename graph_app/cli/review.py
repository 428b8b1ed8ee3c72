"""``peyvand load review``: which entities may be one thing, what speaks for and against it, decisions as text."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from graph_app.cli.context import open_ledger, open_store
from graph_app.cli.deciding import decide, decisions, export_decisions, import_decisions, walk
from graph_app.cli.tables import plain
from graph_app.errors import N_, LoadError, NotFoundError
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.language import chosen, gettext
from graph_app.text import isolate
from graph_app.vocabulary import vocabulary
from loaders.decisions import Decisions
from loaders.duplicates.entity import Entity
from loaders.duplicates.holdings import MATCHED, UNDECIDED
from loaders.duplicates.matching import LEAST
from loaders.duplicates.queue import Waiting, waiting
from loaders.duplicates.sides import TITLES
from loaders.duplicates.wording import reasons_against, reasons_for

_FILE = click.Path(path_type=Path, dir_okay=False)


def _label(_context: click.Context, _parameter: click.Parameter, wanted: str | None) -> str | None:
    """Refuse a label of which nothing is compared; the vocabulary is only read when the command runs."""
    words = vocabulary()
    labels = sorted(label for label in words.labels if words.base(label) in MATCHED)
    if wanted is None or wanted in labels:
        return wanted
    message = N_("Nothing is compared of the label “%(label)s”; it can be one of: %(labels)s.")
    raise LoadError(message, label=wanted, labels=", ".join(labels))


@click.group(invoke_without_command=True)
@click.option("--type", "label", metavar="LABEL", callback=_label, help="Only entities with this label.")
@click.option("--of", "ids", multiple=True, metavar="ID", help="Only pairs with this entity; can be repeated.")
@click.option("--least", default=LEAST, show_default=True, type=click.FloatRange(0, 100), help="Lowest score.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="Most pairs to list.")
@click.option("--decided", is_flag=True, help="Also list pairs about which somebody has decided.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--export", "target", type=_FILE, help="Write the decisions that hold to this file.")
@click.option("--import", "origin", type=_FILE, help="Take over the decisions in this file, and carry them out.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def review(
    context: click.Context,
    /,
    label: str | None,
    ids: tuple[str, ...],
    least: float,
    limit: int,
    form: str,
    *,
    decided: bool,
    yes: bool,
    **files: Path | None,
) -> None:
    """List entities that may be one thing, with the reasons. Changes nothing, unless decisions are imported."""
    if context.invoked_subcommand:
        return
    if any(files.values()):
        _exchange(files, yes=yes)
        return
    with open_store() as store, open_ledger() as ledger:
        _check(store, ids)
        people = Decisions(ledger.database).standing()
        queue = waiting(store, label=label, among=ids or None, least=least, decided=decided, people=people)
    if form == "json":
        click.echo(json.dumps([_described(one) for one in queue[:limit]], ensure_ascii=False, indent=2))
        return
    if queue:
        _print(queue[:limit])
    shown = {"shown": min(limit, len(queue)), "all": len(queue)}
    click.echo(gettext(N_("%(shown)s of %(all)s pairs. None is merged by itself.")) % shown)


def _exchange(files: Mapping[str, Path | None], *, yes: bool) -> None:
    if target := files["target"]:
        export_decisions(target)
    if origin := files["origin"]:
        import_decisions(origin, yes=yes)


def _check(store: Store, ids: tuple[str, ...]) -> None:
    known = {row["id"] for row in store.table(statement("exists"), {"ids": list(ids)}, rows=len(ids) or None)}
    for id_ in ids:
        if id_ not in known:
            raise NotFoundError(N_("There is no entity “%(id)s” in the graph."), id=id_)


def _described(one: Waiting) -> dict[str, Any]:
    pair, language = one.candidate, chosen()
    return {
        "score": pair.score,
        "first": _entity(pair.first),
        "second": _entity(pair.second),
        "for": reasons_for(pair, language, gettext),
        "against": reasons_against(pair, language, gettext),
        "offers_merging": one.offers_merging,
        "decision": one.stated.decision if one.stated else None,
        "reason": one.stated.reason if one.stated else None,
        "decided": _decided(one),
    }


def _decided(one: Waiting) -> dict[str, Any] | None:
    made = one.decision
    if made is None:
        return None
    return {
        "decision": made.decision,
        "who": made.who,
        "at": made.at.isoformat(),
        "why": made.why,
        "changed": one.changed,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    labels = [entity.label, *sorted(entity.refined)]
    return {"id": entity.id, "labels": labels, "name_fa": entity.name_fa, "name_en": entity.name_en}


def _print(queue: list[Waiting]) -> None:
    """Print one row for each pair: what is compared, what speaks for it, what against."""
    heads = (N_("Score"), N_("May be one"), N_("Speaks for"), N_("Speaks against"))
    table = Table(*(gettext(head) for head in heads), pad_edge=False, show_lines=True)
    for one in queue:
        pair, language = one.candidate, chosen()
        against = reasons_against(pair, language, gettext) + _said(one)
        cells = [_both(one), _lines(reasons_for(pair, language, gettext)), _lines(against)]
        table.add_row(f"{pair.score:.0f}", *map(plain, cells))
    Console(width=None if Console().is_terminal else 160).print(table)


def _both(one: Waiting) -> str:
    pair = one.candidate
    return "\n".join(f"{isolate(entity.shown(chosen()))}\n{entity.id}" for entity in (pair.first, pair.second))


def _said(one: Waiting) -> list[str]:
    return [*_said_by_people(one), *_said_by_sources(one)]


def _said_by_people(one: Waiting) -> list[str]:
    made = one.decision
    if made is None:
        return []
    if one.put_off:
        return [gettext(N_("Put off by %(who)s: %(why)s")) % {"who": made.who, "why": isolate(made.why)}]
    titles = [gettext(TITLES.get(name, name)) for name in one.changed]
    values = {"who": made.who, "why": isolate(made.why), "changed": ", ".join(titles) or "–"}
    return [gettext(N_("Decided before, kept apart by %(who)s: %(why)s. Changed since: %(changed)s")) % values]


def _said_by_sources(one: Waiting) -> list[str]:
    if one.stated is None:
        return []
    words = vocabulary()
    decision = words.value("decision", one.stated.decision, chosen())
    if one.stated.decision == UNDECIDED:
        return [gettext(N_("A source asks to look: %(reason)s")) % {"reason": isolate(one.stated.reason)}]
    return [gettext(N_("Decided: %(decision)s (%(reason)s)")) % {"decision": decision, "reason": one.stated.reason}]


def _lines(reasons: list[str]) -> str:
    return "\n".join(reasons)


for command in (decide, decisions, walk):
    review.add_command(command)

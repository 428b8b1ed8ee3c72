"""The table for people, and the same as JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bench.pair import Goal, Row, Spread, percentile

_HEAD = """# Performance

Written by `make bench`; do not edit. Each row is a pair, ours and its peer, measured in turns in one run on one
machine, so read the ratios, not the milliseconds. Times are the least / median / most; a ratio is the median of ours
over the peer's, pair by pair, with its middle half in brackets; p95 is our 95th percentile over the peer's. Incremental
and bulk loads are as large as fit into a quarter of an hour with all the rest: [a million entities](large.md) have a
page of their own. [Where the time goes](performance-profiles.md) of what misses its goal has one, too.

"""
_COLUMNS = ("what", "size", "ours", "peer", "time, ours", "time, peer", "ratio", "p95", "goal")


def write(path: Path, facts: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Write the table to ``path``, and its numbers beside it as JSON."""
    path.write_text(markdown(facts, rows), encoding="utf-8")
    found = [
        {**asdict(row), "ratios": row.ratios, "goals": [_reached(row, goal) for goal in row.goals]} for row in rows
    ]
    text = json.dumps({"facts": facts, "rows": found}, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def say(row: Row) -> Row:
    """Say what ``row`` came to, for those who wait."""
    click.echo(f"{row.name} beside {row.peer_is}: {Spread.of(row.ratios).median:.2f}", err=True)
    return row


def renewed(path: Path, rows: Sequence[Row]) -> tuple[dict[str, str], list[Row]]:
    """Return the facts of the table at ``path``, and its rows with those in place of all of the same names.

    Parameters
    ----------
    path
        The page; its numbers stand beside it, if it was written before.
    rows
        What was measured now.

    """
    numbers = path.with_suffix(".json")
    if not numbers.exists():
        return {}, list(rows)
    before = json.loads(numbers.read_text(encoding="utf-8"))
    names = {row.name for row in rows}
    kept = [_read(one) for one in before["rows"] if one["name"] not in names]
    return before["facts"], [*kept, *rows]


def markdown(facts: Mapping[str, str], rows: Sequence[Row]) -> str:
    """Return the page."""
    lines = [f"| {' | '.join(_COLUMNS)} |", "|" + "---|" * len(_COLUMNS), *(_line(row) for row in rows)]
    return _HEAD + "".join(f"- {name}: {text}\n" for name, text in facts.items()) + "\n" + "\n".join(lines) + "\n"


def _read(told: Mapping[str, Any]) -> Row:
    fields = {name: told[name] for name in ("name", "ours_is", "peer_is", "size")}
    goals = tuple(Goal(one["of"], one["most"]) for one in told["goals"])
    fields["unit"] = told.get("unit", "s")  # tables from before memory was measured have none
    return Row(**fields, ours=tuple(told["ours"]), peer=tuple(told["peer"]), goals=goals)


def _line(row: Row) -> str:
    ratio = Spread.of(row.ratios)
    cells = (
        row.name,
        row.size,
        row.ours_is,
        row.peer_is,
        _measured(row.ours, row.unit),
        _measured(row.peer, row.unit),
        f"{ratio.median:.2f} ({ratio.lower:.2f}–{ratio.upper:.2f})",
        f"{percentile(row.ours, 95) / percentile(row.peer, 95):.2f}",
        "; ".join(_goal(row, goal) for goal in row.goals) or "–",
    )
    return f"| {' | '.join(cells)} |"


def _measured(values: Sequence[float], unit: str) -> str:
    found, factor = Spread.of(values), 1
    if unit == "s" and found.median < 1:
        unit, factor = "ms", 1000
    return f"{found.least * factor:.3g} / {found.median * factor:.3g} / {found.most * factor:.3g} {unit}"


def _goal(row: Row, goal: Goal) -> str:
    name = {"ratio": "ratio", "p95": "p95", "seconds": "time", "mebibytes": "memory"}[goal.of]
    unit = {"seconds": " s", "mebibytes": " MiB"}.get(goal.of, "")
    verdict = "met" if row.met(goal) else f"**not met** ({row.value(goal):.3g}{unit})"
    return f"{name} ≤ {goal.most:g}{unit}: {verdict}"


def _reached(row: Row, goal: Goal) -> dict[str, object]:
    return {**asdict(goal), "value": row.value(goal), "met": row.met(goal)}

"""``python -m bench``: measure and write the table."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from time import perf_counter

import click

from bench import asking, drawing, frames, loading, networks, readers, report, search, starting
from bench.bulk import rows as in_bulk
from bench.installation import ROOT, Bench, facts, installation
from bench.pair import Row

Section = Callable[[Bench], Iterator[Row]]
SECTIONS: dict[str, Section] = {
    "loading": loading.rows,  # first: the others measure on the graph that it leaves
    "search": search.rows,
    "asking": asking.rows,
    "readers": readers.rows,
    "drawing": drawing.rows,
    "starting": starting.rows,
    "frames": frames.rows,
    "networks": networks.rows,
    "bulk": in_bulk,
}

_LOADED = frozenset({"search", "asking", "readers", "drawing"})  # measured on what loading leaves


@click.command()
@click.option("--size", default=10_000, show_default=True, help="How many rows are loaded.")
@click.option("--bulk", default=125_000, show_default=True, help="How many entities are loaded in bulk.")
@click.option("--rounds", default=3, show_default=True, help="How many pairs.")
@click.option("--only", multiple=True, type=click.Choice(list(SECTIONS)), help="Which sections; the rest stays.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=ROOT / "docs" / "performance.md",
    help="Where the table goes; the JSON goes beside it.",
)
def main(size: int, bulk: int, rounds: int, only: tuple[str, ...], output: Path) -> None:
    """Measure Peyvand beside its peers on a throw-away engine, and write the table, anew after each section."""
    with installation(size, rounds, bulk) as bench:
        for name, found in measured(bench, SECTIONS, only, output):
            click.echo(f"{name} took {found:.0f} s", err=True)
    click.echo(output)


def measured(
    bench: Bench, sections: Mapping[str, Section], only: Collection[str], output: Path
) -> Iterator[tuple[str, float]]:
    """Yield each section that was measured, and how many seconds that took; the table holds it by then.

    Parameters
    ----------
    bench
        What is measured on.
    sections
        All of them by name.
    only
        The names of those that are wanted; the rows of the others stay. None is all.
    output
        The page; its numbers stand beside it.

    """
    took: dict[str, float] = {}
    for name, section in sections.items():
        if only and name not in only and not (name == "loading" and _LOADED.intersection(only)):
            continue
        begin = perf_counter()
        found = [report.say(row) for row in section(bench)]
        took[name] = perf_counter() - begin
        if not only or name in only:
            _write(bench, output, found, took, part=bool(only))
        yield name, took[name]


def _write(bench: Bench, output: Path, found: list[Row], took: Mapping[str, float], *, part: bool) -> None:
    """Write the table with what the last section found, after the others of this run or, for a part, of the last."""
    told = facts(bench.store)
    minutes = ", ".join(f"{name} {seconds / 60:.1f}" for name, seconds in took.items())
    told["minutes"] = f"{minutes}; {sum(took.values()) / 60:.1f} together"
    old: dict[str, str] = {}
    if part or len(took) > 1:
        old, found = report.renewed(output, found)
    if part:
        name = list(took)[-1]
        told = {**old, f"{name} anew": f"{told['date']}, {told['peyvand']}, {took[name]:.0f} s, load: {told['load']}"}
    report.write(output, told, found)


if __name__ == "__main__":
    main()

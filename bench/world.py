"""A made-up world of sister cities, the same for the same seed: CSV files as the mapping ``world`` reads them.

Partners are as unevenly spread as in the public lists: most cities have one or two, a few have dozens.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

SOURCE = "bench-list"
_STATED = {"source_id": SOURCE, "certainty": "reported", "note": ""}
_COUNTRIES = 120
_STEEPNESS = 1.1  # of the Pareto distribution that a city's weight is drawn from


def write(folder: Path, size: int, seed: int) -> list[Path]:
    """Write about ``size`` rows into ``folder``; return its files. Two of five rows are cities, the rest are links."""
    chance = random.Random(seed)  # noqa: S311 - a world, not a secret
    cities = [f"c{number}" for number in range(size * 2 // 5)]
    tables: dict[str, list[dict[str, object]]] = {
        "sources": [_source()],
        "countries": list(_countries()),
        "cities": list(_cities(cities, chance)),
        "links": list(_links(cities, size - len(cities), chance)),
    }
    return [_write(folder / f"{name}.csv", rows) for name, rows in tables.items()]


def _source() -> dict[str, object]:
    unknown = ("publisher_fa", "publisher_en", "url", "date_as_written", "date_jalali", "date_gregorian", "note")
    title = {"source_id": SOURCE, "title_en": "A list", "title_fa": "یک فهرست", "language": "en"}
    return {**title, **dict.fromkeys(unknown, "")}


def _countries() -> Iterator[dict[str, object]]:
    for number in range(_COUNTRIES):
        name = {"place_id": f"k{number}", "name_en": f"Country {number}", "name_fa": f"کشور {number}"}
        yield {**name, "iso_country": "", "geonameid": "", "lat": "", "lon": "", "line": number, **_STATED}


def _cities(ids: Sequence[str], chance: random.Random) -> Iterator[dict[str, object]]:
    for number, city in enumerate(ids):
        name = f"{_syllables(chance)} {number}"
        yield {
            "place_id": city,
            "name_en": name,
            "name_fa": f"شهر {number}",
            "kind": "city",
            "aliases": f"{name} City",
            "country_place_id": f"k{chance.randrange(_COUNTRIES)}",
            "iso_country": "",
            "geonameid": number,
            "lat": round(chance.uniform(-60, 70), 5),
            "lon": round(chance.uniform(-180, 180), 5),
            "geo_basis": "",
            "name_fa_basis": "",
            "line": number,
            **_STATED,
        }


def _links(ids: Sequence[str], count: int, chance: random.Random) -> Iterator[dict[str, object]]:
    weights = [chance.paretovariate(_STEEPNESS) for _ in ids]
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < count:
        for first, second in zip(*(chance.choices(ids, weights, k=count) for _ in range(2)), strict=True):
            if first != second and len(pairs) < count:
                pairs[min(first, second), max(first, second)] = None
    for line, (first, second) in enumerate(pairs):
        title = {"title_en": f"Sister cities: {first} – {second}", "title_fa": f"خواهرخواندگی {first} و {second}"}
        ends = {"agreement_id": f"{first}-{second}", "city_a": first, "city_b": second, "kind": "sister_city"}
        yield {**ends, **title, "status": "reported", "line": line, "evidence": f"{first} – {second}", **_STATED}


def _syllables(chance: random.Random) -> str:
    return "".join(chance.choice(("ba", "mar", "shi", "ko", "len", "tu", "ra", "vel")) for _ in range(3)).title()


def _write(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path

"""A made-up world of sister cities, the same for the same seed: CSV files as the mapping ``world`` reads them.

Its shape is that of the real lists in ``examples/world``: how many partners a city has and how many cities a country
has are drawn from what is counted there, so most cities have one partner and a few have dozens. Rows are written as
they are made; what is kept of the world is a few numbers a city.
"""

import csv
import random
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph_app._layout import EXAMPLES

_LISTS = (("bench-list", "A list", "یک فهرست", "2024-05-01"), ("bench-other", "Another list", "فهرستی دیگر", "2025-02"))
TIES = 5  # for each entity of a world that is measured by entities
_CITY_TIES, _LINK_TIES, _CLAIM_TIES = 2, 5, 3  # within and evidence; and two parties, evidence, twinning and status
_SYLLABLES = (
    ("ba", "mar", "shi", "ko", "len", "tu", "ra", "vel", "san", "de", "nor", "gil"),
    ("با", "مار", "شی", "کو", "لن", "تو", "را", "ول", "سان", "ده", "نور", "گیل"),
)
Row = Sequence[object]


@dataclass(frozen=True)
class Shape:
    """What the real lists look like: partners of each city, cities of each country, countries as their rows stand."""

    partners: tuple[int, ...]
    cities: tuple[int, ...]
    countries: tuple[Mapping[str, str], ...]

    @property
    def links(self) -> float:
        """How many links there are for each city."""
        return sum(self.partners) / 2 / len(self.partners)


@cache
def real() -> Shape:
    """Return the shape of the real lists."""
    pairs = {frozenset((row["city_a"], row["city_b"])) for row in _read("links")}
    partners = Counter(city for pair in pairs for city in pair)
    there = Counter(row["country_place_id"] for row in _read("cities"))
    countries = [row for row in _read("countries") if there[row["place_id"]]]
    return Shape(tuple(sorted(partners.values())), tuple(there[row["place_id"]] for row in countries), tuple(countries))


def write(folder: Path, size: int, seed: int) -> list[Path]:
    """Write about ``size`` rows, of cities and of links between them, into ``folder``; return its files."""
    cities = round(size / (1 + real().links))
    return _write(folder, cities, size - cities, seed, told_again=0)


def write_entities(folder: Path, count: int, seed: int) -> list[Path]:
    """Write a world of ``count`` entities with five ties each into ``folder``; return its files.

    A second list tells a part of what the first does, just so much that there are as many ties. What follows from the
    links, their statuses and the ties of the cities they join, counts.
    """
    links = real().links
    others = len(real().countries) + len(_LISTS)
    cities = round((count - others) / (1 + links))
    agreements = count - others - cities
    ties, more = _CITY_TIES * cities + _LINK_TIES * agreements, _CITY_TIES * cities + _CLAIM_TIES * agreements
    return _write(folder, cities, agreements, seed, told_again=max(0.0, (TIES * count - ties) / more))


def _write(folder: Path, cities: int, links: int, seed: int, told_again: float) -> list[Path]:
    chance = random.Random(seed)  # noqa: S311 - a world, not a secret
    seeds = [chance.getrandbits(64) for _ in range(3)]
    lists = _LISTS[: 2 if told_again else 1]

    def told(rows: Callable[[random.Random, str], Iterator[Row]], own: int) -> Iterator[Row]:
        yield from rows(random.Random(own), _LISTS[0][0])  # noqa: S311
        if told_again:
            kept = random.Random(own + 1)  # noqa: S311
            again = rows(random.Random(own), _LISTS[1][0])  # noqa: S311
            yield from (row for row in again if kept.random() < told_again)

    ends = pairs(cities, links, random.Random(seeds[2]))  # noqa: S311
    tables: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        "sources": (_SOURCE, (_source(*one) for one in lists)),
        "countries": (_COUNTRY, _countries()),
        "cities": (_CITY, told(lambda own, source: _cities(cities, own, source), seeds[0])),
        "links": (_LINK, told(lambda _own, source: _links(ends, source), seeds[1])),
    }
    return [_save(folder / f"{name}.csv", *table) for name, table in tables.items()]


_STATED = ("source_id", "certainty", "note")
_SOURCE = (
    *("source_id", "title_en", "title_fa", "language", "publisher_fa", "publisher_en", "url"),
    *("date_as_written", "date_jalali", "date_gregorian", "note"),
)
_COUNTRY = ("place_id", "name_en", "name_fa", "iso_country", "geonameid", "lat", "lon", "line", *_STATED)
_CITY = (
    *("place_id", "name_en", "name_fa", "kind", "aliases", "country_place_id", "iso_country", "geonameid"),
    *("lat", "lon", "geo_basis", "name_fa_basis", "line", *_STATED),
)
_LINK = (
    *("agreement_id", "city_a", "city_b", "kind", "title_en", "title_fa", "status", "line", "evidence"),
    *_STATED,
)


def _source(name: str, english: str, persian: str, day: str) -> Row:
    return name, english, persian, "en", "", "", "", day, "", day, ""


def _countries() -> Iterator[Row]:
    for line, row in enumerate(real().countries):
        told = (row["place_id"], row["name_en"], row["name_fa"], row["iso_country"], row["geonameid"])
        yield *told, "", "", line, _LISTS[0][0], "reported", ""


def _cities(count: int, chance: random.Random, source: str) -> Iterator[Row]:
    shape, draw = real(), chance.random
    countries = [(row["place_id"], row["iso_country"]) for row in shape.countries]
    homes = chance.choices(countries, shape.cities, k=count)
    for number, (country, iso) in enumerate(homes):
        english, persian = _named(number, chance)
        where = round(130 * draw() - 60, 5), round(360 * draw() - 180, 5)
        head = f"c{number}", english, persian, "city", f"{english} City", country, iso, number
        yield *head, *where, "", "", number, source, "reported", ""


def _named(number: int, chance: random.Random) -> tuple[str, str]:
    """Return the name of a city in both scripts; the number keeps two of them apart."""
    drawn = chance.getrandbits(30)
    parts = [drawn >> shift & 1023 for shift in (0, 10, 20)]
    english, persian = ("".join(every[part % len(every)] for part in parts) for every in _SYLLABLES)
    return f"{english.title()} {number}", f"{persian} {number}"


def _links(ends: "array[int]", source: str) -> Iterator[Row]:
    for line in range(len(ends) // 2):
        first, second = f"c{ends[2 * line]}", f"c{ends[2 * line + 1]}"
        names = f"Sister cities: {first} – {second}", f"خواهرخواندگی {first} و {second}"
        told = line, f"{first} – {second}", source, "reported", ""
        yield f"{first}-{second}", first, second, "sister_city", *names, "reported", *told


def pairs(cities: int, count: int, chance: random.Random) -> "array[int]":
    """Return ``count`` different pairs of cities, each city as often as its number of partners was drawn."""
    if count > cities * (cities - 1) // 2:
        raise ValueError(f"{cities} cities cannot have {count} links")
    drawn = chance.choices(real().partners, k=cities)
    stubs = array("l", (city for city, partners in enumerate(drawn) for _ in range(partners)))
    found, ends = set[int](), array("l")
    while len(ends) < 2 * count:
        chance.shuffle(stubs)
        for first, second in zip(stubs[::2], stubs[1::2], strict=False):
            low, high = min(first, second), max(first, second)
            if low != high and low * cities + high not in found and len(ends) < 2 * count:
                found.add(low * cities + high)
                ends.extend((low, high))
    return ends


def _read(table: str) -> list[dict[str, str]]:
    with (EXAMPLES / "world" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _save(path: Path, header: Sequence[str], rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path

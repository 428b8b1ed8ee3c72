"""Places: what a written city or country stands for, and under which id it is kept."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gazetteer import Finding, Gazetteer
from raw import Cell
from spelling import key, search_spellings, slug

Table = Mapping[tuple[str, str], Mapping[str, str]]
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Tables:
    """The committed tables that decide what the raw lists and the gazetteer cannot."""

    aliases: Table
    regions: Table
    territories: Table
    names_fa: Table


@dataclass(frozen=True)
class Country:
    """A country as a raw list words it."""

    place_id: str
    name_en: str
    name_fa: str
    iso: str
    geonameid: str
    first: Cell


@dataclass
class City:
    """A city, or a territory named in the place of one."""

    place_id: str
    name_en: str
    country: Country
    finding: Finding
    note: str
    first: Cell
    kind: str = "city"
    name_fa: str = ""
    name_fa_basis: str = ""
    spellings: list[str] = field(default_factory=list)

    def aliases(self) -> list[str]:
        """Return a few other spellings worth searching: of the lists, of GeoNames, in Arabic script."""
        town = self.finding.town
        written = [*self.spellings, town.name] if town else self.spellings
        latin = {key(name): name for name in reversed(written) if key(name) != key(self.name_en)}
        script = search_spellings(list(town.alternates), self.name_fa) if town else []
        return [*reversed(latin.values()), *script]


class Countries:
    """Every country that the lists name, by its wording there."""

    def __init__(self, codes: Mapping[str, str], geonameids: Mapping[str, str], cldr: Mapping[str, str]) -> None:
        self._codes, self._geonameids, self._cldr = codes, geonameids, cldr

    def of(self, cell: Cell, tables: Tables) -> Country:
        """Return the country of *cell*; an unknown wording is an error that names its line."""
        iso = self._codes.get(cell.country)
        if iso is None:
            raise LookupError(f"{cell.source_id} line {cell.line}: no country is called {cell.country!r}")
        geonameid, name = self._geonameids[iso], (cell.country, "")
        place_id = tables.aliases.get(name, NOTHING).get("place_id", geonameid)
        name_fa = tables.names_fa.get(name, NOTHING).get("name_fa", self._cldr[iso])
        return Country(place_id, cell.country, name_fa, iso, geonameid, cell)


class Atlas:
    """Resolves written cities to places, each kept once."""

    def __init__(self, countries: Countries, gazetteer: Gazetteer, tables: Tables) -> None:
        self._countries, self._gazetteer, self._tables = countries, gazetteer, tables
        self._namesakes: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.countries: dict[str, Country] = {}
        self.cities: dict[str, City] = {}

    def add(self, cells: Iterable[Cell]) -> None:
        """Take in every cell, in order: the first wording of a place is the one shown."""
        cells = list(cells)
        for cell in cells:
            self._namesakes[cell.name, cell.country].add(cell.region)
        for cell in cells:
            self._add_city(cell)

    def _add_city(self, cell: Cell) -> None:
        country = self._countries.of(cell, self._tables)
        country = self.countries.setdefault(country.iso, country)
        finding, note = self._look_up(cell, country)
        place_id, name = self._id_of(cell, country, finding), self.shown_name(cell)
        kind = "territory" if (cell.name, cell.country) in self._tables.territories else "city"
        city = self.cities.setdefault(place_id, City(place_id, name, country, finding, note, cell, kind))
        city.spellings = list(dict.fromkeys([*city.spellings, name]))

    def place_id(self, cell: Cell) -> str:
        """Return the id of the place that *cell* names."""
        country = self._countries.of(cell, self._tables)
        return self._id_of(cell, country, self._look_up(cell, country)[0])

    def shown_name(self, cell: Cell) -> str:
        """Return the name as written; with its region only where the country has a namesake."""
        shared = len(self._namesakes[cell.name, cell.country]) > 1
        return f"{cell.name}, {cell.region}" if cell.region and shared else cell.name

    def _look_up(self, cell: Cell, country: Country) -> tuple[Finding, str]:
        tables, name = self._tables, (cell.name, cell.country)
        if territory := tables.territories.get(name):
            return Finding(None, "", ""), f"Named as a place that is not a single city: {territory['kind']}."
        region = tables.regions.get((cell.region or cell.name, cell.country), NOTHING)
        iso, admin1 = region.get("iso_gazetteer", country.iso), region.get("admin1", "")
        finding = self._gazetteer.find(re.sub(r" \(.*\)$", "", cell.name), iso, admin1)
        return finding, finding.note or region.get("note", "")

    def _id_of(self, cell: Cell, country: Country, finding: Finding) -> str:
        if alias := self._tables.aliases.get((cell.name, cell.country)):
            return alias["place_id"]
        found = finding.town
        return str(found.geonameid) if found else slug(cell.name, cell.region, country.iso)

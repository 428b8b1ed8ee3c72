"""Build the example data of the world's sister cities from the raw lists: ``build.py --from FOLDER``.

The same inputs give the same bytes. What is decided by hand stands in the committed tables beside this script:
``aliases.csv``, ``country_names.csv``, ``names_fa.csv``, ``origins.csv``, ``regions.csv``, ``territories.csv``.
"""

import argparse
import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import raw
from links import LINK_FIELDS, Links
from persiantools.jdatetime import JalaliDate
from places import Atlas, City, Country, Table, Tables
from raw import LeftOut, Pair
from reference import HERE, iranian_names, read_countries, read_gazetteer, read_table, read_tables, versions
from spelling import key

SOURCE_FIELDS = (
    "source_id", "title_fa", "title_en", "publisher_fa", "publisher_en", "url", "date_as_written", "date_jalali",
    "date_gregorian", "language", "note",
)  # fmt: skip
COUNTRY_FIELDS = (
    "place_id", "name_en", "name_fa", "iso_country", "geonameid", "lat", "lon", "source_id", "line", "certainty",
)  # fmt: skip
CITY_FIELDS = (
    "place_id", "name_en", "name_fa", "kind", "aliases", "country_place_id", "iso_country", "geonameid", "lat", "lon",
    "geo_basis", "name_fa_basis", "source_id", "line", "certainty", "note",
)  # fmt: skip
Row = Sequence[object]


def read_pairs(folder: Path, regions: Iterable[str]) -> tuple[list[Pair], list[LeftOut]]:
    """Read every pair of both raw lists; Iran's own list comes first, so that its wording is shown."""
    pairs, left_out = raw.read_adjacency(folder / "sister-city-visualizer" / "adj_list.csv", set(regions))
    iran = raw.read_partners(folder / "iran-links" / "iran_sister_cities.csv", "Iran")
    return [*iran, *pairs], left_out


def name_in_persian(city: City, curated: Table, iranian: Mapping[str, str]) -> None:
    """Give *city* its Persian name: ours if there is one, else that of the table of Iranian cities."""
    if row := curated.get((city.name_en, city.country.name_en)):
        city.name_fa, city.name_fa_basis = row["name_fa"], "curated"
    elif city.country.iso == "IR" and key(city.name_en) in iranian:
        city.name_fa, city.name_fa_basis = iranian[key(city.name_en)], "iran-places"


def make_atlas(folder: Path, pairs: list[Pair], tables: Tables) -> Atlas:
    """Resolve every city of *pairs*."""
    atlas = Atlas(read_countries(), read_gazetteer(), tables)
    atlas.add(cell for pair in pairs for cell in (pair.a, pair.b))
    iranian = iranian_names(folder)
    for city in atlas.cities.values():
        name_in_persian(city, tables.names_fa, iranian)
    return atlas


def source_row(origin: Mapping[str, str], folder: Path) -> Row:
    """Return the row of one origin, its date in both calendars."""
    day = raw.snapshot_date(folder / origin["folder"]) if origin["folder"] else ""
    day = day or origin["date"]
    jalali = JalaliDate(date.fromisoformat(day)).isoformat() if day else ""
    filled = {**origin, "note": origin["note"].format(**versions())}
    return [*(filled[name] for name in SOURCE_FIELDS[:6]), day, jalali, day, filled["language"], filled["note"]]


def country_row(country: Country) -> Row:
    """Return a country without a position: GeoNames' package has none."""
    names = (country.place_id, country.name_en, country.name_fa, country.iso, country.geonameid)
    return [*names, "", "", country.first.source_id, country.first.line, "reported"]


def city_row(city: City) -> Row:
    """Return a city, with a position only if the gazetteer knows exactly one."""
    town = city.finding.town
    names = (city.place_id, city.name_en, city.name_fa, city.kind, "|".join(city.aliases()))
    where: Row = (town.geonameid, town.lat, town.lon) if town else ("", "", "")
    bases = (city.finding.basis, city.name_fa_basis, city.first.source_id, city.first.line, "reported", city.note)
    return [*names, city.country.place_id, city.country.iso, *where, *bases]


def write_table(path: Path, fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Write one CSV file: UTF-8, comma, line feed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([fields, *rows])


def write_all(folder: Path, target: Path) -> str:
    """Write every table made from the raw *folder* into *target*; return the figures."""
    tables = read_tables()
    pairs, left_out = read_pairs(folder, {region for region, _ in tables.regions})
    atlas = make_atlas(folder, pairs, tables)
    links = Links(atlas)
    for pair in pairs:
        links.add(pair)
    origins = read_table(HERE / "origins.csv", "source_id").values()
    write_table(target / "sources.csv", SOURCE_FIELDS, (source_row(origin, folder) for origin in origins))
    write_table(target / "countries.csv", COUNTRY_FIELDS, map(country_row, atlas.countries.values()))
    write_table(target / "cities.csv", CITY_FIELDS, map(city_row, atlas.cities.values()))
    write_table(target / "links.csv", LINK_FIELDS, links.rows())
    write_table(target / "left-out.csv", LeftOut._fields, [*left_out, *links.left_out])
    copy_licences(folder, target)
    return figures(atlas, links, len(pairs))


def copy_licences(folder: Path, target: Path) -> None:
    """Put the licence of each raw data set that has one beside the tables."""
    for name in ("sister-city-visualizer", "iran-places"):
        shutil.copyfile(folder / name / "LICENSE", target / f"LICENSE-{name}.txt")


def figures(atlas: Atlas, links: Links, pairs: int) -> str:
    """Say how much was read and written."""
    cities = atlas.cities.values()
    placed = sum(city.finding.town is not None for city in cities)
    persian = sum(bool(city.name_fa) for city in cities)
    return (
        f"{pairs} pairs read, {links.agreements} agreements in {len(links.rows())} rows, "
        f"{len(cities)} cities of {len(atlas.countries)} countries: "
        f"{placed} with a position, {persian} with a Persian name"
    )


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description="Build the example data of the world's sister cities.")
    parser.add_argument("--from", dest="folder", type=Path, required=True, help="folder of the raw data sets")
    parser.add_argument("--to", dest="target", type=Path, default=HERE, help="where to write (default: here)")
    given = parser.parse_args()
    print(write_all(given.folder, given.target))


if __name__ == "__main__":
    main()

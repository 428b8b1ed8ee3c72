"""The raw link lists: every pair that they state, with its physical line and its wording."""

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ADJACENCY = "src-sister-city-visualizer"
IRAN_LINKS = "src-iran-sister-cities"
MANY = 3  # two cities with the same partners, at least so many, are worth a note


class Cell(NamedTuple):
    """A city as written in a raw list."""

    source_id: str
    line: int
    name: str
    region: str
    country: str


class Pair(NamedTuple):
    """Two cities on one line of a raw list."""

    a: Cell
    b: Cell
    evidence: str
    note: str = ""


class LeftOut(NamedTuple):
    """What a raw list holds and we do not take."""

    source_id: str
    line: int
    raw: str
    reason: str


def split_cell(text: str, regions: set[str], source_id: str, line: int) -> Cell:
    """Split ``City, Region, Country``; the region counts only if we know it (``Washington, D.C.`` is a name)."""
    name, _, country = text.rpartition(", ")
    before, _, region = name.rpartition(", ")
    known = region in regions and bool(before)
    return Cell(source_id, line, before if known else name, region if known else "", country)


def read_lines(path: Path) -> list[tuple[int, list[str]]]:
    """Read a CSV file as (physical line on which the row ends, cells)."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        return [(reader.line_num, [cell.strip() for cell in row]) for row in reader]


def read_adjacency(path: Path, regions: set[str]) -> tuple[list[Pair], list[LeftOut]]:
    """Read the adjacency list: in each row a city, then its partners."""
    (first, header), *rows = read_lines(path)
    left_out = [LeftOut(ADJACENCY, first, ",".join(header[:4]) + ",…", "Column numbers, not cities.")]
    notes = shared_partners(rows)
    pairs = []
    for line, (city, *partners) in rows:
        for partner in filter(None, partners):
            a, b = (split_cell(text, regions, ADJACENCY, line) for text in (city, partner))
            pairs.append(Pair(a, b, f"{city} – {partner}", notes.get(line, "")))
    return pairs, left_out


def shared_partners(rows: list[tuple[int, list[str]]]) -> dict[int, str]:
    """Note the rows of different cities that list exactly the same partners: one may be a copy of the other."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line, (_, *cells) in rows:
        partners = tuple(filter(None, cells))
        groups[partners if len(partners) >= MANY else (str(line),)].append(line)
    twins = [lines for lines in groups.values() if len(lines) > 1]
    text = "Lines {} of the list give the same partners to different cities: possibly a copying error there."
    return {line: text.format(" and ".join(map(str, lines))) for lines in twins for line in lines}


def read_partners(path: Path, country: str) -> list[Pair]:
    """Read ``city,partner_city,partner_country`` rows of one country's cities."""
    _, *rows = read_lines(path)
    return [
        Pair(
            Cell(IRAN_LINKS, line, city, "", country),
            Cell(IRAN_LINKS, line, partner, "", partner_country),
            f"{city} – {partner}",
        )
        for line, (city, partner, partner_country) in rows
    ]


def snapshot_date(folder: Path) -> str:
    """Return the last ISO date that ``ORIGIN.txt`` names, or nothing."""
    found = re.findall(r"\d{4}-\d{2}-\d{2}", (folder / "ORIGIN.txt").read_text(encoding="utf-8"))
    return found[-1] if found else ""

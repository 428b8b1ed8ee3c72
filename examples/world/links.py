"""Links: one agreement for each pair of places, with every source that states it."""

from places import Atlas, City
from raw import LeftOut, Pair

LINK_FIELDS = (
    "agreement_id", "city_a", "city_b", "kind", "title_en", "title_fa", "status", "source_id", "line", "evidence",
    "certainty", "note",
)  # fmt: skip
Row = list[object]


class Links:
    """One agreement for each unordered pair of places, one row for each source that states it."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._rows: dict[tuple[str, str], tuple[Pair, list[int]]] = {}
        self._ends: dict[str, tuple[City, City]] = {}
        self.left_out: list[LeftOut] = []

    def add(self, pair: Pair) -> None:
        """Take in a pair: a new agreement, another source of one, or another line of the same source."""
        a, b = (self._atlas.cities[self._atlas.place_id(cell)] for cell in (pair.a, pair.b))
        if a is b:
            self.left_out.append(LeftOut(pair.a.source_id, pair.a.line, pair.evidence, "Both names mean one place."))
            return
        agreement = "-".join(["sister-city", *sorted((a.place_id, b.place_id))])
        self._ends.setdefault(agreement, (a, b))
        _, lines = self._rows.setdefault((agreement, pair.a.source_id), (pair, []))
        lines.append(pair.a.line)

    @property
    def agreements(self) -> int:
        """Return how many agreements there are, however many sources state them."""
        return len(self._ends)

    def rows(self) -> list[Row]:
        """Return every row, in the order of the lists."""
        return [self._row(agreement, *row) for (agreement, _), row in self._rows.items()]

    def _row(self, agreement: str, pair: Pair, lines: list[int]) -> Row:
        a, b = self._ends[agreement]
        again = f"Also on line {', '.join(map(str, lines[1:]))} of the list." if len(lines) > 1 else ""
        note = " ".join(filter(None, [again, pair.note]))
        claim = (pair.a.source_id, lines[0], pair.evidence, "reported", note)
        return [agreement, a.place_id, b.place_id, "sister_city", *titles(a, b), "reported", *claim]


def titles(a: City, b: City) -> tuple[str, str]:
    """Return the English title, and the Persian one where both Persian names are known."""
    english = f"Sister cities: {a.name_en} – {b.name_en}"
    return english, f"خواهرخواندگی {a.name_fa} و {b.name_fa}" if a.name_fa and b.name_fa else ""

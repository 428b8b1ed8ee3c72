"""The tables of the demonstration, and how they are written."""

import csv
from collections.abc import Mapping
from pathlib import Path

SOURCE = "src-demo"  # everything fictional is said by this one,
SECOND = "src-demo-second"  # or by this one, where two sources differ
GEOGRAPHY = "src-provinces-of-iran"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sources": ("title_fa", "title_en", "reliability", "fictional"),
    "provinces": ("place_id", "name_fa", "name_en", "country_place_id", "iso_country", "iso_subdivision", "lat", "lon"),
    "institutions": ("institution_id", "name_fa", "name_en", "kind", "place_id"),
    "bodies": ("body_id", "name_fa", "name_en", "kind", "agreement_id", "status"),
    "people": ("person_id", "name_fa", "name_en"),
    "positions": (
        "position_id", "person_id", "institution_id", "title_fa", "title_en", "kind", "from_date", "to_date",
    ),
    "topics": ("topic_id", "name_fa", "name_en", "kind"),
    "agreements": (
        "agreement_id", "kind", "title_fa", "title_en", "status", "status_as_of", "effective_on", "ends_on", "term",
        "notice_days", "auto_renew", "open_ended", "review_disposition", "umbrella_id",
    ),
    "parties": ("agreement_id", "party_type", "party_id", "role"),
    "signatures": ("agreement_id", "person_id", "party_id", "signed_on"),
    "subjects": ("agreement_id", "topic_id"),
    "acts": ("act_id", "agreement_id", "act", "date", "party_id", "until", "term", "title_fa", "title_en"),
    "successions": ("agreement_id", "earlier_agreement_id", "reason"),
    "events": ("event_id", "kind", "title_fa", "title_en", "status", "date", "agreement_id", "place_id"),
    "participants": ("event_id", "participant_type", "participant_id", "role"),
    "commitments": ("commitment_id", "agreement_id", "owner_id", "action_fa", "action_en", "kind", "status", "due"),
}  # fmt: skip
UNMARKED = frozenset({"sources", "provinces"})  # these are not fictional, or say it in full
_SAID_BY = ("source_id", "certainty", "note")


class Tables:
    """Rows by table, in the order in which they were added."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in COLUMNS}

    def add(self, table: str, source: str = SOURCE, certainty: str = "stated", note: str = "", **cells: str) -> None:
        """Add a row; its names get the mark of what is fictional."""
        if unknown := set(cells) - set(COLUMNS[table]):
            raise ValueError(table, unknown)
        said = {"source_id": source, "certainty": certainty, "note": note}
        marked = cells if table in UNMARKED else {name: _marked(name, cell) for name, cell in cells.items()}
        self.rows[table].append({**dict.fromkeys(COLUMNS[table], ""), **marked, **said})

    def write(self, folder: Path) -> None:
        """Write every table into ``folder``."""
        for name, rows in self.rows.items():
            with (folder / f"demo-{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, (*COLUMNS[name], *_SAID_BY), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def _marked(name: str, cell: str) -> str:
    if not cell:
        return cell
    if name.endswith("_fa"):
        return f"{cell} (نمونه)"
    return f"{cell} (demo)" if name.endswith("_en") else cell

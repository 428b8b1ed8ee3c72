"""What a plan has the ledger keep of rows, as an entry of JSON in a plan that is kept in a file, and back again."""

from collections.abc import Mapping
from typing import Any

from loaders.rows import RowRecord, RowWork

_HASHES = ("identity", "raw", "content")


def of_work(work: RowWork | None) -> dict[str, Any] | None:
    """Return ``work`` as an entry."""
    if work is None:
        return None
    new = [{name: _packed(item) for name, item in vars(record).items() if name != "entities"} for record in work.new]
    noted = [[number, raw.hex(), line] for number, raw, line in work.noted]
    gone = {str(number): list(claims) for number, claims in work.gone.items()}
    return {"new": new, "gone": gone, "noted": noted, "met": work.met, "scan": work.scan}


def work(entry: Mapping[str, Any] | None) -> RowWork | None:
    """Return the work that ``entry`` holds."""
    if entry is None:
        return None
    new = tuple(_record(found) for found in entry["new"])
    gone = {int(number): tuple(claims) for number, claims in entry["gone"].items()}
    noted = tuple((number, bytes.fromhex(raw), line) for number, raw, line in entry["noted"])
    met = tuple((table, None if numbers is None else tuple(numbers)) for table, numbers in entry["met"])
    return RowWork(new, gone, noted, met, entry["scan"])


def _packed(item: object) -> object:
    return item.hex() if isinstance(item, bytes) else item


def _record(entry: Mapping[str, Any]) -> RowRecord:
    hashes = {name: bytes.fromhex(entry[name]) for name in _HASHES}
    return RowRecord(**{**entry, **hashes, "claims": tuple(entry["claims"])})

"""What differs between two looks at the same watch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["new", "changed", "gone"]


@dataclass(frozen=True)
class Change:
    """One row that is new, changed or gone; ``before`` and ``after`` are its cells, None where it is not there."""

    kind: Kind
    before: list[Any] | None
    after: list[Any] | None

    @property
    def cells(self) -> list[tuple[Any, Any]]:
        """(before, after) of each cell; equal where nothing changed, or where the row is new or gone."""
        before, after = self.before or self.after or [], self.after or self.before or []
        return list(zip(before, after, strict=False))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what is new, changed and gone, in this order; rows are told apart by their keys."""
    if before.get("columns") != after.get("columns"):
        return list(_all(before, "gone")) + list(_all(after, "new"))
    old, new = before["rows"], after["rows"]
    found = [Change("new", None, cells) for key, cells in new.items() if key not in old]
    found += [Change("changed", old[key], cells) for key, cells in new.items() if key in old and old[key] != cells]
    return found + [Change("gone", cells, None) for key, cells in old.items() if key not in new]


def _all(seen: Mapping[str, Any], kind: Kind) -> Iterator[Change]:
    for cells in seen.get("rows", {}).values():
        yield Change(kind, cells if kind == "gone" else None, cells if kind == "new" else None)

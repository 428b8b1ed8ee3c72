"""Cells as they were written, where reading changed them: other letters, digits, spaces or a date's signs."""

from graph_app.dates import PartialDate
from loaders.columns import Value


def original(cell: str, item: Value) -> str | None:
    """Return ``cell`` if reading it as ``item`` changed more than the spaces around it; else None.

    Examples
    --------
    >>> original("علي", "علی"), original("۱۷۰", 170), original(" 170 ", 170)
    ('علي', '۱۷۰', None)

    """
    written = cell.strip()
    match item:
        case str():
            return None if written == item else written
        case None | bool():
            return None
        case int() | float():
            return None if _plain(written) else written
        case PartialDate():
            return None if written == item.written else written
        case tuple():
            return None if written == "|".join(item) else written
    return None  # exact values are their cells


def _plain(number: str) -> bool:
    return number.isascii() and "," not in number

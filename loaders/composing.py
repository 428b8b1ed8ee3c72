"""Keys and titles made of the cells of a row, for exports that number nothing.

A key that a column holds is taken as it is. A name becomes its search key without spaces, so that the spellings of one
name make one key; a date becomes its days.
"""

from collections.abc import Mapping, Sequence

from graph_app.dates import PartialDate
from graph_app.text import squash
from loaders.column_rules import Column
from loaders.columns import Value
from loaders.rules import PLACE

_EXACT = frozenset({"key", "word", "enum", "lookup", "references"})
_BETWEEN = "-"


def key_of(parts: Sequence[str]) -> str:
    """Return the key that ``parts`` make together."""
    return _BETWEEN.join(parts)


def key_part(item: Value, column: Column | None) -> str:
    """Return what the value of a cell adds to a key; empty if it has nothing to add.

    Examples
    --------
    >>> key_part("New York", None), key_part(12, None)
    ('newyork', '12')

    """
    match item:
        case str():
            return item if column and column.type in _EXACT and " " not in item else squash(item)
        case None:
            return ""
        case PartialDate():
            return _days(item)
        case tuple():
            return _BETWEEN.join(map(squash, item))
    return str(item)


def filled(template: str, values: Mapping[str, Value]) -> str | None:
    """Return ``template`` with the values of the columns in its braces; None if one of them is empty.

    Examples
    --------
    >>> filled("Link of {a} and {b}", {"a": "مشهد", "b": "لاهور"}), filled("{a}", {"a": None})
    ('Link of مشهد and لاهور', None)

    """
    if "{" not in template:
        return template
    names = PLACE.findall(template)
    if any(values.get(name) is None for name in names):
        return None
    return PLACE.sub(lambda found: _text(values[found[1]]), template)


def _text(item: Value) -> str:
    if isinstance(item, PartialDate):
        return item.written
    return "، ".join(item) if isinstance(item, tuple) else str(item)


def _days(date: PartialDate) -> str:
    if date.bounds is None:
        return f"xxxx-{date.month or 0:02}-{date.day or 0:02}"
    first, last = date.bounds
    return first.isoformat() if first == last else f"{first}..{last}"

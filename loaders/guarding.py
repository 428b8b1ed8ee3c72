"""Cells that no spreadsheet takes for a formula; what was put in front of them is taken off when they are read."""

import re

_FORMULA = re.compile(r"^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?=[=+\-@＝＋－＠'])")
_GUARD = re.compile(r"(?:^|(?<=[;\t\r\n]))'")


def guarded(cell: str) -> str:
    """Return ``cell`` with an apostrophe in front of what a spreadsheet would take for a formula, or of another one.

    Examples
    --------
    >>> guarded("=1+1"), guarded("a;=1"), guarded("1-1"), bare(guarded("'=1;'"))
    ("'=1+1", "a;'=1", '1-1', "'=1;'")

    """
    return _FORMULA.sub("'", cell)


def bare(cell: str) -> str:
    """Return a guarded ``cell`` as it was."""
    return _GUARD.sub("", cell)

"""Rejected rows as a file that Excel opens, that tells people what to mend and where."""

import csv
from collections.abc import Iterable
from pathlib import Path

from graph_app.cli.context import say
from graph_app.errors import N_
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders.facts import Reject
from loaders.plan import Plan


def keep_rejects(made: Plan) -> Path | None:
    """Write the rejected rows of ``made`` into a file of its mapping and return where; None without any."""
    if not made.rejects:
        return None
    path = Settings.read().home / "rejects" / f"{made.mapping}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_rejects(made.rejects, path)


def write_rejects(rejects: Iterable[Reject], path: Path) -> Path:
    """Write ``rejects`` to ``path`` as UTF-8 CSV with a byte order mark, say so, and return ``path``.

    Their own columns follow after where and why each was rejected. What a spreadsheet would take for a formula has an
    apostrophe in front, which ``replay`` takes off.
    """
    from loaders.replaying import table_of  # noqa: PLC0415 - most plans reject nothing

    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(table_of(list(rejects), gettext))
    say(gettext(N_("The rejected rows are in %(path)s.")) % {"path": path})
    return path

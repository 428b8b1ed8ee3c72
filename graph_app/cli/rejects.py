"""Rejected rows as a file that Excel opens, that tells people what to mend and where."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph_app.cli.context import say
from graph_app.errors import N_
from graph_app.export import defused
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders.facts import Reject
from loaders.plan import Plan

_COLUMNS = ("_file", "_line", "_column", "_value", "_reason", "_hint", "row")


def keep_rejects(made: Plan) -> Path | None:
    """Write the rejected rows of ``made`` into a file of its mapping and return where; None without any."""
    if not made.rejects:
        return None
    path = Settings.read().home / "rejects" / f"{made.mapping}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_rejects(made.rejects, path)


def write_rejects(rejects: Iterable[Reject], path: Path) -> Path:
    """Write ``rejects`` to ``path`` as UTF-8 CSV with a byte order mark, say so, and return ``path``.

    The cells of the row follow in the order of its file. What a spreadsheet would take for a formula has an
    apostrophe in front.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(_COLUMNS)
        writer.writerows(map(defused, _cells(reject)) for reject in rejects)
    say(gettext(N_("The rejected rows are in %(path)s.")) % {"path": path})
    return path


def _cells(reject: Reject) -> Iterator[str]:
    yield from (reject.file, str(reject.row.line), reject.column, reject.value)
    yield from (reject.reason.translated(gettext), reject.reason.translated_hint(gettext))
    yield from reject.row.cells

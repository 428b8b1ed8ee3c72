"""What was sent and planned, taken away after some days of rest; what a run was made of stays in the ledger."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from shutil import rmtree
from time import time

from sqlalchemy import select

from graph_app.database import Database
from graph_app.database.tables import Load, LoadFile
from graph_app.loading.drafts import WORKING, Drafts, touched
from graph_app.uploads.shelf import Shelf

_DAY = 86_400  # seconds


def sweep(places: Iterable[Drafts], shelf: Shelf, database: Database, days: int) -> None:
    """Remove the plans and files that nobody touched for ``days`` days; none of them if that is 0.

    The plans lie in ``places``, all of those whose files are on ``shelf``. Plans that are being made or written stay,
    and so do the files of a run that did not come to its end, the plans made of them, and the files of every plan that
    stays.
    """
    if not days:
        return
    before = time() - days * _DAY
    needed = _unfinished(database)
    kept = set(needed)
    for draft, state in chain.from_iterable(drafts.all() for drafts in places):
        files = {Path(file) for file in draft.asked.files}
        if state.stage in WORKING or touched(draft.folder) >= before or files & needed:
            kept |= files
        else:
            rmtree(draft.folder, ignore_errors=True)
    shelf.sweep(before, kept)


def _unfinished(database: Database) -> set[Path]:
    """Return the files of runs that did not come to their end."""
    asked = select(LoadFile.path).join(Load, Load.number == LoadFile.load)
    with database.reading() as session:
        return set(map(Path, session.scalars(asked.where(Load.state.in_(("running", "failed"))))))

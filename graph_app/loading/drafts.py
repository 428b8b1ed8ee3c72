"""A plan on its way, kept in a folder of its own, so that it outlives the page and the process that made it."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from typing import Any, Literal

from graph_app.errors import N_, NotFoundError, PeyvandError
from graph_app.loading.processes import Process, here
from graph_app.private import write_private
from loaders import entries
from loaders.progress import Progress

Stage = Literal["planning", "planned", "refused", "applying", "cut", "failed", "done"]
WORKING: frozenset[Stage] = frozenset({"planning", "applying"})
_ID = re.compile(r"[0-9a-f]{12}")
_ASKED, _STATE, _FOUND, _PLAN = "asked.json", "state.json", "found.json", "plan.json.gz"


@dataclass(frozen=True)
class Wishes:
    """How files are to be read, where a person says so.

    ``overwrite`` takes the files' values for what was changed by hand; ``thorough`` compares with the graph also rows
    that did not change since they were loaded.
    """

    mapping: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    overwrite: bool = False
    thorough: bool = False


@dataclass(frozen=True)
class Asked:
    """What a draft is to become.

    Parameters
    ----------
    who, at
        Who asked, and when (ISO).
    files, others
        The files to load, and the names of those that were sent along and are no exports.
    wishes
        How to read them.
    undoes, finishes
        The run that is to be taken back, or that was cut off and is to be finished; then there are no files.
    mends
        The run or the draft whose rejected rows the files are.

    """

    who: str
    at: str
    files: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    undoes: str | None = None
    finishes: str | None = None
    mends: str | None = None


@dataclass(frozen=True)
class State:
    """How far a draft is.

    Parameters
    ----------
    stage
        Where it stands.
    process
        The process that works on it.
    reason
        Why it is not planned or not written, as an entry.
    runs
        The later runs that stand in the way of an undoing.
    run
        The run that wrote it.
    progress
        How far the writing is.

    """

    stage: Stage
    process: Process | None = None
    reason: dict[str, Any] | None = None
    runs: tuple[str, ...] = ()
    run: str | None = None
    progress: Progress | None = None

    @property
    def problem(self) -> PeyvandError | None:
        """The reason as a sentence, ready for either language."""
        return entries.reason(self.reason) if self.reason else None


class Draft:
    """One draft in its ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.id = folder, folder.name
        try:
            asked = json.loads((folder / _ASKED).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise away(self.id) from error
        wishes = Wishes(**asked.pop("wishes"))
        self.asked = Asked(**{**asked, "files": tuple(asked["files"]), "others": tuple(asked["others"])}, wishes=wishes)

    @property
    def names(self) -> list[str]:
        """The names of the files."""
        return [Path(file).name for file in self.asked.files]

    @property
    def title(self) -> str:
        """What people call it: its file or, of several, the folder or archive in which they came."""
        if len(self.asked.files) == 1:
            return self.names[0]
        return Path(self.asked.files[0]).parent.name if self.asked.files else ""

    @property
    def made_at(self) -> datetime:
        """When it was asked for."""
        return datetime.fromisoformat(self.asked.at)

    @property
    def plan(self) -> Path:
        """The file with the plan, once there is one."""
        return self.folder / _PLAN

    @property
    def state(self) -> State:
        """How far it is now; work whose process is gone was cut off.

        Raises
        ------
        NotFoundError
            If it was discarded meanwhile.

        """
        try:
            kept = json.loads((self.folder / _STATE).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise away(self.id) from error
        process = Process(*kept["process"]) if kept["process"] else None
        progress = Progress(**kept["progress"]) if kept["progress"] else None
        state = State(**{**kept, "process": process, "progress": progress, "runs": tuple(kept["runs"])})
        return (
            replace(state, stage="cut")
            if state.stage in WORKING and not (process and process.alive(touched(self.folder / _STATE)))
            else state
        )

    @property
    def found(self) -> dict[str, Any]:
        """What planning found besides the plan."""
        path = self.folder / _FOUND
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def tell(self, state: State) -> None:
        """Keep how far it is; of one that is discarded meanwhile nobody asks, and what is written goes on."""
        with suppress(FileNotFoundError):
            _write(self.folder / _STATE, asdict(state))

    def keep(self, found: dict[str, Any]) -> None:
        """Keep what planning found besides the plan."""
        _write(self.folder / _FOUND, found)

    def beat(self) -> None:
        """Tell the processes of other machines that share the folder that this one works on it still."""
        with suppress(OSError):  # discarded, or the folder is away for a moment
            os.utime(self.folder / _STATE)


class Drafts:
    """All drafts, in ``folder``, which only its owner can enter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, asked: Asked, stage: Stage) -> Draft:
        """Keep a new draft, which this process works on."""
        made = self.folder / token_hex(6)
        made.mkdir(mode=0o700, parents=True)
        try:
            _write(made / _ASKED, asdict(asked))
            _write(made / _STATE, asdict(State(stage, here())))
        except OSError:
            rmtree(made, ignore_errors=True)
            raise
        return Draft(made)

    def get(self, id_: str) -> Draft:
        """Return the draft with this id.

        Raises
        ------
        NotFoundError
            If there is none.

        """
        if not _ID.fullmatch(id_) or not (self.folder / id_ / _STATE).is_file():
            raise away(id_)
        return Draft(self.folder / id_)

    def open(self) -> Iterator[Draft]:
        """Yield the drafts that are not done, the newest first."""
        yield from (draft for draft, state in self.all() if state.stage != "done")

    def all(self) -> Iterator[tuple[Draft, State]]:
        """Yield every draft with its state, the newest first, but those discarded meanwhile or of another version."""
        made = [path for path in self.folder.glob("*") if _ID.fullmatch(path.name) and (path / _STATE).is_file()]
        for path in sorted(made, key=touched, reverse=True):
            with suppress(NotFoundError, ValueError, KeyError, TypeError):
                draft = Draft(path)
                yield draft, draft.state


def away(id_: str) -> NotFoundError:
    """Return the refusal to show a plan that is not here."""
    return NotFoundError(N_("There is no plan “%(id)s” here. It may have been made on another machine."), id=id_)


def touched(place: Path) -> float:
    """Return when anything in ``place`` changed last, in seconds since 1970."""
    try:
        return place.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def moment() -> str:
    """Return this moment as text."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _write(path: Path, content: dict[str, Any]) -> None:
    write_private(path, json.dumps(content, ensure_ascii=False))

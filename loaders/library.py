"""All mappings that can be named: those that come with Peyvand, and those in the user's folder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_app.errors import N_, LoadError
from loaders import mapping as mappings
from loaders.mapping import MAPPINGS, MappingFile

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Found:
    """A mapping and its file."""

    mapping: MappingFile
    path: Path
    shipped: bool

    @property
    def own_file(self) -> Path | None:
        """The file of a mapping that does not come with Peyvand."""
        return None if self.shipped else self.path


@dataclass(frozen=True)
class Broken:
    """A file in the user's folder that is no mapping, and why."""

    path: Path
    reason: LoadError


@dataclass(frozen=True)
class Library:
    """The mappings that can be used, the shipped ones first, and the files that are broken."""

    found: tuple[Found, ...]
    broken: tuple[Broken, ...] = ()

    def named(self, name: str) -> Found:
        """Return the mapping called ``name``, or the one in the file ``name``.

        Raises
        ------
        LoadError
            If there is none, or it is broken.

        """
        if name.endswith(SUFFIXES):
            return Found(mappings.load(Path(name)), Path(name), shipped=False)
        for one in self.found:
            if one.mapping.mapping == name:
                return one
        broken = next((one for one in self.broken if one.path.stem == name), None)
        if broken:
            raise broken.reason
        names = ", ".join(one.mapping.mapping for one in self.found)
        raise LoadError(N_("There is no mapping “%(name)s”; there are: %(names)s."), name=name, names=names)

    def path_of(self, name: str) -> Path:
        """Return the file of the mapping called ``name``, sound or broken. Errors as for ``named``."""
        if name.endswith(SUFFIXES):
            return Path(name)
        broken = next((one.path for one in self.broken if one.path.stem == name), None)
        return broken or self.named(name).path

    def fitting(self, files: Sequence[Path]) -> Found:
        """Return the one mapping that fits ``files`` by their names, or else by the names of their sheets.

        Raises
        ------
        LoadError
            If none or several fit; the message names what is missing.

        """
        known = [one.mapping for one in self.found]
        names = [file.name for file in files]
        try:
            fits = mappings.fitting(names, known)
        except LoadError:
            holding = [one for one in known if _holds_all(one, files)]
            if len(holding) != 1:
                raise
            fits = holding[0]
        return next(one for one in self.found if one.mapping is fits)


def library(folder: Path) -> Library:
    """Return the shipped mappings and those in ``folder``. A broken file is told, and does not stop the others."""
    found = [Found(mappings.load(path), path, shipped=True) for path in sorted(MAPPINGS.glob("*.yaml"))]
    broken: list[Broken] = []
    for path in _files(folder):
        try:
            found.append(_own(path, found))
        except LoadError as error:
            broken.append(Broken(path, error))
    return Library(tuple(found), tuple(broken))


def _holds_all(mapping: MappingFile, files: Sequence[Path]) -> bool:
    """Return whether the sheets of ``files`` hold all tables of ``mapping``."""
    held = {table.file for file in files for table, _ in mapping.tables_in(file)}
    return held == set(mapping.by_file)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())


def _own(path: Path, found: Sequence[Found]) -> Found:
    mapping = mappings.load(path)
    other = next((one for one in found if one.mapping.mapping == mapping.mapping), None)
    if other:
        message = N_("%(file)s: the name %(name)s belongs to %(other)s already; give it another one.")
        raise LoadError(message, file=path.name, name=mapping.mapping, other=other.path.name)
    return Found(mapping, path, shipped=False)

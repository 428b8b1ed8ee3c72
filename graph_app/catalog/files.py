"""The file of a question: where it must stand, and what must be true of it without a server."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from graph_app.catalog.header import Header, Path_, line_of, read, split
from graph_app.catalog.parameters import flat
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.question import Question
from graph_app.catalog.statement import Statement, parse
from graph_app.catalog.values import looks_like_id, plain_value
from graph_app.errors import N_, PeyvandError


def files_in(folder: Path) -> list[Path]:
    """Return the files of questions in ``folder``, which need not be there."""
    return sorted(folder.rglob("*.cypher"))


def load(file: Path, name: str) -> Question:
    """Return the question in ``file``, checked as far as that goes without a server.

    Raises
    ------
    QuestionFileError
        If it is badly written.

    """
    yaml_text, body, line = split(text_of(file))
    header, lines = read(yaml_text, file)
    statement = parse(body, file, line)
    _check_names(header, lines, statement, file)
    _check_values(header, lines, file)
    return Question(name, file, header, statement)


def _check_names(header: Header, lines: Mapping[Path_, int], statement: Statement, file: Path) -> None:
    """Refuse a header that declares what the text does not use, or the reverse."""
    used = set(statement.parameters)
    earlier: list[str] = []
    for name, parameter in header.params.items():
        line = line_of(lines, ("params", name))
        asked = set(parse(parameter.values, file, line).parameters) if isinstance(parameter.values, str) else set()
        if asked != set(parameter.depends_on) or not asked <= set(earlier):
            message = N_("The values of “%(name)s” use %(used)s; they must depend on these, and on earlier ones only.")
            raise QuestionFileError(file, line, message, name=name, used=_listed(asked))
        used |= asked
        earlier.append(name)
    for name, line in statement.parameters.items():
        if name not in header.params:
            raise QuestionFileError(file, line, N_("$%(name)s is used but not declared in the header."), name=name)
    for name in header.params:
        if name not in used:
            line = line_of(lines, ("params", name))
            raise QuestionFileError(file, line, N_("“%(name)s” is declared but $%(name)s is not used."), name=name)


def _check_values(header: Header, lines: Mapping[Path_, int], file: Path) -> None:
    """Refuse a default or an example that could not be asked with."""
    today = datetime.now(UTC).date()
    for name, parameter in header.params.items():
        if parameter.default is not None:
            path: Path_ = ("params", name, "default")
            _check_value(header, name, flat(name, parameter.default), today, file, line_of(lines, path))
        example = {} if header.example is None else flat(name, header.example.get(name, parameter.default))
        _check_value(header, name, example, today, file, line_of(lines, ("example", name)))


def _check_value(header: Header, name: str, given: Mapping[str, str], today: date, file: Path, line: int) -> None:
    parameter = header.params[name]
    try:
        value = plain_value(name, parameter, given, today)
    except PeyvandError as problem:
        message = N_("The value of “%(name)s” cannot be used: %(why)s")
        raise QuestionFileError(file, line, message, name=name, why=problem) from problem
    for text in value if isinstance(value, list) else [value]:
        if parameter.type == "entity" and text is not None and not looks_like_id(text):
            raise QuestionFileError(file, line, N_("“%(text)s” is not the id of an entity."), text=text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names)) or "–"


def name_of(file: Path, folder: Path) -> str:
    """Return the name of the question in ``file``; raise ``QuestionFileError`` if the file is not where it must be."""
    name = file.relative_to(folder).with_suffix("").as_posix()
    parts = name.split("/")
    if len(parts) != 2 or not all(part.isidentifier() and part == part.lower() and part.isascii() for part in parts):  # noqa: PLR2004
        message = N_("The file must be <subject>/<question>.cypher, in small letters, digits and _.")
        raise QuestionFileError(file, 1, message)
    return name


def text_of(file: Path) -> str:
    """Return the text of ``file``; raise ``QuestionFileError`` if it is not UTF-8."""
    raw = file.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise QuestionFileError(file, line, N_("The file is not UTF-8.")) from error

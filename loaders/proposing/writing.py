"""A proposed mapping as YAML, with the samples and the open questions as comments."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from graph_app.errors import N_
from graph_app.text import clean, isolate
from loaders.proposing.drafting import ColumnDraft
from loaders.proposing.shaping import Shape
from loaders.reading import Remark

Say = Callable[[str], str]

_PLAIN = re.compile(r"[^\W_][\w\u200c ./()«»-]*(?<! )")
_HEAD = N_("Proposed by peyvand load init from the files themselves. Look at each TODO, then: peyvand load check FILE")
_LONGEST_SAMPLE = 40


def text_of(name: str, shapes: Mapping[str, Shape], gettext: Say) -> str:
    """Return the mapping ``name`` with a table for each file in ``shapes``, as YAML.

    Parameters
    ----------
    name
        Name of the mapping.
    shapes
        What the rows of each file seem to speak of, by the name of the file.
    gettext
        Says the comments in the reader's language.

    """
    return "\n".join(_lines(name, shapes, gettext)) + "\n"


def _lines(name: str, shapes: Mapping[str, Shape], gettext: Say) -> Iterator[str]:
    yield f"# {gettext(_HEAD)}"
    yield f"mapping: {name}"
    yield "version: 1"
    yield "about:"
    files = ", ".join(shapes)
    yield f"  en: {scalar(f'Rows of {files}')}"
    yield f"  fa: {scalar(f'ردیف‌های {files}')}"
    yield ""
    yield f"evidence: {{source: {scalar(f'={name}')}, certainty: =reported}}"
    yield ""
    yield "tables:"
    for file, shape in shapes.items():
        yield from (f"  {line}" if line else line for line in _table(name, file, shape, gettext))


def _table(name: str, file: str, shape: Shape, gettext: Say) -> Iterator[str]:
    yield f"- file: {scalar(file)}"
    yield from (f"  {line}" for line in _remarks(shape.remarks, gettext))
    if evidence := _evidence(name, shape):
        yield f"  evidence: {flow(evidence)}"
    yield "  columns:"
    for column in shape.columns:
        yield from (f"    {line}" for line in _column(column, gettext))
    yield "  nodes:"
    for node in (_source(name, file, shape), *shape.nodes):
        yield f"    - {flow(node)}"
    if shape.ties:
        yield "  ties:"
        yield from (f"    - {flow(tie)}" for tie in shape.ties)
    yield ""


def _column(column: ColumnDraft, gettext: Say) -> Iterator[str]:
    heading = clean(column.profile.heading)
    options = column.options if column.key == heading else {**column.options, "header": heading}
    samples = " · ".join(isolate(word[:_LONGEST_SAMPLE]) for word in column.profile.samples)
    profile = column.profile
    counted = gettext(N_("%(filled)s of %(rows)s rows, %(words)s different: %(samples)s")) % {
        "filled": profile.filled,
        "rows": profile.rows,
        "words": len(profile.words),
        "samples": samples,
    }
    yield f"# {counted}" if samples else "#"
    yield from _remarks(column.remarks, gettext)
    yield f"{scalar(column.key)}: {flow(options) if len(options) > 1 else scalar(options['type'])}"


def _remarks(remarks: Iterable[Remark], gettext: Say) -> Iterator[str]:
    yield from (f"# {remark.translated(gettext)}" for remark in remarks)


def _evidence(name: str, shape: Shape) -> dict[str, str]:
    """Return where the rows of a table are written, where a column tells it or has remarks on it."""
    source, note = _source_column(shape), shape.by("note")
    if not source and not note:
        return {}
    found = {"source": source.key if source else f"={name}", "certainty": "=reported"}
    return found | ({"note": note.key} if note else {})


def _source(name: str, file: str, shape: Shape) -> dict[str, Any]:
    if source := _source_column(shape):
        return {"as": "source", "label": "Source", "id": source.key, "set": {source.name_property: source.key}}
    return {"as": "source", "label": "Source", "id": f"={name}", "set": {"name_en": f"={file}", "name_fa": f"={file}"}}


def _source_column(shape: Shape) -> ColumnDraft | None:
    column = shape.by("source")
    return column if column and column.profile.always else None


def flow(item: Any) -> str:  # noqa: ANN401 - whatever stands in a mapping
    """Return ``item`` as YAML in one line."""
    if isinstance(item, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(value)}" for key, value in item.items()) + "}"
    if isinstance(item, list):
        return "[" + ", ".join(map(flow, item)) + "]"
    return scalar(str(item))


def scalar(text: str) -> str:
    """Return ``text`` as a scalar of YAML, in quotes if it could be taken for anything else.

    Examples
    --------
    >>> scalar("شهر خواهرخوانده"), scalar("a: b"), scalar("=city")
    ('شهر خواهرخوانده', '"a: b"', '=city')

    """
    if _PLAIN.fullmatch(text) or re.fullmatch(r"=[\w-]+", text):
        return text
    return json.dumps(text, ensure_ascii=False)

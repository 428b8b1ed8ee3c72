"""How files were read, in a few lines: the plain ones counted, the others told one by one with the reason."""

from collections import Counter
from collections.abc import Iterable, Iterator

from graph_app.errors import N_
from graph_app.language import gettext
from graph_app.text import isolate
from loaders.reading import Reading


def reading_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield the lines that tell how the files behind a plan were read."""
    plain = Counter[str]()
    for reading in readings:
        if reading.remarkable or reading.encoding is None:
            yield from _told(reading)
        else:
            plain[_delimiter(reading)] += 1
    for delimiter, count in plain.items():
        message = gettext(N_("Files read as UTF-8 with the delimiter %(delimiter)s: %(count)s."))
        yield message % {"delimiter": delimiter, "count": count}


def _told(reading: Reading) -> Iterator[str]:
    place = {"file": reading.file, "line": reading.header_line, "rows": reading.rows}
    if reading.encoding is None:
        yield gettext(N_("%(file)s: sheet “%(sheet)s”, header in row %(line)s, %(rows)s rows.")) % {
            **place,
            "sheet": isolate(reading.sheet or ""),
        }
    else:
        message = N_(
            "%(file)s: %(encoding)s, %(certainty)s %% certain, because %(reason)s;"
            " delimiter %(delimiter)s, header in line %(line)s, %(rows)s rows."
        )
        yield gettext(message) % {
            **place,
            "encoding": reading.encoding.name,
            "certainty": reading.encoding.certainty,
            "reason": reading.encoding.reason.translated(gettext),
            "delimiter": _delimiter(reading),
        }
    yield from (f"  {line}" for line in _more(reading))


def _more(reading: Reading) -> Iterator[str]:
    if reading.samples and reading.remarkable:
        yield gettext(N_("Cells such as: %(samples)s")) % {"samples": " · ".join(map(isolate, reading.samples))}
    if reading.repairs:
        before, after = map(isolate, reading.repairs[0])
        message = gettext(N_("Garbled cells repaired: %(count)s, such as %(before)s → %(after)s."))
        yield message % {"count": reading.repaired, "before": before, "after": after}
    if reading.doubts:
        before, after = map(isolate, reading.doubts[0])
        message = N_("Cells that may be garbled, and stay as they are: %(count)s, such as %(before)s (%(after)s?).")
        yield gettext(message) % {"count": reading.doubtful, "before": before, "after": after}
    if reading.merged:
        yield gettext(N_("Cells filled from the merged cell above them: %(count)s.")) % {"count": reading.merged}
    if reading.faulty:
        yield gettext(N_("Rows that cannot be read, and are rejected: %(count)s.")) % {"count": reading.faulty}


def _delimiter(reading: Reading) -> str:
    return gettext(N_("tab")) if reading.delimiter == "\t" else f"“{reading.delimiter}”"

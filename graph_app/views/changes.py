"""How templates show changes: each field before and after, in the reader's words, dates and digits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from graph_app.errors import N_
from graph_app.exploration.claims import stem
from graph_app.graph.results import Position
from graph_app.loading.steps import EFFECTS, Change, Effect, differences, labels_of
from graph_app.text import isolate
from graph_app.views import filters, language
from graph_app.vocabulary import vocabulary

_SAID = frozenset({"id", "source", "type", "properties", "mapping", "differs"})  # by the page itself, or for machines
_FIRST = ("name_fa", "name_en", "kind")
BALANCE = N_(
    "%(read)s rows = %(created)s new + %(updated)s changed + %(reformatted)s reformatted"
    " + %(unchanged)s unchanged + %(duplicate)s repeated + %(rejected)s rejected + %(ignored)s blank."
)
KNOWN = N_("%(known)s rows known before = %(met)s met + %(replaced)s changed + %(absent)s absent + %(kept)s kept.")
SORTS = {
    "removal": N_("Removals: %(count)s"),
    "structural": N_("Structural, new things, labels and ties: %(count)s"),
    "factual": N_("Factual, other values or sources: %(count)s"),
    "cosmetic": N_("Cosmetic, spelling and words of evidence: %(count)s"),
}
STATES = {
    "running": N_("at work, or cut off"),
    "done": N_("done"),
    "failed": N_("failed"),
    "undone": N_("undone"),
}


@dataclass(frozen=True)
class Field:
    """One field of a change: its name, and what stands there before and after it; empty where nothing stands."""

    key: str
    name: str
    before: str
    after: str


def fields(change: Change) -> Iterator[Field]:
    """Yield what ``change`` changes, names first; a date, which is three properties, is one field."""
    words = vocabulary().properties
    keys = dict.fromkeys(stem(name) for name, _before, _after in differences(change))
    labels = labels_of(change)
    for key in sorted(keys, key=_order):
        if key not in _SAID:
            before, after = (_shown(image, key, labels) for image in (change.before or {}, change.after))
            yield Field(key, words[key].in_language(language()) if key in words else key, before, after)


def balance(counts: Mapping[str, int]) -> str:
    """Return the line that accounts for every row."""
    told = {name: filters.number(count) for name, count in counts.items()}
    known = f" {str(_(KNOWN)) % told}" if counts.get("known") else ""
    return str(_(BALANCE)) % told + known


def sort_name(sort: str, count: int) -> str:
    """Return how many changes there are of one class, in words."""
    return str(_(SORTS[sort])) % {"count": filters.number(count)}


def counted(totals: Mapping[Effect, int]) -> str:
    """Return how much is made, changed and removed, as it stands on a button."""
    number = {effect: filters.number(count) for effect, count in totals.items()}
    parts = (
        ngettext("%(count)s create", "%(count)s creates", totals["create"], count=number["create"]),
        ngettext("%(count)s update", "%(count)s updates", totals["update"], count=number["update"]),
        ngettext("%(count)s removal", "%(count)s removals", totals["remove"], count=number["remove"]),
    )
    said = [part for effect, part in zip(EFFECTS, parts, strict=True) if totals[effect]]
    return ("، " if language() == "fa" else ", ").join(said)


def kind_name(kind: str) -> str:
    """Return the name of a label or a type, for a list of both."""
    words = vocabulary()
    word = words.labels[kind].many if kind in words.labels else words.types[kind].out
    return word.in_language(language())


def delimiter(sign: str) -> str:
    """Return the name of a delimiter."""
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("bar")}
    return str(names.get(sign, sign))


def remarks(read: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person should know of how a file was read."""
    if read.get("reason"):
        message, values = read["reason"]["message"], read["reason"]["values"]
        why = str(_(message)) % {name: filters.digits(value) for name, value in values.items()}
        yield str(_("Read so because %(reason)s.")) % {"reason": why}
    if read["header_line"] > 1:
        yield str(_("The header stands in line %(line)s.")) % {"line": filters.number(read["header_line"])}
    if read["samples"]:
        yield str(_("Cells such as: %(samples)s")) % {"samples": " · ".join(map(isolate, read["samples"]))}
    if read["repairs"]:
        before, after = map(isolate, read["repairs"][0])
        counted = filters.number(read["repaired"])
        message = _("Garbled cells repaired: %(count)s, such as %(before)s → %(after)s.")
        yield str(message) % {"count": counted, "before": before, "after": after}
    if read.get("doubts"):  # a plan that was kept before there were any has none
        before, after = map(isolate, read["doubts"][0])
        counted = filters.number(read["doubtful"])
        message = _("Cells that may be garbled, and stay as they are: %(count)s, such as %(before)s (%(after)s?).")
        yield str(message) % {"count": counted, "before": before, "after": after}
    if read["merged"]:
        merged = filters.number(read["merged"])
        yield str(_("Cells filled from the merged cell above them: %(count)s.")) % {"count": merged}


def _order(key: str) -> tuple[int, int, str]:
    words = list(vocabulary().properties)
    first = _FIRST.index(key) if key in _FIRST else len(_FIRST)
    return first, words.index(key) if key in words else len(words), key


def _shown(image: Mapping[str, Any], key: str, labels: tuple[str, ...]) -> str:
    if f"{key}_written" in image:
        found = filters.when(image, key)
        return found.text if found else ""
    return _text(key, image.get(key), labels)


def _text(key: str, value: Any, labels: tuple[str, ...]) -> str:  # noqa: ANN401 - any property
    match value:
        case None:
            return ""
        case bool():
            return str(_("yes") if value else _("no"))
        case Position():
            return filters.digits(f"{value.latitude:.4f}, {value.longitude:.4f}")
        case list():
            return ("، " if language() == "fa" else ", ").join(isolate(_text(key, item, labels)) for item in value)
        case date():
            return filters.day(value).text
        case int() | float():
            return filters.digits(value)
    return filters.word(key, value, labels)

"""How templates show names, words, dates and numbers: in the reader's language and calendar."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from flask import Flask
from flask_babel import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from graph_app.confidentiality import SECRECY
from graph_app.dates import Calendar, DateError, day_in_words, in_words, parse
from graph_app.errors import PeyvandError
from graph_app.exploration.claims import EVIDENCE, Claim, Group, Version
from graph_app.exploration.claims import stem as stem_of
from graph_app.exploration.overview import fictional_sources, last_load
from graph_app.exploration.profile import Profile
from graph_app.graph.results import Node, Position, Tie, as_json
from graph_app.graph.statements import statement
from graph_app.keys import KEYS
from graph_app.picture import name_of, other_name_of
from graph_app.text import is_rtl, isolate, persian_digits
from graph_app.views import calendar, language, store
from graph_app.views.known import away, known
from graph_app.vocabulary import Label, vocabulary

_APART = frozenset({"id", "name_fa", "name_en", *KEYS, "is_group", "aliases", "publisher", "rank", SECRECY}) | {
    "status",
    "status_asserted",
    "status_candidates",
}
_LYING_IN = ("WITHIN", "BASED_IN", "HELD_IN", "SERVES")
_TELLING = (
    "PARTY_TO",
    "SIGNED",
    "TWINNED_WITH",
    "APPOINTS",
    "TO_POST",
    "POST_AT",
    "OWED_BY",
    "ACTS_ON",
    "TOOK_PART_IN",
)


@dataclass(frozen=True)
class Day:
    """A date to show: in the reader's calendar, and for those who point at it in the other one and as it is written."""

    text: str
    other: str
    written: str = ""


def init_app(app: Flask) -> None:
    """Give templates the filters and functions of this module."""
    app.jinja_env.filters.update(
        name=lambda node: name_of(node, language()),
        other_name=lambda node: other_name_of(node, language()),
        label=label,
        digits=digits,
        number=number,
        day=day,
        moment=moment,
        sentence=sentence,
        facts=facts,
        tie_facts=tie_facts,
        version_facts=version_facts,
        places=places,
        speakers=speakers,
        telling_first=telling_first,
        parameters=lambda values: json.dumps(as_json(dict(values)), ensure_ascii=False, indent=2),
        lang_of=lambda text: "fa" if is_rtl(str(text)) else "en",
    )
    app.jinja_env.globals.update(
        word=word,
        heading=heading,
        phrase=phrase,
        property_name=_named,
        when=when,
        words=vocabulary,
        last_load=lambda: known("last load", lambda: last_load(store()), None),
        fictional_sources=lambda: known("fictional", lambda: fictional_sources(store()), tuple[str, ...]()),
        graph_away=away,
        size=lambda: known("size", _size, 0),
        calendar=calendar,
    )


def label(node: Node) -> Label:
    """Return the label that names and draws an entity."""
    words = vocabulary()
    return words.labels[words.shown(node.labels)]


def digits(value: object) -> str:
    """Return ``value`` with the reader's digits."""
    return persian_digits(str(value)) if language() == "fa" else str(value)


def number(value: float) -> str:
    """Return a number with the reader's digits and separators."""
    text = str(format_decimal(value))
    return persian_digits(text.replace(",", "٬").replace(".", "٫")) if language() == "fa" else text


def day(value: date) -> Day:
    """Return a day in both calendars, the reader's first."""
    value = value.date() if isinstance(value, datetime) else value
    mine = calendar()
    other: Calendar = "gregorian" if mine == "jalali" else "jalali"
    return Day(day_in_words(value, mine, language()), day_in_words(value, other, language()))


def moment(value: datetime) -> Markup:
    """Return a point in time as day and minute, UTC; in the browser it becomes the reader's own (``moments.js``)."""
    told = f"{day(value).text}{'، ' if language() == 'fa' else ', '}{digits(value.strftime('%H:%M'))} UTC"
    exact = value if value.tzinfo else value.replace(tzinfo=UTC)
    return Markup('<time datetime="{}" data-moment>{}</time>').format(exact.isoformat(timespec="seconds"), told)


def sentence(error: PeyvandError) -> str:
    """Return what an error says, and what to do about it."""
    return " ".join(filter(None, (error.translated(_), error.translated_hint(_))))


def when(properties: Mapping[str, Any], key: str) -> Day | None:
    """Return the date ``key`` of an entity or tie: a whole day in both calendars, a partial one as it was written."""
    first, last = properties.get(f"{key}_earliest"), properties.get(f"{key}_latest")
    if first is not None and first == last:
        found = day(first)
        return Day(found.text, found.other, str(properties.get(f"{key}_written", "")))
    written = properties.get(f"{key}_written")
    if not written:
        return None
    try:
        text = in_words(parse(written, "jalali" if written.startswith("XXXX") else None), language())
    except DateError:
        text = written
    return Day(text, written)


def word(key: str, value: object, labels: tuple[str, ...] = ()) -> str:
    """Return the word for a coded value, in the reader's language."""
    return vocabulary().value(key, str(value), language(), labels)


def heading(type_: str, direction: str) -> str:
    """Return the heading over ties of one type and direction."""
    found = vocabulary().types[type_]
    return (found.in_ if direction == "in" else found.out).in_language(language())


def phrase(type_: str) -> str:
    """Return the words that join the two ends of a tie into a sentence."""
    return vocabulary().types[type_].phrase.in_language(language())


def telling_first(groups: Iterable[Group]) -> list[Group]:
    """Return groups of ties with those first for which an entity is most often opened: its instruments and posts."""
    return sorted(groups, key=lambda group: _TELLING.index(group.type) if group.type in _TELLING else len(_TELLING))


def speakers(profile: Profile, key: str) -> list[Claim]:
    """Return the claims behind the fact ``key``; a date counts as said if its written form is."""
    return profile.speakers(key) or profile.speakers(f"{key}_written")


def places(profile: Profile) -> list[Node]:
    """Return the places that an entity lies in, each once: by the first type of tie that knows any."""
    for wanted in _LYING_IN:
        found = [group for group in profile.groups if group.type == wanted and group.direction == "out"]
        if found:
            return list({fact.other.id: fact.other for fact in found[0].facts}.values())
    return []


def version_facts(version: Version, labels: tuple[str, ...] = ()) -> list[tuple[str, str, str, Any]]:
    """Return (key, name, kind, value) for what one version says; what is denied is said, too."""
    denied = [(key, _named(key), "text", _("no")) for key, value in version.properties.items() if value is False]
    return [*_facts(version.properties, frozenset(), labels), *denied]


def _named(key: str) -> str:
    found = vocabulary().properties.get(key)
    return found.in_language(language()) if found else key


def facts(node: Node) -> Iterator[tuple[str, str, Literal["date", "text"], Any]]:
    """Yield (key, name, kind, value) for what is known of an entity, in the order of the vocabulary."""
    return _facts(node.properties, _APART, node.labels)


def tie_facts(tie: Tie) -> Iterator[tuple[str, str, Literal["date", "text"], Any]]:
    """Yield (key, name, kind, value) for what a tie says beyond its ends; evidence is shown on its own."""
    return _facts(tie.properties, _APART | EVIDENCE, ())


def _facts(
    properties: Mapping[str, Any], apart: frozenset[str], labels: tuple[str, ...]
) -> Iterator[tuple[str, str, Literal["date", "text"], Any]]:
    words = vocabulary().properties
    present = dict.fromkeys(stem_of(key) for key in properties if not key.startswith("original_"))
    for key in sorted(present, key=lambda key: list(words).index(key) if key in words else len(words)):
        if key in apart:
            continue
        name = _named(key)
        if f"{key}_written" in properties:
            yield key, name, "date", when(properties, key)
        elif (text := _text(key, properties[key], labels)) != "" and not (key == "kind" and text in _said(labels)):
            yield key, name, "text", text


def _said(labels: tuple[str, ...]) -> tuple[str, str] | tuple[()]:
    """Return what the heading says already of an entity with these labels."""
    words = vocabulary()
    shown = words.labels[words.shown(labels)] if labels else None
    return (shown.en, shown.fa) if shown else ()


def _text(key: str, value: Any, labels: tuple[str, ...]) -> str:  # noqa: ANN401 - any property
    match value:
        case bool():
            return "✓" if value else ""
        case Position():
            return _degrees(value)
        case list():
            return ("، " if language() == "fa" else ", ").join(isolate(str(item)) for item in value)
        case int() | float():
            return digits(value)
        case date():
            return day(value).text
    return word(key, value, labels)


def _degrees(place: Position) -> str:
    text = f"{place.latitude:.3f}, {place.longitude:.3f}"
    return digits(text.replace(".", "٫").replace(",", "،")) if language() == "fa" else text


def _size() -> int:
    return next((int(row["entities"]) for row in store().table(statement("size"))), 0)

"""The reasons of a candidate as sentences, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping

from babel import Locale

from graph_app.errors import N_
from graph_app.text import isolate
from graph_app.vocabulary import vocabulary
from loaders.duplicates import comparing
from loaders.duplicates.comparing import Likeness
from loaders.duplicates.context import Parts, Remark
from loaders.duplicates.entity import Entity
from loaders.duplicates.matching import Candidate

Gettext = Callable[[str], str]
_SHOWN = 2  # ways in which names fit that are told; more add nothing

_WAYS: Mapping[str, str] = {
    comparing.SAME: N_("Same name: %(first)s"),
    comparing.SPACES: N_("Same letters, spaces differ: %(first)s and %(second)s"),
    comparing.ORDER: N_("Same words in another order: %(first)s and %(second)s"),
    comparing.LETTERS: N_("Nearly the same letters: %(first)s and %(second)s"),
    comparing.SOUND: N_("Same sound or meaning: %(first)s and %(second)s"),
    comparing.EXTRA: N_("One name has more words (%(more)s): %(first)s and %(second)s"),
    comparing.PARTLY: N_("The names share words: %(first)s and %(second)s"),
    comparing.ACRONYM: N_("One name is made of the initials of the other: %(first)s and %(second)s"),
}
_REMARKS: Mapping[str, str] = {
    "other number": N_("Numbers differ: %(first)s and %(second)s"),
    "other place word": N_("The names speak of different places: %(first)s and %(second)s"),
    "other words": N_("Words differ: %(first)s and %(second)s"),
    "same country": N_("Same country: %(first)s"),
    "other country": N_("Different countries: %(first)s and %(second)s"),
    "same host": N_("Same host: %(first)s"),
    "other host": N_("Different hosts: %(first)s and %(second)s"),
    "one inside": N_("One is part of the other or lies in it"),
    "unknown host": N_("The hosts are not both known: %(first)s and %(second)s"),
    "same party": N_("Same parties: %(first)s"),
    "other party": N_("Different parties: %(first)s and %(second)s"),
    "same code": N_("Same number in a public list: %(first)s"),
    "other code": N_("Different numbers in a public list: %(first)s and %(second)s"),
    "other name": N_("The main names differ: %(first)s and %(second)s"),
    "same place": N_("Same place: %(first)s"),
    "other place": N_("Different places: %(first)s and %(second)s"),
    "other kind": N_("Different kinds: %(first)s and %(second)s"),
    "same time": N_("The dates agree: %(first)s and %(second)s"),
    "other time": N_("Different dates: %(first)s and %(second)s"),
}


def reasons_for(candidate: Candidate, language: str, gettext: Gettext) -> list[str]:
    """Return what speaks for taking the two for one: how their names fit, and what else they share."""
    fits = {fit.way: _fit(fit, gettext) for fit in reversed(candidate.fits)}
    named = [fits[way] for way in dict.fromkeys(fit.way for fit in candidate.fits)]
    return named[:_SHOWN] + _remarks(candidate, language, gettext, against=False)


def reasons_against(candidate: Candidate, language: str, gettext: Gettext) -> list[str]:
    """Return what speaks against taking the two for one, the weightiest first."""
    return _remarks(candidate, language, gettext, against=True)


def _fit(fit: Likeness, gettext: Gettext) -> str:
    more = " ".join(word.text for word in (*fit.only_first, *fit.only_second))
    values = {"first": fit.first.written, "second": fit.second.written, "more": more}
    return gettext(_WAYS[fit.way]) % {name: isolate(text) for name, text in values.items()}


def _remarks(candidate: Candidate, language: str, gettext: Gettext, *, against: bool) -> list[str]:
    chosen = [remark for remark in candidate.remarks if remark.against is against]
    return [_remark(remark, candidate, language, gettext) for remark in chosen]


def _remark(remark: Remark, candidate: Candidate, language: str, gettext: Gettext) -> str:
    unknown = gettext(N_("unknown"))
    first = _parts(remark, remark.first, candidate.first, language) or unknown
    second = _parts(remark, remark.second, candidate.second, language) or unknown
    return gettext(_REMARKS[remark.what]) % {"first": isolate(first), "second": isolate(second)}


def _parts(remark: Remark, parts: Parts, entity: Entity, language: str) -> str:
    about = remark.what.split(" ", 1)[1]
    if about in {"host", "party", "place"}:
        return entity.called(parts, language)
    if about == "country":
        return _joined(Locale(language).territories.get(code, code) for code in parts)
    if about == "kind":
        return _joined(_kind(word, entity, language) for word in parts)
    return " – ".join(parts) if about == "time" else _joined(parts)


def _kind(word: str, entity: Entity, language: str) -> str:
    words = vocabulary()
    if word in words.labels:
        return words.labels[word].in_language(language)
    return words.value("kind", word, language, (entity.label,))


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)

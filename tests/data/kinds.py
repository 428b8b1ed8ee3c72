"""What keyboards, habits and slips make of a name: each kind of variation as one small function."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

ZWNJ = "\u200c"
# ISIRI 9147 (Persian) and Arabic 101, unshifted, row by row under the keys of a Latin keyboard.
KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,"
PERSIAN = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو"
ARABIC = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر\0ىةو"
NEXT = {key: KEYS[place + 1] for place, key in enumerate(KEYS[:-1]) if key.isalpha() and KEYS[place + 1].isalpha()}
MARKS = "\u064e\u0650\u064f"
SYNTAX = ("+{}", "{}*", '"{}"', "({})", "{}~", "{}^2", "{} AND", "OR {}", "NOT {}", "[{}", "{}?", "/{}/", "-{}", "{}\\")
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
STROKES = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "Ø": "O", "Ł": "L", "Đ": "D"})

Made = tuple[str, str, str, str]
Number = Callable[[str], int]


def mechanical(things: Sequence[Any], number: Number) -> Iterator[Made]:
    """Yield (query, expected, kind, language) for every variation of every name."""
    by_id = {thing.id: thing for thing in things}
    whole = [(thing.id, " ".join(thing.names).casefold()) for thing in things]
    countries = {thing.country: thing for thing in things if thing.alternates == [] and thing.country}
    for thing in by_id.values():
        for language, name in (("fa", thing.fa), ("en", thing.en)):
            if name:
                variations = persian if language == "fa" else latin
                for kind, query in (*variations(name, thing), *common(name, language, number)):
                    if kind == "some words" and not _tells(query, thing.id, whole):
                        continue
                    if query and query != name:
                        yield query, thing.id, kind, language
    yield from contexts(things, countries)
    yield from prefixes(things, number)


def _tells(query: str, expected: str, whole: Sequence[tuple[str, str]]) -> bool:
    """Whether only one entity has all words of ``query`` somewhere in its names."""
    words = query.casefold().split()
    return all(other == expected or not all(word in names for word in words) for other, names in whole)


def persian(name: str, _: Any) -> Iterator[tuple[str, str]]:
    """Yield what is peculiar to the Arabic script."""
    yield "Arabic letters", name.replace("ی", "ي").replace("ک", "ك")
    yield "Arabic letters", name.replace("ه ", "ة ") + " " if "ه " in name else ""
    yield "alef", name.replace("آ", "ا").replace("أ", "ا")
    if ZWNJ in name:
        yield "spacing", name.replace(ZWNJ, " ")
        yield "spacing", name.replace(ZWNJ, "")
    elif name.count(" ") in (1, 2):
        yield "spacing", name.replace(" ", ZWNJ)
        yield "spacing", name.replace(" ", "")
    if len(name) >= 4:
        yield "tatweel", name[:2] + "ـــ" + name[2:] if name[1] not in "اآدذرزژو " else ""
        yield (
            "vowel marks",
            "".join(letter + MARKS[place % 3] * (letter.isalpha()) for place, letter in enumerate(name)),
        )
    yield "digits", name.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    yield "digits", name.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"))
    yield "wrong layout", typed(name, PERSIAN, KEYS)
    yield "wrong layout", typed(name.replace("ی", "ي").replace("ک", "ك"), ARABIC, KEYS)


def latin(name: str, thing: Any) -> Iterator[tuple[str, str]]:
    """Yield what is peculiar to Latin letters."""
    yield "accents dropped", without_marks(name)
    if thing.country in {"DE", "AT", "CH"}:
        yield "umlaut written out", name.translate(GERMAN)
    yield "case", name.upper()
    for sign in "'’-":
        if sign in name:
            yield "punctuation", name.replace(sign, "")
            yield "punctuation", name.replace(sign, " ")
    if name.count(" ") in (1, 2) and len(name) < 25:
        yield "spacing", name.replace(" ", "")
        yield "spacing", name.replace(" ", "-")
    yield "wrong layout", typed(name.lower(), KEYS, PERSIAN)
    yield "wrong layout", typed(name.lower(), KEYS, ARABIC)


def without_marks(name: str) -> str:
    """Return ``name`` as somebody without these letters on the keyboard types it."""
    decomposed = unicodedata.normalize("NFD", name.translate(STROKES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def typed(name: str, meant: str, actual: str) -> str:
    """Return what comes out if the keys for ``name`` on one keyboard are pressed on another; nothing if unclear."""
    table = dict(zip(meant, actual, strict=True))
    letters = [" " if letter == " " else table.get(letter, "") for letter in name]
    return "".join(letters) if len(name) >= 4 and all(letters) and "\0" not in letters else ""


def common(name: str, language: str, number: Number) -> Iterator[tuple[str, str]]:
    """Yield what happens in either script."""
    words = re.findall(r"[^\W_][\w'’\u200c-]*", name)
    if 5 <= len(name) <= 25:
        yield "one letter wrong", slip(name, language, number)
    if 2 <= len(words) <= 12:
        yield "word order", " ".join(reversed(words))
    if len(words) >= 5:
        long = [word for word in words if len(word) > 4]
        yield "some words", " ".join(long[:: max(1, len(long) // 3)][:3])
    if len(name) > 100:
        yield "long text", name
        yield "long text", f"{name} {name} {name}"
    if len(words) == 1 and len(name) > 3:
        yield "search syntax", SYNTAX[number(name) % len(SYNTAX)].format(name)


def slip(name: str, language: str, number: Number) -> str:
    """Return ``name`` with one letter left out, doubled, exchanged with the next, or hit beside; never the first."""
    seed = number(name + language)
    places = [place for place in range(1, len(name) - 1) if name[place].isalpha() and name[place + 1].isalpha()]
    if not places:
        return ""
    place = places[seed % len(places)]
    before, letter, following, rest = name[:place], name[place], name[place + 1], name[place + 2 :]
    beside = NEXT.get(letter, "s") if language == "en" else PERSIAN[(PERSIAN.find(letter) + 1) % len(PERSIAN)]
    made = (following, letter * 2 + following, following + letter, beside + following)[seed // 97 % 4]
    return before + made + rest


def contexts(things: Sequence[Any], countries: dict[str, Any]) -> Iterator[Made]:
    """Yield a name together with what it lies in or what it is, as people add it to be clear."""
    words = {"place": ("city", "شهر"), "person": ("person", "شخص"), "institution": ("institution", "نهاد"),
             "agreement": ("agreement", "سند"), "event": ("event", "رویداد"), "topic": ("topic", "موضوع")}  # fmt: skip
    for thing in things:
        base = thing.id.partition(":")[0]
        country = countries.get(thing.country)
        if thing.alternates and country is not None and country is not thing:
            for language, name, place in (("en", thing.en, country.en), ("fa", thing.fa, country.fa)):
                if name and place:
                    yield f"{name} {place}", thing.id, "city and country", language
                    yield f"{place} {name}", thing.id, "city and country", language
        if base in words and (base != "place" or thing.alternates):
            for language, name, word in (("en", thing.en, words[base][0]), ("fa", thing.fa, words[base][1])):
                if name and len(name) < 30:
                    yield f"{word}:{name}", thing.id, "type prefix", language
                    yield (f"{word} {name}" if number_of_words(name) < 3 else ""), thing.id, "type word", language


def number_of_words(name: str) -> int:
    """Return how many words ``name`` has."""
    return len(name.split())


def prefixes(things: Sequence[Any], number: Number) -> Iterator[Made]:
    """Yield the beginnings of names that at most five entities have, as they stand while one types."""
    for language in ("fa", "en"):
        names = [(thing, getattr(thing, language).lower()) for thing in things if getattr(thing, language)]
        words = [(thing.id, word) for thing in things for own in thing.names for word in own.lower().split()]
        for thing, name in names:
            if len(name) < 6 or number(name) % 5:
                continue
            length = max(4, len(name) * 3 // 5)
            same = {other for other, word in words if word.startswith(name[:length].split()[0])}
            if len(same) <= 5:
                yield name[:length], thing.id, "beginning", language

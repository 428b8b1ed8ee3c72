"""Spelling: keys to compare place names by, slugs, and Arabic-script variants worth searching."""

import re
import unicodedata

STROKED = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e"}
)
ARABIC_TO_PERSIAN = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
SEARCHABLE = re.compile(r"[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأإؤئة \u200c]+")


def plain(text: str) -> str:
    """Lower-case *text* without accents or strokes: ``Łódź`` becomes ``lodz``."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKD", text.replace("İ", "I")).lower().translate(STROKED)
    return "".join(char for char in lowered if not unicodedata.combining(char))


def key(text: str) -> str:
    """Return what two spellings of one name share: accents, case, spaces and punctuation do not count."""
    return "".join(char for char in plain(text) if char.isalnum())


def slug(*parts: str) -> str:
    """Join the parts that say something to one lower-case ASCII identifier."""
    words = re.findall(r"[a-z0-9]+", " ".join(plain(part).replace("'", "") for part in parts))
    return "-".join(words)


def persian_letters(text: str) -> str:
    """Write Arabic yeh and kaf as Persian keyboards do, so that one spelling is kept once."""
    return unicodedata.normalize("NFC", text.translate(ARABIC_TO_PERSIAN)).strip()


def search_spellings(names: list[str], known: str, limit: int = 3) -> list[str]:
    """Return a few Arabic-script spellings of *names* that differ from the *known* Persian one."""
    spellings = {persian_letters(name) for name in names}
    usable = {name for name in spellings if SEARCHABLE.fullmatch(name) and not is_broken(name)}
    return sorted(usable - {known, ""}, key=lambda name: (len(name), name))[:limit]


def is_broken(text: str) -> bool:
    """Whether a half-space stands where no word is joined: at a word's edge, or doubled."""
    return re.search("(^|\\s|\u200c)\u200c|\u200c($|\\s)", text) is not None

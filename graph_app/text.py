"""Persian and Latin text: cleaned for storing, folded for searching, isolated for showing.

The same name is written in many ways: with Arabic or Persian ye and kaf, with a half-space, a space or neither,
with accents or without. ``clean`` keeps the name as a careful typist would write it; ``fold`` and ``squash`` make
the keys under which every spelling is found.
"""

import re
import unicodedata

ZWNJ = "\u200c"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_TO_LATIN_DIGITS = {ord(d): str(i) for digits in (_PERSIAN_DIGITS, _ARABIC_DIGITS) for i, d in enumerate(digits)}
_TO_PERSIAN_DIGITS = {ord(str(i)): d for i, d in enumerate(_PERSIAN_DIGITS)}

_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "\u00a0": " ", "\u202f": " ", "\u200f": "", "\u200e": "", "\ufeff": ""}
)
_FOLDED_LETTERS = str.maketrans(
    {
        "ة": "ه",
        "ۀ": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ی",
        "ء": "",
        "ـ": "",
        ZWNJ: "",
        "\u200d": "",
    }
    | {"ہ": "ه", "ھ": "ه", "ۃ": "ه", "ە": "ه", "ے": "ی", "ې": "ی", "ێ": "ی", "ٹ": "ت", "ڈ": "د", "ڑ": "ر"}
    | {"ۆ": "و", "ۇ": "و", "ۈ": "و", "ڤ": "و", "ں": "ن"}
    | {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
    | dict.fromkeys("'’‘ʻʼʿʾ`´", "")
)
_PLAIN = re.compile(f"[ -~{ZWNJ}ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأئيك{_PERSIAN_DIGITS}{_ARABIC_DIGITS}«»،؛؟]+")
_FOLDED_PLAIN = {
    **{ord(letter): letter.casefold() for letter in map(chr, range(ord("A"), ord("Z") + 1))},
    **_FOLDED_LETTERS,
    **_TO_LATIN_DIGITS,
    ord("ي"): "ی",
    ord("ك"): "ک",
}  # for texts of characters that have no other forms: each of them at once
_HALF_SPACES = re.compile(f"{ZWNJ}{{2,}}|{ZWNJ}+(?=\\s|$)|(?<=\\s){ZWNJ}+|^{ZWNJ}+")
_NOT_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
_ODD = re.compile(
    "[^\\S ]|  |[\x00-\x1f\x7f-\x9f\ufb50-\ufdcf\ufe70-\ufefc" + ZWNJ + "".join(map(chr, _LETTERS)) + "]"
)  # what most texts have none of, and must be cleaned
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SHAPES = re.compile("[\ufb50-\ufdcf\ufe70-\ufefc]+")  # letters as PDFs give them: one code per place in the word


def clean(text: str) -> str:
    """Return ``text`` as it should be stored: Persian letters, single spaces, half-spaces only between letters.

    Control characters go, but for those that are spaces.

    Examples
    --------
    >>> clean(" علي  كريمي ")
    'علی کریمی'

    """
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else " ".join(text.split())
    if not _ODD.search(text) and unicodedata.is_normalized("NFC", text):
        return text.strip()
    text = _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), without_controls(_SPACES.sub(" ", text)))
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = _HALF_SPACES.sub(
        lambda m: (
            ZWNJ
            if len(m[0]) > 1
            and m.end() < len(text)
            and m.start() > 0
            and not text[m.end()].isspace()
            and not text[m.start() - 1].isspace()
            else ""
        ),
        text,
    )
    return _SPACES.sub(" ", text).strip()


def without_controls(text: str) -> str:
    r"""Return ``text`` without control characters, which a terminal would obey; tabs and line feeds stay.

    Examples
    --------
    >>> without_controls("a\x1b[31mb\x9b1mc\td")
    'a[31mb1mc\td'

    """
    return _CONTROLS.sub("", text)


def canonical(text: str) -> str:
    """Return ``text`` in the one form that all its renderings have.

    An export in another encoding, or typed with another keyboard's letters and digits, says the same.

    Examples
    --------
    >>> canonical("علي ١٢") == canonical("علی ۱۲") == canonical("علی  12")
    True

    """
    return latin_digits(clean(text))


def fold(text: str) -> str:
    """Return the search key of ``text``: one spelling for all spellings, words kept apart.

    Letters of one kind become one letter, marks and half-spaces go, Latin loses case and accents, digits become
    0-9, punctuation becomes a space.

    Examples
    --------
    >>> fold("Ürümqi"), fold("تفاهم‌نامهٔ ۱۲")
    ('urumqi', 'تفاهمنامه 12')

    """
    if text.isascii():
        return _NOT_WORD.sub(" ", clean(text).casefold().replace("'", "").replace("`", "")).strip()
    if _PLAIN.fullmatch(text):
        return _NOT_WORD.sub(" ", text.translate(_FOLDED_PLAIN)).strip()
    text = unicodedata.normalize("NFKD", clean(text).translate(_FOLDED_LETTERS)).translate(_LETTERS).casefold()
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text.translate(_FOLDED_LETTERS).translate(_TO_LATIN_DIGITS)).strip()


def squash(text: str) -> str:
    """Return the search key of ``text`` without any space, because spaces come and go in Persian compounds.

    Examples
    --------
    >>> squash("تفاهم نامه") == squash("تفاهم‌نامه") == squash("تفاهمنامه")
    True

    """
    return fold(text).replace(" ", "")


def latin_digits(text: str) -> str:
    """Return ``text`` with Persian and Arabic digits as 0-9."""
    return text if text.isascii() else text.translate(_TO_LATIN_DIGITS)


def persian_digits(text: str) -> str:
    """Return ``text`` with 0-9 as Persian digits."""
    return text.translate(_TO_PERSIAN_DIGITS)


def is_rtl(text: str) -> bool:
    """Return whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


def isolate(text: str) -> str:
    """Return ``text`` fenced off, so that it keeps its direction inside a sentence of the other one.

    For places without mark-up (canvas labels, terminal, titles); pages use ``<bdi>``.
    """
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"

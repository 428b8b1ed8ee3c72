"""Which passwords are good enough: long, none that was leaked or is tried first, not made of words of this place."""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Any

from flask_security import PasswordUtil

from graph_app.errors import N_

LEAST = 12
MOST = 200
_VARIETY = 5  # different characters
_LEFT = 4  # letters of one's own, besides words that everybody here would try
_LITTLE = re.compile(r"[\d\s!-/:-@\[-`{-~]")  # digits, spaces and ASCII punctuation, which are put around such words
_LIST = Path(__file__).with_name("common_passwords.txt")
_LEAKED = Path(__file__).with_name("leaked_passwords.txt.gz")
# what the app, its parts, its roles and its users are called; docs/protection.md lists them
WORDS = frozenset(
    re.findall(
        r"\w+",
        """peyvand password passwort admin administrator viewer analyst editor loader neo4j cypher graph diplomacy
        explorer municipality ministry mashhad tehran iran shahrdari diplomasi پیوند رمزعبور گذرواژه مدیر تحلیلگر
        ویراستار بیننده دیپلماسی شهرداری وزارت خارجه مشهد تهران ایران""",
    )
)


def weakness(password: str, email: str) -> str | None:
    """Return the sentence that says why ``password`` is refused for ``email``; None if it is good.

    Examples
    --------
    >>> weakness("correct horse battery", "ann@example.org")
    >>> weakness("Password 1234", "ann@example.org")
    'This password is among those that are tried first. Choose another.'
    >>> weakness("ann@example.org", "ann@example.org")
    'The password must not be the e-mail address.'

    """
    plain = _plain(password)
    if len(password) < LEAST:
        return N_("The password must have at least 12 characters. Four words that do not belong together are good.")
    if len(password) > MOST:
        return N_("The password must have at most 200 characters.")
    if plain in {_plain(email), _plain(email.partition("@")[0])}:
        return N_("The password must not be the e-mail address.")
    if plain in _common() or len(set(password.casefold())) < _VARIETY or _is_of_this_place(password, email):
        return N_("This password is among those that are tried first. Choose another.")
    return None


class PasswordRules(PasswordUtil):
    """The same, where Flask-Security asks for it."""

    def validate(self, password: str, is_register: bool, **given: Any) -> tuple[list[str] | None, str]:  # noqa: ANN401, ARG002, FBT001
        """Return what is wrong with ``password``, if anything, and the password as it is hashed."""
        found = weakness(password, str(given.get("email", "")))
        return [found] if found else None, self.normalize(password)


@cache
def _common() -> frozenset[str]:
    leaked = gzip.decompress(_LEAKED.read_bytes()).decode()
    return frozenset([*map(_plain, _LIST.read_text(encoding="utf-8").splitlines()), *leaked.splitlines()])


def _is_of_this_place(password: str, email: str) -> bool:
    """Say whether it is words that everybody here would try, or parts of the e-mail address, with hardly more."""
    parts = {part for part in re.split(r"[^\w]|_", email.casefold()) if len(part) >= _LEFT}
    words = sorted(WORDS | parts, key=len, reverse=True)
    text = password.casefold()
    left = re.sub("|".join(map(re.escape, words)), "", text)
    return left != text and len(_LITTLE.sub("", left)) < _LEFT


def _plain(text: str) -> str:
    """Return the text without case, spaces and punctuation, which guessers vary first."""
    return "".join(character for character in text.casefold() if character.isalnum())

"""Which of the two languages a reader sees, and the sentences in it.

Web pages choose per request through Flask-Babel; the command line chooses once. Both read the same catalogue in
``translations/``.
"""

from functools import cache

from babel.support import NullTranslations, Translations

from graph_app._layout import TRANSLATIONS

LANGUAGES = ("en", "fa")
_chosen = ["en"]


@cache
def translations(language: str) -> NullTranslations:
    """Return the catalogue of ``language``; English is written in the code and needs none."""
    return Translations.load(TRANSLATIONS, [language])


def choose(wanted: str) -> str:
    """Make the language that ``wanted`` names (``fa``, ``fa_IR.UTF-8``, …) the command line's; English if unknown."""
    language = wanted[:2].lower()
    _chosen[0] = language if language in LANGUAGES else "en"
    return _chosen[0]


def chosen() -> str:
    """Return the language of the command line."""
    return _chosen[0]


def gettext(message: str) -> str:
    """Return ``message`` in the language of the command line."""
    return str(translations(_chosen[0]).gettext(message))

"""Where the files that are not Python live: beside the code in a checkout, inside the package in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


QUERIES = _folder("queries")
TEMPLATES = _folder("templates")
EXAMPLES = _folder("examples")
STATIC = _PACKAGE / "static"
TRANSLATIONS = _PACKAGE / "translations"
SCHEMA = _PACKAGE / "graph" / "schema"
VOCABULARY = _PACKAGE / "vocabulary.yaml"

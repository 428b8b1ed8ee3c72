"""Every sentence stands in both languages, and what is read at run time is what was translated."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from graph_app._layout import TRANSLATIONS
from graph_app.text import clean

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "N_": None}
PO = TRANSLATIONS / "fa" / "LC_MESSAGES" / "messages.po"


def written():
    found = set()
    for folder, methods in (
        ("graph_app", [("**.py", "python")]),
        ("loaders", [("**.py", "python")]),
        ("templates", [("**.html", "jinja2")]),
    ):
        rows = extract_from_dir(str(ROOT / folder), methods, {"**.html": {"encoding": "utf-8"}}, keywords=KEYWORDS)
        found |= {row[2] for row in rows}
    return found


@pytest.fixture(scope="module")
def catalogue():
    with PO.open("rb") as stream:
        return read_po(stream, locale="fa")


def test_every_sentence_has_its_persian(catalogue):
    missing = [
        text
        for text in written()
        if not (found := catalogue.get(text if isinstance(text, str) else text[0])) or not found.string
    ]
    assert not missing


def test_no_sentence_stands_within_an_f_string():
    """Before Python 3.12 an f-string is one token, and Babel does not find what is marked within."""
    inside = {
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("graph_app", "loaders")
        for path in (ROOT / folder).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if any(isinstance(part, ast.Constant) for part in call.args)
    }
    assert not inside


def test_nothing_is_fuzzy_or_left_over(catalogue):
    used = written()
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert not [message.id for message in catalogue if message.id and message.id not in used]


def test_places_to_fill_in_are_the_same_in_both_languages(catalogue):
    place = re.compile(r"%\(\w+\)s|\{\w+\}")
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            assert sorted(place.findall(message.id)) == sorted(place.findall(message.string)), message.id


def test_the_persian_is_written_cleanly(catalogue):
    for message in catalogue:
        for text in [message.string] if isinstance(message.string, str) else message.string:
            if message.id:
                assert text == clean(text), message.id


def test_the_compiled_catalogue_is_that_of_the_sentences(catalogue):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()

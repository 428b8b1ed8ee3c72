import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.keys import search_keys
from graph_app.text import clean, fold, is_rtl, isolate, persian_digits, squash, without_controls

SPELLINGS = [
    ("كانون هاي", "کانون‌های"),
    ("انتقال‌خون", "انتقال خون"),
    ("Ürümqi", "urumqi"),
    ("Xi'an", "xian"),
    ("Saʿdī", "sadi"),
    ("سَنَندَج", "سنندج"),
    ("١٤٠٤", "۱۴۰۴"),
    ("ﻛﺘﺎﺏ", "کتاب"),  # letters as PDFs give them
    ("تفاهم‌نامهٔ", "تفاهمنامه"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_two_spellings_of_a_name_have_the_same_squashed_key(one, other):
    assert squash(one) == squash(other)


def test_cleaning_keeps_half_spaces_between_letters_and_drops_them_elsewhere():
    assert clean("‌تفاهم‌‌نامه‌ كلان") == "تفاهم‌نامه کلان"


@given(st.text())
def test_folding_twice_is_folding_once_and_leaves_only_words_and_single_spaces(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert "  " not in folded
    assert folded == folded.strip()
    assert not set(folded) & set('+-&|!(){}[]^"~*?:\\/')


@given(st.text("ابپچحژسکگیيكآأئ ‌aZ'`._-09۰۹٠٩«»؟,", max_size=30))
def test_a_text_of_plain_characters_has_the_key_that_the_long_way_gives_it(text):
    assert fold(text) == fold(text + "\u200f")  # the mark goes, and is not plain


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


def test_search_keys_hold_every_name_once():
    keys = search_keys(["مشهد", "Mashhad", "mashhad"])
    assert keys == {"search": "مشهد mashhad", "squashed": "مشهد mashhad", "sounds": "msd"}


def test_direction_is_that_of_the_first_strong_letter():
    assert is_rtl("12 مشهد Mashhad")
    assert not is_rtl("12 Mashhad مشهد")


def test_isolated_text_is_fenced_off():
    assert isolate("a") == "\u2068a\u2069"


def test_digits_become_persian():
    assert persian_digits("a 1404") == "a ۱۴۰۴"


def test_control_characters_go_and_those_that_are_spaces_become_spaces():
    controls = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
    assert clean("a\x1b]0;title\x07b\x9b1m می\u200cرود\tc\nd") == "a]0;titleb1m می\u200cرود c d"
    assert set(clean("x".join(controls))) == {"x", " "}
    assert without_controls(f"x{controls}y\u200cz") == "x\t\ny\u200cz"

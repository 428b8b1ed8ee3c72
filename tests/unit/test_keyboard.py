import pytest

from graph_app.keyboard import looks_mistyped, repaired
from graph_app.text import fold


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lai]", "مشهد"),  # Arabic 101
        ("lain", "مشهد"),  # ISIRI 9147
        ("LAIN", "مشهد"),
        ("hwtihk", "اصفهان"),
        ("jivhk", "تهران"),
        ("mhvds", "پاریس"),
    ],
)
def test_persian_that_was_typed_on_latin_keys_is_read_as_meant(typed, meant):
    assert fold(meant) in repaired(typed)


@pytest.mark.parametrize(("typed", "meant"), [("ةشساشی", "mashad"), ("مشاخقث", "lahore"), ("فثاقشد", "tehran")])
def test_latin_that_was_typed_on_persian_keys_is_read_as_meant(typed, meant):
    assert meant in repaired(typed)


@pytest.mark.parametrize("text", ["", "123", "مشهد Mashhad", "[]", "北京"])
def test_text_without_letters_or_in_both_scripts_is_left_alone(text):
    assert repaired(text) == []


@pytest.mark.parametrize("text", ["n[,k", "lai]", "ld;hdg"])
def test_signs_among_letters_betray_the_other_layout(text):
    assert looks_mistyped(text)


@pytest.mark.parametrize("text", ["Lahore, Pakistan", "Xi'an", "Rome; Paris", "Bahrain:", "city: rome"])
def test_punctuation_of_ordinary_text_does_not(text):
    assert not looks_mistyped(text)

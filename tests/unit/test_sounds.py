import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.sounds import consonants, sounds, terms
from graph_app.text import fold

ALIKE = [
    ("رستموف", "Rustamov"),
    ("Rostamov", "Rustamov"),
    ("اصفهان", "Esfahan"),
    ("Teheran", "Tehran"),
    ("Qom", "Ghom"),
    ("کی‌یف", "Kiev"),
    ("Köln", "Koeln"),
    ("واشنگتن", "Washington"),
    ("صنعاء", "Sana'a"),
    ("القاهرة", "al-Qahira"),
    ("سانفرانسیسکو", "San Francisco"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_a_name_in_two_scripts_or_transcriptions_shares_a_key(one, other):
    assert set(sounds([fold(one)]).split()) & set(sounds([fold(other)]).split())


@pytest.mark.parametrize(("one", "other"), [("Tehran", "Tabriz"), ("مشهد", "مشکین"), ("Baku", "Bam")])
def test_names_with_other_consonants_share_none(one, other):
    assert not set(sounds([fold(one)]).split()) & set(sounds([fold(other)]).split())


def test_a_single_consonant_is_no_key():
    assert (sounds(["rio"]), terms("rio")) == ("", [])


@given(st.text())
def test_keys_hold_only_letters_and_digits_that_full_text_takes_as_they_are(text):
    for key in sounds([fold(text)]).split():
        assert key.isalnum()
        assert len(key) >= 2


@given(st.text(alphabet="abcghjkqstwxzوشچژقغخ", max_size=12))
def test_every_word_has_the_keys_under_which_it_is_looked_for(word):
    kept = sounds([word]).split()
    assert all(key in kept for keys in terms(word) for key in keys)
    assert len(consonants(word)) <= 2

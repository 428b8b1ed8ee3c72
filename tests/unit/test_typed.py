import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.exploration.ranking import NONE, Candidate, belonging, called, fit, likeness, whole
from graph_app.exploration.typed import labels_called, read, words_for
from graph_app.graph.results import Node

LAHORE = Node("place:1", ("City", "Entity", "Place"), {"name_en": "Lahore", "name_fa": "لاهور", "kind": "city"})
PAKISTAN = {"name_en": "Pakistan", "name_fa": "پاکستان", "search": "پاکستان pakistan"}


@pytest.mark.parametrize(
    ("text", "folded", "labels"),
    [
        ("city:mashhad", "mashhad", ("City",)),
        ("شهر: مشهد", "مشهد", ("City",)),
        ("Cities : Mashhad", "mashhad", ("City",)),
        ("سند همکاری:قرآنی", "قرانی", ("Agreement",)),
        ("free zone: arvand", "arvand", ("FreeZone",)),
        ("foo: mashhad", "foo mashhad", ()),
        ("city:", "city", ()),
        ("mashhad AND qom", "mashhad qom", ()),
        ("NOT", "not", ()),
    ],
)
def test_a_type_before_a_colon_is_looked_among_and_search_operators_are_no_words(text, folded, labels):
    typed = read(text)
    assert (typed.folded, typed.labels) == (folded, labels)


def test_every_label_can_be_named_in_both_languages():
    assert labels_called("شخص") == labels_called("people") == ("Person",)


@given(st.text())
def test_whatever_is_typed_the_queries_hold_only_words_and_our_own_syntax(text):
    typed = read(text)
    for query in (typed.words(), typed.misspelled(), typed.joined(), typed.sounding(), typed.partly()):
        assert not set(query) & set('+-&|!{}[]"?\\/')
        assert len(query) < 1200


def test_a_city_and_its_country_find_the_city_and_the_reason_is_the_country():
    found = Candidate(LAHORE, 3, None, frozenset({"part"}), (PAKISTAN,))
    count, why = belonging(read("lahore pakistan"), found)
    assert (count, why.in_language("fa"), why.in_language("en")) == (1, "پاکستان", "Pakistan")
    assert belonging(read("city lahore"), found) == (1, None)
    assert belonging(read("شهر لاهور"), found) == (1, None)
    assert belonging(read("lahore india"), found) is None
    assert belonging(read("city pakistan"), found) is None


def test_the_kind_of_an_entity_names_it_too():
    assert {"ministry", "وزارتخانه", "نهاد"} <= words_for(frozenset({"Institution"}), "ministry")


def test_a_name_that_is_far_from_what_was_typed_is_not_like_it():
    assert likeness(read("lohore"), Candidate(LAHORE, 0, None))[0] > 80
    assert likeness(read("xyz"), Candidate(LAHORE, 0, None)) is None


def candidate(name):
    return Candidate(Node("place:3", ("Place",), {"name_en": name}), 0, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("همدان", "مدان"),
        ("Hamedan", "Medan"),
        ("کرمانشا", "Barra Mansa"),
        ("کرمانشا", "قهرمان‌مرعش"),
        ("zxqwvv", "سوژوو"),
    ],
)
def test_names_that_share_consonants_and_little_else_are_not_alike(text, name):
    assert likeness(read(text), candidate(name)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Meshed", "مشهد"),
        ("L'Avana", "Havana"),
        ("نشهد", "مشهد"),
        ("khun ilam", "انتقال خون ایلام"),
        ("القاهرة", "al-Qahira"),
    ],
)
def test_slips_and_other_transcriptions_are_alike(text, name):
    assert likeness(read(text), candidate(name))


def test_each_pair_of_neighbouring_words_may_be_one_word():
    typed = read("تفاهم نامه ایلام")
    assert typed.ways == [
        ("تفاهم", "تفاهمنامه"),
        ("نامه", "تفاهمنامه", "نامهایلام"),
        ("ایلام", "نامهایلام"),
    ]
    assert typed.words().count(" AND ") == 2
    assert read("مشهد").words() == "(مشهد^4 OR مشهد*)"


@pytest.mark.parametrize(
    "name", ["تفاهم‌نامهٔ ایلام", "تفاهم نامه با ایلام", "سند تفاهمنامه‌های ایلام", "ایلام: تفاهم‌نامه"]
)
def test_words_fit_together_or_apart(name):
    assert fit(read("تفاهم نامه ایلام"), candidate(name)) < NONE
    assert fit(read("تفاهمنامه ایلام"), candidate(name)) < NONE


def test_letters_in_the_middle_of_words_do_not_make_several_words_fit():
    assert fit(read("rome iran"), candidate("Jerome and Tehiran")) == NONE


def test_only_whole_words_are_whole_on_another_layout():
    assert whole(read("lapu"), candidate("Lapu-Lapu"))
    assert not whole(read("lap"), candidate("Lapu-Lapu"))


def test_an_alias_that_fits_is_said_and_a_main_name_is_not():
    node = Node("place:2", ("Place",), {"name_en": "Tehran", "aliases": ["طهران"]})
    assert called(read("طهران"), Candidate(node, 0, None)).text == "طهران"
    assert called(read("tehran"), Candidate(node, 0, None)) is None


def test_a_name_fits_better_from_its_beginning_than_from_its_middle():
    found = Candidate(LAHORE, 0, None)
    assert fit(read("lahore"), found) < fit(read("lah"), found) < fit(read("hor"), found)

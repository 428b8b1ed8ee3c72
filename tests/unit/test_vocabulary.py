import re

from graph_app._layout import STATIC
from graph_app.text import clean
from graph_app.vocabulary import Word, vocabulary


def words(entry):
    """Yield every bilingual word below ``entry``."""
    if isinstance(entry, Word):
        yield entry
    if isinstance(entry, dict):
        for value in entry.values():
            yield from words(value)
    elif hasattr(entry, "__dict__"):
        for value in vars(entry).values():
            yield from words(value)


def test_every_word_stands_in_both_languages_and_the_persian_is_written_cleanly():
    found = list(words(vocabulary()))
    assert len(found) > 300
    for word in found:
        assert word.en
        assert word.fa == clean(word.fa)
        assert re.search(r"[آ-ی]", word.fa), word


def test_every_label_has_its_two_icons_and_a_colour_of_its_own():
    labels = vocabulary().labels
    for label in labels.values():
        assert (STATIC / "icons" / f"{label.icon}.svg").is_file()
        assert (STATIC / "icons" / "white" / f"{label.icon}.svg").is_file()
    assert len({label.colour for label in labels.values()}) == len(labels)


def test_white_icons_are_readable_on_every_colour():
    for name, label in vocabulary().labels.items():
        channels = [int(label.colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) >= 3, name  # contrast for graphics, WCAG 1.4.11


def test_identifiers_are_safe_to_stand_in_cypher():
    found = vocabulary()
    for name in found.labels:
        assert re.fullmatch(r"[A-Z][A-Za-z]+", name)
    for name in found.types:
        assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", name)


def test_every_status_has_a_state_and_every_state_a_shape_of_its_own():
    found = vocabulary()
    assert {status.state for name, status in found.statuses.items() if name != "none"} <= set(found.states)
    assert found.statuses["none"].state is None
    assert len({state.badge for state in found.states.values()}) == len(found.states)


def test_a_refining_label_names_the_entity():
    assert vocabulary().shown(("City", "Entity", "Place")) == "City"
    assert vocabulary().base("City") == "Place"


def test_a_code_becomes_a_word_and_other_text_stays():
    found = vocabulary()
    assert found.value("kind", "mou", "fa", ("Agreement",)) == "تفاهم‌نامه"
    assert found.value("status", "in_force", "en") == "In force"
    assert found.value("outcome_fa", "signed", "en") == "signed"

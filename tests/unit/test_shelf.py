"""The questions of folders as they are now: the user's beside the shipped ones, broken files listed."""

import pytest

from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.shelf import Shelf, shelf
from graph_app.errors import NotFoundError
from graph_app.settings import Settings

TEXT = "// title: {en: T, fa: ت}\n// about: {en: A, fa: آ}\n// view: table\nRETURN 1 AS count"


@pytest.fixture
def folders(tmp_path):
    for name in ("shipped/cities/one", "own/cities/two"):
        file = tmp_path / f"{name}.cypher"
        file.parent.mkdir(parents=True)
        file.write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def found(folders):
    return Shelf([folders / "shipped"], own=folders / "own", every=0)


def test_own_questions_stand_beside_the_shipped_ones_and_are_marked(found):
    assert {name: question.own for name, question in found.items()} == {"cities/one": False, "cities/two": True}


def test_a_folder_that_is_not_there_holds_nothing(folders):
    assert list(Shelf([folders / "shipped"], own=folders / "nowhere")) == ["cities/one"]


def test_a_file_counts_as_it_is_now(found, folders):
    before = found["cities/one"]
    file = folders / "own" / "cities" / "two.cypher"
    file.write_text(TEXT.replace("RETURN 1", "RETURN 1000"), encoding="utf-8")
    (folders / "own" / "cities" / "three.cypher").write_text(TEXT, encoding="utf-8")

    assert "1000" in found["cities/two"].statement.text
    assert "cities/three" in found
    assert found["cities/one"] is before  # what did not change is not read again
    file.unlink()
    assert "cities/two" not in found


def test_a_broken_file_is_listed_with_its_place_and_takes_nothing_else_down(found, folders):
    file = folders / "own" / "cities" / "two.cypher"
    file.write_text(TEXT.replace("RETURN 1", "RETURN $who"), encoding="utf-8")

    assert list(found) == ["cities/one"]
    assert [str(one.reason) for one in found.broken] == [f"{file}:4: $who is used but not declared in the header."]
    with pytest.raises(QuestionFileError, match=r"\$who is used"):
        found.question("cities/two")
    with pytest.raises(NotFoundError):
        found.question("cities/nobody")
    file.write_text(TEXT, encoding="utf-8")
    assert (list(found), found.broken) == (["cities/one", "cities/two"], ())


def test_a_file_of_ones_own_does_not_take_the_place_of_a_shipped_question(found, folders):
    (folders / "own" / "cities" / "one.cypher").write_text(TEXT.replace("1", "2"), encoding="utf-8")
    assert not found["cities/one"].own
    assert "There is another question of the name cities/one" in str(found.broken[0].reason)


@pytest.mark.parametrize("text", ["subjects: [", "subjects: {cities: no}"])
def test_words_that_cannot_be_read_are_listed_too(found, folders, text):
    (folders / "own" / "words.yaml").write_text(text, encoding="utf-8")
    assert len(found) == 2
    assert [one.file.name for one in found.broken] == ["words.yaml"]


def test_the_folder_is_that_of_the_setting_or_lies_in_the_home(tmp_path):
    named = Settings.read({"PEYVAND_QUERIES": str(tmp_path / "mine")})
    assert named.queries == tmp_path / "mine"
    assert Settings.read({"PEYVAND_HOME": str(tmp_path)}).queries == tmp_path / "queries"
    assert len(shelf(named)) > 50

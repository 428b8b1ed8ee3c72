"""Files of questions: what is accepted, and what is refused with file and line."""

import json
import re
from pathlib import Path

import pytest

from graph_app._layout import QUERIES
from graph_app.catalog import Catalog, checking
from graph_app.catalog.checking import refuse_dead_ends
from graph_app.catalog.library import load, schema
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.statement import parse
from graph_app.errors import NotFoundError
from graph_app.language import translations
from graph_app.text import clean
from graph_app.vocabulary import vocabulary

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reference" / "questions.schema.json"
FILES = sorted(QUERIES.rglob("*.cypher"))
HEAD = """\
// title: {en: Title, fa: عنوان}
// about: {en: About., fa: دربارهٔ.}
// view: table
"""
CITY = "// params:\n//   city: {type: entity, of: [City], label: {en: City, fa: شهر}}\n"
EXAMPLE = "// example: {city: 'place:mashhad'}\n"
MATCH = "MATCH (c:Entity {id: $city})\nRETURN c\n"


@pytest.fixture
def write(tmp_path):
    def write_(text, name="cities/one"):
        file = tmp_path / f"{name}.cypher"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write_


def refused(file):
    with pytest.raises(QuestionFileError) as caught:
        load(file, "cities/one")
    return str(caught.value).removeprefix(f"{file}:")


def test_a_question_is_its_header_and_its_statement(write):
    question = load(write(HEAD + CITY + EXAMPLE + MATCH), "cities/one")

    assert question.header.title.in_language("fa") == "عنوان"
    assert question.example == {"city": "place:mashhad"}
    assert question.statement.text == MATCH.strip()
    assert question.statement.parameters == {"city": 7}
    assert question.subject == "cities"


def test_a_number_opens_a_question_that_there_is_and_that_can_be_asked_with_what_the_row_gives(write, shipped):
    for question in shipped.values():
        refuse_dead_ends(question, shipped)

    known = {"cities/two": load(write(HEAD + CITY + EXAMPLE + MATCH, "cities/two"), "cities/two")}
    for opens, told in {
        "opens: cities/three": "opens “cities/three”, and there is no such question",
        "opens: cities/two": "does not give “city”, which “cities/two” needs",
        "opens: cities/two, given: {city: c, town: c}": "gives town, which “cities/two” does not ask for",
        "opens: cities/two, given: {city: $town}": "no parameter “town”",
    }.items():
        columns = "// columns:\n//   n: {en: Number, fa: شمار, " + opens + "}\n"
        with pytest.raises(QuestionFileError, match=re.escape(told)):
            refuse_dead_ends(load(write(HEAD + columns + "MATCH (c) RETURN c, 1 AS n"), "cities/one"), known)


def test_what_a_question_is_given_needs_a_question(write):
    columns = "// columns:\n//   n: {en: Number, fa: شمار, given: {city: c}}\n"
    assert "“columns.n”: “given” is only for opens" in refused(write(HEAD + columns + "MATCH (c) RETURN c, 1 AS n"))


def test_a_column_that_gives_what_is_not_in_the_answer_is_told_apart_from_one_that_is_not_there(write):
    number = "// columns:\n//   n: {en: Number, fa: شمار, opens: cities/two, given: {city: c, day: $day}}\n"
    columns = number + "//   c: {en: City, fa: شهر}\n"
    question = load(write(HEAD + columns + "MATCH (c) RETURN c, 1 AS n"), "cities/one")
    checking._check_columns(question, ("n", "c"))
    for found, told in {
        ("n",): {"en": "“n” gives values of “c”, but the answer has no such column", "fa": "«n» از مقدارهای «c» می‌دهد"},
        ("c",): {"en": "There is a heading for “n”", "fa": "برای «n» عنوانی هست"},
    }.items():
        with pytest.raises(QuestionFileError) as caught:
            checking._check_columns(question, found)
        for language, words in told.items():
            assert words in caught.value.translated(translations(language).gettext)


def test_words_of_the_header_stay_words(write):
    text = HEAD + "// tags: [no, 2025-01-01]\n" + "RETURN 1 AS value"
    assert load(write(text), "cities/one").header.tags == ("no", "2025-01-01")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("RETURN 1", "1: There is no header: lines with // at the top of the file, holding YAML."),
        (HEAD, "4: There is no statement under the header."),
        (HEAD + "// a comment\nRETURN 1", "5: The header is no YAML: could not find expected ':'."),
        (HEAD + f"// about: {'[' * 20_000}\nRETURN 1", "1: The header is no YAML: maximum recursion depth exceeded"),
        (HEAD + "// note: \x07\nRETURN 1", "1: The header is no YAML: unacceptable character #x0007"),
        (HEAD + "// view: network\nRETURN 1", "4: “view” is written twice."),
        (HEAD + "// colour: red\nRETURN 1", "4: “colour” is not a word of a header."),
        (HEAD.replace("fa: عنوان", "fr: Titre") + "RETURN 1", "1: “title.fa” is missing."),
        (HEAD.replace("عنوان", "''") + "RETURN 1", "1: “title.fa”: String should have at least 1 character."),
        (HEAD.replace("// view: table\n", "") + "RETURN 1", "1: “view” is missing."),
        (
            HEAD.replace("table", "pie") + "RETURN 1",
            "3: “view” must be one of: table, network, map, chart, timeline, matrix.",
        ),
        (HEAD + CITY + EXAMPLE + "RETURN 1", "5: “city” is declared but $city is not used."),
        (HEAD + "MATCH (c)\nRETURN $city", "5: $city is used but not declared in the header."),
        (HEAD + CITY + MATCH, "1: “header”: a question with parameters needs an “example”."),
        (
            HEAD + CITY + EXAMPLE + MATCH + ";\nMATCH (n) RETURN n",
            "10: There is more than one statement; a question is one.",
        ),
        (HEAD + CITY.replace("entity", "town") + EXAMPLE + MATCH, "5: “params.city.type” must be one of: "),
        (HEAD + CITY.replace("City]", "Town]") + EXAMPLE + MATCH, "5: “params.city”: “of” names Town"),
        (
            HEAD + CITY.replace(", label: {en: City, fa: شهر}", "") + EXAMPLE + MATCH,
            "1: “header”: the parameter “city”",
        ),
        (HEAD + CITY + "// example: {city: Mashhad}\n" + MATCH, "6: “Mashhad” is not the id of an entity."),
        (HEAD + CITY + "// example: {town: 'place:x'}\n" + MATCH, "1: “header”: the example gives town"),
        (HEAD + CITY + "// example: {}\n" + MATCH, "6: The value of “city” cannot be used: Fill this in."),
        (HEAD + "RETURN 'open", "4: What begins with ' here does not end."),
        (HEAD + "RETURN 1 /* open", "4: What begins with /* here does not end."),
        (HEAD + r"RETURN '\u0027 + $x //'", r"4: “\u0027” hides what the statement says; write the character itself."),
    ],
)
def test_a_badly_written_question_is_refused_with_its_line(write, text, problem):
    assert refused(write(text)).startswith(problem)


@pytest.mark.parametrize(
    ("parameter", "problem"),
    [
        ("{type: choice, label: {en: A, fa: ا}}", "“params.a”: a choice needs “values”"),
        (
            "{type: choice, default: z, label: {en: A, fa: ا}, values: [{value: x, en: X, fa: ایکس}]}",
            "The value of “a” cannot be used: “z” is not one of the choices: x.",
        ),
        (
            "{type: integer, default: many, label: {en: A, fa: ا}}",
            "The value of “a” cannot be used: “many” is not a whole",
        ),
        ("{type: text, of: [City], label: {en: A, fa: ا}}", "“params.a”: “of” is only for entity"),
        ("{type: text, least: 1, label: {en: A, fa: ا}}", "“params.a”: “least” is only for integer, number"),
        (
            "{type: text, depends_on: [b], label: {en: A, fa: ا}}",
            "“params.a”: “depends_on” is only for values from a query",
        ),
        (
            "{type: choice, label: {en: A, fa: ا}, values: 'RETURN $b AS value'}",
            "The values of “a” use $b; they must depend on these, and on earlier ones only.",
        ),
        (
            "{type: choice, label: {en: A, fa: ا}, values: 'RETURN $b AS value', depends_on: [b]}",
            "The values of “a” use $b; they must depend on these, and on earlier ones only.",
        ),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(write, parameter, problem):
    text = HEAD + f"// params:\n//   a: {parameter}\n// example: {{a: x}}\nRETURN $a"
    assert refused(write(text)).partition(": ")[2].startswith(problem)


@pytest.mark.parametrize("name", ["view", "lang", "Big", "1st"])
def test_a_parameter_cannot_have_a_name_that_an_address_needs(write, name):
    text = (
        HEAD
        + f"// params:\n//   {name}: {{type: text, label: {{en: A, fa: ا}}}}\n// example: {{{name}: x}}\nRETURN ${name}"
    )
    assert f"“{name}” cannot be the name of a parameter" in refused(write(text))


@pytest.mark.parametrize(
    "text",
    [
        "RETURN '$a' // $a",
        'RETURN "$a; $a" /* $a ; */',
        "MATCH (`$a`) RETURN 'it\\'s $a'",
        "MATCH (n:$(label)) RETURN n",
        "MATCH (n:$all(labels)) RETURN n;",
        "MATCH (price$a) RETURN price$a",
    ],
)
def test_what_is_not_a_parameter_is_not_counted(text):
    assert parse(text, Path("q.cypher")).parameters == {}


def test_parameters_are_found_with_the_line_of_their_first_use():
    text = "// $no\nRETURN $a, $`b c`,\n  $a, '//' + $d"
    assert parse(text, Path("q.cypher"), 5).parameters == {"a": 6, "b c": 6, "d": 7}


def test_the_semicolon_at_the_end_is_not_sent():
    assert parse("RETURN 1; // done", Path("q.cypher")).text == "RETURN 1"


def test_a_file_that_is_not_utf8_is_refused_with_its_line(write):
    file = write("")
    file.write_bytes(HEAD.encode() + "RETURN 'سلام'".encode("cp1256"))
    assert refused(file) == "4: The file is not UTF-8."


def test_two_questions_of_one_name_are_refused(tmp_path):
    for folder in ("ours", "theirs"):
        file = tmp_path / folder / "cities" / "one.cypher"
        file.parent.mkdir(parents=True)
        file.write_text(HEAD + "RETURN 1", encoding="utf-8")
    with pytest.raises(
        QuestionFileError, match=r"theirs.*:1: There is another question of the name cities/one: .*ours"
    ):
        Catalog.load([tmp_path / "ours", tmp_path / "theirs"])


@pytest.mark.parametrize("name", ["one", "a/b/c", "cities/Two-Words"])
def test_a_file_must_stand_in_the_folder_of_its_subject(tmp_path, name):
    file = tmp_path / f"{name}.cypher"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + "RETURN 1", encoding="utf-8")
    with pytest.raises(QuestionFileError, match="<subject>/<question>"):
        Catalog.load([tmp_path])


def test_questions_are_found_by_words_of_either_language_and_by_tag(write, tmp_path):
    write(HEAD + "// tags: [a]\nRETURN 1")
    write(HEAD.replace("Title", "Other") + "RETURN 1", "people/two")
    catalog = Catalog.load([tmp_path])

    assert [question.name for question in catalog.find("TITLE about")] == ["cities/one"]
    assert [question.name for question in catalog.find("عنوان")] == ["cities/one", "people/two"]
    assert [question.name for question in catalog.find(tag="a")] == ["cities/one"]
    assert catalog.tags() == ["a"]
    with pytest.raises(NotFoundError, match="There is no question “cities/three”"):
        catalog.question("cities/three")


@pytest.fixture(scope="module")
def shipped():
    return Catalog.load([QUERIES])


def test_every_shipped_file_is_a_question(shipped):
    assert len(shipped) == len(FILES) >= 12


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_shipped_question_speaks_both_languages_well(shipped, file):
    question = shipped[f"{file.parent.name}/{file.stem}"]
    header, words = question.header, shipped.words
    texts = [header.title, header.about, *header.columns.values()]
    texts += [text for parameter in header.params.values() for text in (parameter.label, parameter.help) if text]

    for text in texts:
        assert re.search("[\u0600-\u06ff]", text.fa), text.fa
        assert not re.search("[\u0600-\u06ff]", text.en), text.en
        assert text.fa == clean(text.fa)
    assert question.subject in words.subjects
    assert set(header.tags) <= set(words.tags)


@pytest.mark.parametrize("name", ["paths/shortest", "cities/common_ties"])
def test_walks_follow_exactly_the_types_that_are_drawn(shipped, name):
    lists = re.findall(r"\[\w*:([A-Z_|]{50,})\]", shipped[name].statement.text)
    assert lists
    for found in lists:
        assert found.split("|") == vocabulary().drawn_types()


def test_the_schema_for_editors_is_that_of_the_code():
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()

"""Mappings: their schema, the tests that they carry, keys made of cells, and the folder of the user's own."""

import json

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from graph_app.cli import peyvand
from graph_app.errors import LoadError
from loaders import decision_text, schema
from loaders.checking import check
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.library import library
from loaders.mapping import MAPPINGS, content, load
from loaders.reading import Guidance, read

SHIPPED = sorted(MAPPINGS.glob("*.yaml"))
HEAD = "# yaml-language-server: $schema=mapping.schema.json\n"


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(schema.schema())
    return jsonschema.Draft202012Validator(json.loads(schema.SCHEMA.read_text(encoding="utf-8")))


def test_the_schema_that_ships_is_that_of_the_models():
    assert schema.SCHEMA.read_text(encoding="utf-8") == schema.text(), "run: python -m loaders.schema"


def test_every_part_of_a_mapping_is_described_in_both_languages():
    made = schema.schema()
    models = {"MappingFile": made, **{name: one for name, one in made["$defs"].items() if name != "ColumnType"}}
    models["Column"] = models["Column"]["anyOf"][1]
    for name, model in models.items():
        for field in (model, *model["properties"].values()):
            english, _, persian = field["description"].partition("\n") if "$ref" not in field else ("e", "", "ف")
            assert english, name
            assert any("\u0600" <= letter <= "\u06ff" for letter in persian), (name, field)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_mappings_name_the_schema_and_are_valid_by_it(path, validator):
    assert path.read_text(encoding="utf-8").startswith(HEAD)
    assert list(validator.iter_errors(content(path))) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_mappings_pass_their_own_tests_and_have_some_for_every_table(path):
    assert check(path).problems == ()
    mapping = load(path)
    assert {test.table for test in mapping.tests} == {table.file for table in mapping.tables}
    assert sum(test.reject is not None for test in mapping.tests) >= 3


MAPPING = """
mapping: sisters
version: 1
about: {en: Test, fa: آزمون}
evidence: {source: =list, note: remark}
tables:
  - file: sisters.csv
    columns:
      partner: {type: name, header: شهر خواهرخوانده, required: yes}
      country: {type: name, header: کشور}
      kind: {type: enum, of: kinds.Agreement, header: نوع سند, values: {خواهرخواندگی: sister_city, تفاهم‌نامه: mou}}
      signed: {type: date, header: تاریخ امضا}
      remark: {type: text, optional: yes}
    nodes:
      - {as: source, label: Source, id: =list, set: {name_fa: =فهرست}}
      - {as: home, label: Place, also: City, id: =isfahan, set: {name_fa: =اصفهان}}
      - {as: away, label: Place, also: City, id: [partner, country], set: {name_fa: partner}}
      - as: deal
        label: Agreement
        id: [kind, =isfahan, partner, signed]
        set: {name_fa: ["=پیوند اصفهان و {partner} ({signed})", "=پیوند با {partner}"], kind: kind, signed_on: signed}
    ties:
      - {type: PARTY_TO, from: home, to: deal, set: {role: =party}}
      - {type: PARTY_TO, from: away, to: deal, set: {role: =party}}
tests:
  - row: {شهر خواهرخوانده: بيرمنگام, کشور: انگلستان, نوع سند: خواهرخواندگی, تاریخ امضا: ١٣٧٩/٢/٣١}
    expect: {away.name_fa: بیرمنگام, deal.signed_on: 2000-05-20, deal.kind: sister_city, deal.ends_on: ""}
    ties: [home PARTY_TO deal, away PARTY_TO deal]
"""


@pytest.fixture
def written(tmp_path):
    def write(text=MAPPING, name="sisters.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def rows(mapping, tmp_path, *lines):
    path = tmp_path / "sisters.csv"
    path.write_text("\n".join(["شهر خواهرخوانده,کشور,نوع سند,تاریخ امضا", *lines]), encoding="utf-8")
    table = mapping.tables[0]
    return list(compile_table(read(path, mapping.guidance(table, Guidance())), table, mapping))


def test_a_key_of_several_cells_is_one_key_in_every_spelling(written, tmp_path):
    mapping = load(written())
    first, second = rows(
        mapping,
        tmp_path,
        "كوالا لامپور,مالزی,تفاهم نامه,1400/06/09",
        "کوالالامپور,مالزي,تفاهم‌نامه,۹ شهریور ۱۴۰۰",
    )
    assert [claim.id for claim in first.entities] == [claim.id for claim in second.entities]
    assert first.entities[2].id == "place:کوالالامپور-مالزی"
    assert first.entities[3].id == "agreement:mou-isfahan-کوالالامپور-2021-08-31"
    assert first.entities[3].properties["name_fa"] == "پیوند اصفهان و کوالا لامپور (1400/06/09)"
    assert first.entities[3].evidence.source == first.entities[0].id == "source:list"


def test_a_key_with_an_empty_part_is_a_reject_and_a_title_with_one_is_the_next_title(written, tmp_path):
    [reject] = rows(load(written()), tmp_path, "لاهور,پاکستان,تفاهم‌نامه,")
    assert isinstance(reject, Reject)
    assert reject.column == "تاریخ امضا"
    undated = MAPPING.replace("=isfahan, partner, signed]", "=isfahan, partner]")
    [facts] = rows(load(written(undated)), tmp_path, "لاهور,پاکستان,تفاهم‌نامه,")
    assert facts.entities[3].properties["name_fa"] == "پیوند با لاهور"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "deal.signed_on: 2000-05-20",
            "deal.signed_on: 2000-05-21",
            "deal.signed_on is 2000-05-20; expected was 2000-05-21",
        ),
        ("deal.kind: sister_city", "deal.kind: mou", "deal.kind is sister_city; expected was mou"),
        ('deal.ends_on: ""', "deal.ends_on: 2001", "deal.ends_on is –; expected was 2001"),
        (", away PARTY_TO deal]", "]", "tie is away PARTY_TO deal; expected was –"),
        ("ties: [home", "ties: [home SIGNED deal, home", "tie is –; expected was home SIGNED deal"),
        ("١٣٧٩/٢/٣١", "١٣٧٩/٢/٣٢", "reject is signed"),
        ("کشور: انگلستان, نوع", "کشوور: انگلستان, نوع", "has no column “کشوور”"),
        ('ends_on: ""}\n    ties: [home PARTY_TO deal, away PARTY_TO deal]', "", ""),
    ],
)
def test_a_test_that_fails_says_what_came_out_and_what_was_expected(written, old, new, told):
    assert old in MAPPING
    if not told:
        text = MAPPING[: MAPPING.index("    expect:")] + "    reject: کشور\n"
        told = "reject is –; expected was country"
    else:
        text = MAPPING.replace(old, new)
    [problem] = check(written(text)).problems
    assert "sisters, test 1" in str(problem)
    assert told in str(problem)


def test_all_mistakes_of_a_mapping_are_told_at_once(written):
    told = [str(one) for one in check(written("mapping: X\nversion: one\ntables: []\n")).problems]
    assert len(told) == 4
    assert all("sisters.yaml is wrong at" in one for one in told)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("also: City, id: =isfahan", "also: Town, id: =isfahan", "label Town is not defined"),
        ("also: City, id: =isfahan", "also: Body, id: =isfahan", "Body does not refine Place"),
        ("kind: kind, signed", "kind: =treaty, signed", "kind treaty is not defined"),
        ("role: =party", "role: =friend", "role friend is not defined"),
        ("[partner, country]", "[partner, state]", "column state is not defined"),
        ("{partner} ({signed})", "{partner} ({date})", "column date is not defined"),
        ("of: kinds.Agreement", "of: kinds.Treaty", "there is no list of words kinds.Treaty"),
        ("    ties: [home PARTY_TO deal", "    ties: [home PARTY_TO", "is not a tie such as"),
        ("deal.kind: sister_city", "dael.kind: sister_city", "names the node dael"),
        ("  - row:", "  - table: other.csv\n    row:", "names the table other.csv"),
    ],
)
def test_a_name_that_nothing_defines_is_refused(written, old, new, reason):
    assert old in MAPPING
    with pytest.raises(LoadError, match=reason):
        load(written(MAPPING.replace(old, new)))


def test_an_editor_is_told_of_a_wrong_name_by_the_schema(validator):
    wrong = yaml.safe_load(MAPPING.replace("label: Agreement", "label: Treaty").replace("type: date", "typ: date"))
    places = {tuple(error.path)[:4] for error in validator.iter_errors(wrong)}
    assert ("tables", 0, "nodes", 3) in places
    assert ("tables", 0, "columns", "signed") in places


def test_own_mappings_are_found_by_name_and_by_fit_and_a_broken_one_stops_nobody(written, tmp_path):
    written(name="own/sisters.yaml")
    written(MAPPING.replace("mapping: sisters", "mapping: founding"), name="own/taken.yaml")
    written("mapping: [", name="own/torn.yaml")
    known = library(tmp_path / "own")
    assert [one.mapping.mapping for one in known.found] == [
        "demo",
        "edits",
        "founding",
        "portfolio",
        "texts",
        "world",
        "sisters",
    ]
    assert known.named("sisters").own_file == tmp_path / "own" / "sisters.yaml"
    assert known.named("world").own_file is None
    assert known.fitting([tmp_path / "sisters.xlsx"]).mapping.mapping == "sisters"
    assert {one.path.name for one in known.broken} == {"taken.yaml", "torn.yaml"}
    assert "belongs to founding.yaml already" in str(known.broken[0].reason)
    with pytest.raises(LoadError, match=r"torn\.yaml cannot be read"):
        known.named("torn")
    with pytest.raises(LoadError, match="there are: demo, edits, founding, portfolio, texts, world, sisters"):
        known.named("nobody")


def test_brackets_without_end_are_a_broken_mapping(tmp_path):
    (tmp_path / "deep.yaml").write_text("mapping: " + "[" * 20_000)
    [broken] = library(tmp_path).broken
    assert "deep.yaml cannot be read" in str(broken.reason)


def test_brackets_without_end_are_no_file_of_decisions():
    with pytest.raises(LoadError, match="no file of decisions"):
        decision_text.read("[" * 20_000, ())


def test_without_a_folder_there_are_the_shipped_ones(tmp_path):
    assert len(library(tmp_path / "away").found) == len(SHIPPED)


@pytest.fixture
def run(tmp_path):
    def command(*arguments):
        environment = {"PEYVAND_HOME": str(tmp_path), "PEYVAND_MAPPINGS": ""}
        return CliRunner().invoke(peyvand, ["load", *map(str, arguments)], env=environment)

    return command


def test_mappings_are_listed_and_checked_with_the_broken_ones_told(run, written):
    written(name="mappings/sisters.yaml")
    written("mapping: torn\n", name="mappings/torn.yaml")
    listed = run("mappings")
    assert (listed.exit_code, "sisters.csv" in listed.stdout, "torn.yaml is wrong at" in listed.stderr) == (
        0,
        True,
        True,
    )
    machine = json.loads(run("mappings", "--format", "json").stdout)
    assert [one["name"] for one in machine["mappings"] if not one["shipped"]] == ["sisters"]
    assert [one["file"].rpartition("/")[2] for one in machine["broken"]] == ["torn.yaml"]
    checked = run("check")
    assert (checked.exit_code, "torn.yaml is wrong at version" in checked.stderr) == (1, True)
    assert "sisters: in order, 1 tests." in checked.stdout
    assert run("check", "world", "sisters").exit_code == 0
    assert (run("check", "torn").exit_code, run("check", "nobody").exit_code) == (1, 1)


def test_the_schema_is_printed_as_it_ships(run):
    assert run("schema").stdout == schema.SCHEMA.read_text(encoding="utf-8")


def test_a_proposal_and_a_workbook_are_written_to_new_files_only(run, tmp_path):
    export, out = tmp_path / "towns.csv", tmp_path / "towns.yaml"
    export.write_text("شهر,استان\nمشهد,خراسان رضوی\n", encoding="utf-8")
    assert "mapping: towns" in run("init", export).stdout
    assert run("init", export, "--out", out).exit_code == 0
    kept = out.read_text(encoding="utf-8")
    assert isinstance(run("init", export, "--out", out).exception, LoadError)
    assert out.read_text(encoding="utf-8") == kept
    book = tmp_path / "towns.xlsx"
    assert run("template", out, "--out", book).exit_code == 0
    assert isinstance(run("template", out, "--out", book).exception, LoadError)
    assert "ends in .xlsx" in str(run("template", out, "--out", tmp_path / "towns.csv").exception)

"""Mappings proposed for files that nobody has seen before: what offices send, in whatever form they send it."""

import pytest
import xlsxwriter

from graph_app._layout import EXAMPLES
from graph_app.errors import LoadError
from graph_app.text import isolate
from loaders.checking import check
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.mapping import load
from loaders.planning import read_exports
from loaders.proposing import name_for, proposed
from loaders.proposing.roles import roles

SISTERS = """ردیف;شهر خواهرخوانده;كشور;نوع سند;تاريخ امضا;مدت اعتبار;امضا كننده;وضعيت;جمعيت;تلفن;ملاحظات
1;باكو;آذربايجان;خواهرخواندگي;1389/5/12;نامحدود;علي كريمي;فعال;2300000;0098211;
2;لاهور;پاكستان;تفاهم نامه;9 شهريور 1400;پنج سال;رضا احمدي;فعال;11126285;0098212;نخست
3;كراچي;پاكستان;خواهرخواندگي;1391;5 سال;رضا احمدي;منقضي شده;14910352;0098213;
4;استانبول;تركيه;خواهرخواندگي;بهار;-;علي كريمي;فعال;15462452;0098214;
"""
PEOPLE = """نام و نام خانوادگی,سمت,دستگاه,تاریخ شروع
علی کریمی,مدیرکل,شهرداری مشهد,1400/1/1
رضا احمدی,معاون,شورای شهر,۱۴۰۱/۲/۳
"""
EVENTS = """عنوان جلسه;تاریخ برگزاری;محل برگزاری;موضوع
نشست نخست;1402/3/4;تالار شهر;گردشگری
نشست دوم;۵ تیر ۱۴۰۲;تالار شهر;سلامت
"""
AGREEMENTS = """شماره سند\tعنوان تفاهم نامه\tطرف اول\tطرف دوم\tکشور\tتاریخ امضا
12/1\tتفاهم سلامت\tدانشگاه مشهد\tدانشگاه لاهور\tپاکستان\t1400/1/2
12/2\tتفاهم علم\tدانشگاه مشهد\tدانشگاه باکو\tآذربایجان\t1400/1/3
"""
UNIVERSITIES = "University,City,Country,Website\nUT,Tehran,Iran,http://ut\nSharif,Tehran,Iran,http://sh\n"
TOWNS = """نام شهر,استان,عرض جغرافیایی,طول جغرافیایی,فعال
مشهد,خراسان رضوی,36.3,59.6,بله
تبریز,آذربایجان شرقی,38.08,46.29,خیر
"""
NUMBERED = "person_id,name_fa,name_en,shoe size\nali,علی,Ali,42\nreza,رضا,Reza,43\n"
ANYTHING = "foo,bar\n1,x\n2,y\n3,x\n4,y\n"


@pytest.fixture
def propose(tmp_path):
    """Write a file, propose a mapping for it, and return the text, the mapping, and what becomes of the rows."""

    def make(text, name="file.csv", encoding="utf-8"):
        path = tmp_path / name
        if text is not None:
            path.write_bytes(text.encode(encoding))
        written = proposed([path], name_for(path), str)
        file = tmp_path / "mapping.yaml"
        file.write_text(written, encoding="utf-8")
        assert check(file).problems == ()
        mapping = load(file)
        [(table, export)] = read_exports([path], mapping).items()
        return written, mapping, list(compile_table(export, mapping.by_file[table], mapping))

    return make


def labels(results):
    return sorted({label for row in results for one in row.entities for label in one.labels} - {"Entity"})


def test_a_table_of_an_office_in_windows_1256_becomes_agreements_with_their_parties(propose):
    text, mapping, results = propose(SISTERS.replace("ی", "ي"), "sisters.csv", "cp1256")
    columns = mapping.tables[0].columns
    assert {name: column.type for name, column in columns.items()} == {
        "row_number": "ignore",
        "partner_city": "name",
        "partner_country": "name",
        "kind": "enum",
        "signed_on": "date",
        "term": "term",
        "signatory": "name",
        "status": "enum",
        "جمعیت": "integer",
        "تلفن": "text",
        "note": "text",
    }
    assert columns["kind"].words["خواهرخواندگی"] == "sister_city"
    assert columns["status"].values == {"فعال": "in_force", "منقضی شده": "expired"}
    assert columns["term"].nulls == ("-",)
    [reject] = [row for row in results if isinstance(row, Reject)]
    assert (reject.row.line, reject.value) == (5, "بهار")
    assert "TODO: rows that will be rejected: 1, for cells such as “بهار”." in text
    assert "TODO: the other party stands in no column" in text
    assert " · ".join(map(isolate, ("باکو", "لاهور", "کراچی"))) in text
    facts = results[1]
    assert [(tie.type, tie.start, tie.end) for tie in facts.ties] == [
        ("WITHIN", "place:لاهور-پاکستان", "place:پاکستان"),
        ("PARTY_TO", "place:لاهور-پاکستان", "agreement:لاهور"),
        ("SIGNED", "person:رضااحمدی", "agreement:لاهور"),
    ]
    assert facts.ties[0].evidence.note == "نخست"


@pytest.mark.parametrize(
    ("text", "made", "ties"),
    [
        (PEOPLE, ["Appointment", "Institution", "Person", "Post", "Source"], ["APPOINTS", "POST_AT", "TO_POST"]),
        (EVENTS, ["Event", "Place", "Source", "Topic", "Venue"], ["ABOUT", "HELD_IN"]),
        (AGREEMENTS, ["Agreement", "Country", "Institution", "Place", "Source"], ["BASED_IN", "PARTY_TO"]),
        (UNIVERSITIES, ["City", "Country", "Institution", "Place", "Source"], ["BASED_IN", "WITHIN"]),
        (TOWNS, ["City", "Place", "Province", "Source"], ["WITHIN"]),
        (NUMBERED, ["Person", "Source"], []),
        (ANYTHING, ["Source", "Topic"], []),
    ],
    ids=["people", "events", "agreements", "universities", "towns", "numbered", "anything"],
)
def test_other_tables_load_without_an_edit(propose, text, made, ties):
    _, _, results = propose(text)
    assert not [row for row in results if isinstance(row, Reject)]
    assert labels(results) == made
    assert sorted({tie.type for row in results for tie in row.ties}) == ties
    main = {claim.id for row in results for claim in row.entities[1:]}
    assert len(main) >= len(results)


def test_a_workbook_with_a_title_above_its_table_and_a_persian_name(propose, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "فهرست.xlsx") as book:
        sheet = book.add_worksheet("برگه")
        sheet.merge_range("A1:D1", "فهرست خواهرخواندگی‌ها")
        sheet.write_row(2, 0, ["شهر", "شهر خواهرخوانده", "کشور", "سال خواهرخواندگی"])
        sheet.write_row(3, 0, ["شیراز", "شهر دوشنبه", "تاجیکستان", 1371])
        sheet.write_row(4, 0, ["شیراز", "نیکوزیا", "قبرس", 1378])
    text, mapping, results = propose(None, "فهرست.xlsx")
    assert mapping.mapping == "my_mapping"
    assert "=همکاری {city} و {partner_city}" in text
    assert [row.entities[-1].properties["name_fa"] for row in results] == [
        "همکاری شیراز و شهر دوشنبه",
        "همکاری شیراز و نیکوزیا",
    ]


@pytest.mark.parametrize("path", sorted((EXAMPLES / "founding").glob("*.csv")), ids=lambda path: path.stem)
def test_every_table_of_the_examples_gets_a_mapping_that_passes_its_check(path, tmp_path):
    file = tmp_path / "mapping.yaml"
    file.write_text(proposed([path], name_for(path), str), encoding="utf-8")
    assert check(file).problems == ()


def test_days_and_months_are_told_apart_where_the_cells_do_so_and_asked_about_where_not(propose):
    text, mapping, _ = propose("نام,تاریخ\nیک,25/05/1402\nدو,01/06/1402\n")
    assert mapping.tables[0].columns["date"].order == "dmy"
    assert "is this how these dates are meant" not in text
    text, _, _ = propose("نام,تاریخ\nیک,02/05/1402\nدو,01/06/1402\n")
    assert "TODO: is this how these dates are meant? They can be read in another way, too." in text


def test_a_word_that_is_not_ours_is_asked_about_and_its_rows_wait(propose):
    text, _, results = propose(
        "شهر خواهرخوانده,نوع سند\nلاهور,خواهرخواندگی\nباکو,خواهرخواندگی\nکراچی,اعلامیه\nدوحه,خواهرخواندگی\n"
    )
    assert "TODO: which of kinds.Agreement is “اعلامیه”? Until then, such rows are rejected." in text
    assert [row.row.line for row in results if isinstance(row, Reject)] == [4]


def test_several_files_are_tables_of_one_mapping(tmp_path):
    paths = [tmp_path / "towns.csv", tmp_path / "people.csv"]
    for path, text in zip(paths, (TOWNS, PEOPLE), strict=True):
        path.write_text(text, encoding="utf-8")
    file = tmp_path / "office.yaml"
    file.write_text(proposed(paths, "office", str), encoding="utf-8")
    assert [table.file for table in load(file).tables] == ["towns.csv", "people.csv"]
    assert check(file).problems == ()


def test_a_file_without_a_row_that_can_be_read_is_refused(tmp_path):
    path = tmp_path / "torn.csv"
    path.write_text(",a,b\nname,x,y\n", encoding="utf-8")
    with pytest.raises(LoadError, match="no row that can be read"):
        proposed([path], "torn", str)


def test_a_second_city_is_the_partners_and_so_is_the_only_country_beside_it():
    assert list(roles(["شهر", "City", "کشور"]).values()) == ["city", "partner_city", "partner_country"]
    assert list(roles(["کشور", "شهر"]).values()) == ["country", "city"]

"""Files that a browser sends: taken by content, and refused where they could do harm."""

import hashlib
import io
import stat
import struct
import zipfile
from contextlib import suppress

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from graph_app.errors import LoadError, SettingError
from graph_app.settings import Settings
from graph_app.uploads.limits import Limits
from graph_app.uploads.naming import safe_name
from graph_app.uploads.receiving import receive
from graph_app.uploads.scanning import Scanner
from graph_app.uploads.shelf import Shelf

CSV = "key,name\na,شهر\n".encode()
LIMITS = Limits(size=5_000_000, unpacked=20_000_000)


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "uploads")


def packed(entries, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def sent(name, content):
    return name, io.BytesIO(content)


def workbook(rows=(("key", "name"), ("a", "شهر"))):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return stream.getvalue()


# what is taken


def test_files_are_kept_once_by_content_in_a_folder_that_only_the_owner_enters(shelf, tmp_path):
    first = receive([sent("cities.csv", CSV), sent("same.csv", CSV)], shelf, LIMITS)
    again = receive([sent("same.csv", CSV), sent("cities.csv", CSV)], shelf, LIMITS)
    assert first == again
    assert [path.read_bytes() for path in first.paths] == [CSV, CSV]
    contents = list((tmp_path / "uploads" / "contents").iterdir())
    assert [path.name for path in contents] == [hashlib.sha256(CSV).hexdigest()]
    assert stat.S_IMODE(contents[0].stat().st_mode) == 0o600
    for folder in (first.folder, contents[0].parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_archive_gives_its_exports_and_names_the_others(shelf):
    entries = [
        ("founding/cities.csv", CSV),
        ("founding/README.md", b"about"),
        ("__MACOSX/founding/._cities.csv", b"\0"),
        ("founding/.DS_Store", b"\0"),
        ("founding/~$people.xlsx", b"\0"),
        ("founding/people.xlsx", workbook()),
    ]
    found = receive([sent("founding.zip", packed(entries))], shelf, LIMITS)
    assert found.files == ("cities.csv", "people.xlsx")
    assert found.others == ("README.md", "~$people.xlsx")
    assert found.folder.name == "founding"


def test_names_of_archives_that_do_not_say_that_they_are_utf8_are_read_all_the_same(shelf):
    content = packed([("شهرها.csv", CSV)])
    flagged = content.replace(struct.pack("<H", 0x800), b"\0\0")
    assert receive([sent("a.zip", flagged)], shelf, LIMITS).files == ("شهرها.csv",)


def test_a_folder_gives_its_name(shelf):
    assert receive([sent("founding/cities.csv", CSV)], shelf, LIMITS).folder.name == "founding"
    assert receive([sent("cities.csv", CSV)], shelf, LIMITS).folder.name == "upload"


# names


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\x\\cities.csv", "cities.csv"),
        ("/cities.csv", "cities.csv"),
        ("..csv", "csv"),
        ("a\x00b\n.csv", "ab.csv"),
        ("vsc.\u202ecities.csv", "vsc.cities.csv"),
        ("شهرها.csv", "شهرها.csv"),
        ("CON:.csv", "CON.csv"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
        ("ش" * 500 + ".csv", "ش" * 58 + ".csv"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(wanted, name):
    assert safe_name(wanted) == name


@pytest.mark.parametrize("wanted", ["", "..", "/", "...", "\x00", " . ", "a/.."])
def test_what_is_no_name_is_refused(wanted):
    with pytest.raises(LoadError, match="no name that can be used"):
        safe_name(wanted)


@given(st.text(max_size=300))
def test_no_text_whatever_becomes_a_name_with_a_path_in_it(wanted):
    try:
        name = safe_name(wanted)
    except LoadError:
        return
    assert name not in {"", ".", ".."}
    assert not set(name) & set('/\\:\0\n\r<>|"?*')
    assert len(name.encode()) <= 120


# what is refused


def bomb(size=18_000_000):
    return packed([("cities.csv", b"0" * size)])


def directory_bomb():
    """An archive whose list of entries says that it is 3 GB long."""
    content = bytearray(packed([("cities.csv", CSV)]))
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, 3_000_000_000)
    return bytes(content)


def lying():
    """An archive whose entry says that it unpacks to 100 bytes, and holds two million."""
    content = bytearray(packed([("cities.csv", b"key\n" + bytes(range(32, 127)) * 21_000)]))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.find(mark) + place, 100)
    return bytes(content)


def encrypted():
    content = bytearray(packed([("cities.csv", CSV)]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + place] |= 1
    return bytes(content)


def linked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("cities.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def swollen_workbook():
    """A workbook with a sheet that unpacks to 18 MB of one letter."""
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * 18_000_000)
    return stream.getvalue()


REFUSED = {
    "a bomb of one entry": ("a.zip", bomb(), "packed so tightly"),
    "a bomb that is a workbook": ("a.xlsx", swollen_workbook(), "packed so tightly"),
    "more than memory takes": ("a.zip", packed([(f"{at}.csv", CSV * 200_000) for at in range(8)]), "unpacks to more"),
    "a list without an end": ("a.zip", directory_bomb(), "more entries than an export has"),
    "an entry that lies": ("a.zip", lying(), "cannot be unpacked"),
    "too many entries": ("a.zip", packed([(f"{at}.csv", CSV) for at in range(201)]), "201 entries"),
    "an archive in an archive": ("a.zip", packed([("b.zip", bomb(100))]), "another archive, b.zip"),
    "a packed table in an archive": ("a.zip", packed([("b.csv.gz", b"\x1f\x8b")]), "another archive"),
    "a way up": ("a.zip", packed([("../../cities.csv", CSV)]), "leads out of the archive"),
    "a way up with backslashes": ("a.zip", packed([("..\\..\\cities.csv", CSV)]), "leads out of the archive"),
    "an absolute path": ("a.zip", packed([("/etc/cities.csv", CSV)]), "leads out of the archive"),
    "a drive": ("a.zip", packed([("C:/cities.csv", CSV)]), "leads out of the archive"),
    "a link": ("a.zip", linked(), "leads out of the archive"),
    "a password": ("a.zip", encrypted(), "is encrypted"),
    "one name twice": ("a.zip", packed([("a/cities.csv", CSV), ("b/cities.csv", CSV)]), "two files called cities.csv"),
    "no archive": ("a.zip", CSV, "cannot be unpacked"),
    "half an archive": ("a.zip", packed([("cities.csv", CSV)])[:40], "cannot be unpacked"),
    "an empty archive": ("a.zip", packed([]), "No file to load"),
    "an entry without a name": ("a.zip", packed([(".", CSV)]), "No file to load"),
    "an archive without exports": ("a.zip", packed([("README.md", b"x")]), "No file to load"),
    "no workbook": ("a.xlsx", CSV, "cannot be unpacked"),
    "a workbook called CSV": ("a.csv", workbook(), "is no text file but a ZIP archive or a workbook"),
    "an old workbook called CSV": ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook of an old Excel"),
    "a document called CSV": ("a.csv", b"%PDF-1.7", "a PDF document"),
    "a program called CSV": ("a.csv", b"\x7fELF\x02", "a program"),
    "another kind of file": ("a.exe", b"MZ", "No file to load"),
    "a file that is too large": ("a.csv", b"a" * 5_000_001, "larger than 5 MB"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_do_harm_is_refused_with_its_name_and_nothing_is_unpacked(shelf, case):
    name, content, sentence = REFUSED[case]
    assert len(content) < 6_000_000
    with pytest.raises(LoadError, match=sentence) as refusal:
        receive([sent(name, content)], shelf, LIMITS)
    assert refusal.value.translated(str)
    assert not list(shelf.folders.glob("*"))
    kept = list(shelf.contents.glob("*")) if shelf.contents.exists() else []
    assert sum(path.stat().st_size for path in kept) <= len(content) + len(CSV)


def test_all_files_together_may_not_be_larger_than_one_may(shelf):
    with pytest.raises(LoadError, match=r"b\.csv is larger"):
        receive([sent("a.csv", b"a" * 4_000_000), sent("b.csv", b"b" * 2_000_000)], shelf, LIMITS)


def test_two_files_of_one_name_are_refused(shelf):
    with pytest.raises(LoadError, match=r"Two files are called cities\.csv"):
        receive([sent("a/cities.csv", CSV), sent("b/cities.csv", CSV)], shelf, LIMITS)


def test_a_form_that_breaks_off_leaves_nothing_behind(shelf):
    class Broken(io.BytesIO):
        def read(self, *_):
            raise OSError("gone")

    with pytest.raises(LoadError, match=r"cities\.csv cannot be kept: gone"):
        receive([("cities.csv", Broken())], shelf, LIMITS)
    assert not list(shelf.contents.iterdir())


@given(st.binary(max_size=600), st.sampled_from(["a.zip", "a.xlsx", "a.csv", "a.tsv", "a.xlsm"]))
def test_no_bytes_whatever_do_more_than_be_taken_or_refused(tmp_path_factory, content, name):
    shelf = Shelf(tmp_path_factory.mktemp("any"))
    for variant in (content, packed([("cities.csv", CSV)])[: len(content)] + content):
        with suppress(LoadError):
            receive([sent(name, variant)], shelf, LIMITS)


@given(st.data())
def test_an_archive_with_any_byte_changed_is_taken_or_refused(tmp_path_factory, data):
    content = bytearray(packed([("cities.csv", CSV), ("people.csv", CSV * 3)]))
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = receive([sent("a.zip", bytes(content))], Shelf(tmp_path_factory.mktemp("any")), LIMITS)
    except LoadError:
        return
    for path in found.paths:
        assert path.parent == found.folder


def test_limits_are_settings_in_megabytes():
    found = Limits.of(Settings.read({"PEYVAND_UPLOAD": "7", "PEYVAND_UNPACKED": "70"}))
    assert (found.size, found.unpacked) == (7_000_000, 70_000_000)


# a scanner of the office


def scanned(tmp_path, script):
    program = tmp_path / "scanner"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return Shelf(tmp_path / "uploads", Scanner(Settings.read({"PEYVAND_SCANNER": f"'{program}' --quiet"})).look)


def test_a_scanner_sees_each_content_before_it_is_kept(tmp_path):
    shelf = scanned(tmp_path, f'echo "$1" >> {tmp_path}/seen; grep -q EVIL "$2" && exit 1; exit 0')
    receive([sent("a.csv", CSV)], shelf, LIMITS)
    evil = packed([("good.csv", CSV + b"b,good\n"), ("bad.csv", b"key,name\na,EVIL\n")])
    with pytest.raises(LoadError, match=r"The virus scanner found something in a\.zip › bad\.csv\. It was not kept\."):
        receive([sent("a.zip", evil)], shelf, LIMITS)
    assert (tmp_path / "seen").read_text().split() == ["--quiet"] * 3
    kept = [path.read_bytes() for path in shelf.contents.iterdir()]
    assert CSV in kept
    assert not any(b"EVIL" in content for content in kept)


@pytest.mark.parametrize(("script", "why"), [("echo no signatures >&2; exit 2", "no signatures"), ("exit 50", "50")])
def test_what_the_scanner_cannot_look_at_is_not_kept(tmp_path, script, why):
    shelf = scanned(tmp_path, script)
    with pytest.raises(LoadError, match=f"a.csv was not kept, because the virus scanner could not look at it: {why}"):
        receive([sent("a.csv", CSV)], shelf, LIMITS)
    (tmp_path / "scanner").unlink()
    with pytest.raises(LoadError, match="could not look at it: No such file"):
        receive([sent("a.csv", CSV)], shelf, LIMITS)
    assert list(shelf.contents.iterdir()) == []
    with pytest.raises(SettingError, match="must be a command"):
        Scanner(Settings.read({"PEYVAND_SCANNER": "'scan"}))

"""What the command line tells of a load: how files were read, and which rows were rejected."""

import csv

import pytest

from graph_app.cli.readings import reading_lines
from graph_app.cli.rejects import keep_rejects
from graph_app.language import choose
from loaders.columns import CellError
from loaders.facts import Reject
from loaders.plan import Balance, Plan
from loaders.reading import Row, read


@pytest.fixture
def persian():
    choose("fa")
    yield
    choose("en")


@pytest.fixture
def reading(tmp_path):
    def make(content, name="places.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        export = read(path)
        list(export.rows)
        return export.reading

    return make


def test_plain_files_are_only_counted_and_others_told_with_reason_and_samples(reading):
    plain = [reading(b"a,b\n1,2\n", name) for name in ("a.csv", "b.csv")]
    garbled = "دانش".encode().decode("cp1256")
    odd = reading(f"گزارش\nنام;کشور\n{garbled};ایران\nالف;ب;پ\n".encode("utf-16"), "c.csv")
    told = [line.replace("\u2068", "").replace("\u2069", "") for line in reading_lines([*plain, odd])]
    assert told[0].endswith(
        "c.csv: UTF-16, 100 % certain, because it begins with the byte order mark of UTF-16;"
        " delimiter “;”, header in line 2, 2 rows."
    )
    assert f"  Garbled cells repaired: 1, such as {garbled} → دانش." in told
    assert "  Rows that cannot be read, and are rejected: 1." in told
    assert told[-1] == "Files read as UTF-8 with the delimiter “,”: 2."
    assert any("Cells such as" in line and "ایران" in line for line in told)


@pytest.mark.usefixtures("persian")
def test_the_reading_is_told_in_persian_too(reading):
    [first, *_] = reading_lines([reading("نام\tشهر\nا\tب\n".encode("cp1256"))])
    assert "Windows-1256 با اطمینان" in first
    assert "جداکننده جهش (tab)" in first


def test_rejects_keep_where_what_and_why_and_hold_no_formula(tmp_path, monkeypatch):
    monkeypatch.setenv("PEYVAND_HOME", str(tmp_path))
    reason = CellError("“%(text)s” is bad.", "Mend %(text)s.", text="=1+1")
    reject = Reject("f/places.csv", Row(7, ("=1+1", "@x", "شهر")), ("a", "b", "c"), "a", "=1+1", reason)
    balance = Balance(1, 0, 0, 0, 0, 0, 1, 0)
    path = keep_rejects(Plan("founding", ("f/places.csv",), (), (), (reject,), balance))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, row = csv.reader(stream)
    where = [f"rejected_{name}" for name in ("file", "line", "column", "value", "reason", "hint")]
    assert header == [*where, "a", "b", "c"]
    assert row == ["f/places.csv", "7", "a", "'=1+1", "“=1+1” is bad.", "Mend =1+1.", "'=1+1", "'@x", "شهر"]
    assert keep_rejects(Plan("founding", (), (), (), (), balance)) is None

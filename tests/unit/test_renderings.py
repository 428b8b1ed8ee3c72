"""The same export in nine renderings says the same."""

import csv

import pytest
import xlsxwriter

from graph_app._layout import EXAMPLES
from graph_app.text import canonical
from loaders.compiling import compile_table
from loaders.mapping import shipped
from loaders.planning import read_exports

RENDERINGS = [
    *("utf-8", "utf-8 with a mark", "windows-1256", "utf-16", "utf-16 without a mark"),
    *("arabic letters and digits", "all quoted", "old mac", "garbled", "workbook"),
]
EVERY = {"founding": 1, "world": 23}  # of the many rows of the world, some


def in_windows_1256(row):
    text = "".join(row).replace("ی", "ي").translate(dict.fromkeys(map(ord, "۰۱۲۳۴۵۶۷۸۹"), "0"))
    return text.encode("cp1256", "ignore").decode("cp1256") == text


def said(result):
    """What a row says, in whatever letters and digits, and on which line."""
    facts = [
        (fact.id, sorted(getattr(fact, "labels", ())), plain(fact.properties), plain(fact.evidence.properties))
        for fact in result.facts
    ]
    return result.row.line, facts


def plain(properties):
    return {
        name: sorted(map(canonical, value)) if isinstance(value, list) else canonical(str(value))
        for name, value in properties.items()
        if name != "file" and not name.startswith("original_")
    }


def sheet(path, rows):
    with xlsxwriter.Workbook(path, {"strings_to_numbers": True}) as book:
        made = book.add_worksheet()
        for line, row in enumerate(rows):
            made.write_row(line, 0, row)


@pytest.fixture(scope="module")
def originals():
    return {}


@pytest.mark.parametrize("example", EVERY)
@pytest.mark.parametrize("name", RENDERINGS)
def test_every_rendering_of_the_examples_compiles_to_the_same_facts(tmp_path, render, originals, example, name):
    mapping = next(one for one in shipped() if one.mapping == example)
    folder = tmp_path / example
    folder.mkdir()
    for table in mapping.tables:
        with (EXAMPLES / example / table.file).open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        kept = [header, *filter(in_windows_1256, rows[:: EVERY[example]])]
        if name == "workbook":
            sheet((folder / table.file).with_suffix(".xlsx"), kept)
        else:
            (folder / table.file).write_bytes(render(kept, name))
    exports = read_exports(sorted(folder.iterdir()), mapping)
    compiled = {
        file: [said(result) for result in compile_table(export, mapping.by_file[file], mapping)]
        for file, export in exports.items()
    }
    assert compiled == originals.setdefault(example, compiled)
    assert set(compiled) == set(mapping.by_file)
    if name == "windows-1256":
        assert "Windows-1256" in {export.reading.encoding.name for export in exports.values()}
    if name == "garbled":
        assert sum(export.reading.repaired for export in exports.values()) > 50

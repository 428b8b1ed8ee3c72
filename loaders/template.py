"""A workbook for those who fill in a mapping's tables by hand: a sheet for each table, with what may stand in it.

Excel checks while one types; it warns and does not forbid, for the loader has the last word. Keys, dates and words
are cells of text, so that Excel does not make a day of ``8/2010``.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Format, Workbook
from xlsxwriter.worksheet import Worksheet

from graph_app.errors import N_
from graph_app.text import is_rtl
from graph_app.vocabulary import Word, vocabulary
from loaders.column_rules import Column, words
from loaders.mapping import MappingFile, sheet_name
from loaders.rules import TableRule

Say = Callable[[str], str]

ROWS = 5000  # that are prepared
_WORDS = "words"
_DIGITS = "0123456789۰۱۲۳۴۵۶۷۸۹"  # one of which every date has
_WIDTHS = {"text": 32, "verbatim": 40, "name": 28, "names": 32, "list": 32}
_AS_NUMBERS = frozenset({"integer", "decimal", "boolean"})
_TYPES: Mapping[str, str] = {
    "key": N_("a short key without spaces, the same in all tables"),
    "text": N_("text"),
    "verbatim": N_("the very words"),
    "exact": N_("a value of the graph as it was exported"),
    "name": N_("a name"),
    "names": N_("names, with %(separator)s between them"),
    "list": N_("several, with %(separator)s between them"),
    "integer": N_("a whole number"),
    "decimal": N_("a number"),
    "boolean": N_("yes or no"),
    "date": N_("a date in either calendar; day or month may be missing"),
    "duration": N_("a length of time, such as 5 years"),
    "term": N_("how long it is valid, such as 5 years, or open-ended"),
    "word": N_("one of the words in the list"),
    "enum": N_("one of the words in the list"),
    "lookup": N_("one of the words in the list"),
    "references": N_("type:key, with | between several"),
    "ignore": N_("not loaded"),
}


def template(mapping: MappingFile, language: str, gettext: Say) -> bytes:
    """Return the workbook for the tables of ``mapping``, in ``language``, whose sentences ``gettext`` says."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Template(book, mapping, language, gettext).write()
    return stream.getvalue()


def heading(key: str, column: Column, language: str) -> str:
    """Return what stands above a column: its name in ``language``, and the one in the other script below."""
    names = (key, *column.header)
    found = [
        next((name for name in names if is_rtl(name) is rtl), None) for rtl in (language == "fa", language != "fa")
    ]
    return "\n".join(name for name in found if name)


@dataclass
class _Template:
    """A workbook on its way. ``lists`` counts the columns of words in the hidden sheet."""

    book: Workbook
    mapping: MappingFile
    language: str
    gettext: Say
    lists: int = 0
    formats: dict[str, Format] = field(default_factory=dict)

    def write(self) -> None:
        self.rtl = self.language == "fa"
        head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "reading_order": 2 if self.rtl else 1}
        self.formats = {
            "title": self.book.add_format({"bold": True, "font_size": 16}),
            "bold": self.book.add_format({"bold": True}),
            "wrap": self.book.add_format({"text_wrap": True, "valign": "top"}),
            "head": self.book.add_format({**head, "bg_color": "#e3e8ee"}),
            "required": self.book.add_format({**head, "bg_color": "#ffe08a"}),
            "text": self.book.add_format({"num_format": "@"}),
            "missing": self.book.add_format({"bg_color": "#f4b6b6"}),
        }
        self._explain(self._sheet(self._say(N_("Read me"))))
        sheets = [(table, self._sheet(sheet_name(table))) for table in self.mapping.tables]
        self.words = self.book.add_worksheet(_WORDS)
        self.digits = self._listed(_DIGITS)["source"].removeprefix("=")
        for table, sheet in sheets:
            self._table(table, sheet)
        self.words.hide()

    def _say(self, message: str, **values: object) -> str:
        return self.gettext(message) % values if values else self.gettext(message)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        if self.rtl:
            sheet.right_to_left()
        return sheet

    def _explain(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90, self.formats["wrap"])
        sheet.write_string(0, 0, self.mapping.about.in_language(self.language), self.formats["title"])
        lines = (
            N_("Fill in one row for each thing, in the sheets that you need; leave the headings as they are."),
            N_("Columns with a yellow heading must be filled; a red cell is one that still is not."),
            N_("A note at each heading says what may stand there; lists open at the arrow of a cell."),
            N_("Dates may be Jalali or Gregorian and incomplete; digits may be Persian or Latin."),
        )
        for row, line in enumerate(lines, start=2):
            sheet.merge_range(row, 0, row, 1, self._say(line), self.formats["wrap"])
        command = self._say(N_("Then: peyvand load plan FILE --mapping %(name)s"), name=self.mapping.mapping)
        sheet.merge_range(len(lines) + 2, 0, len(lines) + 2, 1, command, self.formats["bold"])
        for row, table in enumerate(self.mapping.tables, start=len(lines) + 4):
            name = sheet_name(table)
            sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
            sheet.write_string(row, 1, self._about(table), self.formats["wrap"])

    def _about(self, table: TableRule) -> str:
        """Return what the rows of ``table`` speak of, in the words of the vocabulary."""
        known = vocabulary()
        nodes = [known.labels[node.label].many.in_language(self.language) for node in table.nodes]
        ties = [known.types[tie.type].out.in_language(self.language) for tie in table.ties]
        between = "، " if self.rtl else ", "
        return between.join(dict.fromkeys(nodes or ties))

    def _table(self, table: TableRule, sheet: Worksheet) -> None:
        columns = {**table.columns, **{k: c for k, c in self.mapping.common.items() if k not in table.columns}}
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 34)
        last = xl_col_to_name(len(columns) - 1)
        for place, (key, column) in enumerate(columns.items()):
            text = heading(key, column, self.language)
            sheet.write_string(0, place, text, self.formats["required" if column.required else "head"])
            note = self._note(key, column)
            sheet.write_comment(0, place, note, {"x_scale": 2, "y_scale": 1 + note.count("\n") / 5})
            as_text = None if column.type in _AS_NUMBERS else self.formats["text"]
            sheet.set_column(place, place, _WIDTHS.get(column.type, 18), as_text)
            self._check(sheet, place, column)
            if column.required:
                letter = xl_col_to_name(place)
                rule = {"type": "formula", "criteria": f'=AND(${letter}2="",COUNTA($A2:${last}2)>0)'}
                sheet.conditional_format(1, place, ROWS, place, {**rule, "format": self.formats["missing"]})
        sheet.autofilter(0, 0, ROWS, len(columns) - 1)

    def _note(self, key: str, column: Column) -> str:
        known = vocabulary().properties.get(key)
        about = column.about or known or Word(en=key, fa=key)
        kind = self._say(_TYPES[column.type], separator=column.separator)
        lines = [about.in_language(self.language), kind]
        if column.required:
            lines.append(self._say(N_("must be filled")))
        if column.example:
            lines.append(self._say(N_("Example: %(example)s"), example=column.example))
        return "\n".join([*lines, *self._meanings(column)])

    def _meanings(self, column: Column) -> Iterable[str]:
        """Return what our words mean, where the cells hold them."""
        if column.type != "word":
            return []
        listed = words(column.of or "words").items()
        return [f"{code}: {word.in_language(self.language)}" for code, word in listed if isinstance(word, Word)]

    def _check(self, sheet: Worksheet, place: int, column: Column) -> None:
        rule = self._rule(column, f"{xl_col_to_name(place)}2")
        if rule:
            message = self._say(_TYPES[column.type], separator=column.separator)
            told = {"error_type": "warning", "error_title": self._say(N_("Is this right?")), "error_message": message}
            sheet.data_validation(1, place, ROWS, place, {**rule, **told, "ignore_blank": True})

    def _rule(self, column: Column, cell: str) -> dict[str, Any] | None:
        """Return what Excel is to check in a column; ``cell`` is the first one."""
        low, high = column.limits if column.type in {"integer", "decimal"} else (None, None)
        match column.type:
            case "integer" | "decimal":
                bounds = {"minimum": -1e12 if low is None else low, "maximum": 1e12 if high is None else high}
                return {"validate": column.type, "criteria": "between", **bounds}
            case "boolean":
                return {"validate": "list", "source": ["بلی", "خیر"] if self.rtl else ["yes", "no"]}
            case "word":
                return self._listed(words(column.of or "words"))
            case "enum" | "lookup":
                return self._listed({word: spelling for spelling, word in reversed([*column.values.items()])}.values())
            case "key":
                return {"validate": "custom", "value": f'=ISERROR(FIND(" ",{cell}))'}
            case "date":
                return {"validate": "custom", "value": f"=SUMPRODUCT(--ISNUMBER(FIND({self.digits},{cell})))>0"}
        return None

    def _listed(self, items: Iterable[str]) -> dict[str, Any]:
        """Write ``items`` to the hidden sheet and return the rule that a cell holds one of them."""
        listed, letter = list(items), xl_col_to_name(self.lists)
        self.words.write_column(0, self.lists, listed)
        self.lists += 1
        return {"validate": "list", "source": f"={_WORDS}!${letter}$1:${letter}${len(listed)}"}

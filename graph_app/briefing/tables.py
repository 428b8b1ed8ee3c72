"""The picture as tables: one sheet each for what it is about, entities, ties and sources; and as JSON."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from graph_app.briefing import words
from graph_app.briefing.content import Briefing, Said
from graph_app.briefing.placing import placed
from graph_app.exploration.levels import NAME
from graph_app.export.texts import said
from graph_app.graph.results import Table, as_json
from graph_app.picture import other_name_of
from graph_app.vocabulary import Word, vocabulary

_WIDEST = 60
_CELL = 32_000  # characters that a cell of Excel holds

Sheet = tuple[Word, tuple[Word, ...], list[list[str]]]


_FACTS = (words.FROM, words.TIE, words.TO, words.CERTAINTY, words.STATE, words.SAYS, words.QUOTE)


def ties(made: Briefing) -> Table:
    """Return the facts as rows, for CSV, with what is written on them; the last three columns are for programs."""
    stands = placed(made)
    grouped = any(one.group for one in stands.values())
    rows = [
        (
            made.name(line.start),
            line.phrase,
            made.name(line.end),
            line.certainty,
            line.status,
            _speakers(made, line.said),
            " | ".join(said.quote for said in line.said if said.quote),
            *([stands[line.start.id].group, stands[line.end.id].group] if grouped else []),
            *([made.note_on(line.ties)] if made.notes else []),
            line.start.id,
            line.tie.type,
            line.end.id,
        )
        for line in made.lines
    ]
    titles = tuple(head.in_language(made.language) for head in _heads(made, grouped=grouped))
    return Table((*titles, "start", "type", "end"), rows)


def _heads(made: Briefing, *, grouped: bool) -> tuple[Word, ...]:
    more = (words.GROUP_FROM, words.GROUP_TO) if grouped else ()
    return (*_FACTS, *more, *((words.NOTE,) if made.notes else ()))


def sheets(made: Briefing) -> list[Sheet]:
    """Return the sheets of the workbook: title, heads and rows of text."""
    grouped = any(one.group for one in placed(made).values())
    rows = [list(map(str, row[:-3])) for row in ties(made).rows]
    told = [[words.number(note.number, made.language), note.name, note.text, note.id] for note in made.notes]
    found: list[Sheet] = [
        (words.ABOUT, (words.ABOUT, words.TITLE), about(made)),
        (words.ENTITIES, *entities(made)),
        (words.TIES, _heads(made, grouped=grouped), rows),
        (words.SOURCES, (words.NAME, words.PUBLISHER, words.ISSUED, words.ADDRESS, words.ID), sources(made)),
    ]
    return found + ([(words.NOTES, (words.NUMBER, words.ON, words.NOTE, words.ID), told)] if told else [])


def about(made: Briefing) -> list[list[str]]:
    """Return what the picture is called, for which day it holds, when it was made, and its captions."""
    told = made.language
    rows = [
        [words.TITLE.in_language(told), made.title],
        [words.HOLDS.in_language(told), words.day(made.day, told)],
        [
            words.MADE.in_language(told),
            f"{words.day(made.made_at.date(), told)}، UTC"
            if told == "fa"
            else f"{words.day(made.made_at.date(), told)}, UTC",
        ],
        [words.ENTITIES.in_language(told), words.number(len(made.found.nodes), told)],
        [words.TIES.in_language(told), words.number(len(made.lines), told)],
    ]
    if made.level:
        rows.insert(1, [NAME.in_language(told), made.level.in_language(told)])
    if made.note:
        rows.append([words.NOTE.in_language(told), made.note])
    step = words.STEP.in_language(told)
    for number, (caption, nodes) in enumerate(made.steps, start=1):
        names = _listed((made.name(node) for node in nodes), told)
        rows.append([f"{step} {words.number(number, told)}", f"{caption} ({names})" if caption else names])
    if made.filtered:
        rows.append([words.FILTERED.in_language(told), _listed(made.filtered, told)])
    if made.missing:
        rows.append([words.LEFT_OUT.in_language(told), _listed(made.missing, told)])
    return rows


def entities(made: Briefing) -> tuple[tuple[Word, ...], list[list[str]]]:
    """Return heads, and one row per entity: names, type, state, who speaks of it, what the picture adds, id."""
    known, told, stands = vocabulary(), made.language, placed(made)
    size = made.drawn.get("size_name")
    more: list[tuple[Word, dict[str, str]]] = [
        (words.GROUP, {id_: one.group for id_, one in stands.items()}),
        (Word(en=size, fa=size) if size else words.SIZE, {id_: one.measure for id_, one in stands.items()}),
        (words.NOTE, {note.id: note.text for note in made.notes}),
    ]
    more = [(head, cells) for head, cells in more if any(cells.get(node.id) for node in made.found.nodes)]
    heads = (words.NAME, words.OTHER_NAME, words.TYPE, words.STATE, words.SAYS, *(head for head, _ in more), words.ID)
    return heads, [
        [
            made.name(node),
            other_name_of(node, told),
            known.labels[known.shown(node.labels)].in_language(told),
            _status(node.properties.get("status"), told) if "Agreement" in node.labels else "",
            _speakers(made, made.spoken_of.get(node.id, ())),
            *(cells.get(node.id, "") for _, cells in more),
            node.id,
        ]
        for node in made.entities
    ]


def sources(made: Briefing) -> list[list[str]]:
    """Return one row per source: title, publisher, date of issue, address, id."""
    found = sorted(made.sources.values(), key=made.name)
    keys = ("issued_written", "url")
    rest = ([str(one.properties.get(key) or "") for key in keys] for one in found)
    return [[made.name(one), made.publisher(one), *more, one.id] for one, more in zip(found, rest, strict=True)]


def workbook(made: Briefing) -> bytes:
    """Return the sheets as XLSX: text cells that no spreadsheet takes for formulas, from right to left in Persian."""
    import xlsxwriter  # noqa: PLC0415 - only who takes a workbook away needs its library

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        cell = book.add_format({"valign": "top", "text_wrap": True})
        for title, heads, rows in sheets(made):
            sheet = book.add_worksheet(title.in_language(made.language)[:31])
            if made.language == "fa":
                sheet.right_to_left()
            if made.level:
                sheet.set_header(f"&C{made.level.line(made.language)}")
            table = [[one.in_language(made.language) for one in heads], *rows]
            for at, row in enumerate(table):
                for column, text in enumerate(row):
                    sheet.write_string(at, column, text[:_CELL], cell if at else head)
            for column, width in enumerate(_widths(table)):
                sheet.set_column(column, column, width)
            sheet.freeze_panes(1, 0)
    return stream.getvalue()


def document(made: Briefing) -> dict[str, Any]:
    """Return the picture as JSON can write it: what it is, entities, ties with evidence, sources."""
    return {
        "title": made.title,
        "language": made.language,
        **said(made.level),
        "day": made.day.isoformat(),
        "made_at": made.made_at.isoformat(timespec="seconds"),
        "steps": [{"caption": caption, "ids": [node.id for node in nodes]} for caption, nodes in made.steps],
        "note": made.note,
        "notes": [{"on": note.id, "text": note.text} for note in made.notes],
        "entities": [
            {"id": node.id, "labels": node.labels, **as_json(dict(node.properties))} for node in made.found.nodes
        ],
        "placed": {id_: asdict(one) for id_, one in placed(made).items()},
        "measure": made.drawn.get("size", ""),
        "ties": [
            {"type": tie.type, "start": tie.start, "end": tie.end, **as_json(dict(tie.properties)), "id": tie.id}
            for tie in made.found.ties
        ],
        "sources": [{"id": node.id, **as_json(dict(node.properties))} for node in made.sources.values()],
        "missing": list(made.missing),
        "cut": made.found.cut,
    }


def _speakers(made: Briefing, said: Sequence[Said]) -> str:
    line = words.LINE.in_language(made.language)
    told = (
        f"{made.source_name(one.source)}" + (f" ({line} {words.number(one.line, made.language)})" if one.line else "")
        for one in said
    )
    return " | ".join(dict.fromkeys(told))


def _status(status: object, language: str) -> str:
    known = vocabulary().statuses.get(str(status or ""))
    return known.in_language(language) if known else ""


def _listed(names: Iterable[str], language: str) -> str:
    return ("، " if language == "fa" else ", ").join(names)


def _widths(table: Sequence[Sequence[str]]) -> list[int]:
    return [min(_WIDEST, 3 + max(len(row[at]) for row in table)) for at in range(len(table[0]))]

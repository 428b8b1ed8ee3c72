"""Texts: what was sent is read, known names are marked in any spelling, and each kind of fact makes founding's rows."""

import io
import zipfile
from contextlib import closing

import docx
import pytest

from graph_app.database import open_database
from graph_app.dates import parse
from graph_app.editing import files
from graph_app.editing.fields import Given, read
from graph_app.editing.rows import FormError
from graph_app.errors import LoadError
from graph_app.graph.results import Node
from graph_app.settings import Settings
from graph_app.texts import fresh, lines, marking
from graph_app.texts.desk import passage
from graph_app.texts.kinds import PASSAGE, SOURCE, TAKINGS
from graph_app.texts.rows import Told
from graph_app.texts.sent import MOST, text_of
from graph_app.texts.texts import KnownTextError, Texts
from graph_app.texts.ties import WAYS, tie
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.mapping import shipped
from loaders.planning import read_exports

ARTICLE = "تفاهم نامهٔ همکاری\n\nمیان استان خوزستان و بصره عراق\nامضا شد"


def node(id_, label, **properties):
    return Node(id_, ("Entity", label), properties)


NODES = {
    "Person": node("person:p-1", "Person", name_fa="آرمان"),
    "Institution": node("institution:i-1", "Institution", name_fa="دفتر", kind="office"),
    "Place": node("place:c-1", "Place", name_fa="یزد", kind="city"),
    "Post": node("post:x-1", "Post", name_fa="رئیس", kind="head"),
    "Agreement": node("agreement:a-1", "Agreement", name_fa="تفاهم‌نامه", kind="mou"),
    "Event": node("event:e-1", "Event", name_fa="نشست", kind="meeting"),
    "Topic": node("topic:t-1", "Topic", name_fa="حلال", kind="field"),
    "Commitment": node("commitment:m-1", "Commitment", name_fa="برگزاری", kind="plan"),
}
BY_ID = {one.id: one for one in NODES.values()}
NAMES = {"title_fa": "نام", "title_en": "A name"}
TYPED = {
    "tie": {"start": "person:p-1", "type": "TOOK_PART_IN", "end": "event:e-1"},
    "post": {
        **NAMES,
        "person": "person:p-1",
        "kind": "head",
        "institution": "institution:i-1",
        "from_date": "۱۴۰۲",
        "event": "event:e-1",
    },
    "act": {"agreement": "agreement:a-1", "act": "signed", "date": "۹ شهریور ۱۴۰۰", "place": "place:c-1"},
    "event": {**NAMES, "kind": "meeting", "status": "held", "date": "2025-11-22", "agreement": "agreement:a-1"},
    "commitment": {**NAMES, "kind": "obligation", "agreement": "agreement:a-1", "owner": "post:x-1", "due": "1405"},
    "statement": {"speaker": "person:p-1", "kind": "hope", "about": "agreement:a-1"},
    "figure": {**NAMES, "operator": "approx", "value": "۱۷۰", "unit_fa": "سند", "scope": "institution:i-1"},
    "person": {**NAMES, "post_fa": "دبیر", "post_kind": "secretary", "event": "event:e-1"},
    "institution": {**NAMES, "kind": "council", "part_of": "institution:i-1", "based_in": "place:c-1"},
    "place": {**NAMES, "kind": "city", "within": "place:c-1"},
    "agreement": {**NAMES, "kind": "mou", "status": "drafted", "first_party": "place:c-1"},
    "topic": {**NAMES, "kind": "field", "agreement": "agreement:a-1"},
}


def rows(name, taken=(), **typed):
    given = Given({"line": "1", "quote": "words", **typed})
    return TAKINGS[name].make(Told("edit-1", given, BY_ID, "2025-11-22", lambda id_: id_ in taken))


def refused(tables, folder):
    """Return why the mapping refuses ``tables``, if it does, and the facts that it reads in them."""
    stamp = {"source_id": "s-1", "line": "3", "evidence": "words", "certainty": "stated"}
    stamped = {name: [{**row, **stamp} for row in found] for name, found in tables.items()}
    rules = files.mapping(files.TEXTS)
    exports = read_exports(files.exported([stamped], folder, files.TEXTS), rules)
    found = [row for table, one in exports.items() for row in compile_table(one, rules.by_file[table], rules)]
    return [row.reason for row in found if isinstance(row, Reject)], [fact for row in found for fact in row.facts]


@pytest.mark.parametrize("name", TAKINGS)
def test_every_kind_of_fact_makes_rows_that_the_mapping_takes_with_their_line_and_words(name, tmp_path):
    reasons, facts = refused(rows(name, **TYPED[name]), tmp_path)
    assert not reasons
    assert {(fact.evidence.source, fact.evidence.source_line, fact.evidence.quote) for fact in facts} == {
        ("source:s-1", 3, "words")
    }


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.type}-{way.starts[0]}-{way.ends[0]}")
def test_every_tie_that_can_be_chosen_becomes_that_tie_whichever_end_is_named_first(way, tmp_path):
    for first in way.starts:
        for second in way.ends:
            start, end = NODES[first], NODES[second]
            if start is end:
                end = Node(f"{second.lower()}:other", end.labels, end.properties)
            typed = {"type": way.type, "start": end.id, "end": start.id}
            found = tie(Told("edit-1", Given(typed), {start.id: start, end.id: end}, "", lambda _: False))
            reasons, facts = refused(found, tmp_path / f"{first}-{second}")
            assert not reasons
            made = {fact.type for fact in facts if getattr(fact, "type", "")}
            assert made == {way.type}, (first, second)


def test_a_tie_between_what_it_does_not_join_is_refused_at_its_type():
    with pytest.raises(FormError) as error:
        rows("tie", start="person:p-1", type="WITHIN", end="event:e-1")
    assert set(error.value.problems) == {"type"}


def test_the_mapping_of_texts_has_the_tables_of_founding_under_names_of_its_own():
    known = {one.mapping: one for one in shipped()}
    own, founding = known["texts"], known["founding"]
    theirs = {table.file: table for table in founding.tables}
    assert len(own.tables) == len(theirs) - 2  # nobody takes groups or possible duplicates from a text
    for mine in own.tables:
        its = theirs[mine.file.removeprefix("text-")]
        assert own.columns(mine) == founding.columns(its)
        assert (mine.nodes, mine.ties) == (its.nodes, its.ties)


def test_a_new_entity_is_called_by_its_english_name_unless_that_is_taken():
    assert rows("person", **NAMES)["people"][0]["person_id"] == "a-name"
    assert rows("person", taken={"person:a-name"}, **NAMES)["people"][0]["person_id"] == "edit-1-person"
    assert rows("person", title_fa="نام")["people"][0]["person_id"] == "edit-1-person"


def test_what_the_tables_cannot_do_without_is_told_at_its_field():
    for name, typed, field in (
        ("person", {"title_en": "Arman"}, "title_fa"),
        ("commitment", {**NAMES, "kind": "plan"}, "agreement"),
        ("person", {"title_fa": "آرمان", "institution": "institution:i-1", "post_fa": "دبیر"}, "post_kind"),
        ("event", {"kind": "meeting"}, "title_fa"),
    ):
        with pytest.raises(FormError) as error:
            rows(name, **typed)
        assert set(error.value.problems) == {field}
    given = read(None, (*SOURCE, *PASSAGE), {"title_fa": "خبر", "date": "2999-01-01"})
    assert set(given.problems) == {"date", "line", "quote", "certainty"}


def test_a_source_keeps_its_date_in_the_calendar_in_which_it_was_typed():
    assert parse("۱۴۰۴/۹/۱").calendar == "jalali"
    given = Given({"title_fa": "خبر", "publisher": "ایلنا", "date": "۱۴۰۴/۹/۱", "language": "fa"})
    row = fresh.source(Told("text-1", given, {}, "", lambda _: False), "institution:ilna")["sources"][0]
    assert row == {
        "source_id": "text-1", "title_fa": "خبر", "publisher_fa": "ایلنا", "publisher_id": "ilna",
        "date_jalali": "۱۴۰۴/۹/۱", "language": "fa",
    }  # fmt: skip


def test_lines_are_numbered_as_an_editor_numbers_them_and_a_passage_must_stand_where_it_is_said_to():
    kept = lines.read(f"\ufeff{ARTICLE}\r\n  \r\n".replace("\n", "\r\n"))
    assert list(lines.numbered(kept)) == [1, 3, 4]
    where, wrong = passage(kept, {"line": "۳", "until": "۴", "quote": "بصره عراق  امضا شد"})
    assert (where.first, where.last, where.quote, wrong) == (3, 4, "بصره عراق امضا شد", {})
    assert set(passage(kept, {"line": "3", "quote": "کویت"})[1]) == {"quote"}
    for line in ("0", "5", "x", "", "3.5"):
        assert set(passage(kept, {"line": line, "quote": "بصره"})[1]) == {"line"}


@pytest.mark.parametrize("text", ["", " \n\u200c\n", "x" * (lines.MOST_LETTERS + 1), "x\n" * (lines.MOST_LINES + 1)])
def test_an_empty_text_and_one_that_is_too_long_are_refused(text):
    with pytest.raises(LoadError):
        lines.read(text)


def document():
    made, stream = docx.Document(), io.BytesIO()
    for line in ARTICLE.split("\n"):
        made.add_paragraph(line)
    made.save(stream)
    return stream.getvalue()


def packed(name, held):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as found:
        found.writestr(name, held)
    return stream.getvalue()


@pytest.mark.parametrize(
    "held",
    [
        ARTICLE.encode(),
        ARTICLE.encode("utf-8-sig"),
        ARTICLE.encode("utf-16"),
        ARTICLE.replace("ی", "ي").replace("ک", "ك").replace("ٔ", "").encode("cp1256"),
        f"<!doctype html><title>x</title><p>{ARTICLE.replace(chr(10), '<br>')}<script>alert(1)</script>".encode(),
        document(),
        packed(
            "content.xml", f"<o>{''.join(f'<text:p>{line}</text:p>' for line in ARTICLE.splitlines())}</o>".encode()
        ),
    ],
    ids=["utf-8", "with a mark", "utf-16", "windows-1256", "page", "docx", "odt"],
)
def test_a_file_is_read_by_what_it_holds(held):
    found = lines.read(text_of("letter.bin", io.BytesIO(held)))
    assert [marking.squash(line) for line in lines.numbered(found).values()] == [
        marking.squash(line) for line in ARTICLE.split("\n") if line
    ]


@pytest.mark.parametrize(
    "held",
    [
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04nonsense",
        packed("word/document.xml", b"\0" * 60_000_000),
        b"x" * (MOST + 1),
        bytes(range(1, 9)) * 40,
    ],
    ids=["pdf", "picture", "broken", "bomb", "large", "controls"],
)
def test_what_is_no_text_is_refused(held):
    with pytest.raises(LoadError):
        lines.read(text_of("letter.txt", io.BytesIO(held)))


def test_the_same_text_is_kept_once_however_it_is_spelled(tmp_path):
    with closing(open_database(Settings.read({"PEYVAND_HOME": str(tmp_path)}))) as database:
        texts = Texts(database)
        texts.keep("graph", "text-1", ARTICLE, "officer")
        texts.refuse_known("other", ARTICLE)
        texts.refuse_known("graph", f"{ARTICLE} دیروز")
        with pytest.raises(KnownTextError) as error:
            texts.refuse_known("graph", ARTICLE.replace("ی", "ي").replace("\n\n", "\n").replace(" نامه", "\u200cنامه"))
        assert error.value.text.source == "text-1"


def test_names_are_marked_in_any_spelling_and_the_longest_wins():
    names = {"تفاهمنامه": ("agreement:a",), "بصره": ("place:basra",), "بصرهعراق": ("place:iq",), "arvand": ("place:z",)}
    text = {1: "تفاهم‌نامه و تفاهم نامه", 2: "بصره عراق، بصره", 3: "ARVAND «بصره‌ای»"}
    found = marking.spans_in(names, text)
    assert {line: [text[line][a:b] for a, b, _ in spans] for line, spans in found.items()} == {
        1: ["تفاهم‌نامه", "تفاهم نامه"],
        2: ["بصره عراق", "بصره"],
        3: ["ARVAND"],
    }

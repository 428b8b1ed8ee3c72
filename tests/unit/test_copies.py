"""Copies of a text: the words of a document, the hash of them, where two differ, and what an approval is bound to."""

import io
import zipfile
from datetime import date

import pytest

from graph_app.editing.around import Around
from graph_app.editing.documents import Document, Documents
from graph_app.editing.fields import MOST, Given, read
from graph_app.editing.kinds import KINDS
from graph_app.editing.rows import FormError, Making
from graph_app.exploration.copies import Passage, passages
from graph_app.graph.results import Node
from graph_app.lifecycle import Act
from graph_app.lifecycle.acts import on
from graph_app.lifecycle.copies import bound, changed, held
from graph_app.text import text_hash
from graph_app.uploads.shelf import Shelf

DAY = date(2025, 12, 5)
COPY = Node("event:e-1", ("Entity", "Event"), {"terms": "مادهٔ ۱", "terms_sha256": "abc"})
PLAN = Around(Node("agreement:a-1", ("Entity", "Agreement"), {"several_fields": "yes"}), copies=(COPY,))


def packed(name, text):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, text)
    return stream.getvalue()


WORD = (
    '<w:document xmlns:w="w"><w:p><w:r><w:t>Article 1</w:t></w:r><w:r><w:tab/><w:t>peace</w:t></w:r></w:p>'
    "<w:p/>{}</w:document>"
)
MORE = "<w:p><w:r><w:t>Article 2</w:t></w:r></w:p>"
TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>lead</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>city</w:t></w:r></w:p><w:p><w:r><w:t>Basra</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:t>after</w:t></w:r></w:p>"
)
OPEN = (
    '<o xmlns:text="t" xmlns:office="o"><office:x>no</office:x><text:h>Article 1</text:h>'
    "<text:p>pe<text:span>ace</text:span></text:p></o>"
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("held_", "suffix", "words"),
    [
        ("\ufeffمادهٔ ۱\n".encode(), ".txt", "مادهٔ ۱"),
        (packed("word/document.xml", WORD.format(MORE)), ".docx", "Article 1 peace\nArticle 2"),
        (packed("content.xml", OPEN), ".odt", "Article 1\npeace"),
        (packed("word/document.xml", WORD.format(TABLE)), ".docx", "Article 1 peace\nlead | city Basra\nafter"),
        (packed("word/document.xml", BOMB + WORD.format("")), ".docx", ""),
        (packed("word/document.xml", "<w:document"), ".docx", ""),
        (packed("other.xml", "<a/>"), ".odt", ""),
        (b"%PDF-1.7", ".pdf", ""),
    ],
)
def test_words_are_read_out_of_what_can_be_read_for_certain(tmp_path, held_, suffix, words):
    documents = Documents(tmp_path)
    shelved = Shelf(tmp_path).keep(io.BytesIO(held_), "copy", len(held_))
    assert documents.words(Document(f"copy{suffix}", shelved.sha256)) == words


def test_one_text_has_one_hash_however_it_is_typed_and_another_text_another():
    assert len({text_hash(one) for one in ("مادهٔ ۱: تفاهم‌نامه", "ماده ١ :\r\nتفاهم نامه", "  ماده 1: تفاهمنامه")}) == 1
    assert len({text_hash(one) for one in ("10 5", "105", "10.5", "5 %", "5 €", "A", "a")}) == 7


def test_two_copies_are_compared_line_by_line_and_equal_words_are_left_out():
    left, right = ["ماده ۱", "ماده ۲", "ماده ۳"], ["مادهٔ 1", "ماده ۲ و نیم", "ماده ۳", "ماده ۴"]
    assert list(passages(left, right)) == [
        Passage(("ماده ۲",), ("ماده ۲ و نیم",)),
        Passage((), ("ماده ۴",)),
    ]


def told(kind, day, text=None, party="a"):
    return Act(kind, f"event:{kind}-{day}", on(date(2025, 11, day)), party=party, text=text)


def test_an_approval_is_bound_to_its_text_and_to_no_other():
    acts = [told("text_recorded", 1, "x"), told("approved", 2, "x"), told("text_recorded", 3, "y", "b")]
    assert not changed(bound(acts, DAY)["a"], held(acts[:2], DAY))
    assert changed(bound(acts, DAY)["a"], held(acts, DAY))
    assert not changed(told("approved", 2), held(acts, DAY))
    assert held(acts, date(2025, 11, 2)).keys() == {"a"}


def rows(name, **typed):
    return KINDS[name].make(Making("edit-1", PLAN, Given({"why": "x", **typed})))


def test_what_is_recorded_of_a_text_names_its_hash():
    assert rows("text", terms="مادهٔ ۱")["acts"][0]["terms_sha256"] == text_hash("ماده ۱")
    assert rows("act", act="approved", text="event:e-1")["acts"][0]["terms_sha256"] == "abc"
    assert "terms_sha256" not in rows("act", act="approved")["acts"][0]
    with pytest.raises(FormError) as error:
        rows("text")
    assert set(error.value.problems) == {"terms"}


def test_a_text_keeps_its_lines_and_may_be_long_and_other_fields_may_not():
    typed = {"terms": "الف\r\n\x00ب" + " ج" * MOST, "why": "x"}
    found = read(None, KINDS["text"].fields, typed)
    assert not found.problems
    assert found["terms"].startswith("الف\nب")
    assert set(read(None, KINDS["text"].fields, {"terms": "x", "why": "ج" * (MOST + 1)}).problems) == {"why"}


def test_criteria_are_said_one_by_one_and_never_unsaid():
    row = rows("twinning", several_fields="yes", leaders_signed="not_known")["agreements"][0]
    assert row == {"agreement_id": "a-1", "rank": "preferred", "leaders_signed": "not_known"}
    with pytest.raises(FormError) as error:
        rows("twinning", several_fields="")
    assert set(error.value.problems) == {"several_fields"}
    with pytest.raises(FormError):
        rows("twinning", several_fields="yes")

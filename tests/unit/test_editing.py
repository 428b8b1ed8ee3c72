"""Recording: what is typed is read as the loader reads it, and every kind makes rows that its mapping takes."""

import io
import zipfile
from datetime import date

import pytest

from graph_app.editing import files
from graph_app.editing.around import Around
from graph_app.editing.documents import MOST, Documents, kind_of
from graph_app.editing.fields import Given, read
from graph_app.editing.kinds import KINDS, kinds_for
from graph_app.editing.rows import FormError, Making, made
from graph_app.errors import LoadError, NotFoundError
from graph_app.graph.results import Node
from graph_app.language import choose, gettext
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.planning import read_exports

DAY = date(2025, 12, 5)


def node(id_, *labels, **properties):
    return Node(id_, ("Entity", *labels), properties)


MOU = node("agreement:a-1", "Agreement", name_fa="تفاهم‌نامه", name_en="Memorandum", kind="mou", term="۲ سال")
COUNCIL = node("institution:i-1", "Institution", name_en="Council", kind="council")
LETTER = node("event:l-1", "Event")
ABOUT = {
    "Agreement": Around(
        MOU,
        parties=((COUNCIL, "party"),),
        territories=(node("place:yazd", "Place"),),
        commitments=(node("commitment:c-1", "Commitment"),),
        addressees=((LETTER, COUNCIL),),
        umbrellas=("agreement:a-0",),
    ),
    "Person": Around(node("person:p-1", "Person", name_en="Arman")),
    "Institution": Around(COUNCIL, posts=(node("post:x-1", "Post"),)),
    "Post": Around(node("post:x-1", "Post")),
    "Place": Around(node("place:c-1", "Place", "City", name_en="Yazd")),
}
NAMES = {"title_fa": "توافق‌نامه", "title_en": "Agreement"}
TYPED = {
    "act": {"act": "signed", "date": "۹ شهریور ۱۴۰۰", "party": "institution:i-1"},
    "text": {"party": "institution:i-1", "date": "2025-11-01", "terms": "مادهٔ ۱\nمادهٔ ۲"},
    "twinning": {"leaders_signed": "yes", "several_fields": "not_known"},
    "extension": {"date": "1404/8/1", "until": "2028-01-01"},
    "renewal": {**NAMES, "kind": "mou", "signed_on": "2025-01", "term": "سه سال"},
    "downgrade": {"title_fa": "توافق‌نامه", "kind": "supplementary_agreement", "signed_on": "1404"},
    "review": {"act": "keep_decided"},
    "progress": {"commitment": "commitment:c-1", "status": "fulfilled"},
    "commitment": {**NAMES, "owner": "institution:i-1", "kind": "plan", "status": "open", "due": "1405/1/1"},
    "letter": {**NAMES, "date": "2025-12-01", "sender": "place:c-1", "addressee": "institution:i-1"},
    "answer": {"letter": "event:l-1|institution:i-1", "answer": "موافقت شد"},
    "level": {"confidentiality": "restricted"},
    "agreement-correction": {"title_fa": "تفاهم‌نامه", "term": "۳ سال", "auto_renew": "no"},
    "appointment": {"post": "post:x-1", "valid_from": "1403"},
    "appointment-at": {"person": "person:p-1", **NAMES, "kind": "head"},
    "appointment-to": {"person": "person:p-1"},
    "person-correction": {"title_en": "Arman N.", "aliases": "A|B"},
    "institution-correction": {"kind": "office", "based_in": "place:c-1"},
    "place-correction": {"lat": "31.9", "lon": "54.4"},
    "agreement": {**NAMES, "kind": "mou", "first_party": "institution:i-1", "act": "drafted", "date": "2025"},
    "person": NAMES,
    "institution": {**NAMES, "kind": "office"},
    "city": {**NAMES, "within": "place:iran"},
}


def tables(name, **typed):
    kind = KINDS[name]
    subject = next((ABOUT[label] for label in kind.labels if label in ABOUT), None)
    making = Making("edit-1", subject, Given({"why": "Because.", **typed}))
    return made(making, kind.make(making), "officer", DAY, {})


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_makes_rows_that_the_mapping_takes_each_with_who_and_why(name, tmp_path):
    paths = files.exported([tables(name, **TYPED[name])], tmp_path)
    assert len(paths) > 1
    rules = files.mapping()
    exports = read_exports(paths, rules)
    found = [row for table, one in exports.items() for row in compile_table(one, rules.by_file[table], rules)]
    assert not [row.reason for row in found if isinstance(row, Reject)]
    facts = [fact for row in found for fact in row.facts]
    assert {fact.evidence.source for fact in facts} == {"source:edit-1"}
    assert {fact.evidence.note for fact in facts} == {"Because."}
    assert len(facts) > 1


def test_a_downgrade_opens_the_lower_agreement_with_the_same_parties_and_keeps_the_link():
    found = tables("downgrade", **TYPED["downgrade"])
    assert [(row["party"], row["role"]) for row in found["parties"]] == [
        ("institution:i-1", "party"),
        ("place:yazd", "territory"),
    ]
    assert [(row["earlier_agreement_id"], row["reason"]) for row in found["successions"]] == [("a-1", "downgrade")]
    assert found["agreements"][0]["umbrella"] == "agreement:a-0"


def test_a_correction_says_only_what_was_changed_and_is_preferred():
    row = tables("agreement-correction", **TYPED["agreement-correction"], title_en="Memorandum", kind="mou")
    assert {name: row["agreements"][0].get(name) for name in ("term", "title_fa", "kind", "rank", "rank_reason")} == {
        "term": "۳ سال", "title_fa": None, "kind": None, "rank": "preferred", "rank_reason": "Because.",
    }  # fmt: skip
    with pytest.raises(FormError):
        tables("agreement-correction", term="2 سال", title_fa="تفاهم‌نامه", title_en="Memorandum", kind="mou")
    with pytest.raises(FormError) as emptied:
        tables("agreement-correction", term="", title_fa="تفاهم‌نامه", title_en="Memorandum", kind="mou")
    assert set(emptied.value.problems) == {"term"}


@pytest.mark.parametrize(
    ("name", "typed"), [("extension", {}), ("agreement", NAMES), ("appointment", {}), ("person", {})]
)
def test_what_does_not_fit_together_is_told_at_its_field(name, typed):
    with pytest.raises(FormError) as error:
        tables(name, **typed)
    known = {field.name for field in KINDS[name].fields}
    assert error.value.problems
    assert set(error.value.problems) <= known


def test_fields_are_read_as_the_loader_reads_them_and_each_says_what_is_wrong_in_both_languages():
    typed = {"date": "01/05/1402", "until": "1404/13/1", "term": "3 to 5 years", "document_issued": "2999-01-01"}
    found = read(None, KINDS["extension"].fields, typed)
    assert set(found.problems) == {"date", "until", "term", "document_issued", "why"}
    for problem in found.problems.values():
        choose("fa")
        persian = problem.translated(gettext)
        choose("en")
        assert persian != problem.translated(gettext)
    good = {"date": "۹ شهریور", "until": "1407", "term": "سه سال", "why": "x"}
    assert not read(None, KINDS["extension"].fields, good).problems
    assert set(read(None, KINDS["act"].fields, {"act": "renewed", "why": "x"}).problems) == {"act"}


def test_what_can_be_recorded_goes_by_the_label():
    assert {kind.name for kind in kinds_for(("Entity", "Person"))} == {"appointment", "person-correction"}
    assert "downgrade" in {kind.name for kind in kinds_for(("Entity", "Agreement"))}
    assert [kind.name for kind in kinds_for(("Entity", "Source"))] == ["level"]
    assert not kinds_for(("Entity", "Topic"))


def archive(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as found:
        for name in names:
            found.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"<html><script>alert(1)</script>\x00",
        b"MZ\x90\x00",
        b"\xff\xfe<svg",
        archive("a.txt"),
        archive("word/document.xml", "word/vbaProject.bin"),
    ],
)
def test_other_kinds_of_documents_are_refused(held):
    with pytest.raises(LoadError):
        kind_of(held)


def test_documents_are_kept_by_content_and_named_by_what_they_are(tmp_path):
    kept = Documents(tmp_path)
    one = kept.keep("../../minutes.html", io.BytesIO(b"%PDF-1.7 text"))
    other = kept.keep("صورت‌جلسه.pdf", io.BytesIO(b"%PDF-1.7 text"))
    assert one.name == "minutes.pdf"
    assert one.sha256 == other.sha256
    assert kept.path(one.sha256).read_bytes() == b"%PDF-1.7 text"
    assert kind_of(archive("word/document.xml"))[1] == ".docx"
    assert kind_of("نامه <b>".encode())[0] == "text/plain"
    with pytest.raises(LoadError):
        kept.keep("large.pdf", io.BytesIO(b"%PDF-" + b"x" * MOST))
    for wrong in ("../" + one.sha256, "0" * 64, "x"):
        with pytest.raises(NotFoundError):
            kept.path(wrong)

"""A picture taken out of the app in every form, read back as its readers would read it."""

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import docx
import networkx as nx
import pytest
from python_calamine import CalamineWorkbook
from werkzeug.http import parse_options_header

from graph_app.app import create_app
from graph_app.notes import written

pytestmark = pytest.mark.live

PLAN = "agreement:plan-mashhad-sanaa-gaza-sister-city"
PICTURE = {"ids": f"place:mashhad;{PLAN},place:sanaa,place:gaza", "lang": "en"}
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def client(examples, settings):
    return create_app(examples, settings, testing=True).test_client()


def made(client, kind, **more):
    answer = client.get(f"/briefing.{kind}", query_string={**PICTURE, **more})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    return answer.data


def test_the_page_says_what_it_holds_for_whom_and_who_says_so(client):
    page = client.get("/briefing", query_string={**PICTURE, "title": "Twinning", "caption": ["Home", "The plan"]}).text
    assert "<h1><bdi>Twinning</bdi></h1>" in page
    assert "The plan (" in page
    assert "<svg" in page
    assert "/sources/source:" in page


def test_the_drawing_stands_alone_and_says_the_same_in_persian(client):
    root = ET.fromstring(made(client, "svg", lang="fa"))  # noqa: S314 - our own
    texts = {"".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"مشهد", "صنعا", "غزه"} <= texts
    assert root.get("direction") == "rtl"
    addresses = re.findall(r'(?:href|src)="([^"]*)"|url\("([^"]{0,5})', made(client, "svg").decode())
    assert all(href.startswith("#") or data == "data:" for href, data in addresses)


@pytest.mark.parametrize(("kind", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_other_programs_read_every_tie_with_its_evidence(client, kind, read):
    graph = read(io.BytesIO(made(client, kind)))
    assert set(graph) == {"place:mashhad", "place:sanaa", "place:gaza", PLAN}
    parties = [told for *_, told in graph.edges(data=True) if told["relationship"] == "PARTY_TO"]
    assert len(parties) >= 3
    assert all(told["source"].startswith("source:") for told in parties)


def test_spreadsheets_get_a_row_per_fact_and_no_formula(client):
    title = "=1+1"
    rows = list(csv.DictReader(io.StringIO(made(client, "csv").decode("utf-8-sig"))))
    assert {row["start"] for row in rows if row["type"] == "PARTY_TO"} == {"place:mashhad", "place:sanaa", "place:gaza"}
    book = made(client, "xlsx", title=title, lang="fa")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert sheets.sheet_names == ["دربارهٔ این پرونده", "موجودیت‌ها", "پیوندها", "منابع"]
    assert sheets.get_sheet_by_index(0).to_python()[1][1] == title
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        first = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in first
    assert 'rightToLeft="1"' in first


def test_programs_get_steps_entities_ties_and_sources(client):
    told = json.loads(made(client, "json"))
    assert [step["ids"] for step in told["steps"]] == [["place:mashhad"], [PLAN, "place:sanaa", "place:gaza"]]
    assert {tie["source"] for tie in told["ties"] if "source" in tie} <= {source["id"] for source in told["sources"]}


def test_the_page_of_its_own_lets_nothing_run_but_what_stands_in_it(client):
    page = made(client, "html").decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    for tag in ("script", "style"):
        for text in re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_word_gets_the_picture_that_the_browser_drew(client):
    form = {"picture": "data:image/png;base64," + base64.b64encode(DOT).decode()}
    answer = client.post("/briefing.docx", query_string={**PICTURE, "lang": "fa"}, data=form)
    document = docx.Document(io.BytesIO(answer.data))
    assert len(document.inline_shapes) == 1
    assert document.paragraphs[0].text == "مشهد"
    assert [table.rows[0].cells[0].text for table in document.tables] == ["نام", "از", "نام"]
    assert "w:bidi" in document.paragraphs[0]._p.xml
    without = client.post("/briefing.docx", query_string=PICTURE)
    assert not docx.Document(io.BytesIO(without.data)).inline_shapes


@pytest.mark.parametrize("picture", ["data:image/png;base64,AAAA", "data:,%%%", "x"])
def test_what_is_no_picture_is_refused_with_what_to_do(examples, settings, picture):
    client = create_app(examples, settings).test_client()
    answer = client.post("/briefing.docx", query_string=PICTURE, data={"picture": picture})
    assert answer.status_code >= 400
    assert "Make the document again" in answer.text


def test_what_is_not_in_the_graph_any_more_is_said(client):
    told = json.loads(made(client, "json", ids="place:mashhad,place:no-such-place"))
    assert told["missing"] == ["place:no-such-place"]


def test_notes_go_into_every_file_that_has_room_as_text(client):
    said, whole = "<b>ask</b> شهرداری", "Before the visit"
    tie = next(tie for tie in json.loads(made(client, "json"))["ties"] if tie["type"] == "PARTY_TO")["id"]
    more = {"notes": written({"place:mashhad": said, tie: "since when?", "*": whole, "place:gone": "lost"})}
    told = json.loads(made(client, "json", **more))
    on = [{"on": "place:mashhad", "text": said}, {"on": tie, "text": "since when?"}]
    assert (told["note"], told["notes"]) == (whole, on)
    graph = nx.read_graphml(io.BytesIO(made(client, "graphml", **more)))
    assert graph.nodes["place:mashhad"]["annotation"] == said
    assert [told["annotation"] for *_, told in graph.edges(data=True) if "annotation" in told] == ["since when?"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(client, "xlsx", **more)))
    assert [row[2] for row in book.get_sheet_by_name("Notes").to_python()[1:]] == [said, "since when?"]
    rows = list(csv.DictReader(io.StringIO(made(client, "csv", **more).decode("utf-8-sig"))))
    assert [row["Note"] for row in rows if row["Note"]] == ["since when?"]
    page = client.get("/briefing", query_string={**PICTURE, **more}).text
    assert all(text in page for text in ("&lt;b&gt;ask&lt;/b&gt;", whole, "since when?"))
    assert "<b>ask" not in page + made(client, "html", **more).decode() + made(client, "svg", **more).decode()
    word = docx.Document(io.BytesIO(client.post("/briefing.docx", query_string={**PICTURE, **more}).data))
    assert [row.cells[2].text for row in word.tables[-1].rows] == ["Note", said, "since when?"]


def test_groups_and_measures_are_columns_where_the_picture_has_them(client):
    more = {"ids": "place:mashhad,place:418863,place:sanaa", "group": "country", "size": "degree"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(client, "xlsx", **more)))
    heads, *rows = book.get_sheet_by_name("Entities").to_python()
    assert {"Group", "Tied to"} <= set(heads)
    group = {row[-1]: row[heads.index("Group")] for row in rows}
    assert group["place:mashhad"] == "Iran"
    placed = json.loads(made(client, "json", **more))["placed"]
    assert placed["place:mashhad"]["group"] == "Iran"
    assert placed["place:mashhad"]["score"] is not None


def test_a_sister_city_tie_is_said_by_whoever_speaks_of_its_agreement_and_a_plan_is_told_as_one(client):
    rows = list(
        csv.DictReader(
            io.StringIO(made(client, "csv", ids="place:mashhad,place:sanaa,place:1735161").decode("utf-8-sig"))
        )
    )
    told = {row["end"] if row["start"] == "place:mashhad" else row["start"]: row for row in rows}
    assert told["place:sanaa"]["Tie"] == "is to become a sister city of"
    assert told["place:1735161"]["Tie"] == "is a sister city of"
    assert all(row["Says so"] for row in rows)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "Mashhad 2025-12-05.csv"),
        ("Twinning: 1/2\r\n", "Twinning  1 2 2025-12-05.csv"),
        ("خواهرخواندگی مشهد", "خواهرخواندگی مشهد 2025-12-05.csv"),
        ("ب" * 200, f"{'ب' * 80} 2025-12-05.csv"),
        ("..", "peyvand 2025-12-05.csv"),
    ],
)
def test_a_file_is_called_after_its_title_and_the_day_for_which_it_holds(client, title, name):
    answer = client.get("/briefing.csv", query_string={**PICTURE, "title": title, "as_of": "2025-12-05"})
    header = answer.headers["Content-Disposition"]
    assert header.isascii()
    _attachment, told = parse_options_header(header)
    assert told["filename"] == name

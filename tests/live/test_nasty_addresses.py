"""Whatever an address says: no page breaks, with one value that no form writes, in any of the names that pages read."""

import os
import re
from itertools import count
from pathlib import Path

import pytest

import graph_app
from graph_app.app import create_app
from graph_app.settings import Settings

pytestmark = pytest.mark.live

STEP = 1 if os.environ.get("PEYVAND_PROVE") else 10  # of so many names one on each page
FOLDER = Path(graph_app.__file__).parent
READ = re.compile(r'(?:args\.get(?:list)?|number|one_of|_given|plain_value)\(\s*"(\w+)"')
NAMES = sorted({name for path in FOLDER.rglob("*.py") for name in READ.findall(path.read_text(encoding="utf-8"))})
VALUES = (
    "9" * 5000, "-1", "1e400", "NaN", "٩٩", "²", "0001-01-01", "9999-12-31", "0622-03-21", "9377-12-29", "9999",
    "XXXX-13-45", "\x00", "\ud800", "\u202e", "[" * 3000, '{"a":', "," * 3000, ":", "place:", "a" * 5000, "%", "../..",
    "place:mashhad", "agreement:quran-cooperation", "<!--", "' OR 1=1", "* AND (", "{{7*7}}",
)  # fmt: skip
THINGS = {
    "entity": "place:mashhad",
    "first": "place:mashhad",
    "second": "place:iran",
    "check": "sources",
    "kind": "html",
}
QUESTIONS = ("cities/sister_cities", "agreements/expiring", "agreements/by_status")


def pages(app):
    """Yield the addresses of all that is read."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "GET" not in rule.methods or rule.endpoint in {"static", "maps.borders"}:
            continue
        if {"subject", "question"} <= rule.arguments <= {"subject", "question", "ending"}:
            for name in QUESTIONS:
                subject, _, question = name.partition("/")
                yield (
                    rule.rule.replace("<subject>", subject).replace("<question>", question).replace("<ending>", "xlsx")
                )
        elif rule.arguments <= THINGS.keys():
            yield app.url_map.bind("127.0.0.1:5000").build(rule.endpoint, {one: THINGS[one] for one in rule.arguments})


def test_no_page_breaks_on_what_an_address_may_say(founding, tmp_path):
    app = create_app(founding, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}))
    client, wheel, broken = app.test_client(), count(), {}
    for at, page in enumerate(pages(app)):
        for name in NAMES[at % STEP :: STEP]:
            value = VALUES[next(wheel) % len(VALUES)]
            query = {"ids": "place:mashhad", "q": "mash", "at": "2025-12-05", name: value}
            if value == "\ud800":
                query = f"{name}=%ED%A0%80"
            answer = client.get(page, query_string=query, base_url="http://127.0.0.1:5000")
            answer.close()
            if answer.status_code >= 500:
                broken[page, name] = value[:40], answer.status_code
    assert not broken

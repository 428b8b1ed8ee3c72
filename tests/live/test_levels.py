"""What is confidential is on no page, in no file and in no answer of a program for who may not see it."""

import csv
import io
import zipfile

import pytest
from flask.testing import FlaskClient

from graph_app.app import create_app
from graph_app.auth import tokens
from graph_app.auth.extension import accounts
from graph_app.catalog.library import shipped
from graph_app.settings import Settings
from tests.live.test_editing import load

pytestmark = pytest.mark.live

PASSWORD = "four quiet words apart"
MOU, SIGNING, PLAN = (
    "agreement:mou-ilam-blood-mosques",
    "event:evt-ilam-mou-signing",
    "agreement:plan-mashhad-sanaa-gaza-sister-city",
)
SOURCE, CITY, OPEN = "source:src-001-tasnim", "place:sanaa", "place:ilam-city"
RESTRICTED, INTERNAL = "Zqxrestricted", "Zqxinternal"  # stands in everything that is as confidential
TOLD = {"quote", "evidence", "note", "title_en", "name_en", "text_en", "value_text", "purpose_fa", "mandate_fa"}
THINGS = [MOU, SIGNING, PLAN, CITY, OPEN, "place:iran", "place:mashhad"]
IDS = ",".join(THINGS)
ASKED = {
    "/explore": [{"ids": IDS}, {"ids": MOU, "open": MOU}],
    "/explore/measures": [{"ids": IDS}],
    "/explore/filters": [{"ids": IDS}],
    "/explore/compare": [{"ids": IDS, "a": OPEN, "b": MOU}],
    "/api/v1/picture": [{"ids": IDS}, {"ids": MOU}],
    "/api/v1/picture/facets": [{"ids": IDS}],
    "/api/v1/expand": [{"ids": IDS}],
    "/api/v1/search": [{"q": word} for word in ("ilam", "blood", "sanaa", "تفاهم", "صنعا", "mash")],
    "/api/v1/common": [{"a": "place:iran", "b": CITY}, {"ids": IDS}],
    "/api/v1/paths": [{"from": "place:iran", "to": CITY}, {"from": OPEN, "to": MOU}],
    "/api/v1/compare": [{"ids": IDS, "a": OPEN, "b": MOU}],
    "/api/v1/map": [{"at": "2025-12-05"}],
    "/common": [{"a": OPEN, "b": MOU}],
    "/paths": [{"from": OPEN, "to": MOU}],
    "/paths/panel": [{"from": OPEN, "to": MOU}],
    "/agreements": [{"q": "ilam"}, {"state": "signed"}],
    "/briefing": [{"ids": IDS}, {"about": OPEN}],
    "/briefing.docx": [{"ids": IDS}],
    "/signing": [{"theirs": OPEN, "ours": CITY}],
    "/queries": [{"about": MOU}, {"q": "ilam"}],
    "/digest": [{"days": "9000"}],
    "/people": [{"days": "9000"}],
}
READERS = ("public", "internal", "restricted")


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def marked(folder):
    """Make one agreement restricted and one source internal, and let all that is so confidential say a word."""
    for path in sorted(folder.glob("*.csv")):
        rows = rows_of(path)
        for row in rows:
            mine = MOU.partition(":")[2] in {row.get("agreement_id"), row.get("about_id"), row.get("subject_id")}
            word = RESTRICTED if mine else INTERNAL if row.get("source_id") == "src-001-tasnim" else ""
            for name in TOLD & row.keys():
                row[name] = f"{row[name]} {word}".strip()
            if path.name in {"agreements.csv", "sources.csv"}:
                wanted = "restricted" if mine else "internal" if word and path.name == "sources.csv" else ""
                row["confidentiality"] = wanted
        write(path, rows)


class Browser(FlaskClient):
    def open(self, *arguments, **options):
        return super().open(*arguments, **{"base_url": "http://127.0.0.1:5000", **options})


@pytest.fixture
def site(empty, ledger, folder, tmp_path):
    """The app on a graph that holds what is confidential, with a reader of each clearance and a token of each."""
    marked(folder)
    load(empty, ledger, folder=folder)
    app = create_app(empty, Settings.read({"PEYVAND_HOME": str(tmp_path / "home")}), database=ledger.database)
    app.test_client_class = Browser
    with app.app_context():
        admin = accounts().add("admin@example.org", "administrator", PASSWORD)
        for word in READERS:
            accounts().add(f"{word}@example.org", "analyst", clearance=word).password = admin.password
        accounts().session.commit()
        app.extensions["keys"] = {
            word: tokens.issue(accounts().session, accounts().find(f"{word}@example.org"), "test", 1)
            for word in READERS
        }
        accounts().session.commit()
    return app


def browsing(app, word):
    client = app.test_client()
    assert client.post("/login", data={"email": f"{word}@example.org", "password": PASSWORD}).status_code == 303
    return client


def addresses(app, store):
    """Yield the addresses of everything that can be read, with ids of what is confidential and of what is not."""
    ties = store.table(
        "MATCH (:Entity)-[r]->(:Entity) WITH r ORDER BY r.id WITH r.secrecy AS level, collect(r.id)[0] AS id RETURN id"
    )
    ties = [row["id"] for row in ties]
    given = {
        "entity": [*THINGS, SOURCE],
        "tie": ties,
        "ties": [",".join(ties)],
        "source": [SOURCE, "source:src-003-shabestan", "source:src-002-hawzah"],
        "first": [OPEN, MOU, CITY],
        "second": ["place:iran", PLAN],
        "check": ["sources", "undated", "conflict", "nameless"],
        "kind": ["html"],
    }
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in {"static", "maps.borders"}:
            continue
        if {"subject", "question"} <= rule.arguments:
            yield from questions(app, rule)
        elif rule.arguments <= given.keys():
            yield from ((built(app, rule, values), {}) for values in combined(sorted(rule.arguments), given))
    for address, every in ASKED.items():
        yield from ((address, query) for query in every)


def questions(app, rule):
    """Yield the addresses of saved questions: their pages all, their files of some."""
    few = rule.endpoint not in {"queries.show", "questions.answer"}
    for name, question in list(shipped().items())[:: 9 if few else 1]:
        subject, _, short = name.partition("/")
        example = {key: str(value) for key, value in question.example.items()}
        for ending in ["xlsx", "graphml", "html"] if "ending" in rule.arguments else [""]:
            values = {"subject": subject, "question": short, **({"ending": ending} if ending else {})}
            yield built(app, rule, values), example


def built(app, rule, values):
    return app.url_map.bind("127.0.0.1:5000").build(rule.endpoint, values, force_external=False)


def combined(names, given):
    if not names:
        yield {}
        return
    for value in given[names[0]]:
        for rest in combined(names[1:], given):
            yield {names[0]: value, **rest}


def told(answer):
    """Return all that an answer says, also what is packed in it."""
    body = answer.data
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist()).decode("utf-8", "replace")
    return body.decode("utf-8", "replace")


def test_who_may_not_see_something_reads_it_nowhere(site, empty):
    asked = list(addresses(site, empty))
    assert len(asked) > 200
    found = {word: set() for word in READERS}
    leaks = []
    for word in READERS:
        browser, secret = browsing(site, word), site.extensions["keys"][word]
        hidden = {"public": (RESTRICTED, INTERNAL), "internal": (RESTRICTED,), "restricted": ()}[word]
        for address, query in asked:
            headers = {"Authorization": f"Bearer {secret}"} if address.startswith("/api/v1") else {}
            answer = browser.get(address, query_string={**query, "lang": "en"}, headers=headers)
            text = told(answer)
            answer.close()
            assert answer.status_code < 500, (word, address, query, answer.status_code)
            found[word] |= {each for each in (RESTRICTED, INTERNAL) if each.lower() in text.lower()}
            leaks += [(word, address, query, one) for one in hidden if one.lower() in text.lower()]
    assert leaks == []
    assert found == {"public": set(), "internal": {INTERNAL}, "restricted": {INTERNAL, RESTRICTED}}

"""Status in the real graph: what a load stores and Cypher looks up is what the rules say."""

import csv
import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.catalog.library import shipped as questions
from graph_app.exploration import lifecycle, neighbourhood
from graph_app.graph.histories import histories
from graph_app.graph.writer import Writer
from graph_app.lifecycle import Act, History, Moment, Rules, periods, read_term, standing_on
from graph_app.lifecycle.acts import on
from graph_app.lifecycle.case import Case
from graph_app.portfolio import Shelf
from loaders.applying import apply
from loaders.lifecycles import derive_periods
from loaders.mapping import shipped
from loaders.planning import plan

pytestmark = pytest.mark.live
TODAY = date(2025, 12, 5)
PORTFOLIO = next(mapping for mapping in shipped() if mapping.mapping == "portfolio")
SOURCED = {"source_id": "office", "line": "1", "evidence": "as filed", "certainty": "stated", "note": ""}
AGREEMENTS = {
    "near": {"ends_on": "2026-03-05"},
    "far": {"ends_on": "2026-03-06"},
    "over": {"term": "3 years"},
    "lower": {"term": "۲ سال"},
    "downgraded": {"term": "3 years"},
    "rolling": {"term": "1 year, automatic renewal"},
    "vague": {"ends_on": "1404"},
    "half": {},
}
SIGNED = {"near": "2024-12-01", "far": "2024-12-01", "over": "1401-09-13", "lower": "1404-09-10"} | {
    "downgraded": "1401-09-13",
    "rolling": "2023-01-10",
    "vague": "2024-12-01",
}


def write(folder, name, rows):
    table = PORTFOLIO.by_file[name]
    common = {} if table.evidence else dict.fromkeys(("line", "evidence"))
    columns = [*table.columns, "source_id", *common, "certainty", "note"]
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows([{**SOURCED, **row} for row in rows])


@pytest.fixture
def folder(tmp_path):
    """A portfolio as an office would export it, small enough to know by heart."""
    names = {key: {"agreement_id": key, "kind": "mou", "title_en": key} for key in AGREEMENTS}
    write(tmp_path, "sources.csv", [{"title_en": "Files of the office", "issued": "2025-12-01"}])
    write(tmp_path, "instruments.csv", [{**names[key], **said} for key, said in AGREEMENTS.items()])
    sides = [("a", "party"), ("b", "counterpart")]
    parties = [
        {"agreement_id": key, "party_id": side, "kind": "council", "role": role}
        for key in AGREEMENTS
        for side, role in sides
    ]
    write(tmp_path, "parties.csv", [{**row, "name_en": row["party_id"].upper()} for row in parties])
    acts = [{"act_id": f"sign-{key}", "agreement_id": key, "act": "signed", "date": day} for key, day in SIGNED.items()]
    half = {"act_id": "sign-half", "agreement_id": "half", "act": "signed", "date": "2025-11-01", "party_id": "a"}
    write(tmp_path, "acts.csv", [*acts, half])
    write(
        tmp_path,
        "successions.csv",
        [{"agreement_id": "lower", "earlier_agreement_id": "downgraded", "reason": "downgrade"}],
    )
    return tmp_path


def load(store, folder):
    made = plan(store, [folder / table.file for table in PORTFOLIO.tables], PORTFOLIO)
    assert not made.rejects
    apply(store, made)


LOOK_UP = "MATCH (a:Agreement)-[h:HAD_STATUS]->(s:Status) WHERE h.from <= $as_of <= h.to"


def statuses(store, day=TODAY):
    rows = store.table(
        LOOK_UP + " RETURN a.id AS id, s.id AS status",
        {"as_of": day},
    )
    return {row["id"].partition(":")[2]: row["status"] for row in rows}


def ask(store, name, **given):
    question = questions()[name]
    return list(question.ask(store, question.read(store, given, today=TODAY).values, view="table").result)


def test_a_load_stores_the_status_of_every_day_and_the_second_load_changes_nothing(empty, folder):
    load(empty, folder)
    assert statuses(empty) == {
        "near": "expiring",
        "far": "in_force",
        "over": "expired",
        "lower": "in_force",
        "downgraded": "downgraded",
        "rolling": "expiring",
        "vague": "undecided",
        "half": "partly_signed",
    }
    assert statuses(empty, date(2024, 12, 15))["downgraded"] == "in_force"
    assert derive_periods(empty) == (0, 0)


def test_only_periods_that_differ_are_written(empty, folder):
    load(empty, folder)
    before = empty.table("MATCH ()-[h:HAD_STATUS]->() RETURN collect(h.id)").rows[0][0]
    Writer(empty).run("MATCH (a:Agreement {id: 'agreement:far'}) SET a.notice_days = 91")
    Writer(empty).run(
        "MATCH (:Agreement {id: 'agreement:far'})-[c:EVIDENCED_BY]->() SET c.properties = c.properties + 'notice_days'"
    )
    written, removed = derive_periods(empty)
    assert statuses(empty)["far"] == "expiring"
    assert 0 < written + removed <= 4
    after = empty.table("MATCH ()-[h:HAD_STATUS]->() RETURN collect(h.id)").rows[0][0]
    assert len(set(before) & set(after)) >= len(before) - 2


def test_periods_of_an_agreement_that_is_gone_go_with_it(empty, folder):
    load(empty, folder)
    Writer(empty).run("MATCH (a:Agreement {id: 'agreement:near'}) DETACH DELETE a")
    assert derive_periods(empty) == (0, 0)
    assert "near" not in statuses(empty)


def test_appointments_are_told_by_their_end_and_a_post_without_a_standing_one_may_be_vacant(empty):
    ends = {"ended": "2025-12-01", "ending": "2026-02-01", "standing": "2027-01-01", "unknown": None}
    Writer(empty).run(
        """
        UNWIND $ends AS row
        CREATE (:Entity:Person {id: row.key, name_en: row.key})<-[:APPOINTS]-(a:Entity:Appointment {id: 'a' + row.key})
          -[:TO_POST]->(:Entity:Post {id: 'p' + row.key})
        SET a.valid_from_earliest = date('2024-01-01'), a.valid_from_latest = date('2024-01-01'),
          a.valid_to_earliest = date(row.end), a.valid_to_latest = date(row.end)
        """,
        {"ends": [{"key": key, "end": end} for key, end in ends.items()]},
    )
    found = ask(empty, "people/decrees", as_of="2025-12-05", days="90")
    assert [(row["person"].properties["name_en"], row["standing"], row["days_left"]) for row in found] == [
        ("ending", "ending", 58),
        ("ended", "past", None),
        ("standing", "current", 392),
        ("unknown", "end_unknown", None),
    ]
    (vacant,) = ask(empty, "people/vacant_posts", as_of="2025-12-05")
    assert (vacant["last_holder"].properties["name_en"], vacant["days_vacant"]) == ("ended", 4)


def test_what_ends_soon_what_has_ended_and_what_followed_are_told(empty, folder):
    load(empty, folder)
    soon = ask(empty, "agreements/expiring", as_of="2025-12-05", days="91")
    assert [(row["agreement"].id.partition(":")[2], row["days_left"]) for row in soon] == [
        ("rolling", 36),
        ("near", 90),
        ("far", 91),
    ]
    ended = ask(empty, "agreements/ended_without_successor", as_of="2025-12-05")
    assert {row["agreement"].id: row["ended"] for row in ended} == {
        "agreement:over": date(2025, 12, 4),  # 13 Azar 1404
        "agreement:vague": None,
    }
    history = ask(empty, "agreements/status_history", agreement="agreement:downgraded")
    assert [row["status"] for row in history if row["implementation"] != "dormant"] == [
        "none",
        "in_force",
        "downgraded",
    ]
    assert [node.id for node in history[-1]["acts"]] == ["agreement:lower"]


def test_every_picture_export_and_list_says_the_looked_up_status_and_keeps_what_was_asserted(empty, folder):
    load(empty, folder)
    Writer(empty).run("MATCH (a:Agreement {id: 'agreement:over'}) SET a.status = 'in_force'")
    found, _ = neighbourhood.picture(empty, ["agreement:over", "agreement:vague"], day=TODAY)
    shown = {node.id: node.properties for node in found.nodes}
    assert (shown["agreement:over"]["status"], shown["agreement:over"]["status_asserted"]) == ("expired", "in_force")
    assert shown["agreement:vague"]["status_candidates"] == ["in_force", "expiring", "expired"]
    [row] = [
        row for row in ask(empty, "agreements/by_status", status="expired", as_of="2025-12-05") if not row["candidates"]
    ]
    assert (row["status"], row["status_asserted"], row["agreement"].properties["status"]) == (
        "expired",
        "in_force",
        "expired",
    )
    assert [one.status for one in Shelf().on(empty, TODAY).instruments].count("in_force") == 2


def test_the_page_of_an_agreement_says_why_and_what_was_before(empty, folder, settings):
    load(empty, folder)
    client = create_app(empty, settings, testing=True).test_client()

    def get(address):
        answer = client.get(address, headers={"Host": "127.0.0.1:5000"})
        return answer.status_code, BeautifulSoup(answer.data, "html.parser")

    _, page = get("/entities/agreement:downgraded?lang=en&as_of=1404-09-14")
    life = page.select_one(".life")
    assert life.select_one(".now .badge-state").text == "Downgraded"
    assert "A successor has been signed." in life.select_one(".why").text
    assert life.select_one(".why a")["href"].startswith("/entities/agreement:lower")
    assert [row.select("td")[2].text for row in life.select(".periods tbody tr")] == [
        "No status recorded",
        "In force",
        "Expiring",
        "Downgraded",
    ]
    _, page = get("/entities/agreement:vague?lang=fa&as_of=2025-12-05")
    assert page.select_one(".life .now .badge-state").text == "معتبر یا رو به پایان یا منقضی"
    _, page = get("/entities/agreement:downgraded?lang=en&as_of=2024-01-01")
    assert page.select_one(".head .badge-state").text == "In force"
    status, page = get("/entities/agreement:downgraded?lang=en&as_of=soon")
    assert status == 400
    assert page.select_one(".life .wrong").text


def test_the_founding_articles_on_the_day_of_the_brief(founding):
    found = statuses(founding)
    assert found["mou-quranic-khuzestan-arvand-basra"] == "drafted"
    assert found["plan-mashhad-sanaa-gaza-sister-city"] == "under_study"
    assert found["mou-ilam-blood-mosques"] == "signed"
    [plan_] = ask(founding, "agreements/stalled", as_of="2025-12-05", days="180")
    assert (plan_["agreement"].id, plan_["days_silent"]) == ("agreement:plan-mashhad-sanaa-gaza-sister-city", 215)
    assert plan_["flags"] == ["stalled"]
    life = lifecycle.life(founding, "agreement:mou-ilam-blood-mosques", TODAY)
    assert life.now.flags == ("validity_unknown", "date_incomplete")


def test_a_sister_city_link_of_the_lists_is_never_in_force_on_any_day(examples):
    rows = examples.table(
        "MATCH (:Agreement {kind: 'sister_city'})-[:HAD_STATUS]->(s:Status) RETURN s.id AS status, count(*) AS count"
    )
    assert {row["status"]: row["count"] for row in rows} == {"none": 2033, "reported": 2033}


# Random histories, written to the graph act by act, against the same histories as values.

KINDS = (
    "studied",
    "drafted",
    "approved",
    "talks_reopened",
    "extended",
    "suspended",
    "resumed",
    "terminated",
    "amended",
)


def random_history(number, chance):
    """Return a history and the rows that say the same in the graph."""
    id_, parties = f"agreement:random-{number}", ("institution:a", "institution:b")

    def moment():
        first = date(2020, 1, 1) + timedelta(chance.randrange(1500))
        return on(first) if chance.random() < 0.8 else Moment(first, first + timedelta(chance.randrange(1, 60)))

    acts = [
        Act(chance.choice(KINDS), f"event:{number}-{count}", moment(), reported_on=date(2024, 1, 1))
        for count in range(chance.randrange(4))
    ]
    acts = [
        Act(act.kind, act.of, act.when, reported_on=act.reported_on, until=moment() if act.kind == "extended" else None)
        for act in acts
    ]
    signers = chance.choice(((), (None,), parties, parties[:1]))
    acts += [
        Act("signed", f"event:{number}-s{side}", moment(), party=side, reported_on=date(2024, 1, 1)) for side in signers
    ]
    said = chance.choice(
        (
            {},
            {"term": "2 years"},
            {"term": "1 year, automatic renewal"},
            {"open_ended": True},
            {"notice_days": 30, "term": "18 months"},
        )
    )
    facts = [
        Act(name, f"property:{name}", term=read_term(value) if name == "term" else None, value=value)
        for name, value in said.items()
    ]
    history = History(id_, (*acts, *facts), frozenset(parties), evidence=frozenset())
    return history, {"id": id_, "said": said, "acts": [row_of(act) for act in acts]}


def row_of(act):
    tie = {"action": act.kind, "source": "", "reported_on": act.reported_on, "certainty": "stated", "for": act.party}
    tie |= dates("until", act.until) if act.until else {}
    return {
        "event": {"id": act.of, **dates("date", act.when)},
        "tie": {key: value for key, value in tie.items() if value is not None},
    }


def dates(name, moment):
    return {
        f"{name}_earliest": moment.earliest,
        f"{name}_latest": moment.latest,
        f"{name}_written": moment.earliest.isoformat(),
    }


def test_stored_periods_looked_up_by_cypher_are_what_the_rules_say_for_random_histories(empty):
    chance = random.Random(20251205)  # noqa: S311 - repeatable, not secret
    made = [random_history(number, chance) for number in range(300)]
    Writer(empty).rows(
        "UNWIND $rows AS row"
        " MERGE (p:Entity:Institution {id: 'institution:a'}) MERGE (q:Entity:Institution {id: 'institution:b'})"
        " CREATE (a:Entity:Agreement {id: row.id}) SET a += row.said"
        " CREATE (p)-[:PARTY_TO {id: row.id + 'p', role: 'party'}]->(a)"
        " CREATE (q)-[:PARTY_TO {id: row.id + 'q', role: 'counterpart'}]->(a)"
        " WITH a, row UNWIND row.acts AS act CREATE (e:Entity:Event) SET e = act.event"
        " CREATE (e)-[t:ACTS_ON {id: act.event.id}]->(a) SET t += act.tie",
        [row for _, row in made],
    )
    derive_periods(empty)
    read = histories(empty)
    asked = [date(2019, 1, 1) + timedelta(chance.randrange(4000)) for _ in range(40)]
    for history, _ in made:
        assert periods(read[history.id]) == periods(history), history
        stored = lifecycle.life(empty, history.id, asked[0]).periods
        assert all(after.first - before.last == timedelta(1) for before, after in pairwise(stored))
    for day in asked:
        looked_up = empty.table(LOOK_UP + " RETURN a.id AS id, h {.*} AS h, s.id AS s", {"as_of": day})
        found = {row["id"]: row for row in looked_up}
        assert len(found) == len(made)
        for history, _ in made:
            standing, row = standing_on(Case(history), day, Rules()), found[history.id]
            assert row["s"] == row["h"]["status"] == standing.status
            kept = {name: tuple(value) if isinstance(value, list) else value for name, value in row["h"].items()}
            told = {name: value for name, value in vars(standing).items() if value not in (None, ())}
            assert told == {name: kept[name] for name in vars(standing) if name in kept}, (history, day)

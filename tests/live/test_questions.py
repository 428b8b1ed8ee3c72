"""The shipped questions on the real server: each is planned, read-only, and answers what the domain brief expects."""

import json
import sys
from contextlib import nullcontext
from datetime import date
from importlib import import_module

import pytest
from click.testing import CliRunner

from graph_app.catalog.checking import check
from graph_app.catalog.library import load, shipped
from graph_app.catalog.problems import QuestionFileError
from graph_app.catalog.vetting import Vetting
from graph_app.cli.ask import ask as commands_of_ask
from graph_app.graph.results import Node, Subgraph

pytestmark = pytest.mark.live

TODAY = date(2025, 12, 5)
QURANIC = "agreement:mou-quranic-khuzestan-arvand-basra"
TWINNING = "agreement:plan-mashhad-sanaa-gaza-sister-city"
BLOOD = "agreement:mou-ilam-blood-mosques"
HEAD = "// title: {en: T, fa: ت}\n// about: {en: A, fa: آ}\n// view: table\n"


@pytest.fixture
def ask(founding):
    def ask_(name, **given):
        question = shipped()[name]
        reading = question.read(founding, given, today=TODAY)
        return list(question.ask(founding, reading.values, view="table").result)

    return ask_


def ids(value):
    return sorted(node.id.partition(":")[2] for node in ([value] if isinstance(value, Node) else value))


# No article and no list gives an end; test_lifecycle.py asks these of a portfolio that does.
WITHOUT_ENDS = {"agreements/expiring", "agreements/ended_without_successor", "people/vacant_posts"}
# Nothing in the examples shares a topic or two parties: none is forced.
ALONE = {"agreements/shared_topics", "agreements/between_same_parties"}


@pytest.mark.parametrize("name", shipped())
def test_the_example_of_a_shipped_question_has_an_answer(examples, name):
    answer = check(examples, shipped()[name], today=TODAY)
    found = answer.result.nodes if isinstance(answer.result, Subgraph) else answer.result.rows
    assert bool(found) == (name not in WITHOUT_ENDS | ALONE)
    assert answer.seconds < (shipped()[name].header.limits.seconds or examples.seconds)


NUMBERS = [
    (name, column)
    for name, question in shipped().items()
    for column, heading in question.header.columns.items()
    if heading.opens
]


@pytest.mark.parametrize(("name", "column"), NUMBERS)
def test_a_number_in_an_answer_opens_as_many_rows(examples, name, column):
    question = shipped()[name]
    answer = question.ask(examples, question.read(examples, question.example, today=TODAY).values)
    heading = question.header.columns[column]
    opened = shipped()[heading.opens]
    rows = [row for row in answer.result if row[column]][:5]
    assert rows
    for row in rows:
        given = {k: question.example[at[1:]] if at[0] == "$" else row[at].id for k, at in heading.given.items()}
        behind = opened.ask(examples, opened.read(examples, given, today=TODAY).values)
        assert len({(line.get("city"), line["partner"]) for line in behind.result}) == row[column]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("CREATE (n) RETURN n AS node", r":4: “CREATE” would write"),
        ("MATCH (n)\nRETURN n AS nodes, missing AS entity", r":5: .*missing"),
        ("RETURN 1 AS unheard_of", "The column “unheard_of” needs a heading"),
    ],
)
def test_a_statement_that_the_server_would_not_read_is_refused_with_its_place(empty, tmp_path, statement, problem):
    file = tmp_path / "one.cypher"
    file.write_text(HEAD + statement, encoding="utf-8")
    with pytest.raises(QuestionFileError, match=problem):
        check(empty, load(file, "a/one"))
    assert empty.table("MATCH (n) RETURN count(n) AS count").rows == [(0,)]


def test_000_1_division_of_labour(ask):
    duties = ask("agreements/division_of_labour", agreement=QURANIC, kind="obligation")
    steps = ask("agreements/division_of_labour", agreement=QURANIC, kind="decision")

    assert len(duties) == 9
    assert len({tuple(ids(row["actors"])) for row in duties}) == 4
    assert {row["field"] for row in duties} == {"policy", "execution", "support"}
    assert [row["status"] for row in steps] == ["open", "open"]


def test_000_3_and_4_drafts_that_wait_for_approval(ask):
    (draft,) = ask("agreements/awaiting_approval", as_of="2025-12-05")
    assert draft["agreement"].id == QURANIC
    assert draft["authorities"] == []
    assert len(draft["next_steps"]) == 2
    assert (draft["reported"], draft["days"]) == (date(2025, 11, 22), 13)


def test_000_5_agreements_across_borders(ask):
    (found,) = ask("agreements/across_borders")
    assert found["agreement"].id == QURANIC
    assert ids(found["countries"]) == ["iran", "iraq"]
    assert ids(found["parties"]) == ["arvand-free-zone", "basra-province", "khuzestan"]


def test_000_6_who_was_at_the_drafting_session(ask):
    attended = [
        row
        for row in ask("people/event_attendance", event="event:evt-quranic-mou-drafting-session")
        if row["role"] == "attendee"
    ]
    people = [row for row in attended if "Person" in row["participant"].labels]
    assert len(people) == 6
    assert all(row["posts"] and row["institutions"] and row["countries"] for row in people)
    assert [row["certainty"] for row in attended if "Post" in row["participant"].labels] == ["ambiguous"]
    assert len([row for row in attended if row["participant"].properties.get("is_group")]) == 1


def test_000_8_joint_bodies(ask):
    (body,) = ask("agreements/joint_bodies", agreement=QURANIC)
    assert body["body"].id == "institution:quranic-mou-intl-wg"
    assert (body["chairs"], body["members"], body["meetings"]) == ([], [], [])


def test_000_10_the_path_between_two_attendees_is_their_session(founding):
    question = shipped()["paths/shortest"]
    reading = question.read(founding, {"a": "Hadi Abyar", "b": "علی راضی"})
    found = question.ask(founding, reading.values).result
    assert ids(found.nodes) == ["ali-razi", "evt-quranic-mou-drafting-session", "hadi-abyar"]
    assert [tie.type for tie in found.ties] == ["TOOK_PART_IN", "TOOK_PART_IN"]


def test_no_path_passes_through_a_group_or_a_source(founding):
    question = shipped()["paths/shortest"]
    values = {"a": "person:arafi", "b": "person:mehdi-panahi", "countries": True}
    found = question.ask(founding, values).result
    inner = [node for node in found.nodes if node.id not in values.values()]
    assert not [node for node in inner if node.properties.get("is_group") or "Source" in node.labels]


def test_001_1_sister_cities_of_mashhad_are_plans(ask):
    found = ask("cities/sister_cities", city="Mashhad")
    assert [(row["partner"].id, row["status"]) for row in found] == [
        ("place:gaza", "under_study"),
        ("place:sanaa", "under_study"),
    ]


def test_001_2_addressees_of_the_plan(ask):
    found = ask("agreements/addressees", agreement=TWINNING)
    assert len(found) == 9
    assert len([row for row in found if "Post" in row["addressee"].labels]) == 8
    assert [row["date"] for row in found] == [None] * 9
    assert [row["answer"] for row in found] == [None] * 9


def test_001_4_posts_written_to_whose_holder_is_unknown(ask):
    assert len(ask("people/posts_without_holder", agreement=TWINNING)) == 8
    assert len(ask("people/posts_without_holder")) == 14


def test_001_6_the_committee_has_two_hosts_above_it(founding):
    question = shipped()["institutions/hosts"]
    found = question.ask(founding, {"institution": "institution:mashhad-specialised-committee"}).result
    assert ids(found.nodes) == ["invest-production-wg", "mashhad-city-council", "mashhad-specialised-committee"]


def test_001_8_planned_events_without_a_date(ask):
    assert ids(row["event"] for row in ask("events/undated_plans")) == [
        "evt-hawza-decree-holders-meetings",
        "evt-mayors-resistance-conference",
        "evt-rustamov-visit-iran",
    ]


def test_001_9_a_plan_that_nobody_has_spoken_of_for_180_days(ask):
    (found,) = ask("agreements/stalled", as_of="2025-12-05")
    assert (found["agreement"].id, found["days_silent"], found["status"]) == (TWINNING, 215, "under_study")
    assert ask("agreements/stalled", as_of="1404-08-09") == []  # 180 days after 14 Ordibehesht
    assert len(ask("agreements/stalled", as_of="1404-08-10")) == 1


def test_001_11_links_that_sanaa_has_already(ask):
    (found,) = ask("cities/before_twinning", city="place:sanaa")
    assert (found["country"].id, found["links"], ids(found["partners"])) == ("place:iran", 1, ["mashhad"])


def test_001_12_chronology_of_the_plan(ask):
    found = ask("agreements/chronology", agreement=TWINNING)
    assert [row["status"] for row in found] == ["held"] * 5 + ["planned"]
    assert [row["effects"] for row in found][:4] == [
        ["approval_sought"],
        ["studied"],
        ["follow_up_body_created"],
        ["continue_execution"],
    ]


def test_002_1_no_article_gives_an_end_so_nothing_has_ended(ask):
    assert ask("agreements/ended_without_successor", as_of="2030-01-01") == []
    assert ask("agreements/expiring", days="3660") == []


def test_the_history_of_a_status_names_the_events_behind_it(ask):
    found = ask("agreements/status_history", agreement=TWINNING)
    assert [(row["since"], row["status"], row["flags"]) for row in found] == [
        (None, "none", []),
        (date(2025, 5, 4), "under_study", []),
        (date(2025, 11, 1), "under_study", ["stalled"]),
    ]
    assert ids(found[-1]["acts"]) == ["evt-mashhad-expert-sessions"]


def test_agreements_are_listed_by_their_status_of_a_day(ask):
    found = ask("agreements/by_status", as_of="2025-12-05")
    assert len(found) == 9
    assert {row["status"] for row in found} == {"drafted", "under_study", "signed", "proposed", "none"}
    assert {row["status"] for row in ask("agreements/by_status", as_of="2025-01-01")} == {"none", "signed"}


def test_002_5_claimed_figures_stand_side_by_side(ask):
    found = {row["figure"].id: row for row in ask("sources/figures_claimed", source="source:src-002-hawzah")}
    assert found["metric:cnt-002-mous-signed"]["value"] == 170
    assert found["metric:cnt-002-mous-and-agreements"]["value"] == 177
    assert found["metric:cnt-002-cooperation-hqs"]["operator"] == "gt"


def test_003_3_and_6_provisions_are_told_from_proposals_and_expectations(ask):
    found = ask("agreements/division_of_labour", agreement=BLOOD)
    kinds = [row["kind"] for row in found]
    assert (kinds.count("provision"), kinds.count("proposal"), kinds.count("expectation")) == (10, 5, 3)
    assert len([row for row in found if row["kind"] == "provision" and len(row["actors"]) == 2]) == 9


def test_003_5_signed_agreements_without_an_end(ask):
    (found,) = ask("agreements/without_end")
    assert (found["agreement"].id, found["signed_on"]) == (BLOOD, "XXXX-06-09")
    assert ids(found["signatories"]) == ["ali-cheraghipour", "mehdi-akbari-dehbalaei"]


def test_004_1_contact_file_of_rustamov(ask):
    found = {row["event"].id: row for row in ask("people/contact_file", person="رستموف")}
    assert len(found) == 4
    assert ids(found["event:evt-souri-rustamov-meeting"]["others"]) == ["majid-souri"]
    assert found["event:evt-rustamov-visit-2013"]["date"] == "2013"
    assert sorted(row["status"] for row in found.values()) == ["held", "held", "planned", "planned"]


def test_004_2_institutions_that_met_without_any_instrument(ask):
    (found,) = ask("people/met_without_instrument")
    assert found["institution"].id == "institution:iran-cultural-office-astana"
    assert found["counterpart"].id == "institution:kz-public-diplomacy-assembly"


def test_004_3_events_of_the_next_days(ask):
    found = ask("events/in_period", **{"period.from": "2025-12-02", "period.to": "1404-09-18"})
    assert ids(row["event"] for row in found) == ["evt-nation-rights-conference"]


def test_004_5_people_who_have_not_visited_for_long(ask):
    (found,) = ask("people/last_visits")
    assert (found["person"].id, found["date"]) == ("person:bakht-rustamov", "2013")


def test_004_6_between_iran_and_kazakhstan(ask):
    found = ask("countries/bilateral", a="place:iran", b="place:kazakhstan")
    assert [row for row in found if row["section"] == "Agreement"] == []
    assert len([row for row in found if row["kind"] == "meeting"]) == 1


def test_004_7_acting_heads(ask):
    (found,) = ask("people/acting_heads")
    assert ids(found["institutions"]) == ["iran-cultural-office-astana"]


def test_000_2_who_has_a_task_and_had_nobody_at_the_session(ask):
    found = {row["actor"].id: row for row in ask("agreements/tasked_but_absent", agreement=QURANIC)}
    absent = {id_ for id_, row in found.items() if not row["present"] + row["in_part"] + row["unsure"]}
    assert absent == {"institution:iran-consulate-basra", "institution:quranic-unions-basra"}
    assert ids(found["institution:quran-dev-council"]["unsure"]) == ["pos-head-qdc-secretariat"]
    assert ids(found["place:basra-province"]["present"]) == ["mostafa-zaki"]


def test_000_4_last_act_and_next_steps(ask):
    found = {row["agreement"].id: row for row in ask("agreements/last_act_and_next_step", as_of="2025-12-05")}
    assert set(found) == {QURANIC, TWINNING}
    drafted = found[QURANIC]
    assert (drafted["last_act"].id, drafted["reported_on"]) == (
        "event:evt-quranic-mou-drafting-session",
        date(2025, 11, 22),
    )
    assert (drafted["days"], len(drafted["next_steps"])) == (13, 2)


def test_000_7_and_12_no_topic_and_no_earlier_instrument_is_forced(ask):
    assert ask("agreements/shared_topics", agreement=QURANIC) == []
    assert ask("agreements/between_same_parties", agreement=QURANIC) == []


def test_000_11_three_parties_and_three_others_by_role_and_country(ask):
    found = ask("agreements/parties_by_country", agreement=QURANIC)
    parties = [row for row in found if row["role"] == ["party"]]
    assert sorted(row["country"].id for row in parties) == ["place:iran", "place:iran", "place:iraq"]
    others = {row["role"][0] for row in found} - {"party", "joint_body"}
    assert others == {"policy_maker", "implementer", "supporter"}
    assert len(ask("agreements/parties_by_country", agreement=QURANIC, role="party")) == 3


def test_001_3_the_approvals_of_the_plan_are_not_recorded(ask):
    found = ask("agreements/approvals", agreement=TWINNING)
    assert [row["authority"].id for row in found if row["role"] == "competent_authority"] == [
        "institution:mashhad-city-council"
    ]
    assert len(found) == 10
    assert all(row["answer"] is None and row["granted_in"] == [] for row in found)


def test_001_5_nobody_of_either_city_and_no_palestinian_was_written_to(ask):
    found = {row["counterpart"].id: row for row in ask("agreements/counterparts_not_contacted", agreement=TWINNING)}
    assert found["place:gaza"]["of_the_place"] == found["place:gaza"]["of_the_country"] == []
    assert found["place:sanaa"]["of_the_place"] == []
    assert ids(found["place:sanaa"]["of_the_country"]) == ["pos-amb-yemen-tehran", "pos-cg-yemen-tehran"]


def test_002_2_an_umbrella_covers_two_provinces_and_of_the_others_none_is_recorded(ask):
    found = ask("agreements/umbrella_coverage", umbrella="agreement:mou-hawza-macro", country="place:iran")
    assert [row["province"].id for row in found if row["agreements"]] == ["place:fars", "place:mazandaran"]
    assert len([row for row in found if not row["agreements"]]) == 3


def test_002_3_holders_of_posts_on_a_day(ask):
    assert len(ask("people/holders_on_day", as_of="2025-12-05")) == 15
    (only,) = ask("people/holders_on_day", institution="institution:hawza-nezam-orgs-dept", as_of="2025-12-05")
    assert ids(only["holders"]) == ["mehdi-panahi"]
    assert ask("people/holders_on_day", institution="institution:hawza-nezam-orgs-dept", as_of="2025-12-04") == []


def test_002_4_and_7_headquarters_are_claimed_figures_and_22_wait_for_a_decision(ask):
    first = ask("agreements/without_headquarters")[0]
    assert (first["agreement"].id, ids(first["figures"])) == (
        "agreement:portfolio-hawza-agreements",
        ["cnt-002-cooperation-hqs"],
    )
    (queue,) = ask("agreements/review_queue", as_of="2025-12-05")
    assert (queue["group_size"], queue["disposition"], queue["decided_in"]) == (22, "under_review", [])


def test_002_8_before_signing_the_branches_count(ask):
    found = ask("institutions/before_signing", institution="institution:mosque-centres-hq", as_of="2025-12-05")
    assert {(row["whose"].id, row["relation"], row["agreement"].id) for row in found} == {
        ("institution:ilam-mosque-centres-hq", "branch", BLOOD),
        ("institution:ilam-mosque-centres", "branch", BLOOD),
    }


def test_002_10_11_and_12_secretaries_organisations_and_trips(ask):
    secretaries = {row["post"].id: row for row in ask("institutions/secretaries")}
    assert secretaries["post:pos-secretaries-steering-hqs"]["holders"] == []
    assert ids(secretaries["post:pos-secretaries-steering-hqs"]["proposals"]) == ["cmt-002-religious-advisers"]
    assert ids(row["institution"] for row in ask("institutions/register", kind="ngo")) == [
        "kz-public-diplomacy-assembly",
        "state-linked-ngos",
    ]
    (trip,) = ask("events/trip_report", trip="event:evt-hawza-trip-fars")
    assert (trip["is_group"], len(trip["parties"]), ids(trip["umbrellas"])) == (True, 6, ["mou-hawza-macro"])


def test_003_1_2_and_3_the_sheet_and_the_checklist_of_the_agreement(ask):
    signed = ask("agreements/signatories", agreement=BLOOD)
    assert [(row["signed_on"], row["places"]) for row in signed] == [("XXXX-06-09", [])] * 2
    assert all(row["posts"] and row["institutions"] for row in signed)
    duties = [row for row in ask("agreements/checklist", agreement=BLOOD) if row["kind"] == "provision"]
    assert (len(duties), len([row for row in duties if row["nobodys"]])) == (10, 9)
    assert all(row["fulfilled_by"] == [] for row in duties)


def test_003_4_7_and_8_occasions_pilots_and_parents(ask):
    assert len(ask("agreements/occasions")) == 7
    pilots = ask("agreements/pilots")
    assert [(ids(row["places"]), row["branches"]) for row in pilots] == [(["ilam-province"], [])] * 2
    parents = {row["parent"].id for row in ask("institutions/parents_and_their_agreements", agreement=BLOOD)}
    assert {"institution:blood-transfusion-org", "institution:mosque-centres-hq"} <= parents


def test_004_4_readiness_and_intentions_are_open(ask):
    found = [row for row in ask("events/open_intentions") if row["intention"].id.startswith("commitment:cmt-004")]
    assert [row["kind"] for row in found] == ["readiness"] * 4 + ["intention"] * 3


def test_004_8_a_conference_past_its_day_is_unconfirmed(ask):
    (found,) = ask("events/unconfirmed", as_of="2025-12-10")
    assert (found["event"].id, found["days"]) == ("event:evt-nation-rights-conference", 7)
    assert ask("events/unconfirmed", as_of="2025-12-03") == []


def test_004_9_10_and_12_delegates_fields_and_quotations(ask):
    delegates = ask("events/delegates_by_country", event="event:evt-nation-rights-conference")
    assert {row["country"].id: ids(row["participants"]) for row in delegates}["place:kazakhstan"] == ["bakht-rustamov"]
    fields = ids(row["topic"] for row in ask("institutions/same_field", a="place:iran", b="place:kazakhstan"))
    assert {"publishing", "delegation-exchange"} <= set(fields)
    quoted = ask("sources/quotations")
    assert len(quoted) == 8
    assert all(row["speakers"] and row["about"] and row["line"] for row in quoted)


def test_what_a_source_says_is_in_the_order_of_its_lines(ask):
    lines = [row["source_line"] for row in ask("sources/in_order", source="source:src-004-icro")]
    assert lines == sorted(lines)
    assert len(lines) > 50


def test_doubtful_claims_of_one_source(ask):
    found = ask("sources/doubtful", source="source:src-000-ilna")
    assert found
    assert {row["source"].id for row in found} == {"source:src-000-ilna"}


def test_facts_by_source_add_up_to_the_graph(ask, founding):
    found = ask("sources/facts_by_source")
    ties = founding.table(
        "MATCH ()-[r:!EVIDENCED_BY&!HAD_STATUS&!TWINNED_WITH]->(:Entity) RETURN count(r) AS count"
    ).rows[0][0]
    assert sum(row["ties"] for row in found) == ties
    assert all(row["source"] for row in found)


@pytest.fixture
def run(founding, monkeypatch):
    """Run ``peyvand query`` on the store of the tests."""
    commands = import_module("graph_app.cli.query")  # the package has the group of commands under this name
    monkeypatch.setattr(commands, "open_store", lambda: nullcontext(founding))
    return lambda *words: CliRunner().invoke(commands.query, words)


def test_the_command_line_answers_as_the_page_does(run, tmp_path):
    file = tmp_path / "cities.csv"
    told = run("run", "cities/sister_cities", "-p", "city=Mashhad")
    kept = run("run", "cities/sister_cities", "-p", "city=Mashhad", "-o", str(file))

    assert (told.exit_code, kept.exit_code) == (0, 0)
    assert "Gaza" in told.output
    assert file.read_text(encoding="utf-8-sig").splitlines()[1].startswith('"place:gaza","Gaza","place:palestine"')


def test_the_command_line_checks_questions(run):
    told = run("check", "cities/sister_cities", "paths/shortest")
    assert told.exit_code == 0
    assert "cities/sister_cities: 2 rows" in told.output


def test_a_question_that_the_gate_refuses_is_refused_alone(founding, tmp_path):
    good, bad = tmp_path / "good.cypher", tmp_path / "bad.cypher"
    good.write_text(HEAD + "MATCH (n)\nRETURN count(n) AS count", encoding="utf-8")
    hidden = "RETURN [x IN [1] | COLLECT { LOAD CSV FROM 'http://a/' AS r RETURN r }] AS count"
    bad.write_text(HEAD + hidden, encoding="utf-8")
    questions = [load(good, "a/good"), load(bad, "a/bad")]
    vetting = Vetting()
    vetting.begin(founding, questions)
    assert vetting.done.wait(60)
    vetting.refuse(founding, questions[0])
    with pytest.raises(QuestionFileError, match=r"bad\.cypher:4: LOAD CSV"):
        vetting.refuse(founding, questions[1])


def test_a_statement_of_ones_own_is_answered_explained_or_refused(run, tmp_path, monkeypatch):
    opened = import_module("graph_app.cli.query").open_store  # the store of the tests
    monkeypatch.setattr(sys.modules[commands_of_ask.callback.__module__], "open_store", opened)
    asked = ("ask", "MATCH (n {id: $id}) RETURN n, $number + 1 AS next", "-p", "id=place:mashhad", "-p", "number=41")
    told = run(*asked)
    assert (told.exit_code, told.output.split()) == (0, ["n", "next", "Mashhad", "42"])
    assert json.loads(run(*asked, "--format", "json").output)["rows"][0][1] == 42
    file = tmp_path / "answer.csv"
    assert run(*asked, "-o", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8-sig").splitlines()[1] == '"place:mashhad","Mashhad",42'
    assert "NodeUniqueIndexSeek" in run("ask", "MATCH (n:Entity {id: 'a:b'}) RETURN n", "--explain").output
    assert "cut at" in run("ask", "UNWIND range(1, 5000) AS x RETURN x").output
    refused = run("ask", "MATCH (n) DETACH DELETE n")
    assert "would write" in str(refused.exception)

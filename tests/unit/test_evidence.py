"""What a claim keeps, and where claims contradict each other, without a database."""

import re
from datetime import date

import pytest

from graph_app._layout import QUERIES
from graph_app.dates import parse
from graph_app.exploration.claims import Claim, claimed, contradictions, ranked, unsourced
from graph_app.exploration.profile import Profile
from graph_app.graph.results import Node, Tie
from graph_app.vocabulary import vocabulary
from loaders.applying import _tie_row, _way
from loaders.compiling import compile_table
from loaders.facts import Reject
from loaders.mapping import load
from loaders.originals import original
from loaders.plan import TieChange
from loaders.reading import read

MAPPING = """
mapping: ranks
version: 1
about: {en: Test, fa: آزمون}
common:
  source_id: {type: key, required: yes}
  certainty: {type: word, of: certainties, required: yes}
  rank: {type: word, of: ranks}
  rank_reason: text
  credibility: {type: word, of: credibilities}
  basis: {type: word, of: bases}
evidence:
  source: source_id
  certainty: certainty
  rank: rank
  rank_reason: rank_reason
  credibility: credibility
  basis: basis
tables:
  - file: places.csv
    columns:
      place_id: {type: key, required: yes}
      name_fa: name
      founded: {type: date, calendar: jalali}
      size: integer
      parent: {type: key, optional: yes}
    nodes:
      - {as: place, label: Place, id: place_id, set: {name_fa: name_fa, founded: founded, group_size: size}}
    ties:
      - {type: WITHIN, from: place, to: "Place:parent", when: parent, set: {reason: name_fa}}
"""


@pytest.fixture
def compiled(tmp_path):
    (tmp_path / "ranks.yaml").write_text(MAPPING, encoding="utf-8")
    mapping = load(tmp_path / "ranks.yaml")

    def compile_(header, *rows):
        path = tmp_path / "places.csv"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return list(compile_table(read(path), mapping.by_file["places.csv"], mapping))

    return compile_


BARE = "place_id,name_fa,founded,size,source_id,certainty"


def test_columns_of_the_evidence_may_be_missing_from_a_file(compiled):
    [facts] = compiled(BARE, "a,ا,,,src,stated")
    found = facts.entities[0].evidence.properties
    assert not {"rank", "rank_reason", "credibility", "basis"} & found.keys()


def test_rank_reason_credibility_and_basis_are_kept_with_the_entity_and_with_the_tie(compiled):
    header = f"{BARE},parent,rank,rank_reason,credibility,basis"
    [facts] = compiled(header, "a,ا,,,src,stated,b,deprecated,Misread,۲,told")
    for fact in facts.facts:
        found = fact.evidence.properties
        assert (found["rank"], found["rank_reason"]) == ("deprecated", "Misread")
        assert (found["credibility"], found["basis"]) == (2, "told")


def test_the_normal_rank_is_not_written_down(compiled):
    [facts] = compiled(f"{BARE},rank", "a,ا,,,src,stated,normal")
    assert "rank" not in facts.entities[0].evidence.properties


@pytest.mark.parametrize(("column", "cell"), [("rank", "best"), ("credibility", "7"), ("basis", "gossip")])
def test_a_word_that_no_scale_has_is_rejected(compiled, column, cell):
    [reject] = compiled(f"{BARE},{column}", f"a,ا,,,src,stated,{cell}")
    assert isinstance(reject, Reject)
    assert (reject.column, reject.value) == (column, cell)


def test_cells_that_reading_changed_are_kept_as_they_were_written(compiled):
    [facts] = compiled(f"{BARE},parent", "a,علي  كريمي,۱۴۰۴/۹/۱۲,۱۷۰,src,stated,b")
    [entity], [tie] = facts.entities, facts.ties
    assert entity.properties["name_fa"] == "علی کریمی"
    kept = {name: cell for name, cell in entity.evidence.properties.items() if name.startswith("original_")}
    assert kept == {"original_name_fa": "علي  كريمي", "original_group_size": "۱۷۰"}
    assert entity.properties["founded_written"] == "۱۴۰۴/۹/۱۲"
    assert tie.evidence.properties["original_reason"] == "علي  كريمي"


@pytest.mark.parametrize(
    ("cell", "item", "kept"),
    [
        ("  Mashhad ", "Mashhad", None),
        ("علي", "علی", "علي"),
        ("a\u00a0b", "a b", "a\u00a0b"),
        ("170", 170, None),
        ("1,700", 1700, "1,700"),
        ("36.30", 36.3, None),
        ("۳۶٫۳", 36.3, "۳۶٫۳"),
        ("x| y", ("x", "y"), "x| y"),
        ("x|y", ("x", "y"), None),
        ("بله", True, None),
        ("1404-09-12", parse("1404-09-12"), None),
        ("", None, None),
    ],
)
def test_a_cell_is_kept_only_if_more_than_the_spaces_around_it_changed(cell, item, kept):
    assert original(cell, item) == kept


def tie(source, rank=None, day=None, certainty="stated", **properties):
    given = {"id": source, "source": f"source:{source}", "certainty": certainty, **properties}
    given |= {"rank": rank} if rank else {}
    given |= {"reported_on": day} if day else {}
    return Claim(Tie(source, "TOOK_PART_IN", "person:a", "event:e", given), Node(f"source:{source}", ("Source",), {}))


def test_claims_are_sorted_by_rank_then_certainty_then_day():
    claims = [
        tie("gone", "deprecated"),
        tie("unsure", certainty="ambiguous", day=date(2025, 1, 1)),
        tie("old", day=date(2020, 1, 1)),
        tie("new", day=date(2025, 1, 1)),
        tie("best", "preferred", certainty="ambiguous"),
    ]
    assert [claim.tie.id for claim in ranked(claims)] == ["best", "new", "old", "unsure", "gone"]


def test_parallel_claims_contradict_each_other_only_where_both_speak():
    said, silent, denied = tie("a", answer="attended"), tie("b"), tie("c", answer="planned", quote="x")
    assert contradictions([said, silent]) == ()
    assert [(v.properties, len(v.claims)) for v in contradictions([said, silent, denied])] == [
        ({"answer": "attended"}, 1),
        ({"answer": "planned"}, 1),
    ]


def test_what_was_set_aside_is_told_as_it_was_claimed():
    kept = {"type": "PARTY_TO", "rank": "deprecated", "role": "party", "id": "party_to:1"}
    found = claimed(Tie("party_to:1", "SET_ASIDE", "place:a", "agreement:b", kept))
    assert (found.type, found.start, found.properties.get("type")) == ("PARTY_TO", "place:a", None)
    assert Claim(found, None).deprecated
    standing = Tie("party_to:2", "PARTY_TO", "place:a", "agreement:b", {"type": "its own"})
    assert claimed(standing) is standing


def test_a_tie_of_which_nobody_knows_the_type_stays_what_it_is():
    assert claimed(Tie("x", "SET_ASIDE", "place:a", "place:b", {"type": "MADE_UP"})).type == "SET_ASIDE"


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (None, None, ("write_ties", "PARTY_TO")),
        (None, "deprecated", ("write_ties", "SET_ASIDE")),
        ("deprecated", "deprecated", ("write_ties", "SET_ASIDE")),
        ("preferred", "deprecated", ("set_aside", "PARTY_TO")),
        ("deprecated", "preferred", ("take_back", "PARTY_TO")),
    ],
)
def test_a_tie_is_moved_exactly_when_it_is_set_aside_or_taken_back(before, after, way):
    held, wanted = ({"rank": rank} if rank else {} for rank in (before, after))
    assert _way(TieChange("party_to:1", "PARTY_TO", "place:a", "agreement:b", held, wanted)) == way
    led = TieChange("party_to:1", "PARTY_TO", "place:a", "agreement:b", held, wanted, ("place:c", "agreement:b"))
    assert _way(led) == (way[0].replace("write_ties", "move_ties"), way[1])


def test_a_new_claim_that_is_deprecated_from_the_start_is_set_aside_with_its_type():
    change = TieChange("party_to:1", "PARTY_TO", "place:a", "agreement:b", None, {"rank": "deprecated"})
    assert _way(change) == ("create_ties", "SET_ASIDE")
    assert _tie_row("run", change)["properties"] == {"rank": "deprecated", "run": "run", "type": "PARTY_TO"}


def test_what_was_set_aside_is_neither_drawn_nor_walked_nor_claimed():
    assert vocabulary().types["SET_ASIDE"].hidden
    assert "SET_ASIDE" not in {*vocabulary().drawn_types(), *vocabulary().claimed_types()}


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*/*.cypher")), ids=lambda path: path.stem)
def test_no_question_meets_what_was_set_aside_unasked(path):
    for excluded in re.findall(r"\[\w*:(![A-Z_!&]+)", path.read_text(encoding="utf-8")):
        assert "!SET_ASIDE" in excluded
    text = re.sub(r"(?m)^//.*", "", path.read_text(encoding="utf-8"))
    assert not re.findall(r"-\[\w*\s*(?:\]|WHERE|\{)", text)


def test_a_deprecated_claim_contradicts_nobody_and_one_day_is_one_day():
    assert contradictions([tie("a", answer="attended"), tie("b", "deprecated", answer="planned")]) == ()
    day = {"valid_from_earliest": date(2025, 12, 3), "valid_from_latest": date(2025, 12, 3)}
    written = [tie("a", valid_from_written="1404-09-12", **day), tie("b", valid_from_written="2025-12-03", **day)]
    assert contradictions(written) == ()


def profile(node, *claims):
    made = []
    for source, listed, rank, kept in claims:
        given = {"id": source, "properties": listed, **kept} | ({"rank": rank} if rank else {})
        found = Tie(source, "EVIDENCED_BY", "place:p", f"source:{source}", given)
        made.append(Claim(found, Node(f"source:{source}", ("Source",), {})))
    return Profile(Node("place:p", ("Place",), node), tuple(made), (), cut=False)


def test_the_versions_of_a_fact_are_the_shown_one_then_its_rivals_then_what_was_set_aside():
    found = profile(
        {"name_en": "New"},
        ("a", ["name_en"], None, {}),
        ("b", ["name_en"], None, {"name_en": "Old"}),
        ("c", ["name_en"], None, {}),
        ("d", ["name_en"], "deprecated", {"name_en": "Wrong"}),
    )
    told = [(v.properties["name_en"], [c.tie.id for c in v.claims]) for v in found.versions("name_en")]
    assert told == [("New", ["a", "c"]), ("Old", ["b"]), ("Wrong", ["d"])]
    assert [v.properties["name_en"] for v in found.disputed("name_en")] == ["New", "Old"]
    assert [(name, v.properties["name_en"]) for name, v in found.set_aside()] == [("name_en", "Wrong")]


def test_a_value_that_nobody_claims_is_a_version_without_claims():
    [shown, claimed] = profile({"kind": "city"}, ("a", ["kind"], None, {"kind": "province"})).disputed("kind")
    assert (shown.properties["kind"], shown.claims) == ("city", ())
    assert claimed.properties["kind"] == "province"


def test_a_derived_tie_is_not_unsourced_and_one_made_by_hand_is():
    assert not unsourced(Tie("1", "TWINNED_WITH", "a", "b", {"derived": True}))
    assert unsourced(Tie("1", "WITHIN", "a", "b", {}))


def test_what_cannot_be_judged_is_unknown_on_both_scales_and_only_there():
    words = vocabulary()
    assert [code for code, grade in words.reliabilities.items() if grade.unknown] == ["F"]
    assert [code for code, grade in words.credibilities.items() if grade.unknown] == ["6"]

"""Claims about one entity: the order of loading never matters, rank comes first, and nothing is lost."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph_app.graph.results import Node
from loaders.current import _present
from loaders.folding import Claim, fold

LABELS = frozenset({"Entity", "Place"})
OLD, NEW = date(2020, 1, 1), date(2025, 1, 1)


def claim(source, certainty="stated", day=NEW, rank=None, **properties):
    evidence = {"certainty": certainty} | ({"rank": rank, "rank_reason": "because"} if rank else {})
    return Claim(f"source:{source}", "m", LABELS, properties, evidence, day)


def dated(source, written, first=None, last=None, **more):
    bounds = {"signed_on_earliest": first, "signed_on_latest": last} if first else {}
    return claim(source, **more, signed_on_written=written, **bounds)


def evidence(folded):
    return {source: properties for _, source, properties in folded.evidence}


words = st.sampled_from(["Mashhad", "Meshed", "Tus"])
claims = st.lists(
    st.builds(
        claim,
        st.sampled_from("abcde"),
        st.sampled_from(["stated", "reported", "inferred", "ambiguous"]),
        st.sampled_from([None, OLD, NEW]),
        st.sampled_from([None, "normal", "preferred", "deprecated"]),
        name_en=words,
        aliases=st.lists(words, max_size=2),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda made: made.source,
)


@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_loading_makes_no_difference(made, random):
    shuffled = list(made)
    random.shuffle(shuffled)
    assert fold("place:p", shuffled) == fold("place:p", made)


@given(claims)
def test_the_preferred_rank_wins_and_a_deprecated_claim_never_does(made):
    folded = fold("place:p", made)
    ranks = {one.rank for one in made}
    best = next(rank for rank in ("preferred", "normal", "deprecated") if rank in ranks)
    assert folded.properties["name_en"] in {one.properties["name_en"] for one in made if one.rank == best}
    assert (folded.properties.get("rank") == "deprecated") == (ranks == {"deprecated"})


@given(claims)
def test_no_claim_is_lost_and_what_the_graph_holds_folds_to_the_same_again(made):
    folded = fold("place:p", made)
    ties = [(source, {**properties, "mapping": "m"}) for _, source, properties in folded.evidence]
    present = _present(Node(folded.id, tuple(folded.labels), folded.properties), ties)
    read = {one.source: one.properties for one in present.claims}
    assert read == {one.source: {**one.properties, "aliases": sorted(one.properties["aliases"])} for one in made}
    again = evidence(fold("place:p", present.claims))
    assert again == {source: {**one, "mapping": "m"} for source, one in evidence(folded).items()}


def test_a_value_that_only_a_deprecated_claim_gives_stays_with_its_source():
    folded = fold("place:p", [claim("a", name_en="Right"), claim("b", rank="deprecated", name_en="Wrong", kind="city")])
    assert (folded.properties["name_en"], folded.properties.get("kind")) == ("Right", None)
    assert evidence(folded)["source:b"]["kind"] == "city"
    assert evidence(folded)["source:b"]["rank_reason"] == "because"
    assert "wrong" not in folded.properties["search"]


def test_an_entity_that_no_standing_claim_names_keeps_its_deprecated_name():
    folded = fold("place:p", [claim("a", kind="city"), claim("b", rank="deprecated", name_en="Old name")])
    assert (folded.properties["name_en"], folded.properties["search"]) == ("Old name", "old name")


def test_an_entity_of_deprecated_claims_alone_is_deprecated_and_no_search_finds_it():
    folded = fold("place:p", [claim("a", rank="deprecated", name_en="Nowhere")])
    assert (folded.properties["rank"], folded.properties["name_en"]) == ("deprecated", "Nowhere")
    assert (folded.properties["search"], folded.properties["squashed"]) == ("", "")


def test_a_date_wins_whole_and_never_lends_its_days_to_another():
    year = dated("a", "1404", date(2025, 3, 21), date(2026, 3, 20), day=OLD)
    yearless = dated("b", "XXXX-06-09", day=NEW)
    for order in ([year, yearless], [yearless, year]):
        folded = fold("agreement:a", order)
        kept = {name: folded.properties.get(name) for name in folded.properties if name.startswith("signed_on")}
        assert kept == {"signed_on_written": "XXXX-06-09"}
        assert evidence(folded)["source:a"]["signed_on_earliest"] == date(2025, 3, 21)
        assert evidence(folded)["source:a"]["differs"] == ["signed_on"]


def test_one_day_in_two_calendars_is_no_contradiction():
    day = date(2025, 12, 3)
    folded = fold("agreement:a", [dated("a", "1404-09-12", day, day, day=OLD), dated("b", "2025-12-03", day, day)])
    assert evidence(folded)["source:a"]["signed_on_written"] == "1404-09-12"
    assert "differs" not in evidence(folded)["source:a"]


def test_lists_add_up_and_do_not_contradict():
    folded = fold("place:p", [claim("a", aliases=["x"]), claim("b", aliases=["y"])])
    assert folded.properties["aliases"] == ["x", "y"]
    assert not any("differs" in found for found in evidence(folded).values())

"""What a picture hides: by facet, by day, and what the address says of it."""

from datetime import date

from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.sieve import Sieve, years
from graph_app.sieve.ahead import let_by
from graph_app.sieve.known import Known
from graph_app.sieve.sifting import Sifted, without

DAY = date(2025, 12, 5)


def node(name, label, **properties):
    return Node(name, (label, "Entity"), properties)


def tie(number, start, end, type_="PARTY_TO", **properties):
    return Tie(str(number), type_, start, end, properties)


CITY = node("place:a", "City", kind="city")
OTHER = node("place:b", "City", kind="city")
OLD = node("agreement:old", "Agreement", kind="mou", status="expired")
NEW = node("agreement:new", "Agreement", kind="mou", status="in_force")
HELD = node("event:held", "Event", date_earliest=date(2024, 1, 1), date_latest=date(2024, 1, 1))
TO_COME = node("event:next", "Event", date_earliest=date(2027, 1, 1), date_latest=date(2027, 1, 1))
TIES = (
    tie(1, "place:a", "agreement:old", certainty="stated", source="source:one"),
    tie(2, "place:b", "agreement:new", certainty="inferred", source="source:two"),
    tie(3, "place:a", "event:held", "TOOK_PART_IN", source="source:two", valid_to_latest=date(2024, 6, 1)),
)
PICTURE = Subgraph((CITY, OTHER, OLD, NEW, HELD, TO_COME), TIES)
KNOWN = Known({"place:a": "IR", "place:b": "IQ"}, {"agreement:old": ("topic:x", "topic:y")}, {})


def hidden(**facets):
    return Sieve({name: frozenset(values) for name, values in facets.items()})


def test_the_address_says_what_is_hidden_and_nonsense_in_it_is_not_asked_for():
    wish = Sieve.asked({"hide": "type:City,state:expired,colour:red,kind:,type:Event", "undated": "hide"}, DAY)
    assert wish.hidden == {"type": {"City", "Event"}, "state": {"expired"}}
    assert not wish.undated
    assert wish.day == DAY
    assert not Sieve.asked({}, None)


def test_entities_go_by_type_kind_state_and_country():
    assert without(PICTURE, hidden(type={"City"}), KNOWN).nodes == {"place:a", "place:b"}
    assert without(PICTURE, hidden(kind={"Agreement.mou"}), KNOWN).nodes == {"agreement:old", "agreement:new"}
    assert without(PICTURE, hidden(state={"expired"}), KNOWN).nodes == {"agreement:old"}
    assert without(PICTURE, hidden(country={"IR"}), KNOWN).nodes == {"place:a"}


def test_what_has_several_values_goes_when_all_of_them_are_hidden():
    assert not without(PICTURE, hidden(topic={"topic:x"}), KNOWN)
    assert without(PICTURE, hidden(topic={"topic:x", "topic:y"}), KNOWN).nodes == {"agreement:old"}


def test_ties_go_by_certainty_and_by_source_and_one_that_says_nothing_counts_as_reported():
    assert without(PICTURE, hidden(certainty={"inferred"}), KNOWN).ties == {"2"}
    assert without(PICTURE, hidden(certainty={"reported"}), KNOWN).ties == {"3"}
    assert without(PICTURE, hidden(source={"source:two"}), KNOWN).ties == {"2", "3"}


def test_on_a_day_what_has_not_begun_and_what_is_over_goes_and_what_says_nothing_stays():
    gone = without(PICTURE, Sieve({}, DAY), KNOWN)
    assert gone.nodes == {"event:next"}
    assert gone.ties == {"3"}
    assert gone.reasons == {("day", ""): 2}


def test_what_has_no_date_goes_only_where_it_could_have_one():
    gone = without(PICTURE, Sieve({}, None, undated=False), KNOWN)
    assert gone.nodes == {"agreement:old", "agreement:new"}
    assert gone.ties == {"1", "2"}


def test_each_reason_is_counted():
    gone = without(PICTURE, hidden(type={"City"}, country={"IR"}), KNOWN)
    assert gone.reasons == {("type", "City"): 2, ("country", "IR"): 1}


def test_years_go_from_the_first_beginning_to_the_last_end_in_the_calendar_of_the_reader():
    told = [(year.name, year.begins, year.ends) for year in years(PICTURE, DAY, "gregorian")]
    assert told == [(2024, 1, 1), (2025, 0, 0), (2026, 0, 0), (2027, 1, 0)]
    assert [year.name for year in years(PICTURE, DAY, "jalali")] == [1402, 1403, 1404, 1405]
    assert years(Subgraph((CITY,), ()), DAY, "jalali") == []


def test_what_the_filters_let_through_of_an_expansion_is_counted_by_type_and_direction():
    found = Subgraph(
        (CITY, OLD, NEW, OTHER), (*TIES[:1], tie(7, "place:a", "place:b", "TWINNED_WITH", certainty="reported"))
    )
    wish = Sieve.asked({"hide": "state:expired"}, None)
    assert let_by(found, CITY.id, Sifted()) == {("PARTY_TO", "out"): 1, ("TWINNED_WITH", "both"): 1}
    assert let_by(found, CITY.id, without(found, wish, Known())) == {("TWINNED_WITH", "both"): 1}
    assert let_by(found, OTHER.id, Sifted(ties=frozenset({"7"}))).get(("TWINNED_WITH", "both")) is None

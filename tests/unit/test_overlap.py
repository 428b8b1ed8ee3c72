"""What a load does at the same time, and the images that it keeps, without a server."""

import json
from datetime import date
from threading import Barrier, Event

import pytest

from graph_app.graph.images import encoded, unpacked
from graph_app.graph.results import Position
from loaders import following
from loaders.batches import Batch, Section, made_ahead
from loaders.made import Foretold
from loaders.plan import Balance, EntityChange, Plan, TieChange
from loaders.progress import nobody

_SECONDS = 10
_NOTHING = Plan("founding", (), (), (), (), Balance(0, 0, 0, 0, 0, 0, 0, 0))
_SECTION = Section("entities", ("",), (), dict)


def test_a_batch_is_made_while_the_one_before_is_written_and_none_further_ahead():
    made = [Event() for _ in range(3)]

    def batches():
        for number, one in enumerate(made):
            one.set()
            yield Batch(_SECTION, number, (), ())

    ahead = made_ahead(batches())
    assert next(ahead).at == 0
    assert made[1].wait(_SECONDS)
    assert not made[2].is_set()
    assert [one.at for one in ahead] == [1, 2]


def test_what_goes_wrong_while_a_batch_is_made_is_told_to_who_takes_it():
    def batches():
        yield Batch(_SECTION, 0, (), ())
        raise OverflowError

    ahead = made_ahead(batches())
    assert next(ahead).at == 0
    with pytest.raises(OverflowError):
        next(ahead)


def test_ties_and_periods_are_derived_at_the_same_time(monkeypatch):
    both, found = Barrier(2, timeout=_SECONDS), {}

    def derived(name):
        def derive(_store, *, ids, new):
            both.wait()  # breaks if the other one only comes afterwards
            found[name] = ids, new

        return derive

    monkeypatch.setattr(following, "derive", derived("ties"))
    monkeypatch.setattr(following, "derive_periods", derived("periods"))
    monkeypatch.setattr(following, "mark", lambda _store: None)
    told = Foretold(frozenset({"agreement:a"}), ({"id": "t"},), ({"id": "p"},))
    following.follow(None, _NOTHING, following.VERSION, told, nobody)
    assert found == {"ties": ([], told.twinnings), "periods": ([], told.periods)}
    following.follow(None, _NOTHING, following.VERSION - 1, told, nobody)
    assert found == {"ties": (None, ()), "periods": (None, ())}, "another version derived what is there"


def test_what_the_server_did_not_take_foretells_nothing():
    said = {"id": "agreement:a", "kind": "sister_city", "status": "reported"}
    labels = frozenset({"Agreement", "Entity"})
    parties = [
        TieChange(f"party_to:{place}", "PARTY_TO", place, "agreement:a", None, {"role": "party"})
        for place in ("place:a", "place:b")
    ]
    made = EntityChange("agreement:a", labels, frozenset(), None, said)
    plan = Plan("world", (), (made,), tuple(parties), (), _NOTHING.balance)
    told = following.foretold(plan)
    assert [(row["start"], row["end"]) for row in told.twinnings] == [("place:a", "place:b")]
    assert {row["start"] for row in told.periods} == told.agreements == {"agreement:a"}
    assert following.foretold(plan, {"agreement:a"}) == Foretold()
    assert following.foretold(plan, {"party_to:place:a"}) == Foretold()


@pytest.mark.parametrize(
    "item",
    ["null", "\ud83d", 2**70, float("inf"), [0.1, -1.5e300], date(2024, 2, 29), Position(36.3, 59.6), ["ی", "b"], True],
)
def test_an_image_holds_its_values_to_the_letter(item):
    text = encoded({"z": item, "a": "علی"})
    assert unpacked(json.loads(text)["z"]) == item
    assert text == encoded({"a": "علی", "z": item}), "equal properties have equal texts"

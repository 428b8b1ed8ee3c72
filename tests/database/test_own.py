"""Statements of people's own: everybody sees their own and what is shared, and nothing else."""

import pytest
import yaml

from graph_app.catalog.drafted import Declared, Draft, opened
from graph_app.catalog.own import HISTORY, Statements, as_file
from graph_app.database.owned import Owner
from graph_app.database.tables import User
from graph_app.errors import AccessError, NotFoundError, PeyvandError


def draft(text, name="", **given):
    return Draft(text, given, {}, name)


@pytest.fixture
def askers(database):
    with database.writing() as session:
        users = [User(email=f"{n}@example.org", role="analyst", fs_uniquifier=n) for n in ("sara", "omid")]
        session.add_all(users)
    return [Owner(user.id) for user in users]


@pytest.fixture
def statements(database):
    return Statements(database)


def test_what_is_not_shared_is_nobody_elses(statements, askers):
    sara, omid = askers
    mine = statements.keep(sara, draft("RETURN $city", " Mine ", city="place:mashhad"))
    assert mine.name == "Mine"
    with pytest.raises(NotFoundError):
        statements.open(mine.key, omid)
    assert statements.kept(omid) == []
    statements.share(mine.key, sara, shared=True)
    assert statements.open(mine.key, omid).given == {"city": "place:mashhad"}
    assert [(one.name, email) for one, email in statements.kept(omid)] == [("Mine", "sara@example.org")]
    with pytest.raises(AccessError):
        statements.forget(mine.key, omid)
    statements.forget(mine.key, sara)
    assert statements.kept(sara) == []


def test_the_same_name_replaces_and_no_name_is_refused(statements, askers):
    sara, _omid = askers
    first = statements.keep(sara, draft("RETURN 1", "Mine"))
    assert statements.keep(sara, draft("RETURN 2", "Mine")).key == first.key
    assert statements.open(first.key, sara).text == "RETURN 2"
    for name, text in ((" ", "RETURN 1"), ("x" * 121, "RETURN 1"), ("Mine", " ")):
        with pytest.raises(PeyvandError):
            statements.keep(sara, draft(text, name))


def test_the_history_is_ones_own_has_each_once_and_forgets_the_oldest(statements, askers):
    sara, omid = askers
    for number in range(HISTORY + 3):
        statements.remember(sara, draft(f"RETURN {number}"))
    key = statements.history(sara)[2].key
    assert statements.remember(sara, draft(f"RETURN {HISTORY}")) == key  # its address stays good
    found = statements.history(sara)
    assert len(found) == HISTORY
    assert found[0].text == f"RETURN {HISTORY}"
    assert len({one.text for one in found}) == HISTORY
    assert statements.history(omid) == []


def test_what_is_said_of_parameters_is_kept_and_stands_in_the_file(statements, askers):
    said = {
        "city": Declared("entity", "City", of="City"),
        "period": Declared("date_range", optional="yes"),
        "kind": Declared("choice", choices="plan, mou،plan", many="yes"),
    }
    text = "MATCH (c:City {id: $city}) WHERE $period IS NULL RETURN c, $kind, $rest"
    given = {"city": "place:mashhad", "period.from": "1400-01-01", "period.to": "", "kind": "mou", "rest": "3"}
    kept = statements.keep(askers[0], Draft(text, given, said, "Mine"))
    again = opened(kept.text, statements.open(kept.key, askers[0]).given)
    assert (again.declared["city"], again.declared["period"], again.given) == (said["city"], said["period"], given)
    head = yaml.safe_load("".join(line[3:] + "\n" for line in as_file(kept).splitlines() if line.startswith("// ")))
    assert head["params"]["city"] == {"type": "entity", "label": {"en": "City", "fa": "City"}, "of": ["City"]}
    assert [one["value"] for one in head["params"]["kind"]["values"]] == ["plan", "mou"]
    assert head["params"]["rest"]["type"] == "text"
    assert head["example"]["period"] == {"from": "1400-01-01"}

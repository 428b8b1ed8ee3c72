"""Statements of people's own: everybody sees their own and what is shared, and nothing else."""

import pytest

from graph_app.catalog.own import HISTORY, Statements
from graph_app.database.owned import Owner
from graph_app.database.tables import User
from graph_app.errors import AccessError, NotFoundError, PeyvandError


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
    mine = statements.keep(sara, " Mine ", "RETURN 1", {"city": "place:mashhad"})
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
    first = statements.keep(sara, "Mine", "RETURN 1", {})
    assert statements.keep(sara, "Mine", "RETURN 2", {}).key == first.key
    assert statements.open(first.key, sara).text == "RETURN 2"
    for name, text in ((" ", "RETURN 1"), ("x" * 121, "RETURN 1"), ("Mine", " ")):
        with pytest.raises(PeyvandError):
            statements.keep(sara, name, text, {})


def test_the_history_is_ones_own_has_each_once_and_forgets_the_oldest(statements, askers):
    sara, omid = askers
    for number in range(HISTORY + 3):
        statements.remember(sara, f"RETURN {number}", {})
    statements.remember(sara, f"RETURN {HISTORY}", {})
    found = statements.history(sara)
    assert len(found) == HISTORY
    assert found[0].text == f"RETURN {HISTORY}"
    assert len({one.text for one in found}) == HISTORY
    assert statements.history(omid) == []

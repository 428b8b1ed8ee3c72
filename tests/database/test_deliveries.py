"""What was found is kept once and told once, whoever looks and sends at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from graph_app.confidentiality import HIGHEST
from graph_app.database.owned import Owner
from graph_app.database.tables import Delivery, Finding, Glance, User, Watch
from graph_app.delivery import outbox
from graph_app.delivery.channels import Channels
from graph_app.delivery.dialling import Reach
from graph_app.errors import NotFoundError, PeyvandError, StoreError
from graph_app.watches import checking, findings

BEFORE, AFTER = ({"columns": ["a"], "rows": rows, "cut": False} for rows in ({"1": [1]}, {"1": [1], "2": [2]}))
TOLD = {"titles": {}, "columns": [], "changes": [], "counts": {}, "cut": False}

SEEN = SimpleNamespace(clearance=HIGHEST, seen_with=lambda _clearance: SEEN)  # a graph that nobody asks


@pytest.fixture
def sara(database):
    with database.writing() as session:
        user = User(email="sara@example.org", role="viewer", fs_uniquifier="sara")
        session.add(user)
        session.flush()
        session.add(Watch(key="w", owner=user.id, question="a/b", given={}, seen=BEFORE))
    return Owner(user.id)


@pytest.fixture
def channel(database, sara):
    return Channels(database).add(sara, "mail", "sara@example.org", "en", "http://127.0.0.1", Reach())[0]


def find(database, *keys):
    with database.writing() as session:
        session.add_all(Finding(key=key, watch="w", told=TOLD) for key in keys)


def kept(database, table):
    with database.reading() as session:
        return session.query(table).all()


@pytest.mark.usefixtures("sara")
def test_of_two_that_look_at_once_one_keeps_what_was_found(database):
    (one,) = findings.due(database, "g:1")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: findings.keep(database, one, AFTER, "g:1", TOLD), range(4)))
    assert sorted(done) == [False, False, False, True]
    assert len(kept(database, Finding)) == 1
    assert findings.due(database, "g:1") == []
    (one,) = findings.due(database, "g:2")
    assert findings.news(one, AFTER) == []


@pytest.mark.usefixtures("sara")
def test_a_look_that_failed_is_made_again_and_told_from_what_was_seen_before(database):
    (one,) = findings.due(database, "g:1")
    assert findings.fail(database, one, "g:1", StoreError("away"), None)
    assert findings.due(database, "g:1") == []  # not at once
    with database.writing() as session:
        session.query(Glance).update({"look_at": datetime.now(UTC) - timedelta(seconds=1)})
    (one,) = findings.due(database, "g:1")
    assert (one.failures, one.seen) == (1, BEFORE)
    assert findings.keep(database, one, AFTER, "g:1", TOLD)
    assert findings.due(database, "g:1") == []


@pytest.mark.usefixtures("sara")
def test_what_is_due_is_told_once_even_if_it_goes_and_comes_back(database):
    with database.writing() as session:
        session.add(Watch(key="r", question="", given={"reminders": "due"}, seen={**BEFORE, "rows": {}}, owner=1))
    told = []
    for mark, seen in enumerate((BEFORE, {**BEFORE, "rows": {}}, AFTER)):
        (one,) = [due for due in findings.due(database, str(mark)) if due.watch.key == "r"]
        told.append([change.after for change in findings.news(one, seen)])
        findings.keep(database, one, seen, str(mark), None)
    assert told == [[[1]], [], [[2]]]


def test_what_was_found_is_put_on_its_way_once_and_all_of_it_in_one(database, channel):
    find(database, "1", "2")
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: outbox.fill(database), range(4))) == 1
    find(database, "3")
    assert outbox.fill(database) == 1
    with ThreadPoolExecutor(4) as pool:
        taken = [parcel for parcels in pool.map(lambda _: list(outbox.take(database)), range(4)) for parcel in parcels]
    assert sorted([one.key for one in parcel.findings] for parcel in taken) == [["1", "2"], ["3"]]
    assert all(parcel.channel.id == channel.id for parcel in taken)


@pytest.mark.usefixtures("channel")
def test_what_somebody_took_and_died_with_is_sent_by_another(database):
    find(database, "1")
    outbox.fill(database)
    assert len(list(outbox.take(database))) == 1
    assert list(outbox.take(database)) == []
    with database.writing() as session:
        session.query(Delivery).update({"next_at": datetime.now(UTC) - timedelta(seconds=1)})
    (parcel,) = outbox.take(database)
    assert parcel.delivery.tries == 2
    outbox.settle(database, parcel, PeyvandError("away"))
    (delivery,) = kept(database, Delivery)
    assert delivery.state == "waiting"
    assert delivery.next_at > datetime.now(UTC) + outbox.PAUSES[1] - timedelta(minutes=1)


def test_a_channel_begins_with_what_is_found_from_then_on(database, sara):
    find(database, "old")
    Channels(database).add(sara, "mail", "sara@example.org", "en", "http://127.0.0.1", Reach())
    assert outbox.fill(database) == 0
    find(database, "new")
    assert outbox.fill(database) == 1


def test_who_is_shut_out_is_not_looked_for_nor_told_until_they_may_read_again(database, sara, channel):
    find(database, "1")
    with database.writing() as session:
        session.get(User, sara.user).active = False
    assert findings.due(database, "g:1") == []
    assert outbox.fill(database) == 0
    with database.writing() as session:
        session.get(User, sara.user).active = True
    assert outbox.fill(database) == 1
    assert [parcel.channel.id for parcel in outbox.take(database)] == [channel.id]


def test_what_was_watched_before_there_were_accounts_is_told_to_nobody_afterwards(database):
    with database.writing() as session:
        session.add(Watch(key="w", owner=None, question="a/b", given={}, seen=BEFORE))
    assert len(findings.due(database, "g:1")) == 1
    with database.writing() as session:
        session.add(User(email="sara@example.org", role="viewer", fs_uniquifier="sara"))
    assert findings.due(database, "g:1") == []


def test_a_watch_that_is_stopped_takes_what_was_found_along(database, sara, channel):
    find(database, "1")
    outbox.fill(database)
    with database.writing() as session:
        session.delete(session.get(Watch, "w"))
    (parcel,) = outbox.take(database)
    assert parcel.findings == ()
    with pytest.raises(NotFoundError):
        Channels(database).choose("w", sara, [channel.id])


@pytest.mark.usefixtures("sara")
def test_while_a_load_is_at_work_nothing_is_looked_at_and_half_a_load_is_not_kept(database, monkeypatch):
    said = iter(["", "g:1", "", "g:2", "g:2"])
    monkeypatch.setattr(checking, "content", lambda _store: next(said))
    monkeypatch.setattr(checking, "look_at_question", lambda *_: AFTER)
    question = type("Question", (), {"header": type("Header", (), {"columns": {}, "title": TITLE})})
    assert checking.check(SEEN, database, lambda _: question) == checking.Checked(busy=True)
    assert checking.check(SEEN, database, lambda _: question) == checking.Checked(busy=True)
    assert kept(database, Finding) == []
    assert checking.check(SEEN, database, lambda _: question) == checking.Checked(1, 1)
    (finding,) = kept(database, Finding)
    assert finding.told["changes"] == [["new", None, [2]]]
    assert finding.told["titles"] == {"en": "A title", "fa": "A title"}


TITLE = type("Text", (), {"in_language": staticmethod(lambda _language: "A title")})


@pytest.mark.usefixtures("sara")
def test_a_question_that_is_gone_is_told_once(database, monkeypatch):
    marks = iter(["g:1", "g:1", "g:2", "g:2"])
    monkeypatch.setattr(checking, "content", lambda _store: next(marks))

    def gone(_name):
        raise NotFoundError("There is no question “%(name)s”.", name="a/b")

    assert [checking.check(SEEN, database, gone).found for _ in range(2)] == [1, 0]
    (finding,) = kept(database, Finding)
    assert finding.told["problem"]["values"] == {"name": "a/b"}

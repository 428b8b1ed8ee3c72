"""What is due, per owner: done is for oneself, what is said is its author's to mend, an item has one taker."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from graph_app.database.owned import Owner
from graph_app.database.tables import Channel, Comment, Delivery, Finding, User, Watch, now
from graph_app.errors import AccessError, NotFoundError, PeyvandError
from graph_app.reminders.comments import LONGEST, MENDING, Comments
from graph_app.reminders.due import item_in, key_of
from graph_app.reminders.settled import Settlements, told
from graph_app.reminders.takers import Takers

ACCORD = "agreement:a"
ENDS = key_of("ends", ACCORD, date(2025, 12, 5))


@pytest.fixture
def people(database):
    with database.writing() as session:
        users = [
            User(email=f"{name}@example.org", role=role, fs_uniquifier=name, active=name != "gone")
            for name, role in (("sara", "analyst"), ("omid", "editor"), ("gone", "editor"))
        ]
        session.add_all(users)
    return [Owner(user.id) for user in users]


def test_the_key_of_a_reminder_names_its_item_and_a_duty_put_off_is_another():
    assert item_in(ENDS) == ACCORD
    assert item_in(key_of("letter", "event:l", None)) == "event:l"
    assert item_in("city place:mashhad 2025-12-05") == ""
    assert key_of("ends", ACCORD, date(2026, 12, 5)) != ENDS


def test_done_is_for_oneself_and_can_be_taken_back(database, people):
    sara, omid, _gone = people
    known = Settlements(database)
    for owner in (sara, sara, Owner(None), Owner(None)):  # twice is once
        known.settle(owner, ENDS)
    assert [set(known.of(owner)) for owner in (sara, omid, Owner(None))] == [{ENDS}, set(), {ENDS}]
    known.bring_back(sara, ENDS)
    assert [set(known.of(owner)) for owner in (sara, Owner(None))] == [set(), {ENDS}]
    for wrong in ("", "nothing", f"ends {'x' * 600} 2025-12-05"):
        with pytest.raises(NotFoundError):
            known.settle(sara, wrong)


def test_a_comment_is_its_authors_to_mend_for_a_day_and_to_remove(database, people):
    sara, omid, _gone = people
    known = Comments(database)
    made = known.write(sara, "sara@example.org", ACCORD, " <b>Called</b>\x1b them.\r\n\nSoon. ", ENDS)
    known.write(omid, "omid@example.org", ACCORD, "Thanks.")
    assert [one.text for one in known.on([ACCORD])] == ["<b>Called</b> them.\n\nSoon.", "Thanks."]
    before = known.write(omid, "omid@example.org", "agreement:merged", "Before it was merged.")
    assert [one.about for one in known.on([ACCORD, "agreement:merged"])] == [ACCORD, ACCORD, "agreement:merged"]
    known.remove(before.id, omid)
    assert [one.text for one in known.on_reminders([ENDS])[ENDS]] == ["<b>Called</b> them.\n\nSoon."]
    with pytest.raises(AccessError):
        known.mend(made.id, omid, "Never.")
    assert known.mend(made.id, sara, "Wrote to them.").edited_at
    with database.writing() as session:
        session.execute(update(Comment).values(written_at=now() - MENDING - timedelta(minutes=1)))
    with pytest.raises(AccessError):
        known.mend(made.id, sara, "Too late.")
    with pytest.raises(AccessError):
        known.remove(made.id, omid)
    known.remove(made.id, sara)
    assert known.on_reminders([ENDS]) == {}
    with pytest.raises(NotFoundError):
        known.remove(made.id, sara)
    for text in (" \n ", "x" * (LONGEST + 1)):
        with pytest.raises(PeyvandError):
            known.write(sara, "sara", ACCORD, text)
    known.remove(known.on([ACCORD])[0].id, sara, any_=True)
    assert known.on([ACCORD]) == []


def test_an_item_has_one_taker_and_is_given_to_who_may_read(database, people):
    sara, omid, gone = people
    known = Takers(database)
    known.take(ENDS, sara, "sara@example.org")
    known.give(ENDS, omid.user, "sara@example.org")
    assert [(one.person, one.name, one.said_by) for one in known.of([ENDS, ACCORD]).values()] == [
        (omid.user, "omid@example.org", "sara@example.org")
    ]
    for nobody in (gone.user, 99):
        with pytest.raises(NotFoundError):
            known.give(ENDS, nobody, "sara@example.org")
    known.leave(ENDS)
    assert known.of([ENDS]) == {}
    assert [one.email for one in known.people()] == ["omid@example.org", "sara@example.org"]


def test_what_a_sent_mail_listed_is_known_as_told_to_its_owner_alone(database, people):
    sara, omid, _gone = people
    after = ["reminders ends", {"id": ACCORD, "labels": ["Agreement"]}, "2025-12-05", None]
    due = {"question": "", "given": {"reminders": "due"}, "changes": [["new", None, after]]}
    other = {"question": "q", "given": {}, "changes": [["new", None, ["x", 1]]]}
    with database.writing() as session:
        session.add(Watch(key="w", owner=sara.user, question="", given={"reminders": "due"}, seen={}))
        session.flush()
        channel = Channel(key="c", owner=sara.user, kind="mail", address="a@example.org", language="en", site="")
        findings = [Finding(key=key, watch="w", told=told_) for key, told_ in (("1", due), ("2", other))]
        session.add_all([channel, *findings])
        session.flush()
        numbers = [one.id for one in findings]
        session.add(Delivery(key="d", channel=channel.id, findings=[*numbers, 99]))
    assert told(database, sara) == {}  # it waits
    with database.writing() as session:
        session.execute(update(Delivery).values(state="sent", ended_at=now()))
    assert set(told(database, sara)) == {ENDS}
    assert told(database, omid) == {}

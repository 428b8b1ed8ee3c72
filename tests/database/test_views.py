"""Pictures that people keep, on both databases: whose they are, who sees them, and what changed since."""

import pytest

from graph_app.database.tables import User
from graph_app.errors import AccessError, NotFoundError, PeyvandError
from graph_app.exploration.saved import Reader, Views, in_address, parts_of
from graph_app.exploration.snapshots import differences

SEEN = {"entities": {}, "ties": {}, "hidden": {}}
STEPS = [{"words": {"name": "began", "ids": ["place:مشهد"]}, "address": "?ids=place:مشهد"}]
NOBODY, ADMINISTRATOR = Reader(None), Reader(99, administers=True)


@pytest.fixture
def people(database):
    """Two readers with accounts."""
    with database.writing() as session:
        users = [User(email=f"{n}@example.org", role="viewer", fs_uniquifier=n) for n in ("sara", "omid")]
        session.add_all(users)
    return [Reader(user.id) for user in users]


@pytest.fixture
def views(database):
    return Views(database)


def kept(views, reader, name="Briefing"):
    return views.keep(reader, name, "?ids=place:مشهد", STEPS, SEEN)


def names(views, reader):
    return [(view.name, email) for view, email in views.of(reader)]


def test_a_picture_comes_back_as_it_was_kept_and_only_its_owner_sees_it(views, people):
    sara, omid = people
    view = kept(views, sara, "  نشست \u200f مشهد ")
    found = views.open(view.key, sara)
    assert (found.name, found.address, found.steps, found.seen) == ("نشست \u200f مشهد", "?ids=place:مشهد", STEPS, SEEN)
    assert (names(views, sara), names(views, omid)) == ([("نشست \u200f مشهد", "sara@example.org")], [])
    with pytest.raises(NotFoundError, match="not shared with you"):
        views.open(view.key, omid)
    with pytest.raises(NotFoundError):
        views.rename(view.key, omid, "Mine")


def test_a_shared_picture_is_seen_by_all_and_changed_by_its_owner_and_administrators_only(views, people):
    sara, omid = people
    key = kept(views, sara).key
    views.share(key, sara, shared=True)
    assert names(views, omid) == [("Briefing", "sara@example.org")]
    for change in (lambda who: views.rename(key, who, "Other"), lambda who: views.forget(key, who)):
        with pytest.raises(AccessError, match="somebody else"):
            change(omid)
    views.share(key, ADMINISTRATOR, shared=False)
    assert names(views, omid) == []
    views.forget(key, sara)
    assert names(views, sara) == []


def test_what_was_kept_before_there_were_accounts_is_seen_by_all_who_came_later(views, people):
    key = kept(views, NOBODY).key
    assert names(views, people[0]) == [("Briefing", "")]
    with pytest.raises(AccessError):
        views.forget(key, people[0])


def test_pictures_go_with_their_owner(views, people, database):
    kept(views, people[0])
    with database.writing() as session:
        session.delete(session.get(User, people[0].user))
    assert names(views, people[1]) == names(views, NOBODY) == []


@pytest.mark.parametrize(("name", "steps"), [(" ", []), ("x" * 121, []), ("a", [{"words": "x" * 500_001}])])
def test_what_has_no_name_or_is_too_much_is_not_kept(views, people, name, steps):
    with pytest.raises(PeyvandError):
        views.keep(people[0], name, "?ids=a:b", steps, SEEN)
    assert names(views, people[0]) == []


def test_an_address_keeps_what_makes_the_picture_and_nothing_else():
    address = "?ids=a:1;b:2,c:3&without=b:2&open=a:1&lang=fa&view=x"
    assert in_address(address) == (["a:1", "b:2", "c:3"], ["b:2"])
    assert parts_of(address) == {"ids": "a:1;b:2,c:3", "without": "b:2", "open": "a:1"}


def test_two_snapshots_differ_in_what_came_went_and_changed():
    entity = {"labels": ["Entity"], "state": "signed"}
    before = {"entities": {"a": entity, "b": entity}, "ties": {"t": {"state": "signed"}}, "hidden": {"a": 1, "b": 2}}
    after = {
        "entities": {"a": {**entity, "state": "expired"}, "c": entity},
        "ties": {},
        "hidden": {"a": 4, "c": 9},
    }
    found = differences(before, after)
    assert {id_: (one.change, one.before, one.after) for id_, one in found.entities.items()} == {
        "a": ("changed", "signed", "expired"),
        "b": ("ended", "signed", None),
        "c": ("began", None, "signed"),
    }
    assert [one.change for one in found.ties.values()] == ["ended"]
    assert (found.more, found.any) == ({"a": 3}, True)
    assert not differences(before, before).any


def test_an_address_keeps_what_is_selected_and_written_on_the_picture():
    address = "?ids=place:a,place:b&marked=place:a&notes=place:a~YQ&lang=fa&view=old"
    assert parts_of(address) == {"ids": "place:a,place:b", "marked": "place:a", "notes": "place:a~YQ"}

"""Two apps over one application database and one folder, as two processes behind a balancer have them."""

from contextlib import ExitStack

import pytest

from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.database import open_database
from graph_app.database.board import Bookmarks
from graph_app.graph.bookmarks import LASTS, Read, Written
from graph_app.loading.drafts import Asked, State, moment
from loaders.progress import Progress

HOST = "http://127.0.0.1:5000"
PERSON = {"email": "root@example.org", "password": "four quiet words apart"}


@pytest.fixture
def apps(place, no_graph):
    """Two apps, each with connections of its own."""
    with ExitStack() as held:
        made = []
        for _ in range(2):
            database = open_database(place)
            held.callback(database.close)
            made.append(create_app(no_graph, place, database=database))
        with made[0].test_request_context():
            accounts().add(PERSON["email"], "administrator", PERSON["password"])
        yield made


@pytest.fixture
def ask(apps):
    """Ask one of the apps as a browser does that knows only one site: each answer's cookies go to both."""
    clients = [app.test_client() for app in apps]

    def asked(number, path, **form):
        client = clients[number]
        answer = client.post(path, data=form, base_url=HOST) if form else client.get(path, base_url=HOST)
        found = client.get_cookie("peyvand", domain="127.0.0.1")
        for other in clients:
            if found is None:
                other.delete_cookie("peyvand", domain="127.0.0.1")
            else:
                other.set_cookie("peyvand", found.value, domain="127.0.0.1")
        return answer

    return asked


def test_who_is_signed_in_at_one_is_known_at_the_other_and_signed_out_at_both(ask):
    assert ask(1, "/account").status_code == 302
    assert ask(0, "/login", **PERSON).status_code in {302, 303}
    assert ask(1, "/account").status_code == 200
    assert ask(1, "/logout", x="y").status_code in {302, 303}
    assert ask(0, "/account").status_code == 302


def test_guesses_at_both_count_together(ask):
    codes = [ask(n % 2, "/login", email="x@example.org", password=f"wrong {n}").status_code for n in range(7)]
    assert codes[-1] == 429
    assert 429 not in codes[:5]


def test_work_at_one_is_watched_at_the_other(apps, ask):
    ask(0, "/login", **PERSON)
    one, other = (app.extensions["desk"] for app in apps)
    draft = one.drafts.add(Asked("ann", moment()), "applying")
    draft.tell(State("applying", draft.state.process, progress=Progress("entities", 3, 8, 1.0)))
    assert other.drafts.get(draft.id).state == draft.state
    with ask(1, f"/loads/plans/{draft.id}/events") as stream:
        told = stream.iter_encoded()
        assert next(told).startswith(b"retry")
        assert b'"done": 3' in next(told)
        draft.tell(State("planned"))
        assert b'"working": false' in b"".join(told)


def test_a_second_load_is_refused_at_the_other_with_who_is_loading(apps):
    one, other = (app.extensions["desk"].ledger for app in apps)
    with one.writing_alone("ann"), pytest.raises(Exception, match="ann has been loading"), other.writing_alone("bob"):
        raise AssertionError
    with other.writing_alone("bob"):
        pass


def test_what_one_wrote_to_a_cluster_the_other_waits_for(apps):
    written = [Written(), Written()]
    for one, app in zip(written, apps, strict=True):
        one.board = Bookmarks(app.extensions["database"], "neo4j", LASTS)
    written[0].update_bookmarks([], ["bookmark 1"])
    assert Read(written[1]).get_bookmarks() == {"bookmark 1"}
    written[1].update_bookmarks(["bookmark 1"], ["bookmark 2"])
    assert Read(written[1]).get_bookmarks() == {"bookmark 2"}
    assert set(written[0].board.read()) == {"bookmark 2"}

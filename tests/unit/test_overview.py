"""Home of a very large graph: what the server does not count in time is left open, the rest is there."""

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.errors import TimeLimitError
from graph_app.exploration.overview import overview
from graph_app.graph.results import Table
from graph_app.graph.statements import statement
from graph_app.settings import Settings
from loaders import statements
from tests.conftest import NoGraph
from tests.nothing import SIZE

SYNC = statements.statement("sync")
SLOW = {statement(name) for name in ("evidence_share", "starting_points", "starting_pair")}


class Large(NoGraph):
    """A graph whose server counts what it has counted already, and nothing else in time."""

    def table(self, query, *asked, **limits):
        if query in SLOW:
            raise TimeLimitError("The server did not answer within %(seconds)s seconds.", seconds=10)
        if query == SIZE:
            return Table(("entities",), [(1_000_000,)])
        if query == SYNC:
            return Table(("installation", "graph", "serial", "run", "running"), [(None, "graph", 1, "run", None)])
        return super().table(query, *asked, **limits)


def test_what_is_not_counted_in_time_is_not_known_and_the_rest_is():
    found = overview(Large())
    assert (found.entities, found.evidenced, found.share) == (1_000_000, None, None)
    assert (found.starting_points, found.starting_pair) == ((), None)


@pytest.mark.parametrize(("language", "told"), [("en", "was not counted in time"), ("fa", "به‌موقع شمرده نشد")])
def test_home_says_what_was_not_counted_in_time(language, told):
    client = create_app(Large(), Settings.read({}), testing=True).test_client()
    answer = client.get(f"/?lang={language}", headers={"Host": "127.0.0.1:5000"})
    assert answer.status_code == 200
    assert told in BeautifulSoup(answer.data, "html.parser").get_text()

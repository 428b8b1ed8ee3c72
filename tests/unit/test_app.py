"""The frame of every page: whom it answers, what it tells the browser, in which language, and how errors read."""

import pytest
from bs4 import BeautifulSoup

from graph_app.app import create_app
from graph_app.confidentiality import HIGHEST
from graph_app.errors import StoreError, TimeLimitError
from graph_app.graph.results import Subgraph
from graph_app.settings import Settings
from graph_app.views.headers import POLICY
from tests.nothing import answered


class EmptyGraph:
    """A store that holds nothing, or that fails as it was told to."""

    rows, elements, seconds = 1000, 300, 10
    clearance = HIGHEST

    def whole(self):
        return self

    def seen_with(self, _clearance):
        return self

    def __init__(self):
        self.error = None

    def begin(self, *asked, **limits):
        return lambda: self.table(*asked, **limits)

    def table(self, query, *_parameters, **_limits):
        if self.error:
            raise self.error
        return answered(query)

    def subgraph(self, *_asked, **_limits):
        return Subgraph((), ())


@pytest.fixture
def graph():
    return EmptyGraph()


@pytest.fixture
def get(graph):
    client = create_app(graph, Settings.read({}), testing=True).test_client(use_cookies=False)

    def get_(address, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.get(address, headers={"Host": "127.0.0.1:5000", **sent}, buffered=True)
        return answer, BeautifulSoup(answer.data, "html.parser")

    return get_


def test_who_tells_what_is_watched_is_woken_by_loads_and_by_edits(graph):
    parts = create_app(graph, Settings.read({}), testing=True).extensions
    assert {parts["desk"]._loaded, parts["edits"]._loaded} == {parts["courier"].wake}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:5000", "localhost:80", "[::1]:5000", "[::1]"])
def test_this_machine_is_answered_under_each_of_its_names(get, host):
    assert get("/", Host=host)[0].status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:5000", "10.0.0.1"])
def test_a_foreign_name_that_points_at_this_machine_is_refused(get, host):
    answer, page = get("/?lang=en", Host=host)
    assert answer.status_code == 400
    assert "The graph" not in page.text


@pytest.mark.parametrize(
    "address", ["/", "/explore", "/nowhere", "/api/v1/search?q=x", "/static/css/app.css", "/types.css"]
)
def test_every_answer_carries_the_policy_and_its_companions(get, address):
    headers = get(address)[0].headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_pages_are_not_kept_and_versioned_files_are(get):
    answer, page = get("/")
    assert "no-store" in answer.headers["Cache-Control"]
    address = page.find("link", rel="icon")["href"]
    assert "?v=" in address
    assert "immutable" in get(address)[0].headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/explore", "/queries", "/nowhere"])
def test_no_page_has_a_script_or_a_style_in_its_text(get, address):
    _, page = get(address)
    assert not page.select("style, [style]")
    assert all(script.get("src") or script["type"] == "application/json" for script in page.select("script"))
    assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "en"),
        ("/", {"Accept_Language": "fa-IR,fa;q=0.9,en;q=0.5"}, "fa"),
        ("/", {"Accept_Language": "de"}, "en"),
        ("/", {"Accept_Language": "fa", "Cookie": "language=en"}, "en"),
        ("/?lang=fa", {"Cookie": "language=en"}, "fa"),
        ("/?lang=de", {"Cookie": "language=fa"}, "fa"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_one_remembered_then_the_browsers(get, address, headers, language):
    _, page = get(address, **headers)
    assert (page.html["lang"], page.html["dir"]) == (language, "rtl" if language == "fa" else "ltr")


def test_choices_are_remembered_for_a_year_and_not_sent_to_other_sites(get):
    cookies = get("/?lang=fa&calendar=gregorian&theme=dark")[0].headers.getlist("Set-Cookie")
    assert [text.partition(";")[0] for text in cookies] == ["language=fa", "calendar=gregorian", "theme=dark"]
    assert all("SameSite=Lax" in text and "Max-Age=31536000" in text for text in cookies)


def test_the_switch_leads_to_the_same_page_in_the_other_language(get):
    _, page = get("/explore?ids=place:mashhad&lang=en")
    assert page.select_one("a[lang=fa]")["href"] == "/explore?ids=place%3Amashhad&lang=fa"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_empty_graph_says_how_to_get_data_in(get, language):
    _, page = get(f"/?lang={language}")
    assert {"peyvand demo", "peyvand load apply FOLDER"} <= {code.text for code in page.select("code")}
    assert len(page.select("form.search")) == 1


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreError("The server is away: %(reason)s", reason="<b>off</b>"), 503),
        (TimeLimitError("It took longer than %(seconds)s seconds.", seconds=10), 504),
    ],
)
def test_a_server_that_is_away_or_slow_is_said_in_a_sentence(get, graph, error, status):
    graph.error = error
    for address in ("/entities/place:x?lang=en", "/entities/place:x/panel?lang=en"):
        answer, page = get(address)
        assert answer.status_code == status
        assert str(error) in page.text
        assert not page.select("b")
    answer, _ = get("/api/v1/search?q=x&lang=en")
    assert (answer.status_code, answer.json["detail"]) == (status, str(error))


def test_an_unknown_address_is_said_in_the_readers_language(get):
    answer, page = get("/nowhere?lang=fa")
    assert answer.status_code == 404
    assert page.html["dir"] == "rtl"
    assert "Traceback" not in page.text

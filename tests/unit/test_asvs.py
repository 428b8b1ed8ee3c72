"""The table of the OWASP ASVS is whole, and what small rules of it nothing else shows."""

import ast
import base64
import re
import runpy
from collections import Counter
from functools import cache

import pytest
import yaml
from bs4 import BeautifulSoup

from graph_app import yaml_files
from graph_app._layout import STATIC, TEMPLATES
from graph_app.app import create_app
from graph_app.auth.extension import accounts
from graph_app.auth.keys import new_secret
from graph_app.settings import Settings

MADE = runpy.run_path("docs/asvs.py")
ROWS = MADE["rows"]()
HOST = "http://127.0.0.1:5000"
PYTHON = [*MADE["ROOT"].glob("graph_app/**/*.py"), *MADE["ROOT"].glob("loaders/**/*.py")]
SCRIPTS = list((STATIC / "js").glob("*.js"))
PAGES = list(TEMPLATES.rglob("*.html"))


@pytest.fixture
def app(no_graph, tmp_path):
    return create_app(no_graph, Settings.read({"PEYVAND_HOME": str(tmp_path)}))


@pytest.fixture
def answers(app):
    """Every answer to a GET of an address without a placeholder, and to some that are refused."""
    browser = app.test_client()
    fixed = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    more = ["/static/css/app.css", "/static/icons/city.svg", "/static/js/dom.js", "/nowhere", "/api/v1/nowhere"]
    return {
        path: browser.get(path, base_url=HOST, headers={"Origin": "https://evil.example"}, buffered=True)
        for path in [*fixed, *more]
    }


@cache
def calls():
    """Each call in our Python: its file, what is called, and all of it."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PYTHON}
    return [
        (path.name, ast.unparse(node.func), ast.unparse(node))
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]


# the table


def test_each_requirement_of_levels_1_and_2_stands_once():
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 253
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}
    assert [row["id"] for row in ROWS if row["state"] not in MADE["STATES"]] == []
    assert {int(row["id"].split(".")[0]) for row in ROWS} == set(MADE["CHAPTERS"])


def test_what_is_met_is_shown_and_the_rest_says_why():
    assert [row["id"] for row in ROWS if row["state"] == "met" and not row["shown"]] == []
    assert [row["id"] for row in ROWS if row["state"] in {"not applicable", "open"} and not row["note"]] == []


def test_no_requirement_of_level_1_is_open():
    assert [row["id"] for row in ROWS if row["level"] == "1" and row["state"] == "open"] == []


def test_each_test_and_file_that_the_table_names_exists():
    named = {one for row in ROWS for one in row["shown"].split()}
    missing = []
    for one in named:
        path, _, test = one.partition("::")
        file = MADE["ROOT"] / path
        if not file.is_file() or (test and f"\ndef {test}(" not in file.read_text(encoding="utf-8")):
            missing.append(one)
    assert missing == []


def test_the_page_is_made_of_the_table():
    assert (MADE["HERE"] / "asvs.md").read_text(encoding="utf-8") == MADE["table"](ROWS)


# what our own text shows


def test_no_template_is_made_from_a_text():
    assert [seen for seen in calls() if seen[1].split(".")[-1] in {"render_template_string", "from_string"}] == []


def test_xml_is_read_without_entities_of_others():
    read = [seen[0] for seen in calls() if seen[1].split(".")[-1] in {"fromstring", "XML", "iterparse", "XMLParser"}]
    assert read == ["drawing.py"]  # an icon of ours


LOADERS = {f"Loader={name}": name for name in ("_TEXTS", "_VALUES")}  # of yaml_files, by libyaml where there is one


def test_nothing_is_unpickled_and_yaml_makes_no_objects():
    risky = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
    own = ("spill.py",)  # what the processes of one load put away for each other, in a folder of its own
    assert [seen for seen in calls() if seen[1].split(".")[0] in risky and seen[0] not in own] == []
    loads = [seen for seen in calls() if seen[1] == "yaml.load"]
    assert loads
    harmless = ("Loader=yaml.BaseLoader", "Loader=yaml.SafeLoader", "Loader=texts_loader(", *LOADERS)
    assert [seen for seen in loads if not any(way in seen[2] for way in harmless)] == []
    for name in LOADERS.values():
        assert not issubclass(getattr(yaml_files, name), yaml.constructor.FullConstructor)


def test_no_broken_hash_is_used():
    assert [seen for seen in calls() if re.search(r"\b(md5|sha1|new)$", seen[1]) and "hashlib" in seen[1]] == []


def test_no_form_is_poured_into_a_row():
    assert [seen for seen in calls() if "**request.form" in seen[2] or "**request.values" in seen[2]] == []
    views = (MADE["ROOT"] / "graph_app" / "views").rglob("*.py")
    assert [path.name for path in views if "setattr(" in path.read_text(encoding="utf-8")] == []


def test_address_and_form_are_read_apart():
    assert {(name, text) for name, called, text in calls() if "request.values" in called} == {
        ("account.py", "request.values.get('next')"),
        ("account.py", "request.values.get('next', '')"),
    }


def test_scripts_write_text_and_never_markup():
    markup = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|setHTML|createContextualFragment"
    )
    assert [path.name for path in SCRIPTS if markup.search(path.read_text(encoding="utf-8"))] == []


def test_scripts_compare_strictly():
    loose = re.compile(r"[^=!<>]==[^=]|!=[^=]")
    assert [path.name for path in SCRIPTS if loose.search(path.read_text(encoding="utf-8"))] == []


def test_scripts_put_values_under_names_from_elsewhere_only_where_no_prototype_is():
    put = re.compile(r"([\w.]+)\[[^\]]*[a-z][^\]]*\] (?:\?\?)?= ")
    found = {(path.name, name) for path in SCRIPTS for name in put.findall(path.read_text(encoding="utf-8"))}
    bare = {("noted.js", "found"), ("address.js", "found"), ("arrangement.js", "this.carried")}
    named = {("map.js", "state"), ("steps.js", "this.entries")}  # by the name of a field of ours, by a number
    assert found == bare | named
    texts = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS}
    for name, kept in bare:
        assert re.search(rf"{re.escape(kept)} (?:\?\?)?= Object\.create\(null\)", texts[name])


def test_links_are_made_by_the_app():
    """What stands in ``href`` comes from what makes our own addresses; an address of the data only if it is http."""
    text = "".join(page.read_text("utf-8") for page in PAGES)
    made = re.findall(r"""\b(?<!-)(?:href|action|src)=["']\{\{\s*([\w.]+)""", text)
    ours = {"url_for", "asset", "address", "here", "here_with", "toggled", "sign_in", "panorama", "bare"}
    ours |= {"example", "file", "files", "mend", "word", "due", "form", "question_address"}
    ours |= {"behind"}  # a question, by answers.leads
    ours |= {"picture"}  # a QR code of ours, as data
    assert {name.split(".")[-1] for name in made} - ours == {"value"}
    checked = 'key == "url" and value.startswith(("https://", "http://")) %}<a href="{{ value }}"'
    assert text.count('href="{{ value }}"') == text.count(checked) == 2


def test_every_field_of_a_password_is_masked_and_open_to_managers():
    text = "".join(page.read_text("utf-8") for page in PAGES)
    fields = re.findall(r"<input[^>]*password.*?>", text)
    [secret] = [field for field in fields if 'type="hidden"' not in field]  # the macro of all forms
    assert 'type="password"' in secret
    assert "autocomplete=\"{{ 'new-password' if new else 'current-password' }}\"" in secret
    assert "onpaste" not in text
    assert "password_field(" in text


def test_forms_send_what_is_secret_in_their_body():
    for page in PAGES:
        for form in re.findall(r"<form.*?</form>", page.read_text("utf-8"), re.DOTALL):
            if "password_field(" in form:
                assert 'method="post"' in form, page


# what the app shows


def test_secrets_have_256_random_bits():
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert {len(base64.urlsafe_b64decode(secret + "=")) for secret in made} == {32}


def test_a_password_counts_as_typed(app):
    with app.app_context():
        accounts().add("root@example.org", "administrator", "Four quiet words apart ")
        for typed in ("four quiet words apart ", "Four quiet words apart", " Four quiet words apart "):
            assert accounts().known("root@example.org", typed, "10.0.0.1") is None
        assert accounts().known("root@example.org", "Four quiet words apart ", "10.0.0.1")


def test_every_answer_says_what_it_is_and_in_which_letters(answers):
    assert len(answers) > 40
    for path, answer in answers.items():
        kind = answer.headers.get("Content-Type", "")
        assert kind, path
        if kind.startswith("text/") or "xml" in kind:
            assert "charset=utf-8" in kind, (path, kind)


def test_no_other_origin_may_read_an_answer(answers):
    assert [path for path, answer in answers.items() if "Access-Control-Allow-Origin" in answer.headers] == []


def test_a_file_to_take_away_is_an_attachment(answers):
    kinds = (
        "text/csv",
        "text/plain",
        "text/calendar",
        "application/vnd",
        "application/gzip",
        "application/octet-stream",
    )
    files = {path: answer for path, answer in answers.items() if (answer.content_type or "").startswith(kinds)}
    assert "/agreements/agreements.csv" in files
    for path, answer in files.items():
        if path == "/metrics":  # for programs that watch over the process
            continue
        assert answer.headers["Content-Disposition"].startswith("attachment"), path


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/static/", "/static/css/", "/static/../app.py", "/static/%2e%2e/app.py", "/static/%2fetc/passwd"],
)
def test_nothing_but_the_files_of_the_app_is_served(app, path):
    answer = app.test_client().get(path, base_url=HOST)
    assert answer.status_code in {308, 404}  # slashes that are doubled are made one
    assert "root:" not in answer.text
    assert BeautifulSoup(answer.data, "html.parser").title


def test_trace_is_no_method_of_any_address(app):
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.methods & {"TRACE", "CONNECT"}] == []
    assert app.test_client().open("/", method="TRACE", base_url=HOST).status_code == 405


@pytest.mark.parametrize("path", ["/", "/api/v1/search?q=x"])
def test_a_fault_says_nothing_of_its_inside(app, path, caplog):
    def fail(**_values):
        raise RuntimeError("/srv/inside MATCH (secret) token-of-somebody")

    app.view_functions = dict.fromkeys(app.view_functions, fail)
    answer = app.test_client().get(path, base_url=HOST)
    assert answer.status_code == 500
    assert not re.search(r"inside|secret|Traceback|RuntimeError", answer.text)
    assert "token-of-somebody" in caplog.text  # it is in the log, for who mends it

"""The audit through the app: every address has its kind, and every kind leaves a line that says no secret."""

import csv
import io
import json
import sys

import click
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from graph_app.acts import QUIET, TITLES, Act
from graph_app.app import create_app
from graph_app.auth.acts import ACTS
from graph_app.auth.extension import accounts
from graph_app.auth.policies import POLICIES
from graph_app.cli import main, peyvand
from graph_app.cli.recorded import COMMANDS, named
from graph_app.database import Database, open_database
from graph_app.database.tables import AuditLine
from graph_app.graph.guard.bare import bare
from graph_app.settings import Settings

PASSWORD = "four quiet words apart"
HOST = "http://127.0.0.1:5000"


@pytest.fixture
def settings(tmp_path):
    return Settings.read({"PEYVAND_HOME": str(tmp_path)})


@pytest.fixture
def database(settings) -> Database:
    opened = open_database(settings)
    yield opened
    opened.close()


@pytest.fixture
def app(no_graph, settings, database):
    return create_app(no_graph, settings, database=database)


@pytest.fixture
def people(app):
    with app.app_context():
        for role in ("administrator", "viewer"):
            accounts().add(f"{role}@example.org", role, PASSWORD)
    return app


def client(app, role=""):
    made = app.test_client()
    if role:
        form = {"email": f"{role}@example.org", "password": PASSWORD}
        assert made.post("/login", data=form, base_url=HOST).status_code == 303
    return made


def lines(database, *kinds):
    assert database.journal.settle()
    with database.reading() as session:
        found = session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    return [one for one in found if one.kind in kinds or not kinds]


def test_every_address_has_its_kind_and_every_kind_its_title(app):
    assert set(app.view_functions) == set(ACTS) == set(POLICIES)
    assert {act for act in ACTS.values() if act} | {Act.CUT} == set(Act) == set(TITLES)


def test_what_changes_something_is_recorded(app):
    """Only what is sent at every pause in typing, and one's own language, leave no line."""
    changing = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    quiet = {name for name in changing if ACTS[name] is QUIET}
    assert quiet == {"asking.check", "asking.form", "account.choose_language"}
    assert Act.SEEN not in {ACTS[name] for name in changing}


def test_an_address_that_nobody_thought_of_is_recorded(app, database):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    client(app).get("/forgotten", base_url=HOST)
    (line,) = lines(database)
    assert (line.kind, line.route, line.outcome) == ("seen", "forgotten", "refused")


def test_a_page_leaves_who_what_and_from_where(people, database):
    client(people, "viewer").get("/queries?q=مشهد&lang=fa", base_url=HOST)
    line = lines(database)[-1]
    assert (line.who, line.means, line.kind, line.outcome) == ("viewer@example.org", "person", "searched", "done")
    assert (line.about, line.route, line.address) == ("q=مشهد", "queries.index", "127.0.0.1")
    assert line.details == {"status": 200}


def test_signing_in_is_recorded_as_it_ends_and_a_password_in_the_wrong_field_is_not_kept(people, database):
    browser = client(people)
    for email in ("viewer@example.org", PASSWORD):
        browser.post("/login", data={"email": email, "password": "wrong " * 3}, base_url=HOST)
    browser.get("/login", base_url=HOST)
    browser.post("/login", data={"email": "viewer@example.org", "password": PASSWORD}, base_url=HOST)
    browser.post("/logout", base_url=HOST)
    found = [(one.who, one.about, one.outcome, one.route) for one in lines(database)]
    assert found == [
        ("", "email=viewer@example.org", "failed", "account.login"),
        ("", "", "failed", "account.login"),
        ("viewer@example.org", "email=viewer@example.org", "done", "account.login"),
        ("viewer@example.org", "", "done", "account.logout"),
    ]


def test_a_stranger_cannot_fill_the_audit_and_who_is_known_is_recorded_when_refused(people, database):
    for path in ("/", "/api/v1/search?q=x", "/admin/users", "/nowhere"):
        client(people).get(path, base_url=HOST)
    client(people).post("/login", data={"email": "a@example.org"}, headers={"Host": "evil.example"})
    client(people).post("/login", data={"email": "a@example.org"}, headers={"Origin": "http://evil.example"})
    assert lines(database) == []
    client(people, "viewer").get("/admin/users", base_url=HOST)
    assert [(one.who, one.outcome) for one in lines(database, "administered")] == [("viewer@example.org", "refused")]


def test_a_statement_is_kept_without_what_was_typed_into_it(people, database):
    browser = client(people, "administrator")
    text = "MATCH (p:Person {name_en: 'Ann Miller'}) WHERE p.born > 1970 RETURN p // ask Bob"
    browser.post("/ask/keep", data={"statement": text, "name": "Ours", "p_x": "Carol"}, base_url=HOST)
    line = lines(database, "kept")[-1]
    kept = json.dumps([line.about, line.details])
    assert "MATCH (p:Person {name_en: '…'}) WHERE p.born > … RETURN p" in line.about
    assert len(line.details["sha256"]) == 64
    assert not [word for word in ("Ann", "1970", "Bob", "Carol") if word in kept]


@pytest.mark.parametrize(
    ("statement", "left"),
    [
        ("RETURN \"a'b\" + 'c\\'d', 1.5e3, $x", "RETURN '…' + '…', …, $x"),
        ("RETURN /* secret\n */ 'x'", "RETURN '…'"),
        ("RETURN 'never ended secret", "RETURN …"),
        ("RETURN \\u0027secret\\u0027", "…"),
        ("", ""),
    ],
)
def test_no_literal_of_a_statement_remains(statement, left):
    assert bare(statement) == left


def test_no_secret_of_an_address_or_a_form_is_kept(people, database):
    browser = client(people, "administrator")
    browser.post("/admin/users", data={"email": "new@example.org", "role": "viewer"}, base_url=HOST)
    browser.post("/account/tokens", data={"name": "nightly", "days": "3"}, base_url=HOST)
    browser.post("/account/password", data={"current": PASSWORD, "password": "another four quiet words"}, base_url=HOST)
    browser.post("/invite/0123456789secret", data={"password": PASSWORD}, base_url=HOST)
    browser.get("/feeds/0123456789secret.atom", base_url=HOST)
    found = lines(database)
    assert {"email=new@example.org&role=viewer", "name=nightly&days=3"} <= {one.about for one in found}
    everything = " ".join(f"{one.about} {one.details}" for one in found)
    assert not [word for word in (PASSWORD, "another four", "0123456789secret", "pey_") if word in everything]


def test_text_that_a_database_would_refuse_is_recorded(people, database):
    client(people, "viewer").get(f"/queries?q=%00{'x' * 500}%ed%a0%80", base_url=HOST)
    line = lines(database)[-1]
    assert (len(line.about), line.about[:3]) == (400, "q=\ufffd")
    assert len(line.details["about"]) > 500
    assert database.journal.lost == 0


def test_a_line_about_a_change_is_written_before_the_answer_goes_out(people, database):
    client(people, "viewer").post("/logout", base_url=HOST)
    assert database.journal.waiting == 0


def test_who_sits_at_this_machine_is_named(app, database):
    client(app).get("/queries", base_url=HOST)
    (line,) = lines(database)
    assert (line.means, "@" in line.who) == ("machine", True)


# the page


def rows(page):
    found = BeautifulSoup(page.data, "html.parser").select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in found]


@pytest.fixture
def reader(people, database):
    for number in range(205):
        database.journal.record({"kind": "seen", "who": "ann@example.org", "means": "person", "about": f"a:{number}"})
    database.journal.record({"kind": "ran", "who": "bob@example.org", "means": "program", "about": "=1+1"})
    return client(people, "administrator")


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("who=BOB", 1),
        ("kind=ran", 1),
        ("what=a:20", 6),
        ("what=%25", 0),
        ("who=ann&kind=ran", 0),
        ("first=2020-01-01&last=2021-01-01", 0),
        ("first=2020-01-01&who=bob", 1),
        ("first=1400-01-01&who=bob&lang=fa", 1),
        ("last=9999-12-31&who=bob", 1),
        ("outcome=refused", 0),
        ("who=bob&before=99999999999999999999", 1),
    ],
)
def test_lines_are_found_by_who_kind_what_and_day(reader, database, asked, count):
    database.journal.settle()
    answer = reader.get(f"/audit?{asked}", base_url=HOST)
    assert answer.status_code == 200
    assert len(rows(answer)) == count


def test_lines_are_shown_page_by_page_the_newest_first_and_none_twice(reader, database):
    database.journal.settle()
    seen, address = [], "/audit?who=ann&endpoint=x&_external=y&lang=en"
    while address:
        page = reader.get(address, base_url=HOST)
        seen += [row[3].split()[0] for row in rows(page)]
        older = BeautifulSoup(page.data, "html.parser").select_one("a[rel=next]")
        address = older and older["href"]
    assert seen == [f"a:{number}" for number in reversed(range(205))]


def test_a_day_that_is_none_is_said(reader):
    for address in ("/audit?first=yesterday-ish", "/audit.csv?last=yesterday-ish"):
        assert reader.get(address, base_url=HOST).status_code == 400


def test_the_lines_are_taken_away_whole_and_safe_for_spreadsheets(reader, database):
    database.journal.settle()
    (ann, bob) = (
        list(csv.DictReader(io.StringIO(reader.get(f"/audit.csv?who={who}", base_url=HOST).data.decode("utf-8-sig"))))
        for who in ("ann", "bob")
    )
    assert [one["about"] for one in ann] == [f"a:{number}" for number in reversed(range(205))]
    assert [one["about"] for one in bob] == ["'=1+1"]
    assert lines(database, "exported")[-1].who == "administrator@example.org"


def test_the_page_reads_well_in_persian(reader):
    page = BeautifulSoup(reader.get("/audit?kind=ran&lang=fa", base_url=HOST).data, "html.parser")
    assert page.h1.text == "ممیزی"
    assert "پرسید" in page.select("tbody td")[2].text


# the command line


def leaves(group, path=()):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield " ".join((*path, name))


def test_every_command_has_its_kind():
    assert set(leaves(peyvand)) == set(COMMANDS)


def run(monkeypatch, settings, *arguments):
    monkeypatch.setenv("PEYVAND_HOME", str(settings.home))
    monkeypatch.setattr(sys, "argv", ["peyvand", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_commands_are_recorded_with_how_they_ended(monkeypatch, settings, database, capsys):
    assert run(monkeypatch, settings, "load", "runs") == 0
    assert run(monkeypatch, settings, "load", "show", "nothing") == 1
    assert run(monkeypatch, settings, "load", "show") == 2  # mistyped: nothing was done
    assert run(monkeypatch, settings, "load", "runs", "--help") == 0
    assert run(monkeypatch, settings, "version") == 0
    found = [(one.kind, one.means, one.route, one.about, one.outcome) for one in lines(database)]
    assert found == [
        ("seen", "command", "load runs", "", "done"),
        ("seen", "command", "load show", "nothing", "failed"),
    ]
    capsys.readouterr()


def test_a_command_is_recorded_without_the_values_of_a_statement(monkeypatch, settings, database, capsys):
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    assert run(monkeypatch, settings, "query", "ask", "RETURN 'Ann'", "-p", "name=Bob") == 1
    (line,) = lines(database)
    assert (line.kind, line.about) == ("ran", "RETURN '…' -p name=…")
    capsys.readouterr()


def test_a_command_whose_audit_cannot_be_written_still_ends(monkeypatch, settings, capsys, caplog, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("PEYVAND_DATABASE", f"sqlite:///{tmp_path / 'file' / 'x.db'}")
    assert run(monkeypatch, settings, "load", "runs") == 1
    assert "audit could not be written" in caplog.text
    capsys.readouterr()


def test_the_name_of_a_command_ends_where_its_arguments_begin():
    assert named(peyvand, ["load", "review", "decide", "a", "b"]) == ("load review decide", ["a", "b"])
    assert named(peyvand, ["load", "apply", "load"]) == ("load apply", ["load"])

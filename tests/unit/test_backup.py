"""Backups as files: whole or not there, and nothing in one is believed. The application database in them, on SQLite."""

import json
import resource
import stat
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select

from graph_app.backup import files, making, picture, restoring, tables
from graph_app.backup.archive import GRAPH, MANIFEST, MARKS, SETTINGS, Pack, opened, safe
from graph_app.backup.exchange import Staged, in_use
from graph_app.backup.manifest import FORMAT, Manifest, Sum
from graph_app.database import Database, before, open_database
from graph_app.database.connection import address
from graph_app.database.glance import newest
from graph_app.database.migration import migrate
from graph_app.database.tables import Installation, Load, LoginSession, User
from graph_app.errors import BackupError, DatabaseError
from graph_app.graph.results import Position
from graph_app.settings import Settings

DOCUMENT = "documents/" + "a" * 64
ROWS = [
    {
        "id": "place:mashhad",
        "labels": ["City", "Entity", "Place"],
        "properties": {"name_fa": "مشهد", "position": Position(36.3, 59.6), "aliases": ["Meshed"]},
        "ties": [["PARTY_TO", "agreement:x", {"id": "t", "valid_from": date(2024, 2, 29)}]],
        "periods": [],
    },
    {"id": "agreement:x", "labels": ["Agreement", "Entity"], "properties": {}, "ties": [], "periods": [["active", {}]]},
]


@pytest.fixture
def settings(tmp_path):
    return Settings.read({"PEYVAND_HOME": str(tmp_path / "home")})


@pytest.fixture
def database(settings):
    with closing(open_database(settings)) as found:
        yield found


def packed(path, database, settings, rows=ROWS):
    """Write a backup as ``making`` does, of a graph that consists of ``rows``."""
    image = picture.Image()
    lines = [picture._line(row) for row in rows]
    for line, row in zip(lines, rows, strict=True):
        image.add(line, row)
    with Pack(path) as pack, tables.snapshot(database) as connection:
        pack.lines(MARKS, [])
        pack.lines(GRAPH, lines)
        marks = making._pack_tables(pack, connection)
        for name, file in files.of(settings).items():
            pack.pieces(name, files.pieces(file))
        pack.lines(SETTINGS, files.settings_lines(settings))
        said = {"format": FORMAT, "peyvand": "1", "made_at": datetime.now(UTC), "server": "5.26", "revision": newest()}
        pack.manifest(Manifest(**said, graph=image.mark(), tables=marks, members=pack.members))
    return path


@pytest.fixture
def whole(tmp_path, database, settings):
    return packed(tmp_path / "whole.zip", database, settings)


def changed(path, target, *, drop=(), **entries):
    """Copy the archive at ``path`` with some entries other than they were, as whoever tampers with it would."""
    names = {name.replace("__", "/").replace("_json", ".json"): text for name, text in entries.items()}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in drop:
                new.writestr(entry.filename, names.pop(entry.filename, None) or old.read(entry))
        for name, text in names.items():
            new.writestr(name, text)
    return target


def test_a_backup_is_proved_from_end_to_end_and_only_its_owner_can_read_it(whole):
    assert restoring.check(whole).manifest.graph.image.count == 2
    assert stat.S_IMODE(whole.stat().st_mode) == 0o600
    with opened(whole) as archive:
        assert [picture.read(line) for line in archive.lines(GRAPH)] == ROWS


def test_a_backup_that_breaks_off_leaves_nothing_and_replaces_nothing(tmp_path):
    def pieces():
        yield b"much"
        raise OSError(28, "No space left on device")

    path = tmp_path / "one.zip"
    with pytest.raises(OSError, match="No space"), Pack(path) as pack:
        pack.pieces(DOCUMENT, pieces())
    assert list(tmp_path.iterdir()) == []
    path.write_text("another")
    with pytest.raises(FileExistsError), Pack(path) as pack:
        pack.lines(MARKS, [])
    assert [path.read_text()] == [one.read_text() for one in tmp_path.iterdir()]


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "documents/../../evil",
        "mappings/../evil.yaml",
        "mappings//evil.yaml",
        "mappings/.hidden",
        "mappings/a\\..\\evil",
        "queries/c:evil",
        "queries/a\x00b",
        "documents/short",
        "tables/UPPER.jsonl",
        "other.txt",
        "mappings/",
    ],
)
def test_an_entry_that_leads_elsewhere_is_refused(name, whole):
    assert not safe(name)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr(name.replace("\x00", "\x01"), "evil")
    with pytest.raises(BackupError, match="no whole backup"):
        restoring.check(whole)


def test_names_of_mappings_and_questions_are_taken_in_any_script():
    assert all(map(safe, ("mappings/اسناد شهر.yaml", "queries/شهرها/نخست.cypher", DOCUMENT, MARKS, SETTINGS)))


def test_a_link_an_encrypted_entry_and_a_bomb_are_refused(whole, tmp_path):
    link = zipfile.ZipInfo("mappings/link.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    for number, (entry, text) in enumerate([(link, "/etc/passwd"), ("mappings/bomb.yaml", b"0" * 50_000_000)]):
        bad = tmp_path / f"{number}.zip"
        bad.write_bytes(whole.read_bytes())
        with zipfile.ZipFile(bad, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(entry, text)
        with pytest.raises(BackupError, match="no whole backup"):
            restoring.check(bad)


def test_what_was_changed_dropped_or_added_is_noticed(whole, tmp_path):
    with zipfile.ZipFile(whole) as archive:
        graph = archive.read(GRAPH).decode()
    other = graph.replace("Meshed", "Mashed")
    assert other != graph
    for bad in [
        changed(whole, tmp_path / "a.zip", graph__entities_jsonl=other),
        changed(whole, tmp_path / "b.zip", drop=(MARKS,)),
        changed(whole, tmp_path / "c.zip", mappings__more="more"),
        changed(whole, tmp_path / "d.zip", drop=(MANIFEST,)),
        changed(whole, tmp_path / "e.zip", manifest_json="[" * 100_000),
    ]:
        with pytest.raises(BackupError, match="no whole backup"):
            restoring.check(bad)
    for end in (10, len(whole.read_bytes()) // 2):
        (tmp_path / "short.zip").write_bytes(whole.read_bytes()[:end])
        with pytest.raises(BackupError, match="no whole backup"):
            restoring.check(tmp_path / "short.zip")
    with pytest.raises(BackupError, match="cannot be read"):
        restoring.check(tmp_path / "missing.zip")


def test_every_byte_that_is_turned_is_noticed_or_says_the_same(whole, tmp_path):
    held, bad = whole.read_bytes(), tmp_path / "bad.zip"
    with opened(whole) as archive:
        wanted = archive.manifest
    for place in range(0, len(held), max(1, len(held) // 150)):
        bad.write_bytes(held[:place] + bytes([held[place] ^ 0x41]) + held[place + 1 :])
        try:
            found = restoring.check(bad).manifest
        except BackupError:
            continue
        assert found == wanted  # a byte that says nothing, such as the time of an entry


def test_a_backup_of_a_newer_version_is_told(whole, tmp_path):
    with zipfile.ZipFile(whole) as archive:
        said = json.loads(archive.read(MANIFEST))
    for number, other in enumerate([{"format": 99, "peyvand": "9.0"}, {"revision": "9999", "peyvand": "9.0"}]):
        bad = changed(whole, tmp_path / f"{number}.zip", manifest_json=json.dumps({**said, **other}))
        with pytest.raises(BackupError, match=r"newer version of Peyvand \(9.0\)"):
            restoring.check(bad)


def test_things_of_another_vocabulary_are_told():
    strange = [{**ROWS[0], "labels": ["Entity", "Unicorn"]}]
    assert picture.foreign_kinds(strange[0]) == {"Unicorn"}


def test_all_tables_are_restored_as_they_were_but_nobody_is_signed_in(tmp_path, database, settings):
    moment = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    with database.writing() as session:
        session.add(User(id=7, email="a@b.ir", fs_uniquifier="u", role="viewer", created_at=moment))
        session.add(Installation(id=1, name="here", holder="me", held_since=moment))
        session.flush()
        session.execute(
            insert(Load).values(
                number=5, run="r", graph="g", mapping="founding", version=1, rules="", plan="", state="done",
                who="نام", balance={"read": 1}, serial_before=0, started_at=moment, reason={"message": "«آری»\n"},
            )
        )  # fmt: skip
        session.add(LoginSession(digest="d", user_id=7, data="{}", address="::1", agent="agent"))
    path = packed(tmp_path / "one.zip", database, settings)
    other = Settings.read({"PEYVAND_HOME": str(tmp_path / "other")})
    with closing(Database(address(other))) as new, opened(path) as archive:
        with Staged(new, archive) as staged:
            staged.exchange()
        with new.reading() as session:
            assert session.scalars(select(User.created_at)).one() == moment
            load = session.scalars(select(Load)).one()
            assert (load.who, load.balance, load.reason) == ("نام", {"read": 1}, {"message": "«آری»\n"})
            assert session.scalars(select(Installation.holder)).one() is None
            assert session.connection().exec_driver_sql("SELECT count(*) FROM sessions").scalar() == 0
        assert [one.name for one in (tmp_path / "other").iterdir() if "restoring" in one.name] == []


def test_a_row_that_fits_no_table_changes_nothing(database):
    with database.writing() as session:
        session.add(Installation(id=1, name="here"))
    table = next(one for one in reflected(database) if one.name == "installation")
    for line in ('{"id": [1]}', '{"unknown": 1}', "no json", '{"id": {"bytes": "%%%"}}'):
        with (
            pytest.raises(BackupError, match="none of the table installation"),
            database.engine.begin() as connection,
        ):
            tables.fill(connection, table, [line])


def reflected(database):
    with tables.snapshot(database) as connection:
        return tables.tables(connection)


def test_a_backup_of_an_earlier_revision_is_brought_up_to_date(tmp_path, settings):
    earlier = "0004"
    url = address(settings)
    migrate(url, earlier)
    with closing(Database(url)) as old, tables.snapshot(old) as connection:
        assert tables.revision(connection) == earlier
        assert "watches" not in {table.name for table in tables.tables(connection)}
    with closing(Database(url)) as old:
        path = packed(tmp_path / "old.zip", old, settings)
    with zipfile.ZipFile(path) as archive:
        said = json.loads(archive.read(MANIFEST)) | {"revision": earlier}
    path = changed(path, tmp_path / "earlier.zip", manifest_json=json.dumps(said))
    other = Settings.read({"PEYVAND_HOME": str(tmp_path / "other")})
    with closing(Database(address(other))) as new, opened(path) as archive:
        with Staged(new, archive) as staged:
            staged.exchange()
        with tables.snapshot(new) as connection:
            assert tables.revision(connection) == newest()


def test_a_database_is_copied_before_its_tables_change(settings):
    url = address(settings)
    migrate(url, "0004")
    copy = settings.home / f"peyvand.db.before-{newest()}"
    with closing(open_database(settings)):
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(Database(url.set(database=str(copy)))) as old, tables.snapshot(old) as connection:
        assert tables.revision(connection) == "0004"


def test_no_upgrade_without_the_copy(settings, monkeypatch):
    url = address(settings)
    migrate(url, "0004")
    monkeypatch.setattr(before.os, "open", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(DatabaseError, match="It is unchanged"):
        before.keep(url)


def test_a_database_that_another_program_has_open_is_in_use(settings, database):
    with database.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM loads")
    with closing(Database(address(settings))) as other:
        assert in_use(other)
    database.close()
    with closing(Database(address(settings))) as other:
        assert not in_use(other)


def test_only_what_somebody_did_fills_a_database(database):
    with database.writing() as session:
        session.add(Installation(id=1, name="here"))
    with tables.snapshot(database) as connection:
        assert not tables.filled(connection)
    with database.writing() as session:
        session.add(User(email="a@b.ir", fs_uniquifier="u", role="viewer"))
    with tables.snapshot(database) as connection:
        assert tables.filled(connection)


def test_documents_mappings_and_questions_go_with_it_but_nothing_hidden_and_no_link(tmp_path, database, settings):
    home = settings.home
    for name, text in {
        "documents/contents/" + "a" * 64: "letter",
        "documents/contents/.partial": "no",
        "mappings/office/sisters.yaml": "mapping: x",
        "mappings/.git/config": "no",
        "queries/q.cypher": "RETURN 1",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    (home / "mappings" / "link.yaml").symlink_to("/etc/passwd")
    assert set(files.of(settings)) == {DOCUMENT, "mappings/office/sisters.yaml", "queries/q.cypher"}
    path = packed(tmp_path / "one.zip", database, settings)
    other = Settings.read({"PEYVAND_HOME": str(tmp_path / "other")})
    with opened(path) as archive:
        assert files.put_back(archive, other) == 3
    assert (other.home / "mappings" / "office" / "sisters.yaml").read_text() == "mapping: x"
    assert stat.S_IMODE((other.home / "documents" / "contents" / ("a" * 64)).stat().st_mode) == 0o600


def test_settings_go_without_secrets():
    secret = {
        "NEO4J_PASSWORD": "s3cret",
        "PEYVAND_MAIL_PASSWORD": "s3cret",
        "PEYVAND_METRICS_TOKEN": "s3cret",
        "PEYVAND_DATABASE": "postgresql://me:s3cret@host/name",
        "PEYVAND_ENGINE_REPOSITORY": "https://me:s3cret@host/maven",
        "PEYVAND_ROWS": "50",
    }
    lines = files.settings_lines(Settings.read(secret))
    assert "s3cret" not in "\n".join(lines)
    assert "PEYVAND_ROWS=50" in lines
    assert files.differing(Settings.read({**secret, "PEYVAND_ROWS": "60"}), lines) == ["PEYVAND_ROWS"]


def packed_on_a_full_disk(path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with Pack(path) as pack:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
            pack.lines(GRAPH, ["x"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_at_the_last_byte_leaves_nothing_of_a_backup(tmp_path):
    with pytest.raises(OSError, match="File too large"):
        packed_on_a_full_disk(tmp_path / "one.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_is_told_before_anything_is_written(tmp_path):
    making.check_room(tmp_path, 1)
    with pytest.raises(BackupError, match="Make room"):
        making.check_room(tmp_path, 10**18)


def test_the_sum_of_lines_counts_them_in_any_order():
    one, other = Sum(), Sum()
    for line in ("a", "b", "b"):
        one.add(line)
    for line in ("b", "a", "b"):
        other.add(line)
    assert one.mark() == other.mark()
    other.add("b")
    assert one.mark() != other.mark()

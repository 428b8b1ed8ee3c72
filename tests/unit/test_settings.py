import pytest

from graph_app.cli.context import open_store
from graph_app.database.connection import address
from graph_app.delivery.mail import MailServer
from graph_app.encryption import refuse_plain
from graph_app.errors import EngineError, PeyvandError, SettingError
from graph_app.language import choose, chosen, gettext
from graph_app.settings import SETTINGS, Settings


def test_an_empty_environment_gives_the_defaults():
    found = Settings.read({})
    assert {name: found.text(name) for name in found.values} == {setting.name: setting.default for setting in SETTINGS}


def test_a_number_that_is_none_is_refused_with_its_name():
    with pytest.raises(SettingError, match="PEYVAND_ROWS is “many”"):
        Settings.read({"PEYVAND_ROWS": "many"}).number("PEYVAND_ROWS")


def test_a_number_beyond_its_limit_is_refused():
    with pytest.raises(SettingError, match="PEYVAND_ELEMENTS is “500”; it must be at most 499"):
        Settings.read({"PEYVAND_ELEMENTS": "500"}).number("PEYVAND_ELEMENTS", most=499)


SECRETS = ("NEO4J_PASSWORD", "PEYVAND_DATABASE", "PEYVAND_MAIL_PASSWORD", "PEYVAND_METRICS_TOKEN")


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_stand_in_a_file(tmp_path, name):
    file = tmp_path / "secret"
    file.write_text("s3cret\n", encoding="utf-8")
    assert Settings.read({name: "plain"}).secret(name) == "plain"
    assert Settings.read({name: "plain", f"{name}_FILE": str(file)}).secret(name) == "s3cret"
    with pytest.raises(SettingError, match=f"The file of the setting {name}_FILE cannot be read: No such file"):
        Settings.read({f"{name}_FILE": str(tmp_path / "gone")}).secret(name)


def test_everything_is_kept_where_the_setting_says(tmp_path):
    assert Settings.read({"PEYVAND_HOME": str(tmp_path)}).home == tmp_path


@pytest.fixture
def persian():
    choose("fa_IR.UTF-8")
    yield
    choose("en")


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "127.9.9.9", "::1", "/run/postgresql"])
def test_on_this_machine_a_server_is_reached_without_encryption(host):
    refuse_plain(Settings.read({}), host, "NEO4J_URI")


def test_a_server_elsewhere_is_reached_encrypted_or_not_at_all_unless_it_is_listed():
    for host in ("db.example.org", "10.1.2.3", "localhost.example.org", "127.0.0.1.example.org"):
        with pytest.raises(SettingError, match=f"NEO4J_URI names a server on another machine, {host}"):
            refuse_plain(Settings.read({"PEYVAND_UNENCRYPTED": "neo4j, other"}), host, "NEO4J_URI")
    refuse_plain(Settings.read({"PEYVAND_UNENCRYPTED": "neo4j, DB.example.org"}), "db.example.org", "NEO4J_URI")


def test_neo4j_postgresql_and_mail_elsewhere_are_not_reached_unencrypted():
    for uri in ("bolt://db.example.org", "neo4j://db.example.org:7687"):
        with pytest.raises(SettingError, match="without encryption"), open_store(Settings.read({"NEO4J_URI": uri})):
            pass
    for more in ("", "?sslmode=disable", "?sslmode=prefer", "?application_name=x"):
        with pytest.raises(SettingError, match="without encryption"):
            address(Settings.read({"PEYVAND_DATABASE": f"postgresql://me:s3cret@db.example.org/name{more}"}))
        with pytest.raises(SettingError, match="without encryption"):
            address(Settings.read({"PEYVAND_DATABASE": f"postgresql:///name{more or '?'}&host=db.example.org"}))
    for mode in ("require", "verify-ca", "verify-full"):
        assert address(Settings.read({"PEYVAND_DATABASE": f"postgresql://me@db.example.org/name?sslmode={mode}"}))
    mail = {"PEYVAND_MAIL_HOST": "mail.example.org", "PEYVAND_MAIL_SENDER": "us@example.org"}
    with pytest.raises(SettingError, match="without encryption"):
        MailServer.of(Settings.read({**mail, "PEYVAND_MAIL_TLS": "none"}))
    assert MailServer.of(Settings.read(mail))


@pytest.mark.usefixtures("persian")
def test_an_error_speaks_the_readers_language():
    assert chosen() == "fa"
    error = EngineError("Neo4j ended by itself: %(reason)s", reason="x")
    assert str(error) == "Neo4j ended by itself: x"
    assert error.translated(gettext) == "Neo4j خودبه‌خود پایان یافت: x"
    assert isinstance(error, PeyvandError)


def test_an_unknown_language_is_english():
    assert choose("de_DE") == "en"

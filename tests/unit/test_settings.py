import pytest

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


@pytest.mark.usefixtures("persian")
def test_an_error_speaks_the_readers_language():
    assert chosen() == "fa"
    error = EngineError("Neo4j ended by itself: %(reason)s", reason="x")
    assert str(error) == "Neo4j ended by itself: x"
    assert error.translated(gettext) == "Neo4j خودبه‌خود پایان یافت: x"
    assert isinstance(error, PeyvandError)


def test_an_unknown_language_is_english():
    assert choose("de_DE") == "en"

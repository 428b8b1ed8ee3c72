"""Templates are compiled once for a machine, and pages are shown where they cannot be kept."""

import stat

import pytest
from jinja2 import DictLoader, Environment

from graph_app.views.compiled import Compiled


def environment(folder, text):
    return Environment(loader=DictLoader({"a": text}), bytecode_cache=Compiled(folder), autoescape=True)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "templates"


def test_what_was_compiled_is_used_again_until_its_text_changes(folder, monkeypatch):
    assert environment(folder, "{{ 1 + 1 }} once").get_template("a").render() == "2 once"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    [kept] = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with monkeypatch.context() as patch:
        patch.delattr(Environment, "_generate")
        assert environment(folder, "{{ 1 + 1 }} once").get_template("a").render() == "2 once"
    assert environment(folder, "{{ 1 + 1 }} twice").get_template("a").render() == "2 twice"


@pytest.mark.parametrize("damage", [b"", b"j2", b"nothing that Python wrote"])
def test_what_is_damaged_is_made_anew(folder, damage):
    environment(folder, "once").get_template("a")
    [kept] = folder.iterdir()
    kept.write_bytes(damage)
    assert environment(folder, "once").get_template("a").render() == "once"


def test_without_a_folder_pages_are_shown_all_the_same(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    assert environment(tmp_path / "home" / "templates", "once").get_template("a").render() == "once"

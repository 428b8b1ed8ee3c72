"""Templates are compiled once for a machine, and pages are shown where they cannot be kept."""

import stat

import pytest
from jinja2 import DictLoader, Environment, pass_context
from jinja2.bccache import bc_magic

from graph_app.views.compiled import Compiled


def environment(folder, text, *, autoescape=True):
    return Environment(loader=DictLoader({"a": text}), bytecode_cache=Compiled(folder), autoescape=autoescape)  # noqa: S701


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "templates"


def test_what_was_compiled_is_used_again_until_its_text_changes(folder, monkeypatch):
    assert environment(folder, "{{ 1 + 1 }} once").get_template("a").render() == "2 once"
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder, folder.parent)] == [0o700, 0o700]
    [kept] = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with monkeypatch.context() as patch:
        patch.delattr(Environment, "_generate")
        assert environment(folder, "{{ 1 + 1 }} once").get_template("a").render() == "2 once"
    assert environment(folder, "{{ 1 + 1 }} twice").get_template("a").render() == "2 twice"


@pytest.mark.parametrize("damage", [b"", b"j2", b"not of Python", bc_magic, bc_magic + b"\x80", bc_magic + bytes(99)])
def test_what_is_damaged_is_made_anew(folder, damage):
    environment(folder, "once").get_template("a")
    [kept] = folder.iterdir()
    kept.write_bytes(damage)
    assert environment(folder, "once").get_template("a").render() == "once"


def test_code_for_filters_that_are_called_otherwise_is_made_anew(folder):
    one, other = (environment(folder, "{{ 'x' | shout }}") for _ in range(2))
    one.filters["shout"] = lambda text: text.upper()
    assert one.get_template("a").render() == "X"
    other.filters["shout"] = pass_context(lambda context, text: text + str(context.name))
    assert other.get_template("a").render() == "xa"


def test_code_that_escapes_nothing_is_not_used_where_text_is_escaped(folder):
    assert environment(folder, "{{ x }}", autoescape=False).get_template("a").render(x="<b>") == "<b>"
    assert environment(folder, "{{ x }}").get_template("a").render(x="<b>") == "&lt;b&gt;"


def test_a_folder_in_which_others_can_write_is_left_alone(folder):
    folder.mkdir(parents=True)
    folder.chmod(0o770)
    assert environment(folder, "once").get_template("a").render() == "once"
    assert not list(folder.iterdir())


def test_without_a_folder_pages_are_shown_all_the_same(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    assert environment(tmp_path / "home" / "templates", "once").get_template("a").render() == "once"

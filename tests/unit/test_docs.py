"""What the documents say is what there is."""

import re
from pathlib import Path

import click

from graph_app import __version__
from graph_app.catalog.library import shipped
from graph_app.cli import peyvand
from graph_app.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def commands(group, path="peyvand"):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield f"{path} {name}", command


def test_every_setting_stands_in_the_reference_with_its_default_and_help():
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else ""
        assert f"| `{setting.name}` | {default} | {setting.help} |" in REFERENCE


def test_every_command_stands_in_the_reference_and_has_help():
    documented = set(re.findall(r"\| `(peyvand(?: [a-z]+){1,3})", REFERENCE))
    found = dict(commands(peyvand))
    assert documented == set(found)
    assert all(command.help for command in found.values())


def test_every_need_of_the_articles_has_its_row_and_every_question_named_there_is_shipped():
    text = (ROOT / "docs" / "needs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (00\d)\.(\d+) \|.*$", text, re.MULTILINE)
    expected = {"000": 12, "001": 12, "002": 12, "003": 11, "004": 12}
    assert [(article, int(number)) for article, number in rows] == [
        (article, number) for article, most in expected.items() for number in range(1, most + 1)
    ]
    named = set(re.findall(r"`([a-z]+/[a-z_]+)`", text)) - {"tests/live"}
    assert named <= set(shipped())


def test_the_newest_section_of_the_changelog_is_this_version():
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest[1] == __version__


def test_files_that_the_readme_names_are_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_make_targets_of_the_readme_are_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_each_row_of_the_comparison_leads_to_what_shows_it():
    page = ROOT / "docs" / "comparison.md"
    rows = [line.strip("| ").split(" | ") for line in page.read_text(encoding="utf-8").splitlines() if "| " in line][1:]
    assert len(rows) > 20
    for row in rows:
        assert len(row) == 8, row
        assert set(row[1:7]) <= set("●◐–")
        links = [link.partition("#") for link in re.findall(r"\]\(([^)]+)\)", row[7])]
        assert links or row[6] == "–", row
        for file, _, part in links:
            text = (page.parent / file).read_text(encoding="utf-8")
            named = {
                heading.strip("# ").lower().replace(" ", "-") for heading in re.findall("^#+ .*", text, re.MULTILINE)
            }
            tests = set(re.findall(r"^def (test_\w+)", text, re.MULTILINE))
            assert part in tests if file.endswith(".py") else not part or part in named, row

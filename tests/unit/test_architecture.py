"""The rules that keep the code easy to change, checked on the code itself."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("graph_app/**/*.py"), *ROOT.glob("loaders/**/*.py")])

# Each part may import the parts to its left, never one to its right.
LAYERS = ("kernel", "graph", "engine", "reading", "loaders", "views", "app", "cli")
KERNEL = {"_layout", "errors", "settings", "language", "text", "dates", "vocabulary"}
READING = {"exploration", "catalog", "picture", "layout", "export"}


def layer(module: str) -> str:
    parts = module.split(".")
    if parts[0] == "loaders":
        return "loaders"
    name = parts[1] if len(parts) > 1 else "_layout"
    if name in KERNEL:
        return "kernel"
    if name == "__main__":
        return "cli"
    if name in READING:
        return "reading"
    return name


def imported(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_imports_upward(path):
    mine = LAYERS.index(layer(module_of(path))) if module_of(path) != "graph_app" else 0
    ours = [
        name
        for name in imported(path)
        if name.startswith(("graph_app.", "loaders")) and name != "graph_app.__version__"
    ]
    upward = [name for name in ours if LAYERS.index(layer(name)) > mine]
    assert not upward


def test_pages_cannot_write_to_the_graph():
    for path in ROOT.glob("graph_app/views/**/*.py"):
        assert not [name for name in imported(path) if "writer" in name or name.startswith("loaders")], path


def test_loaders_need_only_the_kernel_and_the_graph():
    for path in ROOT.glob("loaders/**/*.py"):
        ours = {layer(name) for name in imported(path) if name.startswith("graph_app.")}
        assert ours <= {"kernel", "graph"}, path


def test_no_file_is_over_250_lines_and_no_function_over_40():
    for path in [*FILES, *ROOT.glob("bench/*.py")]:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 250, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                doc = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
                assert node.end_lineno - node.lineno + 1 - doc <= 40, f"{path}:{node.lineno}"


def test_no_statement_is_built_from_values():
    """Cypher stands in files; what runs is a name, a file's text, or a plain literal, never an f-string."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"table", "subgraph", "run", "rows"}
            ):
                assert not any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args), (
                    f"{path}:{node.lineno}"
                )


def test_no_registry_host_and_no_foreign_address_is_named():
    pattern = re.compile(r"https?://(?!www\.w3\.org/2000/svg|127\.0\.0\.1|localhost|\{)", re.IGNORECASE)
    texts = [
        *FILES,
        *ROOT.glob("templates/**/*.html"),
        *ROOT.glob("graph_app/static/js/*.js"),
        *ROOT.glob("graph_app/static/css/*.css"),
    ]
    for path in texts:
        found = [
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if pattern.search(line) and "startswith" not in line
        ]
        assert not found, path


def test_templates_hold_no_inline_script_style_or_handler():
    for path in ROOT.glob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), path
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", text), path
        assert "| safe" not in text, path
        assert "|safe" not in text, path

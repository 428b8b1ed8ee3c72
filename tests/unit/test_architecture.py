"""The rules that keep the code easy to change, checked on the code itself."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("graph_app/**/*.py"), *ROOT.glob("loaders/**/*.py")])

# Each part may import the parts to its left, never one to its right.
LAYERS = ("kernel", "database", "graph", "engine", "reading", "loaders", "loading", "auth", "views", "app", "cli")
KERNEL = {"_layout", "errors", "settings", "language", "text", "sounds", "keyboard", "keys", "vocabulary"}
KERNEL |= {"months", "date_text", "dates", "roles", "lifecycle", "acts", "logs", "metrics", "private", "without"}
KERNEL |= {"confidentiality", "encryption", "yaml_files"}
READING = {
    "exploration",
    "portfolio",
    "watches",
    "reminders",
    "delivery",
    "sieve",
    "catalog",
    "picture",
    "layout",
    "spread",
    "arrangement",
    "analysis",
    "export",
    "briefing",
    "figures",
    "notes",
}


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
    if name in {"uploads", "editing", "texts", "backup"}:
        return "loading"
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


LOADING = {"review.py", "pairs.py"}  # pages whose work it is; they write as the command line does, through a run


def test_pages_cannot_write_to_the_graph():
    for path in ROOT.glob("graph_app/views/**/*.py"):
        if path.name in LOADING:
            assert not [name for name in imported(path) if "writer" in name], path
            continue
        assert not [name for name in imported(path) if "writer" in name or name.startswith("loaders")], path


def test_loaders_need_only_the_kernel_the_ledger_and_the_graph():
    for path in ROOT.glob("loaders/**/*.py"):
        ours = {layer(name) for name in imported(path) if name.startswith("graph_app.")}
        assert ours <= {"kernel", "database", "graph"}, path


def test_no_file_is_over_250_lines_and_no_function_over_40():
    for path in [*FILES, *ROOT.glob("bench/*.py")]:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 250, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                doc = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
                assert node.end_lineno - node.lineno + 1 - doc <= 40, f"{path}:{node.lineno}"


def test_no_statement_is_built_from_values():
    """Cypher stands in files; what runs is a name, a file's text, or a plain literal, never one put together.

    Two put a word before what they were given: the gate, to have it explained and not run; and who shows the plan of
    a question, which is the text of a file.
    """
    found = [place for path in FILES for place in put_together(path)]
    assert found == [
        "graph_app/graph/guard/passage.py: prefix + self._statement",
        "graph_app/graph/planning.py: _WORDS[run] + query",
    ]


ASKS = {"table", "subgraph", "run", "rows", "ask", "inspect", "Query"}


def put_together(path: Path):
    """Yield the statements in ``path`` that are formatted, joined, added or filled in, there or one line before."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        built = {
            target.id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and is_built(node.value)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and node.args and called(node) in ASKS):
                continue
            first = node.args[0]
            first = built.get(first.id, first) if isinstance(first, ast.Name) else first
            if is_built(first):
                yield f"{path.relative_to(ROOT)}: {ast.unparse(first)}"


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_built(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return called(node) in {"format", "join", "replace", "substitute", "format_map"}
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod))


def test_no_registry_host_and_no_foreign_address_is_named():
    pattern = re.compile(
        r"https?://(?!www\.w3\.org/(?:2000/svg|2005/Atom|XML/1998)|127\.0\.0\.1|localhost|\{|\[::1\]|192\.0\.2\.|\[2001:db8:)",
        re.IGNORECASE,
    )
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
        if path.name == "offline.html":  # leaves the app as a file; its own policy knows its scripts by their hashes
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), path
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", text), path
        assert "| safe" not in text, path
        assert "|safe" not in text, path

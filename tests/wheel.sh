#!/bin/sh
# Build sdist, then the wheel from it; install that in an empty environment and run it from /, away from the checkout.
set -eu
python=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$python" -m build --quiet --sdist --outdir "$place/dist" .
mkdir "$place/source"
tar -xzf "$place"/dist/peyvand-*.tar.gz -C "$place/source" --strip-components 1
"$python" -m build --quiet --wheel --outdir "$place/dist" "$place/source"
"$python" -m venv "$place/empty"
"$place/empty/bin/pip" install --quiet --disable-pip-version-check --constraint "$here/constraints.txt" "$place"/dist/peyvand-*.whl
cd /
PEYVAND_HOME="$place/home" "$place/empty/bin/peyvand" version
PEYVAND_HOME="$place/home" "$place/empty/bin/peyvand" user list
PEYVAND_HOME="$place/home" "$place/empty/bin/peyvand" query list | grep -q sister
"$place/empty/bin/python" - <<'PYTHON'
from pathlib import Path
import graph_app
from graph_app import _layout
from graph_app.database.migration import scripts
from graph_app.vocabulary import vocabulary
from loaders.mapping import shipped

package = Path(graph_app.__file__).parent
for folder in (_layout.QUERIES, _layout.TEMPLATES, _layout.EXAMPLES):
    assert folder.parent == package, folder
assert len(list(_layout.QUERIES.rglob("*.cypher"))) >= 8
assert (_layout.TEMPLATES / "base.html").is_file()
assert (_layout.EXAMPLES / "world" / "links.csv").is_file()
assert (_layout.STATIC / "vendor" / "CHECKSUMS.sha256").is_file()
assert (_layout.TRANSLATIONS / "fa" / "LC_MESSAGES" / "messages.mo").is_file()
assert {mapping.mapping for mapping in shipped()} == {"demo", "edits", "founding", "portfolio", "world"}
assert vocabulary().labels
assert scripts().get_current_head()
site = package.parent
assert not [name for name in ("queries", "templates", "examples", "tests") if (site / name).exists()]
print("the wheel is whole")
PYTHON

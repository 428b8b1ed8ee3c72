"""Renew the list of the engine's files: ``python -m graph_app.engine.lock [VERSION]``. Needs Maven on the path.

Maven resolves what the server and its import tool need; the list keeps path, SHA-256 and size of each file, so that
what is fetched later is exactly what was resolved and tested here.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_app.engine.jars import LOCK, locked, version

_ROOTS = (("org.neo4j", "neo4j"), ("org.neo4j.app", "neo4j-server"), ("org.neo4j", "neo4j-import-tool"))
_HEAD = (
    "# Maven path, SHA-256, bytes: Neo4j Community {version} with its import tool, as resolved by Maven (scope runtime)"
)
_PROJECT = """<project><modelVersion>4.0.0</modelVersion>
<groupId>peyvand</groupId><artifactId>engine</artifactId><version>1</version><dependencies>{dependencies}</dependencies></project>"""
_DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"


def main() -> None:
    """Write the lock file for the version that is named, by default the one that it has now."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else version(locked())
    with TemporaryDirectory() as folder:
        jars = _resolve(Path(folder), wanted)
        lines = [_HEAD.format(version=wanted), *sorted(_lines(jars))]
    LOCK.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} files of Neo4j {wanted} in {LOCK}")  # noqa: T201 - a tool for developers


def _resolve(folder: Path, wanted: str) -> Path:
    dependencies = "".join(_DEPENDENCY.format(group, name, wanted) for group, name in _ROOTS)
    (folder / "pom.xml").write_text(_PROJECT.format(dependencies=dependencies), encoding="utf-8")
    jars = folder / "jars"
    options = ("-DincludeScope=runtime", "-Dmdep.useRepositoryLayout=true", f"-DoutputDirectory={jars}")
    subprocess.run(["mvn", "-q", "-B", "dependency:copy-dependencies", *options], cwd=folder, check=True)  # noqa: S607
    return jars


def _lines(jars: Path) -> Iterator[str]:
    for path in jars.rglob("*.jar"):
        data = path.read_bytes()
        yield f"{path.relative_to(jars).as_posix()} {hashlib.sha256(data).hexdigest()} {len(data)}"


if __name__ == "__main__":
    main()

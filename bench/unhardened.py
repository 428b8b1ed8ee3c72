"""A second Neo4j for ``LOAD CSV``, which the product's own engine refuses: it may read files. Only the bench has it."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.installation import Bench
from graph_app.engine import jars, server
from graph_app.engine.configuration import (
    USERNAME,
    Home,
    configure,
    ensure_password,
    write_class_path,
)
from graph_app.graph import schema
from graph_app.graph.store import Store, connect
from graph_app.private import write_private
from graph_app.settings import Settings

_FORBIDDEN = "dbms.security.allow_csv_import_from_file_urls=false"


@contextmanager
def unhardened(bench: Bench, files: Sequence[Path]) -> Iterator[Store]:
    """Give a store on an engine with the memory of the bench's own, and with ``files`` in its folder for imports."""
    place = {"PEYVAND_HOME": str(bench.folder / "unhardened"), "PEYVAND_ENGINE_PORT": "0"}
    sizes = {name: bench.settings.text(name) for name in ("PEYVAND_ENGINE_HEAP", "PEYVAND_ENGINE_PAGECACHE")}
    settings = Settings.read(place | sizes)
    home, port = Home.of(settings), server.free_port(settings)
    configure(home, settings, port)
    _open_files(home.neo4j / "conf" / "neo4j.conf")
    for file in files:
        shutil.copy(file, home.neo4j / "import")
    class_path = write_class_path(home.class_path, jars.paths(jars.provide(settings)))
    password = ensure_password(home, class_path)
    child = server.launch(home, settings, class_path)
    try:
        server.ready(child, home, settings, port, password, threading.Event())
        with Store(connect(f"bolt://127.0.0.1:{port}", USERNAME, password), "neo4j") as store:
            schema.apply(store)
            yield store
    finally:
        server.end(child)


def _open_files(configuration: Path) -> None:
    text = configuration.read_text(encoding="utf-8")
    if _FORBIDDEN not in text:
        raise AssertionError("the product no longer forbids LOAD CSV of files in these words")
    write_private(configuration, text.replace(_FORBIDDEN, _FORBIDDEN.replace("false", "true")))

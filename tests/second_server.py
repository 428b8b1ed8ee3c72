"""Run pytest against a second, foreign server: ``python tests/second_server.py ARGUMENTS OF PYTEST``.

The server is an engine with a home of its own, which the tests know by address, name and password only, as they would
know any Neo4j that somebody else runs.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from graph_app import engine
from graph_app.settings import Settings


def main() -> int:
    """Return pytest's exit code."""
    with TemporaryDirectory(prefix="second-server-", ignore_cleanup_errors=True) as home:
        values = {"PEYVAND_HOME": home, "PEYVAND_ENGINE_PORT": "0", "PEYVAND_ENGINE_HEAP": "768m"}
        settings = Settings.read({**os.environ, **values})
        with engine.hold(settings, say=print) as address:
            environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")} | {
                "PEYVAND_TEST_NEO4J_URI": address.uri,
                "PEYVAND_TEST_NEO4J_USERNAME": address.username,
                "PEYVAND_TEST_NEO4J_PASSWORD": address.password,
            }
            done = subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False)
        engine.stop(settings, force=True)  # waits, so that nothing is written into the folder that goes away
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

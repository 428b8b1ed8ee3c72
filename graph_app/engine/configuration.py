"""The files of a managed Neo4j: folders, configuration, password, and the command that starts it."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from graph_app.engine import java
from graph_app.engine.memory import Memory, written
from graph_app.errors import N_, EngineError, reason_of
from graph_app.private import write_private
from graph_app.settings import Settings

USERNAME = "neo4j"
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size=256m
server.memory.heap.max_size={heap}
server.memory.pagecache.size={pagecache}
server.directories.import=import
server.directories.logs=logs
dbms.usage_report.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.dbms.bolt.netty_server_shutdown_timeout=1
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.security.procedures.allowlist=
db.transaction.timeout=60s
db.memory.transaction.max={transaction}
db.tx_log.preallocate=false
"""
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
_SECONDS = 60  # that the admin tool may take; it takes 2


def refuse_system() -> None:
    """Raise EngineError on a system that has no kernel locks that we know how to use."""
    if sys.platform == "win32":
        raise EngineError(N_("The managed engine needs Linux or macOS. Here, set NEO4J_URI to a Neo4j of your own."))


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
            If the folder cannot be made or written, or the system has no kernel locks that we know how to use.

        """
        refuse_system()
        try:
            home = cls(settings.home.expanduser().resolve() / "engine")  # Neo4j wants whole paths
            home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            home.root.chmod(0o700)
            home.leases.mkdir(mode=0o700, exist_ok=True)
            home.gate.touch(mode=0o600)
        except OSError as error:
            message = N_("The folder %(folder)s cannot be used: %(reason)s. Set PEYVAND_HOME to one that can.")
            raise EngineError(message, folder=settings.home, reason=reason_of(error)) from error
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
    def building(self) -> Path:
        """Where the import tool makes a store."""
        return self.root / "building"

    @property
    def staged(self) -> Path:
        """A store that is ready to take the place of the present one."""
        return self.root / "staged"

    @property
    def class_path(self) -> Path:
        """Java's argument file that names each jar of the lock: a wildcard would also run what else lies there."""
        return self.root / "neo4j" / "conf" / "class-path.args"

    @property
    def java_log(self) -> Path:
        """What Java prints."""
        return self.root / "neo4j" / "logs" / "java.log"

    @property
    def neo4j_log(self) -> Path:
        """What Neo4j tells its users."""
        return self.root / "neo4j" / "logs" / "neo4j.log"

    @property
    def debug_log(self) -> Path:
        """What Neo4j tells its developers."""
        return self.root / "neo4j" / "logs" / "debug.log"

    @property
    def log(self) -> Path:
        """What the supervisor did."""
        return self.root / "supervisor.log"

    @property
    def logs(self) -> dict[str, Path]:
        """All logs by the name that people type."""
        return {"supervisor": self.log, "neo4j": self.neo4j_log, "java": self.java_log, "debug": self.debug_log}


def configure(home: Home, settings: Settings, port: int) -> None:
    """Write ``neo4j.conf`` and make the folders that it names.

    It names them relative to Neo4j's home, because Neo4j reads the file as Latin-1 and homes have Persian names.
    """
    for name in ("conf", "import", "logs"):
        (home.neo4j / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    sizes = {name: written(size) for name, size in asdict(Memory.of(settings)).items()}
    text = _CONFIGURATION.format(port=port, **sizes)
    write_private(home.neo4j / "conf" / "neo4j.conf", text)


def write_class_path(place: Path, jars: Iterable[Path]) -> Path:
    """Write the argument file that gives Java its class path to ``place``, and return that."""
    write_private(place, f"-cp\n{java.quoted(os.pathsep.join(map(str, jars)))}\n")
    return place


def server_command(home: Home, settings: Settings, class_path: Path) -> list[str]:
    """Return the command that runs the server in the foreground. It holds no secret."""
    return [
        java.executable(),
        f"-Xmx{written(Memory.of(settings).heap)}",
        "-XX:+ExitOnOutOfMemoryError",
        *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED),
        "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
        f"@{class_path}",
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home.neo4j}",
        f"--config-dir={home.neo4j / 'conf'}",
    ]


def ensure_password(home: Home, class_path: Path) -> str:
    """Return the password of the engine; make one and give it to Neo4j before its first start.

    Java reads the arguments from a private file, so the password never stands on a command line.

    Raises
    ------
    EngineError
        If Neo4j does not take the password.

    """
    if home.password.exists():
        return home.password.read_text(encoding="utf-8").strip()
    password = "p" + secrets.token_urlsafe(24)  # a token may begin with a dash, which the tool takes for an option
    arguments = home.root / "first-password.args"
    try:
        write_private(arguments, f"org.neo4j.cli.AdminTool\ndbms\nset-initial-password\n{password}\n")
        _run_java(home, [f"@{class_path}", f"@{arguments}"])
    finally:
        arguments.unlink(missing_ok=True)
    write_private(home.password, password)
    return password


def _run_java(home: Home, arguments: list[str]) -> None:
    environment = java.environment(NEO4J_HOME=str(home.neo4j), NEO4J_CONF=str(home.neo4j / "conf"))
    command = [java.executable(), *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise EngineError(N_("Neo4j does not take its first password: %(reason)s"), reason=f"{_SECONDS} s") from error
    if done.returncode != 0:
        reason = (done.stderr or done.stdout).strip().splitlines()
        raise EngineError(N_("Neo4j does not take its first password: %(reason)s"), reason=reason[-1] if reason else "")

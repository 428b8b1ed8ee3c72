"""The files of a managed Neo4j: folders, configuration, password, and the command that starts it."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from graph_app.engine import java
from graph_app.errors import N_, EngineError, SettingError
from graph_app.settings import Settings

USERNAME = "neo4j"
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
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
db.memory.transaction.max=256m
"""
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
_SECONDS = 60  # that the admin tool may take; it takes 2
_SIZE = re.compile(r"[1-9]\d*[kKmMgG]?", re.ASCII)


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
        if sys.platform == "win32":
            raise EngineError(
                N_("The managed engine needs Linux or macOS. Here, set NEO4J_URI to a Neo4j of your own.")
            )
        try:
            home = cls(settings.home.expanduser().resolve() / "engine")  # Neo4j wants whole paths
            home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            home.root.chmod(0o700)
            home.leases.mkdir(mode=0o700, exist_ok=True)
            home.gate.touch(mode=0o600)
        except OSError as error:
            message = N_("The folder %(folder)s cannot be used: %(reason)s. Set PEYVAND_HOME to one that can.")
            raise EngineError(message, folder=settings.home, reason=error.strerror) from error
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
    def class_path(self) -> Path:
        """Java's argument file that names each jar of the lock: a wildcard would also run what else lies there."""
        return self.root / "neo4j" / "conf" / "class-path.args"

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


def check(settings: Settings) -> None:
    """Refuse sizes that Java would not read, before anything is started.

    Raises
    ------
    SettingError
        If a size is not written as Java writes it, or the port is not a number.

    """
    settings.number("PEYVAND_ENGINE_PORT")
    for name in ("PEYVAND_ENGINE_HEAP", "PEYVAND_ENGINE_PAGECACHE"):
        if not _SIZE.fullmatch(settings.text(name)):
            message = N_("The setting %(name)s is “%(text)s”; it must be a size such as 512m or 2g.")
            raise SettingError(message, name=name, text=settings.text(name))


def configure(home: Home, settings: Settings, port: int) -> None:
    """Write ``neo4j.conf`` and make the folders that it names.

    It names them relative to Neo4j's home, because Neo4j reads the file as Latin-1 and homes have Persian names.
    """
    for name in ("conf", "import", "logs"):
        (home.neo4j / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    heap, pagecache = settings.text("PEYVAND_ENGINE_HEAP"), settings.text("PEYVAND_ENGINE_PAGECACHE")
    text = _CONFIGURATION.format(port=port, heap=heap, pagecache=pagecache)
    write_private(home.neo4j / "conf" / "neo4j.conf", text)


def write_class_path(home: Home, jars: Iterable[Path]) -> Path:
    """Write the argument file that gives Java its class path; return where it is."""
    write_private(home.class_path, f"-cp\n{java.quoted(os.pathsep.join(map(str, jars)))}\n")
    return home.class_path


def server_command(home: Home, settings: Settings, class_path: Path) -> list[str]:
    """Return the command that runs the server in the foreground. It holds no secret."""
    return [
        java.executable(),
        f"-Xmx{settings.text('PEYVAND_ENGINE_HEAP')}",
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


def tail(path: Path, count: int) -> list[str]:
    """Return the last ``count`` lines of the file at ``path``; none if it is not there."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []

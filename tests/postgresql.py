"""A real PostgreSQL for the tests: Debian's programs, a folder of its own, reached through a socket in that folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OPTIONS = "-c listen_addresses= -c fsync=off -c unix_socket_directories={folder}"


@contextmanager
def server() -> Iterator[str]:
    """Start one and give its address without the name of a database; it is stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if account := _account():
            shutil.chown(folder, account)
        data = folder / "data"
        _run("initdb", "-D", data, "-U", "peyvand", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = _OPTIONS.format(folder=folder)
        _run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://peyvand@/{{name}}?host={folder}"
        finally:
            _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> str | None:
    """Return whose account to use; PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(program: str, *arguments: object) -> None:
    account = _account()
    as_whom = {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []} if account else {}
    command = [_program(program), *map(str, arguments)]
    # files, not pipes: the server inherits them, and reading a pipe would wait for its end
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(command, stdout=told, stderr=told, cwd="/", check=False, **as_whom)
        told.seek(0)
        assert done.returncode == 0, told.read().decode()


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")) or [shutil.which(name)]
    assert found[-1], "PostgreSQL is missing: `make check` installs it, or run `apt-get install postgresql`"
    return str(found[-1])

"""Kill who uses the managed Neo4j, or its supervisor, at random moments: ``python tests/parent_kills.py 100``.

Three of four times the user (a ``peyvand serve``) is killed, in its start or later, else the supervisor. Neither Neo4j
nor the supervisor may outlive them for long.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from graph_app import engine
from graph_app.engine import lease
from graph_app.engine.configuration import Home
from graph_app.settings import Settings

_GONE_WITHIN = 120.0


def serving(home: Path) -> subprocess.Popen[bytes]:
    """Start an app that needs the engine."""
    command = [sys.executable, "-m", "graph_app", "serve", "--port", "0", "--no-browser"]
    environment = os.environ | {"PEYVAND_HOME": str(home), "PEYVAND_ENGINE_HEAP": "512m", "NEO4J_URI": ""}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def belonging(home: Path) -> list[psutil.Process]:
    """Return the processes of the engine in ``home``: Java names it in its command, the supervisor in its settings."""
    return list(_found(str(home)))


def _found(home: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            command = process.cmdline()
            java = any(home in part for part in command) and "graph_app" not in command
            ours = "graph_app.engine.supervisor" in command and process.environ().get("PEYVAND_HOME") == home
            if (java or ours) and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except psutil.Error:
            continue


def killed(home: Path, after: float, *, supervisor: bool) -> tuple[str, float]:
    """Kill one of them after some seconds; return what was, and how long the others outlived it."""
    app = serving(home)
    time.sleep(after)
    place = Home.of(Settings.read({"PEYVAND_HOME": str(home)}))
    found = lease.signed(place.store_lock) if lease.held(place.store_lock) else None
    stood = "ready" if place.runtime.exists() else "starting" if found else "not begun"
    if supervisor and found:
        os.kill(found, signal.SIGKILL)
        wait_for(lambda: not [one for one in belonging(home) if one.pid != app.pid and _is_java(one)])
    begin = time.monotonic()
    app.kill()
    app.wait()
    wait_for(lambda: not belonging(home))
    return f"{'supervisor' if supervisor and found else 'user'}, {stood}", time.monotonic() - begin


def _is_java(process: psutil.Process) -> bool:
    try:
        return "graph_app.engine.supervisor" not in process.cmdline()
    except psutil.Error:
        return False


def wait_for(done: object) -> None:
    """Wait until ``done()``; an orphan is an error."""
    deadline = time.monotonic() + _GONE_WITHIN
    while not done():  # type: ignore[operator]
        if time.monotonic() > deadline:
            raise AssertionError("a process outlived the one that was killed")
        time.sleep(0.1)


def main() -> int:
    """Return 0, or raise what was found to be wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20_261_126)  # noqa: S311 - no secret
    longest, begin = 0.0, time.monotonic()
    with TemporaryDirectory(prefix="parent-kills-", ignore_cleanup_errors=True) as folder:
        home = Path(folder).resolve() / "home"
        settings = Settings.read({"PEYVAND_HOME": str(home), "PEYVAND_ENGINE_HEAP": "512m"})
        os.environ["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # halves the work of a start
        with engine.hold(settings):
            pass  # the first password is made once
        wait_for(lambda: not belonging(home))
        once = time.monotonic()
        with engine.hold(settings):
            latest = 1.5 * (time.monotonic() - once) + 3  # the app itself needs some seconds
        wait_for(lambda: not belonging(home))
        for number in range(count):
            stood, outlived = killed(home, chance.uniform(0.5, latest), supervisor=number % 4 == 3)
            longest = max(longest, outlived)
            print(f"{number + 1}: {stood}, all gone after {outlived:.1f} s", flush=True)
    print(f"{count} kills in {time.monotonic() - begin:.0f} s: no orphan, the last process gone after {longest:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

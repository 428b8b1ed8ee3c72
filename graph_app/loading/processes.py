"""Which process works on a plan, and whether it still does; it may run on another machine that shares the folder."""

import os
import socket
import uuid
from functools import cache
from time import time
from typing import NamedTuple

import psutil

BEAT = 5.0  # seconds between two beats of who works
SILENT = 60.0  # seconds without one after which it is given up; clocks of machines may differ by less


class Process(NamedTuple):
    """A process: its number, when it began, and on which machine it runs."""

    number: int
    began: float
    machine: str = ""

    def alive(self, beat: float) -> bool:
        """Return whether it runs; of one on another machine only its last ``beat`` is known, in seconds since 1970."""
        if self.machine != _machine():
            return time() - beat < SILENT
        try:
            return bool(psutil.Process(self.number).create_time() == self.began)
        except psutil.Error:
            return False


def here() -> Process:
    """Return what tells this process from all others."""
    return Process(os.getpid(), psutil.Process().create_time(), _machine())


@cache
def _machine() -> str:
    """Return what tells this machine from others; where no network card is found, that is another one each time."""
    return f"{socket.gethostname()} {uuid.getnode():012x}"

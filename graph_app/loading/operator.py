"""Who sits at this machine."""

import getpass
import socket
from contextlib import suppress
from functools import cache


@cache
def who() -> str:
    """Return who is at work here, for the ledger: the user's name at the name of the machine."""
    with suppress(KeyError, OSError):  # no such user, as in some containers
        return f"{getpass.getuser()}@{socket.gethostname()}"
    return f"?@{socket.gethostname()}"

"""A file name as it may stand in a folder of ours: what a browser or an archive says is never trusted."""

import re
import unicodedata
from pathlib import PurePosixPath

from graph_app.errors import N_, LoadError

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_LONGEST = 120  # bytes, of the 255 that most file systems take


def safe_name(wanted: str) -> str:
    r"""Return the last part of ``wanted`` without anything that leads elsewhere or looks like something else.

    Raises
    ------
    LoadError
        If no name is left.

    Examples
    --------
    >>> safe_name("../../etc/شهرها.csv"), safe_name("C:\\data\\cities.csv")
    ('شهرها.csv', 'cities.csv')

    """
    last = unicodedata.normalize("NFC", wanted).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = _UNSAFE.sub("", last).strip(" .")
    if not name:
        raise LoadError(N_("A file has no name that can be used: “%(name)s”. Rename it, then send it."), name=wanted)
    path = PurePosixPath(name)
    room = _LONGEST - len(path.suffix.encode())
    return path.stem.encode()[:room].decode(errors="ignore") + path.suffix if room > 0 else _short(name)


def _short(name: str) -> str:
    return name.encode()[:_LONGEST].decode(errors="ignore")

"""Secrets that must be read again, kept where others may read: sealed with a key that lies elsewhere, in a file.

AES-GCM with a random nonce; what a text is for is bound to it, so that one cannot stand in the place of another.
"""

import base64
import binascii
import json
import os
import secrets
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from graph_app.database.tables import now
from graph_app.errors import N_, AccountError, SettingError
from graph_app.settings import Settings

_BYTES = 32
_NONCE = 12


class SealError(AccountError):
    """What was sealed cannot be read: by another key, for something else, changed, or too old."""

    def __init__(self) -> None:
        super().__init__(N_("This can no longer be read. Begin again."))


class Seal:
    """Seals and opens texts.

    Parameters
    ----------
    path
        Where the key lies.
    make
        Whether a key is made if there is none. A file that somebody named must be there: on a disk that is not
        mounted a new one would shut everybody out.

    """

    def __init__(self, path: Path, *, make: bool = True) -> None:
        self._path = path
        self._make = make

    @classmethod
    def of(cls, settings: Settings) -> "Seal":
        """Return the seal of an installation."""
        named = settings.text("PEYVAND_KEY_FILE")
        return cls(Path(named), make=False) if named else cls(settings.home / "key")

    def close(self, content: Any, purpose: str, lasts: timedelta | None = None) -> str:  # noqa: ANN401 - what JSON holds
        """Return ``content`` as a text that only ``open`` with the same purpose reads, for as long as it lasts."""
        until = (now() + lasts).timestamp() if lasts else None
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, json.dumps([until, content]).encode(), purpose.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, purpose: str) -> Any:  # noqa: ANN401
        """Return what was sealed for ``purpose``. Raises SealError if it cannot be read."""
        try:
            whole = base64.urlsafe_b64decode(sealed.encode())
            until, content = json.loads(self._cipher.decrypt(whole[:_NONCE], whole[_NONCE:], purpose.encode()))
        except (InvalidTag, ValueError) as error:
            raise SealError from error
        if until is not None and until < now().timestamp():
            raise SealError
        return content

    @cached_property
    def _cipher(self) -> AESGCM:
        if self._make and not self._path.exists():
            _make(self._path)
        try:
            key = base64.urlsafe_b64decode(self._path.read_bytes().strip())
        except (OSError, binascii.Error) as error:
            raise SettingError(N_("The key in %(path)s cannot be read."), path=str(self._path)) from error
        if len(key) != _BYTES:
            raise SettingError(N_("The file %(path)s does not hold 32 bytes as Base64."), path=str(self._path))
        return AESGCM(key)


def _make(path: Path) -> None:
    """Make a key. Of two who make one at once, the first's is kept, whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()

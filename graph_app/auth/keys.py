"""Secrets that we make: long, random, shown once; what is kept is their SHA-256."""

import hashlib
import secrets

_BYTES = 32  # 256 bits: guessing is hopeless, so a fast hash is enough


def new_secret() -> str:
    """Return a new secret of 256 random bits, for a cookie, an address or a header."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

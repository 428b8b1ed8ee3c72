"""Servers elsewhere are reached encrypted, or not at all; what is on this machine."""

from functools import lru_cache
from ipaddress import ip_address

from graph_app.errors import N_, SettingError
from graph_app.settings import Settings

_LISTED = "PEYVAND_UNENCRYPTED"


def refuse_plain(settings: Settings, host: str, setting: str) -> None:
    """Refuse a server that would be reached unencrypted, unless it is on this machine or whoever runs the app lists it.

    Parameters
    ----------
    settings
        Of this run.
    host
        Name or address of the server; empty or the path of a socket is this machine.
    setting
        What names the server.

    Raises
    ------
    SettingError
        If it may not be reached so.

    """
    listed = settings.text(_LISTED).replace(",", " ").casefold().split()
    if _is_here(host) or host.casefold() in listed:
        return
    message = N_(
        "%(name)s names a server on another machine, %(host)s, without encryption: passwords and all data would travel"
        " for all to read. Encrypt the way there, or list the server in %(listed)s if nobody can listen on that way."
    )
    raise SettingError(message, name=setting, host=host, listed=_LISTED)


@lru_cache(maxsize=256)
def is_loopback(address: str) -> bool:
    """Say whether ``address`` is an IP address of this machine itself."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_here(host: str) -> bool:
    return not host or host.startswith("/") or host.casefold() == "localhost" or is_loopback(host)

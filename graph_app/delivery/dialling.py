"""Connections to addresses that people typed: only where they may lead, and to the very address that was checked.

A name is resolved once; the connection goes to an address that this gave and that is allowed, so a name that points
elsewhere a moment later leads nowhere else. Redirects are not followed, and proxies of the environment are not used.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from graph_app.errors import N_, DeliveryError, SettingError
from graph_app.settings import Settings

_CONNECT, _READ, _ALL = 5.0, 10.0, 20.0  # seconds: to connect, for one read, altogether
_ANSWER = 4096  # bytes of an answer that are read
_LONGEST = 2000  # characters of an address
_PORTS = {"https": 443, "http": 80}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address in the last 32 bits (RFC 6052)
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Reach:
    """Where connections may lead: public addresses and ``networks``; to http addresses only if ``plain``."""

    networks: tuple[Network, ...] = ()
    plain: bool = False

    @classmethod
    def of(cls, settings: Settings) -> "Reach":
        """Return what ``settings`` allow. Raises SettingError if they cannot be read."""
        names = settings.text("PEYVAND_HOOK_NETWORKS").replace(",", " ").split()
        try:
            networks = tuple(ipaddress.ip_network(name) for name in names)
        except ValueError as error:
            message = N_("The setting %(name)s lists something that is no network: %(reason)s.")
            raise SettingError(message, name="PEYVAND_HOOK_NETWORKS", reason=error) from error
        return cls(networks, settings.choice("PEYVAND_HOOK_HTTP", "yes", "no") == "yes")

    def allows(self, address: Ip) -> bool:
        """Say whether a connection may go to ``address``; one inside it, as in IPv6 that carries IPv4, counts too."""
        return all(self._listed(one) or _public(one) for one in _all_in(address))

    def parts(self, address: str) -> SplitResult:
        """Return an address in parts.

        Raises
        ------
        DeliveryError
            If it cannot be posted to, or may not.

        """
        try:
            found = urlsplit(address)
            good = found.hostname and found.port != 0 and not (found.username or found.password or found.fragment)
            if found.hostname:
                found.hostname.encode("idna")
        except ValueError:
            good = False
        if not good or len(address) > _LONGEST or not address.isascii() or not address.isprintable() or " " in address:
            raise DeliveryError(N_("This is no address that can be posted to; it begins with https."), final=True)
        if found.scheme != "https" and not (found.scheme == "http" and self.plain):
            raise DeliveryError(N_("Only https addresses are posted to here."), final=True)
        return found

    def _listed(self, address: Ip) -> bool:
        return any(address.version == one.version and address in one for one in self.networks)


def post(address: str, body: bytes, headers: dict[str, str], reach: Reach) -> int:
    """Post ``body`` to ``address`` and return the status of the answer.

    Raises
    ------
    DeliveryError
        If the address may not be posted to, or cannot be reached, or does not answer in time.

    """
    parts = reach.parts(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connected(parts, reach) as connection:
            connection.request("POST", target, body, headers)
            answer = connection.getresponse()
            answer.read(_ANSWER)
            return answer.status
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "verify_message", None) or type(error).__name__
        message = N_("%(host)s cannot be reached: %(reason)s")
        raise DeliveryError(message, host=parts.hostname, reason=reason) from error


@contextmanager
def _connected(parts: SplitResult, reach: Reach) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to a checked address; it is cut when all together takes too long."""
    host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
    open_ = [socket.create_connection((_checked(host, port, reach), port), _CONNECT)]
    timer = Timer(_ALL, _cut, [open_])
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(host, port, timeout=_READ)
    connection.default_port = _PORTS[parts.scheme]
    try:
        open_[0].settimeout(_READ)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            open_[0] = tunnel = context.wrap_socket(open_[0], server_hostname=host, do_handshake_on_connect=False)
            tunnel.do_handshake()
        connection.sock = open_[0]
        yield connection
    finally:
        timer.cancel()
        connection.close()
        open_[0].close()


def _checked(host: str, port: int, reach: Reach) -> str:
    """Return the address of ``host`` to connect to.

    Raises
    ------
    DeliveryError
        If none of its addresses is allowed.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for one in addresses:
        if reach.allows(ipaddress.ip_address(one.partition("%")[0])):
            return one
    message = N_("%(host)s is in a network that webhooks may not reach; see the setting %(name)s.")
    raise DeliveryError(message, host=host, name="PEYVAND_HOOK_NETWORKS")


def _public(address: Ip) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _all_in(address: Ip) -> Sequence[Ip]:
    """Return an address and the IPv4 addresses that it carries; of one that only carries IPv4, that."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _TRANSLATED:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    inside = [address.sixtofour, *(address.teredo or ())]
    return [address, *(one for one in inside if one)]


def _cut(open_: list[socket.socket]) -> None:
    with suppress(OSError):  # it may have ended by itself
        open_[0].shutdown(socket.SHUT_RDWR)

"""A TCP proxy that breaks connections as networks do, between a driver and its server."""

import random
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread

_PIECE = 1 << 16
_DRIP = 16  # bytes at once, of a connection that drips
_PAUSE = 0.02  # seconds between two drips
_LINGER = struct.pack("ii", 1, 0)  # a socket that is closed so sends a reset


class Link:
    """One connection through the proxy: two sockets, two threads that carry bytes, and the fault that it has."""

    def __init__(self, near: socket.socket, far: socket.socket, over: Callable[["Link"], None]) -> None:
        self.near, self.far, self._over = near, far, over
        self.silent, self.dripping, self.cutting = Event(), Event(), Event()
        self._lock, self._open = Lock(), 2
        for source, target in ((near, far), (far, near)):
            Thread(target=self._carry, args=(source, target), name="proxy", daemon=True).start()

    def reset(self) -> None:
        """End both sides with a reset."""
        for end in (self.near, self.far):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def half_close(self) -> None:
        """Tell the driver that no more comes; what it sends is still carried."""
        with suppress(OSError):
            self.near.shutdown(socket.SHUT_WR)

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while piece := source.recv(_PIECE):
                if self.silent.is_set():
                    continue  # it is lost, and nobody is told
                if self.cutting.is_set() and len(piece) > 1:
                    target.sendall(piece[: random.randrange(1, len(piece))])  # noqa: S311 - no secret
                    self.reset()
                    return
                self._send(target, piece)
        except OSError:
            pass
        finally:
            self._end(target)

    def _send(self, target: socket.socket, piece: bytes) -> None:
        while piece and self.dripping.is_set():
            target.sendall(piece[:_DRIP])
            piece = piece[_DRIP:]
            time.sleep(_PAUSE)
        target.sendall(piece)

    def _end(self, target: socket.socket) -> None:
        if not self.silent.is_set():
            with suppress(OSError):
                target.shutdown(socket.SHUT_WR)
        with self._lock:
            self._open -= 1
            last = self._open == 0
        if last:
            self.near.close()
            self.far.close()
            self._over(self)


class Proxy:
    """Listens on this machine and carries what comes to ``port``; its faults are methods."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._lock = Lock()
        self._links: set[Link] = set()
        self._refusing = Event()
        self._closed = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        Thread(target=self._accept, name="proxy", daemon=True).start()

    @property
    def links(self) -> list[Link]:
        """The connections that are open now."""
        with self._lock:
            return list(self._links)

    def reset(self, _seconds: float) -> None:
        """Reset all connections."""
        for link in self.links:
            link.reset()

    def half_close(self, _seconds: float) -> None:
        """Close one direction of all connections."""
        for link in self.links:
            link.half_close()

    def cut(self, seconds: float) -> None:
        """End each connection in the middle of the next message that it carries."""
        links = self.links
        for link in links:
            link.cutting.set()
        time.sleep(seconds)
        for link in links:
            link.cutting.clear()

    def drip(self, seconds: float) -> None:
        """Carry a few bytes at a time for some seconds."""
        links = self.links
        for link in links:
            link.dripping.set()
        time.sleep(seconds)
        for link in links:
            link.dripping.clear()

    def swallow(self, seconds: float) -> None:
        """Lose all that the connections carry, without a word; after some seconds they are reset."""
        links = self.links
        for link in links:
            link.silent.set()
        time.sleep(seconds)
        for link in links:
            link.reset()

    def refuse(self, seconds: float) -> None:
        """Reset all connections, and each new one, for some seconds."""
        self._refusing.set()
        self.reset(0)
        time.sleep(seconds)
        self._refusing.clear()

    def close(self) -> None:
        """End everything."""
        self._closed = True
        self._refusing.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()  # wakes who accepts
        self._listener.close()
        self.reset(0)

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._refusing.is_set():
                near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
                near.close()
                continue
            try:
                far = socket.create_connection(self._target, 5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._links.add(Link(near, far, self._forget))

    def _forget(self, link: Link) -> None:
        with self._lock:
            self._links.discard(link)

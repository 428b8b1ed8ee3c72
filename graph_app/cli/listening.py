"""A waitress server that stops in order.

waitress ends at once: its loop breaks off, and threads that still answer write their wake-up byte to a descriptor that
is closed by then. Once the descriptor belongs to another file, the byte lands in that file; it has hit the application
database. So here the threads are gone before anything that they write to is closed.
"""

import gc
import time
from collections.abc import Callable
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from graph_app.cli.bodies import Channel

_GRACE = 10.0  # seconds; for answers that are under way when we are told to stop
_TURN = 0.1  # seconds
_YOUNG, _MIDDLE, _OLD = 50_000, 2, 10  # objects, and searches of the generation before, until one is searched


def spare_the_lasting() -> None:
    """From now on search for garbage less often, and never among what there is by now, which stays until the end.

    Python looks for circles of objects again and again; with the app in memory that takes longer than most answers,
    and one of ten thousand rows would be interrupted by it many times over. The middle generation is searched soon:
    when it had gathered ten times, every sixth answer of that size was held up for half a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)


class Listener:
    """A server of waitress, from its first connection to its last thread.

    Parameters
    ----------
    server : waitress.server.BaseWSGIServer or MultiSocketServer
        As ``waitress.create_server`` gives it; the listener owns it from now on.
    grace : float
        Seconds that answers under way are given after ``stop``.

    Attributes
    ----------
    port : int
        Where it listens.

    """

    def __init__(self, server: Any, *, grace: float = _GRACE) -> None:  # noqa: ANN401 - waitress has no types
        self._threads = server.task_dispatcher
        self._map = server.map if hasattr(server, "map") else server._map  # noqa: SLF001 - its only name
        self._poll = wasyncore.poll2 if server.adj.asyncore_use_poll else wasyncore.poll
        self._grace = grace
        self.port = int(self._servers()[0].effective_port)
        self._stopping = False
        for one in self._servers():
            one.channel_class = Channel

    def run(self) -> None:
        """Answer until ``stop``, ``SystemExit`` or ``KeyboardInterrupt``; then leave nothing behind."""
        try:
            while not self._stopping:
                self._poll(1.0, self._map)
        except (SystemExit, KeyboardInterrupt):
            pass
        finally:
            self._stopping = True  # whoever says so once more wakes nobody up
            self._drain()

    def stop(self) -> None:
        """Tell ``run`` to end, from any thread or a handler of a signal; a second time changes nothing."""
        if self._stopping:
            return
        self._stopping = True
        self._servers()[0].pull_trigger()

    def _servers(self) -> list[Any]:
        return [one for one in self._map.values() if isinstance(one, BaseWSGIServer)]

    def _drain(self) -> None:
        servers = self._servers()
        for server in servers:
            wasyncore.dispatcher.close(server)  # nobody new; the trigger stays open
        self._turn_until(lambda: not self._busy(), self._grace)
        for channel in self._channels():
            channel.handle_close()  # who still answers is told at its next write that nobody listens
        self._threads.set_thread_count(0)
        self._turn_until(lambda: not self._threads.threads, self._grace)
        if not self._threads.threads:  # or the trigger is left open: a late wake-up must not reach another file
            self._threads.shutdown(timeout=0)
            wasyncore.close_all(self._map)

    def _busy(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self._channels())

    def _channels(self) -> list[Any]:
        return [one for one in self._map.values() if isinstance(one, HTTPChannel)]

    def _turn_until(self, done: Callable[[], bool], seconds: float) -> None:
        last = time.monotonic() + seconds
        while not done() and time.monotonic() < last:
            self._poll(_TURN, self._map)

"""Bodies of requests as waitress takes them: one that finds no room on the disk is said by the page that reads it.

waitress keeps bodies of more than half a megabyte in a temporary file before the app sees the request, and closes the
connection without a word when that cannot be written. Here the rest of such a body is taken and dropped, so that its
sender comes to read the answer, and whoever reads it then is told that the disk is full.
"""

import io
from contextlib import suppress
from typing import Any

from waitress.buffers import OverflowableBuffer, TempfileBasedBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from graph_app.errors import FullError, no_room


class _Lost(io.RawIOBase):
    """A body that was not kept: whoever reads it is told so once, and finds nothing afterwards."""

    told = False

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: Any) -> int:  # noqa: ANN401 - as its base has it
        if self.told:
            return 0
        self.told = True
        raise FullError


class Body(OverflowableBuffer):  # type: ignore[misc]  # waitress has no types
    """What came of a body; ``lost`` once a part of it could not be kept."""

    lost = False
    buf: Any = None

    def append(self, s: bytes) -> None:
        """Take a part."""
        if self.lost:
            return
        try:
            super().append(s)
        except OSError as error:
            if not (no_room(error) or isinstance(error, FileNotFoundError)):  # the latter: no folder has room
                raise
            self._lose()

    def getfile(self) -> Any:  # noqa: ANN401 - any file
        """Return the whole, to be read."""
        return _Lost() if self.lost else super().getfile()

    def _set_large_buffer(self) -> None:
        """Go on in a file, which is known from its first moment on, so that it is closed whatever comes."""
        before, self.overflowed = self.buf, True
        self.buf = TempfileBasedBuffer()
        if before is not None:
            self.buf.append(before.get())
            before.close()

    def _lose(self) -> None:
        self.lost = True
        with suppress(OSError):  # what waits to be written finds no room either
            self.close()
        self.buf, self.strbuf = None, b""


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = Body(self.adj.inbuf_overflow)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests have such bodies."""

    parser_class = _Parser

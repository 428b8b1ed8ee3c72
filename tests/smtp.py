"""A real SMTP server on this machine for tests: what it takes is kept as it came over the wire."""

import socket
from contextlib import closing, contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Post:
    """Keeps mails; answers ``refusal`` to all instead, if it has one."""

    def __init__(self):
        self.mails = []
        self.refusal = ""

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name that is called
        if self.refusal:
            return self.refusal
        self.mails.append((envelope, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


@contextmanager
def server(**options):
    """Give the mails that are taken, and the port; ``options`` as aiosmtpd has them."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield post, port
    finally:
        controller.stop()

"""A real SMTP server in the test's own process, with a server's moods."""

from __future__ import annotations

import asyncio
import email
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.site import free_port

LINK = re.compile(r"https?://[^\s/]+(/s/[^\s\"<]+)")


class Inbox:
    """What arrived, and how the server answers."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.moments: list[float] = []  # of each mail's arrival
        self.envelopes: list[tuple[str, ...]] = []  # beside `mails`: whom each really went to
        self.senders: list[str] = []  # on the envelope, beside `mails`
        self.connections = 0
        self.refuse_recipient: Callable[[str], str] = lambda address: ""
        self.refuse_data = ""
        self.hangs = False
        self.drops_after_data = False

    async def handle_EHLO(  # noqa: N802 - aiosmtpd finds hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count connections, or say nothing until the client gives up."""
        self.connections += 1
        await self._hang()
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take the recipient, or not."""
        await self._hang()
        if refusal := self.refuse_recipient(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail, or not."""
        if self.refuse_data:
            return self.refuse_data
        content = envelope.content
        assert isinstance(content, bytes)
        self.envelopes.append(tuple(envelope.rcpt_tos))
        self.senders.append(str(envelope.mail_from))
        self.mails.append(email.message_from_bytes(content, policy=default))
        self.moments.append(time.time())
        if self.drops_after_data:
            server.transport.abort()
        return "250 OK"

    async def _hang(self) -> None:
        while self.hangs:
            await asyncio.sleep(0.05)

    def link(self, number: int = -1) -> str:
        """Return the path of the link in a mail, the last one unless told otherwise."""
        body = self.mails[number].get_body(("plain",))
        assert body is not None
        found = LINK.search(body.get_content())
        assert found, body.get_content()
        return found.group(1)


class Server:
    """A server on loopback that can go away and come back to the same port."""

    def __init__(self, port: int = 0) -> None:
        self.inbox = Inbox()
        self.port = port or free_port()
        self._controller: Controller | None = None

    def start(self) -> None:
        """Take connections from now on."""
        self._controller = Controller(self.inbox, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Refuse connections from now on; doing it again changes nothing."""
        if self._controller:
            self._controller.stop()
            self._controller = None


@contextmanager
def server(port: int = 0) -> Iterator[tuple[Inbox, int]]:
    """Run a server and hand out its inbox and port."""
    one = Server(port)
    one.start()
    try:
        yield one.inbox, one.port
    finally:
        one.stop()

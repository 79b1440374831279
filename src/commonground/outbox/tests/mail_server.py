"""A real mail server on loopback that does what the recipient's name asks for, and notes what it took over."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Office:
    """later-N@: refused for now N times · never@: refused for good · full@: taken at RCPT, refused after the dot · slow@: takes its
    time · cut@: the line breaks after the dot, the message is taken all the same · drop@: breaks in the middle, once."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.asked: Counter[str] = Counter()
        self.senders_refused = 0

    def count(self) -> Counter[str]:
        """Recipient → messages taken over."""
        return Counter(str(mail["To"]) for mail in self.taken)

    def bodies(self) -> Counter[str]:
        return Counter(mail.get_content().strip() for mail in self.taken)

    async def handle_MAIL(  # noqa: N802 - the server's name for it
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.senders_refused:
            self.senders_refused -= 1
            return "421 4.7.0 Too many messages on this line"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        name = address.partition("@")[0]
        self.asked[address] += 1
        if name == "never":
            return "550 5.1.1 No such mailbox here"
        if name.startswith("later-") and self.asked[address] <= int(name.removeprefix("later-")):
            return "450 4.2.0 Greylisted, try again later"
        if name == "drop" and self.asked[address] == 1:
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802 - the server's name for it
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name == "full":
            return "552 5.2.2 Mailbox full"
        if name == "slow":
            await asyncio.sleep(0.3)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.taken.append(mail)
        if name == "cut":
            server.transport.abort()
        return "250 2.0.0 Taken over"


@contextmanager
def opened() -> Iterator[tuple[Office, int]]:
    """The server and its port, until the block ends."""
    office = Office()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, port
    finally:
        time.sleep(0.05)  # lines that just ended are taken off by the server's loop
        controller.stop()

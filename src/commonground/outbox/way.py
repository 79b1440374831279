"""How mail leaves an instance."""

from dataclasses import dataclass

from django.conf import settings

from commonground.outbox.post import Server


@dataclass(frozen=True, slots=True)
class Way:
    """The server, whom mail is from, and where answers go (empty: to the sender)."""

    server: Server
    sender: str
    reply_to: str = ""


def way() -> Way | None:
    """The way of this instance; None while none is set, which makes every run a dry one."""
    found: Way | None = settings.MAIL
    return found

"""What is held of the mail to a person."""

from typing import Any

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.outbox.models import Message
from commonground.outbox.overview import words_of


def held_on(person: Any, user: User) -> list[Held]:
    """Mail to the addresses of the person (of `organization`, which stands above; None without one) and of their access."""
    addresses = {address.lower() for address in (user.email, getattr(person, "email", "")) if address}
    rows = [
        {
            "kind": words_of(row.kind),
            "to": row.recipient,
            "subject": row.subject,
            "state": row.get_state_display(),
            "asked for": row.queued_at,
            "ended": row.ended_at,
        }
        for address in sorted(addresses)
        for row in Message.objects.filter(recipient__iexact=address).order_by("pk")
    ]
    return [
        Held(
            "mail",
            "Mail to you",
            rows,
            "Written by the product when it had something to tell you.",
            keeping="outbox.messages",
        )
    ]

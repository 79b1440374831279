"""What stands on the stage of `scenery.py` for messages."""

from datetime import date
from typing import Any

from commonground.communication.models import Message, MessageText, PreferredChannel
from tests.cast import Cast

DAY = date(2026, 9, 1)


def messages(at: Any, cast: Cast) -> None:
    """A message that is out to everybody, with its words, and how a crew is best reached."""
    row = Message.objects.create(
        program=cast.program, key="M1", title="Why we do this", state="out", channels=["email", "print"],
        start=DAY, sender=cast.bob.person, written_by=cast.carol.user, known="The screen works.",
    )  # fmt: skip
    MessageText.objects.create(message=row, language="English", body="So that one call is enough.")
    Message.objects.create(
        program=cast.program, key="M2", title="For those it touches", state="approved", channels=["email", "talk"],
        audience={"touched": "yes"}, start=DAY, written_by=cast.carol.user,
    )  # fmt: skip
    at("communication:message message-people notice read edit-message words send-message", pk=row.pk)
    at("communication:set-message", pk=row.pk, state="done")
    at("communication:approve-message", pk=row.pk, answer="yes")
    way = PreferredChannel.objects.create(program=cast.program, unit=cast.units["crews"], channel="talk")
    at("communication:edit-preferredchannel remove-preferredchannel", pk=way.pk)
    at("communication:put-back-preferredchannel", entry=1)

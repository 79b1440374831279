"""What messages hold of a person: those that were mailed to them, that they send, wrote or approved, and how they are best reached."""

from django.db.models import Q

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.communication.keeping_messages import MAILED
from commonground.communication.mailing import Mailed
from commonground.communication.messages import Message
from commonground.communication.preferred import PreferredChannel
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Mail of messages, messages in their name or by their hand, and their preferred channel. What is not told yet stays out."""
    by_hand = Q(written_by=user) | Q(approved_by=user)
    by_hand |= Q(sender=person) if person is not None else Q(pk__in=())
    rows = Message.objects.told().filter(by_hand).order_by("pk")
    mailed = Mailed.objects.filter(person=person).select_related("message").order_by("on", "pk") if person else ()
    ways = PreferredChannel.objects.filter(person=person).order_by("pk") if person else ()
    return [
        Held(
            "messages-mailed",
            "Messages that were mailed to you",
            [{"message": one.message.title, "on": one.on} for one in mailed],
            "Noted when a message was sent, so that nobody gets it twice.",
            keeping=MAILED,
        ),
        Held(
            "messages-written",
            "Messages that you send, wrote or approved",
            [{"message": one.title, "state": one.get_state_display(), "approved": one.approved_on} for one in rows],
            "Written by whoever plans messages, you among them. Everybody who works on the program can read it.",
            hidden="A message about a change that is not told yet stands here once it is.",
        ),
        Held(
            "preferred-channel",
            "How you are best reached",
            [{"by": one.get_channel_display(), "why": one.note} for one in ways],
            "Noted by whoever plans messages. Ask them to change it.",
        ),
    ]

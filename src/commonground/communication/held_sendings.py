"""What lists to customers hold of a person of ours: those that they prepared, approved or took."""

from django.db.models import Q

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.communication.messages import Message
from commonground.communication.sendings import Sending
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Lists by their hand. What is not told yet stays out. person is not needed here."""
    by_hand = Q(prepared_by=user) | Q(approved_by=user) | Q(taken_by=user)
    told = Message.objects.told().values("pk")
    rows = Sending.objects.filter(by_hand, message__in=told).select_related("message").order_by("pk")
    return [
        Held(
            "sendings",
            "Lists to customers that you prepared, approved or took",
            [
                {
                    "message": one.message.title,
                    "channel": one.get_channel_display(),
                    "prepared": one.prepared_on if one.prepared_by_id == user.pk else None,
                    "approved": one.approved_on if one.approved_by_id == user.pk else None,
                    "taken": one.taken_on if one.taken_by_id == user.pk else None,
                }
                for one in rows
            ],
            "Noted when you did it. Everybody who works on the program can read it.",
            hidden="A list of a message about a change that is not told yet stands here once it is.",
        )
    ]

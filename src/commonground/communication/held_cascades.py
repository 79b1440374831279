"""What cascades hold of a person: the talks that they hold, and those in which they hear something."""

from django.db.models import Q

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.communication.cascades import PROPOSED, CascadeStep, Hearer
from commonground.communication.keeping_cascades import HEARERS
from commonground.communication.messages import Message
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Talks of cascades that have begun, about what may be told. user is not needed here."""
    if person is None:
        return []
    told = Message.objects.told().values("pk")
    rows = CascadeStep.objects.filter(cascade__message__in=told).exclude(cascade__state=PROPOSED)
    holds = rows.filter(Q(deliverer=person) | Q(deputy=person) | Q(delivered_by=person)).select_related(
        "cascade__message"
    )
    hears = Hearer.objects.filter(person=person, step__in=rows.values("pk")).select_related("step__cascade__message")
    return [
        Held(
            "talks-held",
            "Talks that you hold",
            [
                {"about": one.cascade.message.title, "window until before": one.closes, "held": one.delivered_on}
                for one in holds.order_by("pk")
            ],
            "Proposed from the reporting line, or by whoever runs the cascade. Everybody who works on the program can read it.",
        ),
        Held(
            "talks-heard",
            "Talks that are for you",
            [
                {"about": one.step.cascade.message.title, "held": one.step.delivered_on, "to pass it on": one.carries}
                for one in hears.order_by("pk")
            ],
            "Proposed from the reporting line. Read by whoever holds the talk, and by those who see you in the register.",
            hidden="It is not held whether you were there: only how many were. What is still to be told stands here once it is.",
            keeping=HEARERS,
        ),
    ]

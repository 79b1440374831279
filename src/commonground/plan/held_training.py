"""What is held on a person of their training: what they have a place in, had or missed, and the sessions that they teach."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.plan.keeping_training import ATTENDANCE
from commonground.plan.models import Attendance, Module, Session
from commonground.realignment.stages import SETTLED


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their attendance and the sessions in their name. user is not needed here."""
    if person is None:
        return []
    told = Module.objects.of_view(SETTLED).values("pk")
    places = (
        Attendance.objects.filter(person=person, module__in=told)
        .select_related("module", "session")
        .order_by("on", "pk")
    )
    taught = Session.objects.filter(trainer=person, module__in=told).select_related("module").order_by("on", "pk")
    return [
        Held(
            "training",
            "Your training",
            [
                {
                    "module": row.module.name,
                    "on": row.on,
                    "how": row.get_state_display(),
                    "where": row.session.place if row.session else "as a learning system says",
                }
                for row in places
            ],
            "Noted by whoever taught or leads you, or brought from a learning system. Read by you, your line and those who plan training.",
            hidden="No mark or score is held: columns of such are not read. What is meant for a change of which you have not been told "
            "stands here once you have.",
            keeping=ATTENDANCE,
        ),
        Held(
            "taught",
            "Sessions that you teach",
            [{"module": row.module.name, "on": row.on, "where": row.place} for row in taught],
            "Written by who plans training. Everybody who sees the module can read it.",
        ),
    ]

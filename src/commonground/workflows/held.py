"""What is held of a person's work: the processes that they answer for or do."""

from typing import Any

from commonground.access.holdings import Held
from commonground.accounts.models import User, actor_for
from commonground.organization.models import Person
from commonground.workflows.models import AnswersFor, Does, Process

SOURCE = "Sheets that the change lead brought, entered by hand, or accepted from what an event log proposed."


def held_on(person: Person | None, user: User) -> list[Held]:
    """What they answer for and what they do; never a process that exists only in a plan which they may not see."""
    if person is None:
        return []
    actor = actor_for(user, person=person.pk)
    seen = Process.objects.visible_to(actor).values("pk")

    def rows(model: Any) -> list[dict[str, Any]]:
        found = model.objects.filter(person=person, process__in=seen).select_related("process")
        return [
            {"process": str(row.process), "from": row.start, "until": row.end} for row in found.order_by("start", "pk")
        ]

    return [
        Held("answers-for", "What you answer for", rows(AnswersFor), SOURCE),
        Held("does", "What you do", rows(Does), SOURCE),
    ]

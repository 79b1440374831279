"""What findings hold of a person: those given to them, and those about them that rest on nothing which is not told."""

from django.db.models import Q

from commonground.access.holdings import Held
from commonground.accounts.models import User, actor_for
from commonground.guidance import held_experiments
from commonground.guidance.models import Finding
from commonground.organization.models import Person

ABOUT = ("owner", "manager", "path", "person")  # kinds of findings whose thing is a person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Findings with their name on them. Of findings about a person only those of the view “told” are shown, as to everybody."""
    actor = actor_for(user, person=person.pk if person is not None else None)
    given = Q(user=user) | (Q(person=person) if person is not None else Q(pk__in=()))
    mine = Finding.objects.visible_to(actor).filter(given).order_by("pk")
    about = Finding.objects.none()
    if person is not None:
        about = Finding.objects.filter(view="told", kind__in=ABOUT, thing=person.pk).order_by("pk")
    return [
        Held(
            "findings-with-you",
            "Findings that were given to you",
            [{"code": row.code, "what": row.what, "due": row.due, "state": row.get_state_display()} for row in mine],
            "Given by somebody of the project team, or taken on by you.",
            keeping="guidance.findings",
        ),
        Held(
            "findings-about-you",
            "Findings about you",
            [{"code": row.code, "what": row.what, "since": row.first_seen, "ended": row.ended_on} for row in about],
            "Worked out by guidelines from the registers. They say what the program still owes you, never how you are.",
            hidden="Findings that rest on plans which have not been told are shown only to those who may see these plans.",
            keeping="guidance.findings",
        ),
        *held_experiments.held_on(person, user),
    ]

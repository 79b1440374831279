"""What reinforcement holds of a person: what they did, plan, ended, decided or hear appeals about. Never what was done about them."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.reinforcement.models import CorrectiveStep, Reinforcement, Schedule, Sunset

WRITTEN = (
    "Entered by whoever works on the program, or brought by a sheet. Everybody who works on the program can read it."
)


def held_on(person: Person | None, user: User) -> list[Held]:
    """Rows in which they stand as who did something. user is not needed here: words that name a person are refused."""
    if person is None:
        return [
            Held("reinforcement-done", "What you did so that a new way keeps going", [], WRITTEN),
            Held("reinforcement-formal", "Formal steps that you decided, or hear appeals about", [], WRITTEN),
        ]
    done = [
        {"what": str(row), "on": row.on} for row in Reinforcement.objects.filter(given_by=person).order_by("on", "pk")
    ]
    done += [{"what": str(row), "on": row.starts_on} for row in Schedule.objects.filter(owner=person).order_by("pk")]
    ends = Sunset.objects.filter(announced_by=person) | Sunset.objects.filter(who=person)
    done += [{"what": str(row), "on": row.announced_on} for row in ends.select_related("behaviour").order_by("pk")]
    steps = CorrectiveStep.objects.filter(decided_by=person) | CorrectiveStep.objects.filter(appeal_to=person)
    return [
        Held("reinforcement-done", "What you did so that a new way keeps going", done, WRITTEN),
        Held(
            "reinforcement-formal",
            "Formal steps that you decided, or hear appeals about",
            [{"about": str(row), "on": row.on} for row in steps.order_by("on", "pk")],
            "Written by a change lead, or brought by a sheet. Change leads and auditors can read it.",
            keeping="reinforcement.formal_steps",
        ),
    ]

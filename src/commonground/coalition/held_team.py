"""What the team holds of a person: where they were asked to join, and what is noted for composing the team."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.coalition.team import Member, Wish
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their places on teams with what was agreed, and whether they are fixed on or left off a team to compose."""
    if person is None:
        return []
    members = Member.objects.filter(person=person).select_related("program").order_by("pk")
    wishes = Wish.objects.filter(person=person).select_related("composition__program").order_by("pk")
    return [
        Held(
            "team",
            "Your places on project teams",
            [
                {
                    "program": row.program.name,
                    "your answer": row.consent,
                    "hours a week": row.hours_per_week,
                    "manager agreed": row.manager_agreed,
                    "stands for": "; ".join(row.stands_for),
                    "from": row.start,
                    "until": row.end,
                }
                for row in members
            ],
            "The change lead, your manager and you.",
        ),
        Held(
            "team-to-compose",
            "What is noted of you for composing a team",
            [
                {
                    "program": row.composition.program.name,
                    "what": "on it" if row.on else "left off",
                    "why": "" if row.on else row.why,
                }
                for row in wishes
            ],
            "The change lead.",
            hidden="For composing a team, proposals are made out of who answers for which work; they are made anew again and again, and "
            "nobody is on a team who was not asked.",
        ),
    ]

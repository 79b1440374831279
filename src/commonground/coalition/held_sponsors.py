"""What is held on a person as a sponsor, and of what they visibly did."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.coalition.models import Act, Sponsor
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their sponsorships, with the day on which they were told of a silence, and their acts."""
    named = Sponsor.objects.filter(person=person).order_by("pk") if person is not None else Sponsor.objects.none()
    acts = Act.objects.filter(person=person).order_by("pk") if person is not None else Act.objects.none()
    return [
        Held(
            "sponsorships",
            "For what you are named as a sponsor",
            [
                {
                    "for": row.part,
                    "as": row.words,
                    "from": row.start,
                    "until before": row.end,
                    "told that nothing was seen": row.told_on,
                }
                for row in named
            ],
            "Written by a change lead. The day on which you were told that nothing of yours had been seen is read by nobody but you "
            "for at least a week.",
        ),
        Held(
            "acts",
            "What you visibly did for the change, or plan to",
            [
                {
                    "on": row.on,
                    "what": row.says,
                    "where": str(row.unit or "for all"),
                    "in a few words": row.words,
                    "planned": row.planned,
                }
                for row in acts
            ],
            "Noted by you or a change lead. Everybody who works on the program can read it.",
        ),
    ]

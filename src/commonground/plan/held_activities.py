"""What the plan holds of a person beside the activities that they lead: those that they deliver, and their calendar's address."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.plan.models import Feed
from commonground.programs.models import Activity


def held_on(person: Person | None, user: User) -> list[Held]:
    """What they deliver and confirmed; that they have an address for a calendar, never the address itself."""
    rows = Activity.objects.filter(deliverer=person).order_by("start", "pk") if person is not None else ()
    feeds = Feed.objects.filter(user=user).select_related("program").order_by("pk")
    return [
        Held(
            "deliveries",
            "Activities that you deliver",
            [
                {"what": str(row), "from": row.start, "until": row.end, "confirmed": row.delivered_on, "note": row.note}
                for row in rows
            ],
            "Entered by the project team, or brought by a sheet; the day of delivery by you.",
        ),
        Held(
            "calendar-address",
            "Your address for a calendar program",
            [{"program": row.program.name, "since": row.made_on} for row in feeds],
            "Made by you. The address is not kept in words; you can take it away in the plan, under “In your calendar”.",
        ),
    ]

"""What programs hold of a person: the activities that they lead."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.programs.models import Activity


def held_on(person: Person | None, user: User) -> list[Held]:
    """Activities under their name. user is not needed here."""
    rows = (
        Activity.objects.filter(owner=person).order_by("start", "pk") if person is not None else Activity.objects.none()
    )
    return [
        Held(
            "activities",
            "Activities that you lead",
            [{"what": str(row), "from": row.start, "until": row.end, "state": row.state} for row in rows],
            "Entered by the project team, or brought by a sheet.",
            hidden="Talks with the board and other influencers are noted as free text; ask the change lead whether one names you.",
        )
    ]

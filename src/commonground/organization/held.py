"""What the register holds of a person."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Assignment, Person, RolePeriod, UnitPeriod

SOURCE = "Sheets that the change lead brought, or entered by hand."


def held_on(person: Person | None, user: User) -> list[Held]:
    """Number, name and e-mail; every place they had or have. user is not needed here."""
    if person is None:
        return []
    places = list(Assignment.objects.filter(person=person).select_related("manager", "level").order_by("start", "pk"))
    units = dict(UnitPeriod.objects.filter(unit__in=[row.unit_id for row in places]).values_list("unit", "name"))
    roles = dict(RolePeriod.objects.filter(role__in=[row.role_id for row in places]).values_list("role", "name"))
    return [
        Held(
            "person",
            "Your entry in the register of people",
            [{"number": person.key, "name": person.name, "e-mail": person.email}],
            SOURCE,
        ),
        Held(
            "places",
            "Where you work and worked",
            [
                {
                    "from": row.start,
                    "until": row.end,
                    "unit": units.get(row.unit_id or 0, ""),
                    "role": roles.get(row.role_id or 0, ""),
                    "level": str(row.level or ""),
                    "manager": str(row.manager or ""),
                    "location": row.location,
                    "shift": row.shift,
                    "language": row.language,
                    "front office": row.front_office,
                }
                for row in places
            ],
            SOURCE,
        ),
    ]

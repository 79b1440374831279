"""A program with people enough to be asked, for tests of rounds."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.cast import FIRST_DAY, Cast

from commonground.assessments.instruments import POINTS
from commonground.assessments.models import Round
from commonground.assessments.opening import open_round
from commonground.organization.models import Assignment, Person

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
DAY = AT.date()
ROLES = {"billing": "billing_clerk", "contact": "contact_agent", "crews": "meter_reader", "root": "director"}


def staffed(cast: Cast, *, every: int = 12) -> list[Person]:
    """Five more people in the office, and so many more in each of Billing, Contact centre and Metering crews: crews have neither e-mail nor
    sign-in, and a few of Billing work at night."""
    made = []
    for unit in ("billing", "contact", "crews"):
        for number in range(every):
            key = f"{unit}-{number}"
            email = "" if unit == "crews" else f"{key}@example.org"
            made.append(Person(key=key, name=f"{unit.title()} {number}", email=email))
    made += [
        Person(key=f"root-{number}", name=f"Office {number}", email=f"o{number}@example.org") for number in range(5)
    ]
    Person.objects.bulk_create(made)
    for person in made:
        unit, _, number = person.key.partition("-")
        shift = "night" if unit == "billing" and int(number) < 3 else "day"
        Assignment.objects.create(
            person=person,
            unit=cast.units[unit],
            role=cast.roles[ROLES[unit]],
            level=cast.levels["staff"],
            start=FIRST_DAY,
            shift=shift,
        )
    return made


def draft(cast: Cast, **more: Any) -> Round:
    values = {
        "name": "Readiness, autumn",
        "instrument": "readiness",
        "purpose": "readiness",
        "attributes": ["unit"],
        "tables": [[], ["unit"]],
        "languages": ["en", "de"],
        "opens_on": DAY,
        "closes_on": DAY + timedelta(days=14),
        **more,
    }
    return cast.program.add(Round(**values), by=cast.alice.actor, at=AT)


def opened(cast: Cast, **more: Any) -> Round:
    return open_round(draft(cast, **more), by=cast.alice.actor, at=AT)


def values_for(round: Round, choose: Any = lambda column: 3) -> dict[str, int]:
    """A whole answer. choose: column → number, for what is not points."""
    found = {}
    for item in round.items["items"]:
        for column in item["columns"]:
            share = 100 // len(item["alternatives"]) if item["kind"] == POINTS else 0
            found[column["name"]] = share or choose(column)
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)

"""A log of contacts with customers, made so that its figures are known by hand.

Units: Billing and Contact centre below Customers (one business unit, the cast's), Water and a small one, Meters, of four people. Everybody
has two contacts in each week, on Monday and Thursday at nine. Before week SWITCH they are noted in the spreadsheet, from then on in the
CRM; so the share new of a week is 0 or 1, for all alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.cast import AT, Cast

from commonground.adoption.models import Behaviour
from commonground.events.models import Delivery, Log
from commonground.events.tests.made import Event, pieces
from commonground.organization.models import Assignment, Person, Unit, UnitPeriod

FIRST = date(2026, 1, 5)  # a Monday
SWITCH = 10
CUSTOMERS, WATER, METERS = 10, 9, 4
RULE = {
    "occasion": {"activity": ["Visit", "Call"]},
    "new": {"channel": "CRM"},
    "old": {"channel": "Spreadsheet"},
}


@dataclass(frozen=True)
class Followed:
    """The cast, a log without events, and a behaviour that is read from it."""

    cast: Cast
    log: Log
    behaviour: Behaviour

    def bring(self, weeks: Iterable[int], *, source: str = "CRM", name: str = "export.csv", **more: Any) -> Delivery:
        """Takes a file over that tells these weeks."""
        return bring(self.log, list(events(weeks, **more)), source=source, name=name, by=self.cast.alice.actor)


def events(weeks: Iterable[int], *, switch: int = SWITCH, days: tuple[int, ...] = (0, 3)) -> Iterator[Event]:
    """The contacts of these weeks, with the ids of the source, so that those told twice are known again."""
    for week in weeks:
        for unit, people in (("customers", CUSTOMERS), ("water", WATER), ("meters", METERS)):
            for number in range(people):
                for day in days:
                    at = datetime.combine(FIRST + timedelta(weeks=week, days=day), datetime.min.time(), UTC)
                    name, channel = f"{unit}-{number}", "CRM" if week >= switch else "Spreadsheet"
                    key = f"{name}/{week}/{day}"
                    seconds = int((at + timedelta(hours=9)).timestamp())
                    yield Event(key, "Visit", seconds, person=name, unit=None, channel=channel, id=key)


def bring(log: Log, rows: list[Event], *, source: str, name: str, by: Any) -> Delivery:
    row = Delivery.objects.bring(log, file=name, source=source, digest=uuid4().hex, by=by, at=AT)
    row.agree("Agreed", on=None, by=by, at=AT)
    row.take_over(pieces(rows, 2000), by=by, at=AT)
    log.refresh_from_db()
    return row


def set_up(cast: Cast) -> Followed:
    """People in their units since before the log begins; customers' people sit in Billing, below the business unit."""
    root = cast.units["root"]
    meters = Unit.objects.create(key="MET")
    path = f"/{root.pk}/{meters.pk}/"
    UnitPeriod.objects.create(unit=meters, name="Meters", parent=root, business_unit=True, path=path)
    for name, unit, people in (
        ("customers", cast.units["billing"], CUSTOMERS),
        ("water", cast.units["water"], WATER),
        ("meters", meters, METERS),
    ):
        for number in range(people):
            person = Person.objects.create(key=f"{name}-{number}", name=f"{name} {number}")
            Assignment.objects.create(
                person=person, unit=unit, role=cast.roles["billing_clerk"], start=date(2025, 1, 1)
            )
    log = Log.objects.begin("Contacts", by=cast.alice.actor, at=AT)
    log.set_week(days=(0, 1, 2, 3), opens=480, closes=960, by=cast.alice.actor, at=AT)
    behaviour = cast.program.add(
        Behaviour(key="B1", name="note the contact in the shared record", new_words="CRM"), by=cast.alice.actor, at=AT
    )
    behaviour.set_rule(RULE, log=log, by=cast.alice.actor, at=AT)
    return Followed(cast, log, behaviour)

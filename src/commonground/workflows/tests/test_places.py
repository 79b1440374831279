"""Which business unit an event belongs to: the log's unit, else the person's on that day, else what the log calls it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.cast import Cast

from commonground.analysis.events import MISSING, Events, Names
from commonground.events.pseudonyms import Pseudonyms
from commonground.organization.models import Assignment, Person, Unit, UnitPeriod
from commonground.workflows.places import Directory, Places

PSEUDONYMS = Pseudonyms(b"k" * 32)
SPRING, AUTUMN = date(2026, 3, 2), date(2026, 10, 1)
TURN = date(2026, 7, 1)


@pytest.fixture
def changed(cast: Cast) -> Cast:
    """“Water” becomes “Water and heat” in July, and a new unit of Customers is called “Water” from then on; Erin moves to Water."""
    UnitPeriod.objects.filter(unit=cast.units["water"]).update(end=TURN)
    root = cast.units["root"]
    UnitPeriod.objects.create(
        unit=cast.units["water"],
        name="Water and heat",
        parent=root,
        business_unit=True,
        product_line="Water",
        path=f"/{root.pk}/{cast.units['water'].pk}/",
        start=TURN,
    )
    desk = Unit.objects.create(key="DSK")
    path = f"/{root.pk}/{cast.units['customers'].pk}/{desk.pk}/"
    UnitPeriod.objects.create(unit=desk, name="Water", parent=cast.units["customers"], path=path, start=TURN)
    for name in ("East", "West"):
        twin = Unit.objects.create(key=name)
        UnitPeriod.objects.create(unit=twin, name="Team A", parent=cast.units["water"], path="/", start=None)
    Assignment.objects.filter(person=cast.erin.person).update(end=TURN)
    Assignment.objects.create(person=cast.erin.person, unit=cast.units["crews"], start=TURN)
    for key in ("T1", "T2"):
        Person.objects.create(key=key, name="Kim Twin")
    return cast


def places(cast: Cast, unit: str | None, person: str | None, day: date) -> tuple[str, str]:
    """What one event is given: the name of its unit (as key of the cast where it is one) and its line."""
    names = Names(("a",), (PSEUDONYMS.of(person),) if person else (), (unit,) if unit else (), ("Heat",), ())
    when = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) * 1_000_000

    def code(told: str | None) -> np.ndarray:
        return np.array([0 if told else MISSING], np.int32)

    nothing = np.array([MISSING], np.int32)
    block = Events(
        np.array([1], np.uint64), np.array([when]), code("a"), code(person), code(unit), nothing, nothing, names
    )
    found = Places(names, Directory(SPRING, AUTUMN), PSEUDONYMS, ZoneInfo("UTC"))
    units, lines = found.of(block)
    keys = {str(row.pk): name for name, row in cast.units.items()}
    name = "missing" if units[0] == MISSING else found.units[units[0]]
    return keys.get(name, name), "" if lines[0] == MISSING else found.lines[lines[0]]


@pytest.mark.parametrize(
    ("unit", "person", "day", "expected"),
    [
        ("BIL", None, SPRING, ("customers", "")),  # by its id, at the depth of business units
        ("billing ", None, SPRING, ("customers", "")),  # by its name, whatever its case and spaces
        ("Metering crews", None, SPRING, ("water", "Water")),  # with its product line
        ("Water", None, SPRING, ("water", "Water")),  # a name means the unit that bears it on the day
        ("Water", None, AUTUMN, ("customers", "")),
        ("Water and heat", None, SPRING, ("water", "Water")),  # a name ahead of its day: the unit that is to bear it
        ("Team A", "erin@example.org", SPRING, ("customers", "")),  # two units at once: the person decides
        ("Team A", None, SPRING, ("x:Team A", "")),  # and nobody: what the log calls it
        ("Contractor", "P5", SPRING, ("customers", "")),  # unknown to the organization: the person by number
        ("Contractor", "somebody", SPRING, ("x:Contractor", "")),
        (None, "ERIN@example.org", SPRING, ("customers", "")),  # the person by e-mail, on that day
        (None, "Erin Eide", AUTUMN, ("water", "Water")),  # by a name nobody shares, after the move
        (None, "Kim Twin", SPRING, ("missing", "")),  # two of that name
        (None, "Charlie Chen", date(2024, 6, 1), ("missing", "")),  # not here yet on that day
        (None, None, SPRING, ("missing", "")),
        ("BIL", "charlie@example.org", SPRING, ("customers", "")),  # the log's unit goes before the person's
    ],
)
def test_the_unit_of_an_event(
    changed: Cast, unit: str | None, person: str | None, day: date, expected: tuple[str, str]
) -> None:
    assert places(changed, unit, person, day) == expected


def test_people_are_counted_at_the_depth_of_business_units(cast: Cast) -> None:
    """By hand: Dan and Erin in Billing, Carol, Heidi and Ivan in the contact centre; Charlie in Water; Alice and Bob at the root."""
    count = Directory(SPRING, AUTUMN).headcount(AUTUMN)
    keys = {str(row.pk): name for name, row in cast.units.items()}
    assert {keys[unit]: people for unit, people in count.items()} == {"customers": 5, "water": 1, "root": 2}

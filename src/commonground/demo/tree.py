"""Northlight's units: seven business units, down to crews and desks. At scale the crews and desks are many; the rest stays."""

from collections.abc import Iterator
from typing import NamedTuple

from commonground.analysis.facts import Unit
from commonground.demo.days import Days

ROOT = "northlight"


class Place(NamedTuple):
    """A unit, where it sits, and whether it is one of many of its kind (`crew`)."""

    id: str
    name: str
    parent: str | None
    location: str
    crew: bool = False


HARBOUR, NORTH, SOUTH, EAST = "Harbour Street", "North depot", "South depot", "East yard"
HILL, CALL, MARKET = "Waterworks Hill", "Call house", "Market hall"

PLACES = (
    Place(ROOT, "Northlight", None, HARBOUR),
    Place("el", "Electricity", ROOT, HARBOUR),
    Place("el-grid", "Power network", "el", HARBOUR),
    Place("el-north", "Power district North", "el-grid", NORTH),
    Place("el-north-line", "Line crew North", "el-north", NORTH, crew=True),
    Place("el-north-cable", "Cable crew North", "el-north", NORTH, crew=True),
    Place("el-south", "Power district South", "el-grid", SOUTH),
    Place("el-south-line", "Line crew South", "el-south", SOUTH, crew=True),
    Place("el-south-cable", "Cable crew South", "el-south", SOUTH, crew=True),
    Place("el-east", "Power district East", "el-grid", EAST),
    Place("el-east-line", "Line crew East", "el-east", EAST, crew=True),
    Place("el-east-cable", "Cable crew East", "el-east", EAST, crew=True),
    Place("el-control", "Network control", "el-grid", HARBOUR),
    Place("el-conn", "Connections", "el", HARBOUR),
    Place("el-conn-new", "New connections", "el-conn", HARBOUR, crew=True),
    Place("el-records", "Power supply records", "el-conn", HARBOUR),
    Place("el-plan", "Network planning", "el", HARBOUR),
    Place("wa", "Water", ROOT, HILL),
    Place("wa-net", "Water network", "wa", HILL),
    Place("wa-north", "Water district North", "wa-net", NORTH),
    Place("wa-north-mains", "Mains crew North", "wa-north", NORTH, crew=True),
    Place("wa-north-service", "Service crew North", "wa-north", NORTH, crew=True),
    Place("wa-south", "Water district South", "wa-net", SOUTH),
    Place("wa-south-mains", "Mains crew South", "wa-south", SOUTH, crew=True),
    Place("wa-south-service", "Service crew South", "wa-south", SOUTH, crew=True),
    Place("wa-works", "Treatment works", "wa", HILL, crew=True),
    Place("wa-lab", "Water quality", "wa", HILL),
    Place("wa-supply", "Supply points", "wa", HILL),
    Place("wa-records", "Water supply records", "wa-supply", HILL),
    Place("me", "Metering crews", ROOT, SOUTH),
    Place("me-north", "Meter depot North", "me", NORTH),
    Place("me-north-a", "Meter crew North A", "me-north", NORTH, crew=True),
    Place("me-north-b", "Meter crew North B", "me-north", NORTH, crew=True),
    Place("me-north-night", "Night crew North", "me-north", NORTH, crew=True),
    Place("me-south", "Meter depot South", "me", SOUTH),
    Place("me-south-a", "Meter crew South A", "me-south", SOUTH, crew=True),
    Place("me-south-b", "Meter crew South B", "me-south", SOUTH, crew=True),
    Place("me-south-night", "Night crew South", "me-south", SOUTH, crew=True),
    Place("me-dispatch", "Dispatch", "me", SOUTH),
    Place("me-devices", "Devices and workshop", "me", EAST),
    Place("bi", "Billing", ROOT, HARBOUR),
    Place("bi-accounts", "Accounts", "bi", HARBOUR, crew=True),
    Place("bi-readings", "Readings", "bi", HARBOUR, crew=True),
    Place("bi-run", "Bill run", "bi", HARBOUR),
    Place("bi-payments", "Payments and reminders", "bi", HARBOUR, crew=True),
    Place("cc", "Contact centre", ROOT, CALL),
    Place("cc-phone", "Phone", "cc", CALL),
    Place("cc-phone-1", "Phone team Lark", "cc-phone", CALL, crew=True),
    Place("cc-phone-2", "Phone team Heron", "cc-phone", CALL, crew=True),
    Place("cc-phone-3", "Phone team Swift", "cc-phone", CALL, crew=True),
    Place("cc-phone-4", "Phone team Owl", "cc-phone", CALL, crew=True),
    Place("cc-write", "Letters and e-mail", "cc", CALL, crew=True),
    Place("cc-desks", "Front desks", "cc", MARKET),
    Place("cc-desk-market", "Desk at the Market hall", "cc-desks", MARKET, crew=True),
    Place("cc-desk-harbour", "Desk at Harbour Street", "cc-desks", HARBOUR, crew=True),
    Place("cc-quality", "Planning and quality", "cc", CALL),
    Place("ka", "Key accounts", ROOT, HARBOUR),
    Place("ka-industry", "Industry", "ka", HARBOUR, crew=True),
    Place("ka-public", "Public bodies and housing", "ka", HARBOUR, crew=True),
    Place("cs", "Corporate services", ROOT, HARBOUR),
    Place("cs-it", "Information technology", "cs", HARBOUR, crew=True),
    Place("cs-people", "People and culture", "cs", HARBOUR),
    Place("cs-finance", "Finance and fleet", "cs", HARBOUR),
    Place("cs-words", "Communication", "cs", HARBOUR),
    Place("cs-program", "Customer program", "cs", HARBOUR),
)
PLACE = {place.id: place for place in PLACES}
PRODUCT_LINES = {"el": "Electricity", "wa": "Water"}
# What units were called before, and until which day: renames and a move.
BEFORE = {
    "el-records": ("Cable archive", "el-plan", -388),
    "cc-write": ("Correspondence", "cc", -212),
    "cs-program": ("CRM project", "cs-it", -470),
}
# Bill queries went into Letters and e-mail, with its people: a unit that ended.
MERGED, MERGED_INTO, MERGED_ON = "bi-queries", "cc-write", -212


def copies(place: Place, factor: float) -> list[str]:
    """The ids of a unit and, at scale, of its further siblings of the same kind."""
    more = max(1, round(factor * 0.76)) if place.crew else 1
    return [place.id, *(f"{place.id}-{number}" for number in range(2, more + 1))]


def business_unit(unit: str) -> str:
    """The business unit of a unit, which its id begins with."""
    return unit.split("-", 1)[0]


def units(days: Days, factor: float) -> Iterator[Unit]:
    """The rows of the units sheet, periods that have ended included."""
    for place in PLACES:
        business = place.parent == ROOT
        line = PRODUCT_LINES.get(place.id)
        for number, key in enumerate(copies(place, factor), start=1):
            name = place.name if number == 1 else f"{place.name} {number}"
            start = None
            if key in BEFORE:
                old, parent, until = BEFORE[key]
                start = days.on(until)
                yield Unit(key, old, parent, False, None, None, start)
            yield Unit(key, name, place.parent, business, line, start, None)
    yield Unit(MERGED, "Bill queries", "bi", False, None, None, days.on(MERGED_ON))

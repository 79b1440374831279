"""A guideline of a third party: something is planned for the night shift."""

from collections.abc import Iterator

from commonground.analysis.facts import Activity
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.audience import audience_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines import Found, Parameters, Subject, guideline


@guideline(
    "NIGHT-01",
    "At least one activity is planned for the night shift.",
    severity="note",
    why="Who works while others sleep hears of the change last, and knows best what fails at three in the morning.",
    source="Our own: agreed with the crews of the night.",
    do="Go there once at night; the technique “A round at night” says how.",
    needs=("people", "activities"),
    parameters={"people": 1},
)
def nothing_at_night(register: Register, parameters: Parameters) -> Iterator[Found]:
    at_night = sum(1 for person in register.organization.people.values() if person.shift == "night")
    rows = rows_of(register.facts, "activities", Activity)
    for_them = [row for row in rows if audience_of(row.audience).get("shift") == "night"]
    if at_night >= parameters["people"] and not for_them:
        yield Found(
            Subject("program", "night shift"),
            "No activity is for the night shift",
            "night shift",
            f"people: {at_night} on the night shift; activities: {len(rows)}, none with shift=night",
        )

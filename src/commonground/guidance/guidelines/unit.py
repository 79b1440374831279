"""UNIT: guidelines that apply to an organization of diverse business units."""

from collections.abc import Iterator

from commonground.analysis.facts import Activity, Milestone
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline


@guideline(
    "UNIT-01",
    "Every unit that the change touches has an activity or a milestone of its own.",
    severity="warn",
    why="Units differ: what fits one is seldom right for the next without a date and a hand of its own.",
    source="Practice UNIT: an organization of diverse business units needs guidelines to apply, for the whole and for each unit.",
    do="Copy what works in another unit and adapt it with the people of this one.",
    needs=("people", "processes", "activities", "milestones"),
    also_reads=("units", "does", "roles", "role_changes", "paths"),
)
def nothing_of_its_own(register: Register, parameters: Parameters) -> Iterator[Found]:
    organization = register.organization
    planned = [row.unit for row in rows_of(register.facts, "activities", Activity)]
    planned += [row.unit for row in rows_of(register.facts, "milestones", Milestone)]
    own = {organization.business_unit(unit) for unit in planned if unit}
    for unit in register.touched_units:
        if unit not in own:
            name = organization.unit_name(unit)
            yield Found(
                Subject("unit", unit),
                f"{name} changes, and nothing in the plan is its own",
                name,
                f"activities: none for {name} or a unit within; milestones: none; touched by processes, roles or paths",
            )

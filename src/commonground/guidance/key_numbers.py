"""The few counts that the home page stands on: taken from the register, so that they equal what the guidelines count."""

from dataclasses import dataclass
from typing import Final

from commonground.analysis.facts import PURPOSE_IN_QUESTION, Acknowledgement
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register

TABLES: Final = (
    "people",
    "units",
    "roles",
    "processes",
    "does",
    "workflows",
    "role_changes",
    "paths",
    "acknowledgements",
    "solutions",
    "seats",
    "takes_part",
    "activities",
    "voices",
)


@dataclass(frozen=True)
class KeyNumbers:
    """Counts as of a day. owners: those who answer for a process whose purpose is in question; owners_in: of them, who takes part
    in each search of theirs. to_acknowledge: (role, holder) pairs of roles that change; acknowledged: of them, how many have."""

    people: int
    touched: int
    owning: int
    touched_front: int
    owning_front: int
    processes: int
    in_question: int
    purpose_in_question: int
    owners: int
    owners_in: int
    roles: int
    changing_roles: int
    to_acknowledge: int
    acknowledged: int
    workflows: int
    units: int
    touched_units: int


def key_numbers(register: Register) -> KeyNumbers:
    """The counts of the home page as of the register's day."""
    work, organization = register.work, register.organization
    losing = [process for process in work.in_question if process.fate in PURPOSE_IN_QUESTION]
    owners, outside = set[str](), set[str]()
    for process in losing:
        inside = register.participation.take_part_in(process)
        owners.update(work.owners(process))
        outside.update(person for person in work.owners(process) if person not in inside)
    owed = {
        (role.id, person)
        for role in organization.roles.values()
        if role.fate in {"change", "merge"}
        for person in organization.holders.get(role.id, ())
    }
    done = {
        (row.role, row.person)
        for row in rows_of(register.facts, "acknowledgements", Acknowledgement)
        if row.acknowledged and row.acknowledged <= register.facts.as_of
    }
    front = register.touched & organization.front
    return KeyNumbers(
        people=len(organization.people),
        touched=len(register.touched),
        owning=len(register.touched & register.owning),
        touched_front=len(front),
        owning_front=len(front & register.owning),
        processes=len(work.processes),
        in_question=len(work.in_question),
        purpose_in_question=len(losing),
        owners=len(owners),
        owners_in=len(owners - outside),
        roles=len(organization.roles),
        changing_roles=len(register.changing_roles),
        to_acknowledge=len(owed),
        acknowledged=len(owed & done),
        workflows=len(register.facts.rows("workflows")),
        units=len(organization.units),
        touched_units=len(register.touched_units),
    )

"""What ends the findings of LOSS."""

from datetime import timedelta

from commonground.analysis.facts import Facts, Perception, RoleChange
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced

APART = 200  # days between two changes that were put one after the other


def offer_and_agree(facts: Facts, finding: Finding) -> Facts:
    """Something is offered for each loss of the role, and its holders accepted."""

    def accepted(row: RoleChange) -> RoleChange:
        if row.role != finding.subject.id or row.size >= 0:
            return row
        return row._replace(offered=row.offered or "what was worked out with the holders", accepted=True)

    return replaced(facts, "role_changes", RoleChange, accepted)


def respond(facts: Facts, finding: Finding) -> Facts:
    """Whoever was chosen for it responds; of roles with few holders, for all of them."""
    register = Register(facts)
    holders, fewest = register.organization.holders, register.voices.threshold

    def told_by(row: Perception) -> str:
        return row.role if row.role and len(holders.get(row.role, ())) >= fewest else "all"

    def answered(row: Perception) -> Perception:
        return row._replace(answered=facts.as_of) if told_by(row) == finding.subject.id else row

    return replaced(facts, "perceptions", Perception, answered)


def one_after_the_other(facts: Facts, finding: Finding) -> Facts:
    """The changes in which the unit loses come one after the other, after all others that are dated."""
    organization = Register(facts).organization
    rows = rows_of(facts, "role_changes", RoleChange)

    def is_meant(row: RoleChange) -> bool:
        units = (
            [row.unit]
            if row.unit
            else [organization.people[one].unit for one in organization.holders.get(row.role, ())]
        )
        return row.size < 0 and finding.subject.id in map(organization.business_unit, units)

    last = max((row.effective for row in rows if row.effective), default=facts.as_of)
    changes = dict.fromkeys((row.role, row.effective) for row in rows if is_meant(row))
    days = {change: last + timedelta(days=APART * number) for number, change in enumerate(changes, start=1)}
    return replaced(
        facts,
        "role_changes",
        RoleChange,
        lambda row: row._replace(effective=days[row.role, row.effective]) if is_meant(row) else row,
    )

"""What ends the findings of ROLE."""

from commonground.analysis.facts import Acknowledgement, Facts, Path, Role, Stage
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows


def acknowledged_by_all(facts: Facts, role: str) -> Facts:
    """Every holder of a role has read, discussed and acknowledged it by the day."""
    day, holders = facts.as_of, Register(facts).organization.holders.get(role, ())
    return with_rows(facts, "acknowledgements", *(Acknowledgement(role, one, day, day, day, day) for one in holders))


def acknowledge(facts: Facts, finding: Finding) -> Facts:
    """Every holder of the role acknowledges it."""
    return acknowledged_by_all(facts, finding.subject.id)


def write_it_down(facts: Facts, finding: Finding) -> Facts:
    """The role is written down as it is and as it becomes."""

    def written(row: Role) -> Role:
        if row.id != finding.subject.id:
            return row
        return row._replace(
            definition_before=(row.definition_before or "").strip() or "What it answers for today.",
            definition_after=(row.definition_after or "").strip() or "What it is to answer for.",
        )

    return replaced(facts, "roles", Role, written)


def decide_what_comes_next(facts: Facts, finding: Finding) -> Facts:
    """Everybody who holds the role and has no next one gets one."""
    ending, following = finding.subject.id, f"after {finding.subject.id}"
    holders = Register(facts).organization.holders.get(ending, ())
    facts = with_rows(facts, "roles", Role(following, following))
    return with_rows(facts, "paths", *(Path(person, ending, "new_role", following) for person in holders))


def talk_first(facts: Facts, finding: Finding) -> Facts:
    """The people concerned were told, and their line spoke, no later than it showed or came into force."""

    def told(row: Stage) -> Stage:
        if (row.kind, row.id) != finding.subject:
            return row
        return row._replace(told=row.in_force or row.told, line_spoke=row.shown or row.line_spoke)

    return replaced(facts, "stages", Stage, told)

"""What ends the findings of OWN."""

from math import ceil

from commonground.analysis.facts import Facts, Process
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_somebody
from commonground.guidance.guidelines.remedies.searches import taking_part

SHARE = 0.1  # of the people of a unit or level
MOST = 5  # processes in question that one person can lead
PROBLEM = "a bounded problem"


def design_together(facts: Facts, finding: Finding) -> Facts:
    """One in ten of the touched people there design the answer to a bounded problem together."""
    register, (kind, key) = Register(facts), finding.subject
    place = {
        one: register.organization.business_unit_of.get(one) if kind == "unit" else register.organization.level(one)
        for one in register.touched
    }
    people = sorted(one for one, where in place.items() if where == key)
    return taking_part(facts, PROBLEM, people[: ceil(SHARE * len(people))])


def front_office_designs(facts: Facts, finding: Finding) -> Facts:
    """One of the front office designs the answer to a bounded problem."""
    organization = Register(facts).organization
    people = (one for one in organization.front if organization.business_unit_of.get(one) == finding.subject.id)
    return taking_part(facts, PROBLEM, [min(people)])


def share_ownership(facts: Facts, finding: Finding) -> Facts:
    """What is more than one person can lead gets other owners, who have room for it."""
    person = finding.subject.id
    register = Register(facts)
    asked = {one.id for one in register.work.in_question}
    held = {one: len(asked.intersection(mine)) for one, mine in register.work.answered_by.items()}
    for process in sorted(asked.intersection(register.work.answered_by[person]))[MOST:]:
        others = tuple(one for one in register.work.processes[process].answers_for if one != person)
        if not others:
            facts, owner = with_somebody(facts, [one for one, many in held.items() if many >= MOST])
            held[owner] = held.get(owner, 0) + 1
            others = (owner,)
        facts = _answered_by(facts, process, others)
    return facts


def _answered_by(facts: Facts, process: str, people: tuple[str, ...]) -> Facts:
    return replaced(
        facts, "processes", Process, lambda row: row._replace(answers_for=people) if row.id == process else row
    )

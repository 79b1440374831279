"""What ends the findings of MNGR."""

from commonground.analysis.facts import Conversation, Facts, Path, Process, Reassignment, Role
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.analysis.talks import handed_over
from commonground.analysis.work import owners_after
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows
from commonground.guidance.guidelines.remedies.searches import searched, taking_part


def owners_take_part(facts: Facts, finding: Finding) -> Facts:
    """A seat and a session for everybody who answers for the process."""
    work = Register(facts).work
    facts, search = searched(facts, finding.subject.id)
    return taking_part(facts, search, work.owners(work.processes[finding.subject.id]))


def talk_of_three(facts: Facts, finding: Finding) -> Facts:
    """All three note that they talked, for everybody whom the manager hands over or takes on."""
    day, manager = facts.as_of, finding.subject.id
    rows = [
        row
        for row in handed_over(facts, Register(facts).organization)
        if (row.from_manager or row.to_manager) == manager
    ]
    noted = {row.person for row in rows_of(facts, "reassignments", Reassignment)}
    people = {row.person for row in rows}

    def talked(row: Reassignment) -> Reassignment:
        return row._replace(talked_from=day, talked_to=day, talked_person=day)

    facts = replaced(facts, "reassignments", Reassignment, lambda row: talked(row) if row.person in people else row)
    return with_rows(facts, "reassignments", *(talked(row) for row in rows if row.person not in noted))


def define_the_new_role(facts: Facts, finding: Finding) -> Facts:
    """A role that is written down, to which the manager goes."""
    person, role = finding.subject.id, f"next role of {finding.subject.id}"
    own = Register(facts).organization.people[person].role or ""
    facts = with_rows(facts, "roles", Role(role, role, definition_after="What they will be needed for."))
    if any(path.person == person for path in rows_of(facts, "paths", Path)):
        return replaced(facts, "paths", Path, lambda row: row._replace(to_role=role) if row.person == person else row)
    return with_rows(facts, "paths", Path(person, own, "new_role", role))


def decide_on_one(facts: Facts, finding: Finding) -> Facts:
    """The first of those who were named is to answer for the process."""

    def decided(row: Process) -> Process:
        return row._replace(to_answers_for=owners_after(row)[:1]) if row.id == finding.subject.id else row

    return replaced(facts, "processes", Process, decided)


def offer_a_conversation(facts: Facts, finding: Finding) -> Facts:
    """The day on which it was offered; who offered it may stay open."""
    return with_rows(facts, "conversations", Conversation(finding.subject.id, facts.as_of))

"""What ends the findings of PROC."""

from commonground.analysis.facts import Facts, LogActivity, Process
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_somebody
from commonground.guidance.guidelines.remedies.searches import searched, taking_part


def name_an_owner(facts: Facts, finding: Finding) -> Facts:
    """Who leads the unit answers for the process; somebody else who is here where the line does not say who leads."""
    organization, process = Register(facts).organization, Register(facts).work.processes[finding.subject.id]
    owner = organization.unit_manager(process.unit)
    if owner is None:
        facts, owner = with_somebody(facts)
    answers = (owner,)
    return replaced(
        facts, "processes", Process, lambda row: row._replace(answers_for=answers) if row.id == process.id else row
    )


def a_doer_takes_part(facts: Facts, finding: Finding) -> Facts:
    """A seat and a session for one of those who do the process."""
    doer = min(Register(facts).work.doers[finding.subject.id])
    facts, search = searched(facts, finding.subject.id)
    return taking_part(facts, search, [doer])


def accept_as_a_process(facts: Facts, finding: Finding) -> Facts:
    """The work becomes a process of the register, and the log knows it."""

    def known(row: LogActivity) -> LogActivity:
        is_meant = f"{row.log or ''}/{row.activity}" == finding.subject.id
        return row._replace(process=row.process or row.activity) if is_meant else row

    return replaced(facts, "log_activities", LogActivity, known)


def name_who_takes_over(facts: Facts, finding: Finding) -> Facts:
    """Somebody who is here takes over the open work and the data."""
    facts, heir = with_somebody(facts)
    return replaced(
        facts,
        "processes",
        Process,
        lambda row: row._replace(taken_over_by=heir) if row.id == finding.subject.id else row,
    )

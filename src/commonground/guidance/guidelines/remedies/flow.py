"""What ends the findings of FLOW."""

from commonground.analysis.crossings import paths
from commonground.analysis.facts import Facts, Handoff
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows


def agree_a_service_level(facts: Facts, finding: Finding) -> Facts:
    """What is handed on there is taken up at once."""

    def at_once(row: Handoff) -> Handoff:
        is_meant = f"{row.workflow}/{row.from_process}/{row.to_process}" == finding.subject.id
        return row._replace(median_wait_working_hours=0.0) if is_meant else row

    return replaced(facts, "handoffs", Handoff, at_once)


def one_owner_end_to_end(facts: Facts, finding: Finding) -> Facts:
    """Nothing comes back any more along this workflow."""

    def clear(row: Handoff) -> Handoff:
        return row._replace(ping_pong_cases=0) if row.workflow == finding.subject.id else row

    return replaced(facts, "handoffs", Handoff, clear)


def stays_in_one_hand(facts: Facts, finding: Finding) -> Facts:
    """In the workflow of the future one step does it all, so that nothing is handed over a boundary."""
    workflow = finding.subject.id
    step = next(
        way.today[0].source.id if way.today else "" for way in paths(Register(facts)) if way.workflow == workflow
    )
    step = step or _a_step(facts, workflow)
    kept = replaced(
        facts, "handoffs", Handoff, lambda row: None if row.workflow == workflow and row.when == "to_be" else row
    )
    return with_rows(kept, "handoffs", Handoff(workflow, step, step, when="to_be"))


def _a_step(facts: Facts, workflow: str) -> str:
    """A step of the workflow to be, where there is no way today."""
    known = Register(facts).work.processes
    named = (
        end
        for row in facts.rows("handoffs")
        if isinstance(row, Handoff) and row.workflow == workflow
        for end in row[1:3]
    )
    return next(end for end in named if end in known)

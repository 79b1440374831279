"""What ends the findings of BUDG."""

from commonground.analysis.facts import BudgetLine, Facts
from commonground.analysis.organization import rows_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import with_rows


def give_hours(facts: Facts, finding: Finding) -> Facts:
    """A line with hours for the practice that had no budget."""
    return with_rows(
        facts, "budget", BudgetLine(f"hours-{finding.subject.id}", practice=finding.subject.id, hours=40.0)
    )


def as_much_for_people(facts: Facts, finding: Finding) -> Facts:
    """A line for people as large as all that is planned for something else."""
    planned = sum(row.planned or 0.0 for row in rows_of(facts, "budget", BudgetLine) if row.purpose != "people")
    return with_rows(facts, "budget", BudgetLine("time-of-people", purpose="people", planned=planned))

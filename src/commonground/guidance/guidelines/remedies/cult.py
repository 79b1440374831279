"""What ends the findings of CULT."""

from datetime import date

from commonground.analysis.facts import AmountOfChange, Facts, Impact, Milestone, Round
from commonground.analysis.organization import rows_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows

DECIDED = "amount_of_change_decided"


def assess_before(facts: Facts, finding: Finding) -> Facts:
    """A round about culture that had ended when the amount of change was decided."""
    days = [row.decided for row in rows_of(facts, "amount_of_change", AmountOfChange)]
    closed = min([*filter(None, days), *_actual(facts, DECIDED), facts.as_of])
    return with_rows(facts, "rounds", Round("culture", "culture", "culture", closed, closed))


def _actual(facts: Facts, kind: str) -> list[date]:
    return [row.actual for row in rows_of(facts, "milestones", Milestone) if row.kind == kind and row.actual]


def decide_with_reasons(facts: Facts, finding: Finding) -> Facts:
    """The amount of change was decided by the day on which the team was seated; or its reasons are written down."""
    if finding.subject.kind == "amount_of_change":
        return replaced(facts, "amount_of_change", AmountOfChange, lambda row: row._replace(reasons=True))
    by = min(_actual(facts, "team_seated"))
    kept = replaced(
        facts, "milestones", Milestone, lambda row: None if row.kind == DECIDED and row.unit is None else row
    )
    return with_rows(kept, "milestones", Milestone(DECIDED, by, by))


def talk_about_it(facts: Facts, finding: Finding) -> Facts:
    """Both sides know what the group knew."""

    def alike(row: Impact) -> Impact:
        is_meant = (row.kind, row.subject) == finding.subject
        return row._replace(by_program=row.by_group) if is_meant else row

    return replaced(facts, "impacts", Impact, alike)

"""What ends the findings of SEQ."""

from commonground.analysis.facts import Facts, Milestone
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows
from commonground.guidance.guidelines.remedies.role import acknowledged_by_all

FIRST = ("strategy_agreed", "workflows_agreed")
REWRITTEN = frozenset({"change", "merge"})


def agree_first(facts: Facts, finding: Finding) -> Facts:
    """Strategy and workflows are agreed by the day of the technology, in the unit or in the whole."""
    unit = finding.subject.id.partition("/")[2] or None
    rows = rows_of(facts, "milestones", Milestone)
    chosen = [row for row in rows if row.kind == "technology_chosen" and row.unit == unit]
    by = min(day for row in chosen if (day := row.actual or row.planned))
    is_chosen = any(row.actual and row.actual <= facts.as_of for row in chosen)
    for kind in FIRST:
        of_kind = {row.unit: row for row in rows if row.kind == kind}
        known = of_kind.get(unit, of_kind.get(None))
        actual = known.actual if known else None
        if actual and actual <= by:
            continue
        agreed = Milestone(kind, by, by if is_chosen or actual else None, unit)
        kept = replaced(
            facts, "milestones", Milestone, lambda row, kind=kind: None if (row.kind, row.unit) == (kind, unit) else row
        )
        facts = with_rows(kept, "milestones", agreed)
    return facts


def finish_the_talks(facts: Facts, finding: Finding) -> Facts:
    """Every holder of a role that changes has acknowledged it."""
    for role in Register(facts).organization.roles.values():
        if role.fate in REWRITTEN:
            facts = acknowledged_by_all(facts, role.id)
    return facts

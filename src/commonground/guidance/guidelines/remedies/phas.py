"""What ends the findings of PHAS."""

from commonground.analysis.facts import Activity, Facts
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced

DONE = frozenset({"done", "complete", "completed", "finished", "closed"})


def confirm(facts: Facts, finding: Finding) -> Facts:
    """Whoever delivered it says so. A plan in which one is confirmed asks it of all that are done, so these are confirmed with it."""

    def confirmed(row: Activity) -> Activity:
        is_meant = row.id == finding.subject.id or (row.state or "").casefold() in DONE
        return row._replace(delivered=row.delivered or facts.as_of) if is_meant else row

    return replaced(facts, "activities", Activity, confirmed)

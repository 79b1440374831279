"""What ends the findings of NEW."""

from commonground.analysis.facts import Behaviour, Experiment, Facts
from commonground.analysis.organization import rows_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced


def write_it(facts: Facts, finding: Finding) -> Facts:
    """It is measured on a behaviour and has a stop rule."""
    known = next((row.id for row in rows_of(facts, "behaviours", Behaviour)), "say the next step")

    def written(row: Experiment) -> Experiment:
        if row.id != finding.subject.id:
            return row
        return row._replace(
            behaviour=row.behaviour or known,
            stop_rule=row.stop_rule or "Stop when customers wait longer for it; it ends after its weeks anyway",
        )

    return replaced(facts, "experiments", Experiment, written)

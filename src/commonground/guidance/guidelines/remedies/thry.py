"""What ends the findings of THRY."""

from commonground.analysis.facts import Activity, Facts
from commonground.analysis.organization import rows_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import with_rows

OTHERS = ("co-design", "remove-obstacle", "social-recognition")


def other_methods(facts: Facts, finding: Finding) -> Facts:
    """As many activities again, by three other methods in turn."""
    known = len(rows_of(facts, "activities", Activity))
    added = [
        Activity(f"another-{number}", "involve", technique=OTHERS[number % len(OTHERS)], state="planned")
        for number in range(known)
    ]
    return with_rows(facts, "activities", *added)

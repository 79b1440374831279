"""What ends the findings of EARLY."""

from datetime import timedelta

from commonground.analysis.facts import Activity, Engagement, Facts, Milestone
from commonground.analysis.organization import rows_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import with_rows

GONE = "dropped"


def engage_in_time(facts: Facts, finding: Finding) -> Facts:
    """People outside IT were asked on the first day; the board and key influencers on the day before the technology was chosen."""
    rows = rows_of(facts, "milestones", Milestone)
    first = min(row.actual for row in rows if row.kind == finding.subject.id and row.actual)
    if finding.subject.id == "first_raised":
        return with_rows(facts, "engagements", Engagement(first, "Those who meet customers", "other", True))
    before = first - timedelta(days=1)
    asked = (Engagement(before, "The board", "board"), Engagement(before, "Key influencers", "influencer"))
    return with_rows(facts, "engagements", *asked)


def involve_earlier(facts: Facts, finding: Finding) -> Facts:
    """As much effort again, in workshops in which people shape the change."""
    rows = [row for row in rows_of(facts, "activities", Activity) if row.state != GONE]
    effort = sum((row.hours or 0.0) + (row.hours_per_person or 0.0) * (row.people or 0) for row in rows)
    return with_rows(facts, "activities", Activity("early workshops", "workshop", hours=effort))


def listen(facts: Facts, finding: Finding) -> Facts:
    """An hour in the unit in which people answered."""
    unit = finding.subject.id
    hour = Activity(f"listening in {unit}", "listening session", unit, start=facts.as_of, state="done")
    return with_rows(facts, "activities", hour)

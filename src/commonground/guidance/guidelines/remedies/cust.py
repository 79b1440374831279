"""What ends the findings of CUST."""

from datetime import timedelta

from commonground.analysis.facts import Facts, Hiccup, Message, Milestone, Panel
from commonground.analysis.facts.messages import EVERY_UNIT
from commonground.analysis.organization import rows_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows


def begin_a_panel(facts: Facts, finding: Finding) -> Facts:
    """A panel of customers meets, in the unit or for all."""
    unit = _unit(finding)
    return with_rows(facts, "panels", Panel(f"panel of {unit or 'all'}", "An evening with customers", unit=unit))


def _unit(finding: Finding) -> str | None:
    """The unit of a subject such as `cut_over/Billing`; None where it is of the whole."""
    return finding.subject.id.partition("/")[2] or None


def tell_customers_before(facts: Facts, finding: Finding) -> Facts:
    """A message to customers about this cut-over, on the day before it."""
    unit = _unit(finding)
    days = [
        row.planned
        for row in rows_of(facts, "milestones", Milestone)
        if row.kind == "cut_over" and row.unit == unit and row.planned and row.planned >= facts.as_of
    ]
    before = Message(
        f"before the cut-over of {unit or EVERY_UNIT}",
        "What changes for you",
        "customers",
        start=min(days) - timedelta(days=1),
        state="approved",
        cut_over=unit or EVERY_UNIT,
    )
    return with_rows(facts, "messages", before)


def write_the_plan(facts: Facts, finding: Finding) -> Facts:
    """A hiccup plan with a promise, called ready."""
    unit = _unit(finding)
    plan = Hiccup("yes", unit, ("We call back within a day.",), ready=facts.as_of)
    return with_rows(replaced(facts, "hiccups", Hiccup, lambda row: None if row.unit == unit else row), "hiccups", plan)

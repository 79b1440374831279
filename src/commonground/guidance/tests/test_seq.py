from datetime import date, timedelta

from commonground.analysis.facts import Acknowledgement, Milestone, Person, Role, Unit
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

CHOSEN = Milestone("technology_chosen", actual=date(2026, 6, 1))
STRATEGY = Milestone("strategy_agreed", actual=date(2026, 3, 1))
WORKFLOWS = Milestone("workflows_agreed", actual=date(2026, 5, 1))


def test_technology_before_strategy_or_workflows():
    assert subjects("SEQ-01", facts(milestones=[STRATEGY, WORKFLOWS, CHOSEN])) == []
    finding = found("SEQ-01", facts(milestones=[CHOSEN, WORKFLOWS]))[0]
    assert (str(finding.subject), finding.severity) == ("milestone:technology_chosen", "error")
    assert finding.what == "The technology was chosen before the strategy was agreed"
    late = WORKFLOWS._replace(actual=date(2026, 7, 1))
    assert "the workflows were agreed" in found("SEQ-01", facts(milestones=[STRATEGY, late, CHOSEN]))[0].what


def test_planned_dates_are_compared_while_nothing_is_chosen():
    planned = Milestone("technology_chosen", planned=date(2027, 1, 1))
    agreed_later = Milestone("workflows_agreed", planned=date(2027, 2, 1))
    assert subjects("SEQ-01", facts(milestones=[planned, STRATEGY, agreed_later])) == ["milestone:technology_chosen"]
    assert (
        subjects("SEQ-01", facts(milestones=[planned, STRATEGY, agreed_later._replace(planned=date(2026, 12, 1))]))
        == []
    )
    assert subjects("SEQ-01", facts(milestones=[STRATEGY])) == []


def cut_over(days: int, *acknowledged: str, unit: str | None = None):
    return facts(
        milestones=[Milestone("cut_over", planned=DAY + timedelta(days=days), unit=unit)],
        people=[*crowd(2, role="clerk"), Person("n", "N", "Billing north", role="clerk")],
        units=[
            Unit("all", "All"),
            Unit("Billing", "Billing", "all"),
            Unit("Billing north", "North", "Billing"),
            Unit("Water", "Water", "all"),
        ],
        roles=[Role("clerk", "Clerk", fate="change")],
        acknowledgements=[Acknowledgement("clerk", person, acknowledged=DAY) for person in acknowledged],
    )


def test_a_cut_over_waits_for_acknowledged_roles():
    finding = found("SEQ-02", cut_over(20, "x0"))[0]
    assert str(finding.subject) == "milestone:cut_over"
    assert "Clerk 2 of 3" in finding.evidence
    assert subjects("SEQ-02", cut_over(20, "x0", "x1", "n")) == []
    assert subjects("SEQ-02", cut_over(40)) == []
    assert subjects("SEQ-02", cut_over(40), days_before=50) == ["milestone:cut_over"]
    assert subjects("SEQ-02", cut_over(-40)) == ["milestone:cut_over"]


def test_a_units_cut_over_asks_for_the_roles_of_that_unit_and_below():
    assert subjects("SEQ-02", cut_over(5, unit="Billing")) == ["milestone:cut_over/Billing"]
    assert "2 of 3" not in found("SEQ-02", cut_over(5, "x0", "x1", unit="Billing"))[0].evidence
    assert subjects("SEQ-02", cut_over(5, unit="Water")) == []

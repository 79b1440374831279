"""CUST-02: a cut-over that customers may notice has a hiccup plan that is ready."""

from datetime import timedelta

import pytest

from commonground.analysis.facts import Hiccup, Milestone, Person, Role, Unit
from commonground.guidance.tests.made import DAY, facts, found, subjects

UNITS = [Unit("all", "All"), Unit("BIL", "Billing", "all"), Unit("DESK", "Desk", "BIL"), Unit("WAT", "Water", "all")]
ROLES = [Role("agent", "Agent", front_office=True), Role("clerk", "Clerk", front_office=False)]
PEOPLE = [Person("a", "Ann", unit="DESK", role="agent"), Person("b", "Ben", unit="WAT", role="clerk")]
CUT = Milestone("cut_over", DAY + timedelta(days=40), None, "BIL")
READY = Hiccup("yes", "BIL", ("Nobody pays a late fee",), DAY)


def cut(*plans: Hiccup, milestone: Milestone = CUT, **more: object) -> list[str]:
    return subjects("CUST-02", given(*plans, milestone=milestone), **more)


def given(*plans: Hiccup, milestone: Milestone = CUT):
    return facts(people=PEOPLE, units=UNITS, roles=ROLES, processes=[], milestones=[milestone], hiccups=plans)


@pytest.mark.parametrize(
    ("plans", "is_found"),
    [
        ((), True),
        ((READY,), False),
        ((Hiccup("no", "BIL"),), False),
        ((Hiccup("unknown", "BIL"),), True),
        ((READY._replace(promises=()),), True),
        ((READY._replace(ready=None),), True),
        ((READY._replace(unit="WAT"),), True),
        ((READY._replace(unit=None),), True),
    ],
)
def test_a_plan_that_is_ready_or_a_no_is_enough(plans: tuple[Hiccup, ...], is_found: bool) -> None:
    assert cut(*plans) == (["hiccup:cut_over/BIL"] if is_found else [])


def test_near_means_sixty_days_before_to_fourteen_after() -> None:
    for days, is_found in ((-15, False), (-14, True), (60, True), (61, False)):
        assert bool(cut(milestone=CUT._replace(planned=DAY + timedelta(days=days)))) is is_found
    assert cut(milestone=CUT._replace(planned=DAY + timedelta(days=80)), days=90) == ["hiccup:cut_over/BIL"]
    assert cut(milestone=CUT._replace(kind="team_seated", unit=None)) == []


def test_where_nobody_meets_customers_silence_is_no_finding_but_a_yes_without_plan_is() -> None:
    water = CUT._replace(unit="WAT")
    assert cut(milestone=water) == []
    assert cut(Hiccup("yes", "WAT"), milestone=water) == ["hiccup:cut_over/WAT"]
    assert cut(milestone=CUT._replace(unit=None)) == ["hiccup:cut_over"]


def test_it_says_what_is_missing() -> None:
    (none,) = found("CUST-02", given())
    assert none.severity == "error"
    assert none.what.endswith("and nobody has said whether customers notice it")
    (open_,) = found("CUST-02", given(READY._replace(ready=None)))
    assert open_.what.endswith("customers may notice it and its hiccup plan is not ready")
    assert open_.evidence == "hiccups: customers notice: yes; 1 promise, not ready"


def test_without_the_sheet_none_is_recorded_yet() -> None:
    (one,) = found("CUST-02", facts(people=PEOPLE, units=UNITS, roles=ROLES, processes=[], milestones=[CUT]))
    assert "hiccups" in one.evidence

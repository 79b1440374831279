from datetime import date

import pytest

from commonground.analysis.facts import Perception, Person, Role, RoleChange
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

LOSS = RoleChange("lead", "decisions", -2, effective=date(2027, 1, 1))


def changes(*rows):
    return facts(
        role_changes=rows, roles=[Role("lead", "Dispatch lead")], people=[Person("a", "Ann", "Crews", role="lead")]
    )


def test_a_loss_without_gain_or_offer_is_unbalanced():
    finding = found("LOSS-01", changes(LOSS))[0]
    assert str(finding.subject) == "role:lead"
    assert finding.what == "The role Dispatch lead loses decisions, and nothing is offered in return yet"
    assert "Ann" not in finding.what + finding.evidence + finding.where


def test_a_gain_of_that_kind_or_an_accepted_offer_balances_and_nothing_else_does():
    assert found("LOSS-01", changes(LOSS, RoleChange("lead", "decisions", 1))) == []
    assert found("LOSS-01", changes(LOSS._replace(offered="the visit promise", accepted=True))) == []
    assert len(found("LOSS-01", changes(LOSS._replace(offered="the visit promise")))) == 1
    assert len(found("LOSS-01", changes(LOSS, RoleChange("lead", "budget", 3)))) == 1  # never a sum over kinds


def test_a_gain_in_another_unit_does_not_reach_those_who_lose():
    lost, gained = LOSS._replace(unit="North"), RoleChange("lead", "decisions", 2, unit="South")
    assert len(found("LOSS-01", changes(lost, gained))) == 1
    assert found("LOSS-01", changes(lost, gained._replace(unit="North"))) == []


def test_three_changes_with_a_loss_at_once_are_many_for_one_unit():
    rows = [
        RoleChange(role, "craft", -1, unit="Crews", effective=date(2027, month, 1))
        for role, month in zip("abc", (1, 2, 3), strict=True)
    ]
    assert subjects("LOSS-03", changes(*rows)) == ["unit:Crews"]
    assert subjects("LOSS-03", changes(*rows[:2])) == []
    assert subjects("LOSS-03", changes(*rows), within_days=40) == []
    assert subjects("LOSS-03", changes(*rows[:2]), changes=2) == ["unit:Crews"]


def test_one_change_is_one_date_of_one_role_however_many_kinds_it_takes():
    rows = [
        RoleChange("a", kind, -1, unit="Crews", effective=date(2027, 1, 1)) for kind in ("craft", "budget", "title")
    ]
    assert subjects("LOSS-03", changes(*rows)) == []


def test_without_a_unit_the_holders_units_lose():
    rows = [RoleChange("lead", "craft", -1, effective=date(2027, 1, day)) for day in (1, 2, 3)]
    assert subjects("LOSS-03", changes(*rows)) == ["unit:Crews"]


FELT = Perception("F1", "diminished_role", date(2026, 11, 11), "clerk")
ROLES = [Role("clerk", "Clerk")]


def felt(*rows: Perception, holders: int = 10):
    return facts(perceptions=rows, roles=ROLES, people=crowd(holders, "Billing", role="clerk"))


def test_a_loss_that_is_felt_waits_for_a_response():
    one = found("LOSS-02", felt(FELT, FELT._replace(id="F2", raised=date(2026, 11, 19))))
    assert [(str(each.subject), each.severity) for each in one] == [("role:clerk", "warn")]
    assert one[0].what == "A loss that is felt in the role Clerk waits for a response since the week of 9 Nov 2026"
    assert "2" not in one[0].evidence.replace("2026", "")  # how many there are is nobody's business


@pytest.mark.parametrize("row", [FELT._replace(answered=DAY), FELT._replace(raised=date(2026, 11, 22))])
def test_an_answered_or_later_one_waits_for_nothing(row):
    assert subjects("LOSS-02", felt(row)) == []


def test_an_answer_to_come_is_none_yet():
    assert subjects("LOSS-02", felt(FELT._replace(answered=date(2026, 11, 22)))) == ["role:clerk"]


@pytest.mark.parametrize("unit", [None, "Billing"])
def test_a_role_of_few_holders_is_never_named(unit):
    one = found("LOSS-02", felt(FELT._replace(unit=unit), holders=9))[0]
    assert str(one.subject) == "perceptions:all"
    assert not {"Clerk", "Billing", "11 Nov"} & set(f"{one.what} {one.where} {one.evidence}".replace(",", "").split())

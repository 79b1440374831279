"""PHAS-01, PHAS-02 and BUDG-03: each fails on one small table and passes on another."""

from datetime import date, timedelta

from commonground.analysis.facts import Activity, BudgetLine, Evidence, Gate, Phase, Unit
from commonground.analysis.plan.criteria import REALITY, criteria_of
from commonground.guidance.tests.made import DAY, facts, found, subjects

UNITS = [Unit("all", "All"), Unit("Water", "Water", "all")]
PHASES = [Phase(1, None, date(2026, 1, 1), date(2026, 9, 1)), Phase(2, None, date(2026, 9, 1), None)]
PASSED, REVIEW = Gate(1, None, "passed", None, DAY), Gate(1, None, "review", DAY)
REAL = [one.key for one in criteria_of(1) if one.kind == REALITY]


def passed(*evidence: Evidence, gate: Gate = PASSED) -> list[str]:
    return subjects("PHAS-01", facts(gates=[gate], evidence=evidence, units=UNITS))


def test_a_gate_that_was_passed_on_plans_alone_is_found_until_there_is_evidence_or_a_condition() -> None:
    met = [Evidence(1, None, key, "met", "filed", DAY) for key in REAL]
    assert passed() == ["gate:1"]
    assert passed(*met[1:]) == ["gate:1"]
    assert passed(*met) == []
    condition = Evidence(1, None, REAL[0], "condition", "filed", DAY, due=DAY + timedelta(days=1))
    assert passed(*met[1:], condition) == []
    assert passed(*met[1:], condition._replace(due=DAY - timedelta(days=1))) == ["gate:1"]
    assert passed(gate=REVIEW) == []
    assert passed(*met, gate=PASSED._replace(unit="Water")) == ["gate:1/Water"]  # the whole's evidence is not Water's


def test_it_says_which_question_has_none() -> None:
    (one,) = found("PHAS-01", facts(gates=[PASSED]))
    assert "5 questions on what is real have no evidence: Is the work done the new way?" in one.what
    assert "no sheet evidence" in one.evidence


def early(*gates: Gate, day: date = date(2026, 10, 1), **more: object) -> list[str]:
    row = Activity("a1", "Workshop", "Water", start=day, **more)
    return subjects("PHAS-02", facts(activities=[row], phases=PHASES, gates=gates, units=UNITS))


def test_an_activity_of_the_next_phase_that_began_before_its_gate_is_found() -> None:
    assert early(REVIEW) == ["gate:1"]
    assert early(PASSED) == []
    assert early(PASSED, REVIEW._replace(unit="Water")) == ["gate:1/Water"]
    assert early(REVIEW, day=date(2026, 5, 1)) == []  # of the first phase
    assert early(REVIEW, day=DAY + timedelta(days=1)) == []  # still to begin
    assert early(REVIEW, state="dropped") == []


def spent(used: float, gate: Gate = REVIEW, **parameters: float) -> list[str]:
    line = BudgetLine("l1", phase=1, planned=1000.0, spent=1000 * used)
    other = BudgetLine("l2", planned=1000.0, spent=1000.0)  # of no phase
    return subjects("BUDG-03", facts(budget=[line, other], gates=[gate], phases=PHASES), **parameters)


def test_a_phase_that_is_nearly_spent_with_its_gate_open_is_found() -> None:
    assert spent(0.91) == ["gate:1"]
    assert spent(0.9) == []
    assert spent(0.91, PASSED) == []
    assert spent(0.5, share=0.4) == ["gate:1"]

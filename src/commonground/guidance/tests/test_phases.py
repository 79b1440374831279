"""UNIT-02 and CUST-01: a unit behind with the others' dates, and a third phase without customers."""

from datetime import date

from commonground.analysis.facts import Improvement, Panel, Phase, Unit
from commonground.guidance.tests.made import DAY, facts, found, subjects

PAST, SOON, FAR = date(2026, 6, 1), date(2027, 1, 15), date(2027, 6, 1)
UNITS = [
    Unit("all", "All"),
    Unit("Water", "Water", "all"),
    Unit("Crews", "Crews", "Water"),
    Unit("Bills", "Bills", "all"),
]
WHOLE = [Phase(1, None, PAST, PAST, PAST), Phase(2, None, PAST, FAR, PAST), Phase(3, None, FAR)]
PANEL = Panel("p", "Evening", start=PAST)


def behind(*own: Phase) -> list[str]:
    return subjects("UNIT-02", facts(phases=[*WHOLE, *own], units=UNITS))


def customers(*own: Phase, panels=(), improvements=(), **parameters: float) -> list[str]:
    tables = {"phases": [*WHOLE, *own], "units": UNITS, "panels": panels, "improvements": improvements}
    return subjects("CUST-01", facts(**tables), **parameters)


def test_a_unit_behind_needs_dates_of_its_own() -> None:
    assert behind(Phase(2, "Water", PAST, FAR)) == ["unit:Water"]
    assert behind(Phase(2, "Water")) == ["unit:Water"]  # no date at all: those of the others hold
    assert behind(Phase(2, "Water", SOON, FAR)) == []
    assert behind(Phase(2, "Water", PAST, FAR, PAST)) == []
    assert behind(Phase(3, "Water", FAR)) == []  # it goes with the others until then


def test_it_says_where_the_unit_stands_and_which_dates_are_meant() -> None:
    (one,) = found("UNIT-02", facts(phases=[*WHOLE, Phase(2, "Water", PAST, FAR)], units=UNITS))
    assert one.what == "Water stands in phase 1, the others in phase 2, with the same dates ahead"
    assert "planned from 1 Jun 2026 until before 1 Jun 2027" in one.evidence


def test_a_third_phase_within_ninety_days_asks_for_customers() -> None:
    assert customers() == []  # that of the whole is further off
    assert customers(days=200) == ["phase:3"]
    assert customers(Phase(3, "Water", SOON)) == ["phase:3/Water"]
    assert customers(Phase(3, "Water", FAR, None, PAST)) == ["phase:3/Water"]


def test_a_panel_that_meets_there_or_for_all_is_enough() -> None:
    soon = Phase(3, "Water", SOON)
    assert customers(soon, panels=[PANEL]) == []
    assert customers(soon, panels=[PANEL._replace(unit="Crews")]) == []  # of the same business unit
    assert customers(soon, panels=[PANEL._replace(unit="Bills")]) == ["phase:3/Water"]
    assert customers(soon, panels=[PANEL._replace(end=DAY)]) == ["phase:3/Water"]


def test_a_joint_improvement_counts_once_it_is_agreed() -> None:
    soon = Phase(3, "Water", SOON)
    for state, says in (("proposed", ["phase:3/Water"]), ("agreed", []), ("done", []), ("dropped", ["phase:3/Water"])):
        assert customers(soon, improvements=[Improvement("j", "One letter", unit="Water", state=state)]) == says


def test_without_the_sheets_nobody_takes_part_yet() -> None:
    (one,) = found("CUST-01", facts(phases=[Phase(3, None, SOON)]))
    assert "no sheet panels or improvements, so none yet" in one.evidence

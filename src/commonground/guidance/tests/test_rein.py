"""REIN-01 to REIN-04 and SOFT-01: an example of each that fails and one that passes."""

from datetime import timedelta

import pytest

from commonground.analysis.facts import Behaviour, CorrectiveStep, Pace, Reinforcement, Unit
from commonground.guidance.tests.made import DAY, facts, found, subjects

UNITS = [Unit("all", "All"), Unit("BIL", "Billing", "all"), Unit("DESK", "Desk", "BIL"), Unit("WAT", "Water", "all")]
BEHAVIOUR = Behaviour("one", "One record", starts=DAY - timedelta(weeks=20), old_possible=True)
STEP = CorrectiveStep("F1", "one", "DESK", DAY - timedelta(days=3), private_word=True)
TASK = Reinforcement("R1", "one", "recognition", DAY - timedelta(weeks=2), rests_on="task")


def ago(weeks: int, **values: object) -> Reinforcement:
    return TASK._replace(on=DAY - timedelta(weeks=weeks), **values)


def given(*rows: Reinforcement, **more: object):
    return facts(people=[], units=UNITS, processes=[], behaviours=[BEHAVIOUR], reinforcements=rows, **more)


@pytest.mark.parametrize(
    ("tried", "is_found"),
    [
        (ago(9, kind="easier", unit="DESK"), False),
        (ago(9, kind="unrewarded", unit="BIL"), False),
        (ago(9, kind="norm"), False),
        (ago(9, kind="easier", unit="WAT"), True),
        (ago(0, kind="easier", unit="DESK"), True),
        (ago(9, kind="recognition", unit="DESK"), True),
        (ago(9, kind="easier", behaviour="two"), True),
    ],
)
def test_a_formal_step_comes_after_something_around_the_old_way(tried: Reinforcement, is_found: bool) -> None:
    assert subjects("REIN-01", given(tried, corrective_steps=[STEP])) == (["corrective_step:F1"] if is_found else [])


def test_without_the_sheet_nothing_was_changed_yet() -> None:
    (one,) = found("REIN-01", facts(people=[], units=UNITS, processes=[], corrective_steps=[STEP]))
    assert one.severity == "error"
    assert "no sheet reinforcements" in one.evidence


def test_six_weeks_without_a_word() -> None:
    assert subjects("REIN-02", given(ago(6))) == ["behaviour:one"]
    assert subjects("REIN-02", given(ago(5))) == []
    assert subjects("REIN-02", given(ago(5)), weeks=5) == ["behaviour:one"]
    assert subjects("REIN-02", given(ago(1, kind="easier"))) == ["behaviour:one"]
    (one,) = found("REIN-02", given())
    assert one.what == "Nobody has heard anything on “One record” for 20 weeks"


def test_a_unit_that_has_heard_nothing_is_told_where_its_pace_is() -> None:
    pace = [Pace("one", DAY - timedelta(days=DAY.weekday() + 7), 5, 5, 0, unit, 20) for unit in ("BIL", "WAT")]
    both = given(ago(2, unit="DESK"), ago(7, id="R2", unit="WAT"), pace=pace)
    assert subjects("REIN-02", both) == ["behaviour_unit:one/WAT"]
    (one,) = found("REIN-02", both)
    assert one.what == "In Water nobody has heard anything on “One record” for 7 weeks"
    assert subjects("REIN-02", given(pace=pace)) == ["behaviour:one"]


def test_the_old_way_is_easier() -> None:
    easier = ago(2, kind="easier", unit="BIL", measure="steps", new_after=5.0, old_after=3.0)
    assert subjects("REIN-03", given(easier)) == ["behaviour_unit:one/BIL"]
    assert subjects("REIN-03", given(easier, easier._replace(id="R2", on=DAY, new_after=2.0))) == []
    assert subjects("REIN-03", given(easier._replace(new_after=None))) == []


def test_counts_alone() -> None:
    assert subjects("REIN-04", given(ago(2, rests_on="counts"))) == ["behaviour:one"]
    assert subjects("REIN-04", given(ago(2, rests_on="counts"), ago(3, id="R2"))) == []
    assert subjects("REIN-04", given(ago(20, rests_on="counts"))) == []


def test_nobody_is_named_in_public() -> None:
    wall = ago(2, kind="norm", public=True, names_people=True)
    (one,) = found("SOFT-01", given(wall))
    assert (one.severity, str(one.subject)) == ("error", "reinforcement:R1")
    assert subjects("SOFT-01", given(wall._replace(public=False), ago(2, id="R2", public=True))) == []

"""The share of the new way months after a training, by hand: Wilson's interval of 30 of 40, and months by the calendar."""

from datetime import date, timedelta

import pytest

from commonground.analysis.facts import Attendance, Behaviour, Facts, Pace, Person, Training, Unit
from commonground.analysis.plan.training import Trainings
from commonground.analysis.plan.use_after import TO_COME, TOLD, TOO_LITTLE, later, use_after
from commonground.analysis.register import Register

DAY = date(2026, 11, 21)
HAD = date(2026, 3, 4)  # a Wednesday
UNITS = [Unit("NL", "Northlight"), Unit("BIL", "Billing", "NL")]
MODULE = Training("r", "R", units=("BIL",), behaviour="b")


def after(had: int = 10, *, people: int = 10, weeks: int = 4, module: Training = MODULE, **fields: object):
    crowd = [Person(f"p{number}", f"P{number}", "BIL") for number in range(people)]
    rows = [Attendance("r", one.id, HAD, "attended") for one in crowd[:had]]
    monday = date(2026, 9, 7)  # six months after 4 March 2026 is 4 September, and the first Monday after it the 7th
    pace = [Pace("b", monday + timedelta(weeks=at), 30, 10, 0, "BIL", 10) for at in range(weeks)]
    pace += [Pace("b", date(2026, 2, 2) + timedelta(weeks=at), 2, 38, 0, "BIL", 10) for at in range(4)]
    given = {"people": crowd, "units": UNITS, "training": [module], "attendance": rows, "pace": pace}
    behaviour = Behaviour("b", "B", **fields)
    found = Trainings(Register(Facts({**given, "behaviours": [behaviour]}, DAY)))
    return use_after(found, module)


def test_the_share_before_and_six_months_after():
    whole, unit = after()
    assert (whole.unit, unit.unit, unit.trained, unit.heads, unit.day) == (None, "BIL", 10, 10, HAD)
    before, six, twelve, two_years = unit.points
    assert (before.state, before.start, before.share, before.n) == (TOLD, date(2026, 2, 2), 0.05, 160)
    assert (six.state, six.start, six.share, six.n) == (TOLD, date(2026, 9, 7), 0.75, 160)
    # 120 of 160 by ten people, so 7.5 of 10 (Wilson, 1927): (.75 + z²/20 ∓ z·√(.01875 + z²/400)) / (1 + z²/10) with z = 1.96
    assert (six.low, six.high) == (pytest.approx(0.4422, abs=1e-3), pytest.approx(0.9190, abs=1e-3))
    assert (twelve.state, two_years.state) == (TO_COME, TO_COME)
    assert (twelve.share, twelve.start) == (None, date(2027, 3, 8))


def test_not_enough_data_yet_is_an_answer():
    assert [point.state for point in after(weeks=3)[1].points] == [TOLD, TOO_LITTLE, TO_COME, TO_COME]


@pytest.mark.parametrize(
    "told",
    [
        after(7),  # fewer than the threshold
        after(module=MODULE._replace(behaviour=None)),
        after(module=MODULE._replace(behaviour="other")),
        after(source="logins"),  # it says only that a tool is opened
    ],
)
def test_nothing_is_said(told):
    assert told == []


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 4), 12, date(2027, 3, 4)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, wanted):
    assert later(day, months) == wanted

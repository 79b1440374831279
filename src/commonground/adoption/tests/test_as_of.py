"""A page of an earlier day shows what was over by then, and the forecast that had been made."""

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.adoption.as_of import paced_on
from commonground.adoption.models import Behaviour, ForecastMade, Paced
from commonground.analysis.pace import figures
from commonground.analysis.pace.figures import Alarm, Forecast, Group, Pace, Series, Sustained, Watch, Week

FIRST = date(2026, 1, 5)


def paced(cast: Cast) -> Paced:
    weeks = tuple(Week((FIRST + timedelta(weeks=place)).isoformat(), place, 20 - place, 0, 10) for place in range(20))
    whole = Group(
        "whole", "", Series("", weeks, 30), sustained=Sustained(30, 20, 1, 9.0, ()),
        watch=Watch((Alarm("up", weeks[18].week, weeks[16].week, 0.1, 0.4, 3.0),), (), 84.0), cut_over="2026-02-02",
    )  # fmt: skip
    late = Group("unit", "7", Series("Late", weeks[15:], 12))
    behaviour = Behaviour.objects.create(program=cast.program, key="B", name="b", new_words="n")
    data = figures.written(Pace(whole, (late,), (), weeks[0].week, weeks[-1].week, untold=3))
    return Paced.objects.create(behaviour=behaviour, threshold=8, made_at=AT, data=data)


def test_on_the_day_they_were_made_they_stand_as_they_are(cast: Cast) -> None:
    row = paced(cast)
    shown = paced_on(row, AT.date())
    assert (shown.pace, shown.earlier, shown.note) == (row.pace, False, "")


def test_an_earlier_day_sees_nothing_that_came_later(cast: Cast) -> None:
    row = paced(cast)
    for made_on, why in ((date(2026, 3, 2), "early"), (date(2026, 3, 9), "newest"), (date(2026, 6, 1), "later")):
        told = figures.written(row.pace._replace(whole=row.pace.whole._replace(forecast=Forecast(True, why))))
        ForecastMade.objects.create(
            behaviour=row.behaviour, group="whole", made_on=made_on, data=told["whole"]["forecast"]
        )
    day = FIRST + timedelta(weeks=12, days=5)  # a Saturday: its week is not over
    shown = paced_on(row, day)
    whole = shown.pace.whole
    assert len(whole.series.weeks) == 12
    assert whole.now is not None
    assert (whole.now.new, whole.now.n) == ((8 + 9 + 10 + 11) / 80, 80)
    assert whole.now.change == pytest.approx((8 + 9 + 10 + 11 - 4 - 5 - 6 - 7) / 80)
    assert whole.forecast is not None
    assert whole.forecast.why == "newest"
    assert (whole.sustained, whole.watch, shown.pace.groups, shown.pace.untold) == (None, None, (), 0)
    assert shown.earlier
    assert "As of 4 Apr 2026" in shown.note
    assert paced_on(row, FIRST).pace.whole.series.weeks == ()


def test_of_a_group_that_is_hidden_now_no_earlier_forecast_is_told(cast: Cast) -> None:
    """It was made before the threshold was raised, or before people left."""
    row = paced(cast)
    few = Group("unit", "7", Series("Late", (), None, suppressed=True))
    row.data = figures.written(row.pace._replace(groups=(few,)))
    row.save()
    told = figures.written(row.pace._replace(whole=row.pace.whole._replace(forecast=Forecast(True, "earlier"))))
    ForecastMade.objects.create(
        behaviour=row.behaviour, group="unit:7", made_on=date(2026, 3, 2), data=told["whole"]["forecast"]
    )
    (group,) = paced_on(Paced.objects.get(), date(2026, 4, 4)).pace.groups
    assert (group.series.suppressed, group.forecast) == (True, None)

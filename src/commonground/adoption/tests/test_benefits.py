"""What waiting costs: against hand-worked figures, and the pages that show and ask for it."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import AT, Cast

from commonground.adoption.benefits import (
    Amount,
    cost_of,
    months_between,
    share_planned,
    shares_by_month,
)
from commonground.adoption.models import Behaviour, Benefit
from commonground.adoption.templatetags.adoption import amount, amount_range, figure, in_unit
from commonground.adoption.tests import made
from commonground.analysis.months import WEEKS_A_MONTH
from commonground.analysis.pace.figures import Ahead, Forecast, Group, Now, Pace, Series, Week

START, DAY = date(2026, 1, 1), date(2026, 4, 30)


def pace(shares: dict[int, float], *, each: int = 100, forecast: Forecast | None = None, now: float = 0.2) -> Pace:
    """Weeks of 2026 with the same number of occasions each. shares: month → share new."""
    weeks, day = [], date(2026, 1, 5)
    while day <= DAY:
        share = shares.get((day + timedelta(days=3)).month)
        new = None if share is None else round(each * share)
        weeks.append(Week(day.isoformat(), new, None if new is None else each - new, None if new is None else 0, 20))
        day += timedelta(weeks=1)
    whole = Group("whole", "", Series("all", tuple(weeks), 20), Now(now, 1 - now, now - 0.05, now + 0.05, 400, 20, ""))
    return Pace(whole._replace(forecast=forecast), (), (), "2026-01-05", "2026-04-27")


def ahead(day: date, low: float, mid: float, high: float) -> Ahead:
    return Ahead(week=day.isoformat(), p025=low, p10=low, p25=low, p50=mid, p75=high, p90=high, p975=high)


@pytest.fixture
def row(cast: Cast) -> Behaviour:
    return made.behaviour(cast.program, "B1", "log it", starts_on=START, target_share=0.6, target_on=date(2026, 7, 1))


def benefit(row: Behaviour, **more: object) -> Benefit:
    values = {"name": "typing twice", "unit_words": "minutes", "per_occasion": 6.0, **more}
    return Benefit.objects.create(program=row.program, behaviour=row, **values)


def test_planned_and_realised_by_hand(row: Behaviour) -> None:
    """100 occasions a week are 434.8 a month; 6 minutes each; the plan is a straight line from 0 on 1 January to 60 % on 1 July (181 days).

    April: planned on its 15th, day 104: 60 % × 104/181 = 34.5 %; realised 20 %. 0.3448 × 2608.9 = 899.5; 0.2 × 2608.9 = 521.8.
    """
    cost = cost_of(row, pace({1: 0, 2: 0.1, 3: 0.15, 4: 0.2}), [benefit(row)], DAY)
    assert cost is not None
    month = 100 * WEEKS_A_MONTH
    assert cost.occasions == pytest.approx(month)
    assert month == pytest.approx(434.8, abs=0.1)
    line = cost.lines[0]
    assert line.planned == pytest.approx(0.6 * 104 / 181 * month * 6)
    assert line.realised == pytest.approx(0.2 * month * 6)
    assert line.share == pytest.approx(0.2 / (0.6 * 104 / 181))
    days = {1: 14, 2: 45, 3: 73, 4: 104}
    wanted = {n: 0.6 * day / 181 for n, day in days.items()}
    gaps = (wanted[1] - 0) + (wanted[2] - 0.1) + (wanted[3] - 0.15) + (wanted[4] - 0.2)
    assert line.lost == pytest.approx(gaps * month * 6)
    # 20 % was planned between the middles of February (14.9 %) and March (24.2 %): 1 + (24.2 − 20) ÷ (24.2 − 14.9) months ago
    assert line.behind == pytest.approx(1 + (wanted[3] - 0.2) / (wanted[3] - wanted[2]))
    assert cost.behind == line.behind
    assert cost.until == "2026-04-01"


def test_without_a_forecast_a_delay_is_held_against_the_share_wanted(row: Behaviour) -> None:
    cost = cost_of(row, pace({4: 0.2}), [benefit(row, money=0.5)], DAY)
    assert cost is not None
    month = 100 * WEEKS_A_MONTH
    assert cost.lines[0].delay is not None
    assert cost.lines[0].delay.mid == pytest.approx(0.4 * month * 6)
    assert (cost.lines[0].delay.low, cost.lines[0].sooner) == (None, None)
    assert cost.totals[0].delay is not None
    assert cost.totals[0].delay.mid == pytest.approx(0.4 * month * 6 * 0.5)
    assert "no forecast yet" in cost.why


def test_with_a_forecast_its_quantiles_give_the_interval(row: Behaviour) -> None:
    """Two months to come, at 30 and 50 % in the middle: a month later, today's 20 % goes on for one more and the last is lost."""
    path = (ahead(date(2026, 5, 4), 0.25, 0.3, 0.35), ahead(date(2026, 6, 1), 0.3, 0.5, 0.7))
    cost = cost_of(row, pace({4: 0.2}, forecast=Forecast(True, path=path)), [benefit(row)], DAY)
    assert cost is not None
    minutes = 100 * WEEKS_A_MONTH * 6
    line = cost.lines[0]
    assert line.delay is not None
    assert line.sooner is not None
    assert [line.delay.low, line.delay.mid, line.delay.high] == pytest.approx(
        [0.1 * minutes, 0.3 * minutes, 0.5 * minutes]
    )
    assert [line.sooner.low, line.sooner.mid, line.sooner.high] == pytest.approx(
        [0.05 * minutes, 0.2 * minutes, 0.35 * minutes]
    )
    assert cost.why == ""
    assert cost.first == line.delay


@pytest.mark.parametrize(("now", "reached"), [(0.04, False), (0.62, True)])
def test_no_growth_ahead_is_good_news_only_where_the_share_wanted_is_there(
    row: Behaviour, now: float, reached: bool
) -> None:
    level = tuple(ahead(DAY + timedelta(weeks=week), now, now, now) for week in range(1, 105))
    told = pace({1: now, 2: now, 3: now, 4: now}, forecast=Forecast(True, path=level), now=now)
    cost = cost_of(row, told, [benefit(row)], DAY)
    assert cost is not None
    assert (cost.settled, cost.reached) == (True, reached)


def test_counter_benefits_subtract_and_kinds_are_never_added(row: Behaviour) -> None:
    rows = [
        benefit(row, money=1.0),
        benefit(row, name="visits", unit_words="visits", per_occasion=0.1),
        benefit(row, name="typing at the door", per_occasion=2.0, counter=True, money=1.0),
    ]
    cost = cost_of(row, pace({4: 0.2}), rows, DAY)
    assert cost is not None
    assert [total.of for total in cost.totals] == [2]
    delays = {line.name: line.delay.mid for line in cost.lines if line.delay}
    assert cost.totals[0].delay is not None
    assert cost.totals[0].delay.mid == pytest.approx(delays["typing twice"] - delays["typing at the door"])


def test_nothing_is_reckoned_out_of_nothing(row: Behaviour) -> None:
    assert cost_of(row, None, [], DAY) is None
    cost = cost_of(row, None, [benefit(row)], DAY)
    assert cost is not None
    assert (cost.first, cost.behind, cost.until) == (None, None, None)
    assert cost.why.startswith("No week is measured yet")
    row.target_share = None
    cost = cost_of(row, pace({4: 0.2}), [benefit(row)], DAY)
    assert cost is not None
    assert "there is no plan to compare with" in cost.why


def test_a_benefit_may_have_a_curve_of_its_own(row: Behaviour) -> None:
    own = benefit(row, planned=[["2026-01-15", 0.0], ["2026-04-15", 0.9]])
    cost = cost_of(row, pace({4: 0.2}), [own], DAY)
    assert cost is not None
    assert cost.lines[0].planned == pytest.approx(0.9 * 100 * WEEKS_A_MONTH * 6)


def test_weeks_that_are_not_shown_are_not_counted() -> None:
    weeks = [Week("2026-01-05", 1, 1, 2, 9), Week("2026-01-12", None, None, None, None), Week("2026-01-26", 3, 1, 0, 9)]
    assert shares_by_month(weeks, DAY) == {date(2026, 1, 1): 0.5}
    assert shares_by_month(weeks, date(2026, 1, 11)) == {date(2026, 1, 1): 0.25}


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 4000), st.floats(0, 1), st.floats(0, 1))
def test_a_plan_stays_between_its_ends(first: date, days: int, low: float, high: float) -> None:
    last = first + timedelta(days=days + 1)
    share = share_planned([(first, low), (last, high)], first + timedelta(days=days // 2))
    assert share is not None
    assert min(low, high) - 1e-9 <= share <= max(low, high) + 1e-9
    months = months_between(first, last)
    assert months[0] == first.replace(day=1)
    assert months[-1] == last.replace(day=1)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (0.44, "0.4"),
        (12.4, "12"),
        (1234.0, "1,230"),
        (10_611.0, "10,600"),
        (47_400.0, "47\u00a0thousand"),
        (-220.0, "−220"),
    ],
)
def test_figures_look_no_surer_than_they_are(value: float, said: str) -> None:
    assert figure(value) == said


def test_money_stands_before_and_units_behind() -> None:
    assert amount(Amount("€", 1230.0)) == "€1,230"
    assert amount_range(Amount("€", 1.0, -2.0, 3.0)) == "−€2 to €3"
    assert amount(Amount("minutes", 40.0)) == "40\u00a0minutes"
    assert amount_range(Amount("minutes", 1.0)) == ""
    assert in_unit(-5.0, "€") == "−€5"


ASKED = {"name": "Nobody types twice", "unit_words": "minutes", "per_occasion": "6", "baseline": "0", "currency": "€"}


def test_the_page_shows_costs_and_asks_for_what_is_missing(cast: Cast, row: Behaviour) -> None:
    alice = cast.alice.client()
    page = alice.get("/northlight/benefits/").content.decode()
    assert "No benefit is named yet" in page
    assert "Nobody has said yet what these bring" in page
    answer = alice.post(
        f"/northlight/benefits/add/?behaviour={row.pk}", {**ASKED, "behaviour": row.pk, "money": "0.75"}
    )
    assert answer.status_code == 302
    assert "Not enough data yet" in alice.get("/northlight/benefits/").content.decode()
    made.paced(row, made.full(), at=AT)
    page = alice.get("/northlight/benefits/").content.decode()
    assert "Each month of waiting costs €" in page
    assert "planned-line" in page
    rows = list(csv.DictReader(io.StringIO(_body(alice.get("/northlight/benefits/?format=csv")))))
    assert {row["unit"] for row in rows} == {"minutes"}


def _body(answer: object) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_benefit_is_changed_removed_and_put_back(cast: Cast, row: Behaviour) -> None:
    alice, one = cast.alice.client(), benefit(row)
    address = f"/northlight/benefits/{one.pk}/change/"
    asked = {**ASKED, "behaviour": row.pk, "planned": "2026-06-30  40 %\n2027-06-30: 80%", "counter": "on"}
    assert alice.post(address, asked).status_code == 302
    one.refresh_from_db()
    assert one.planned == [["2026-06-30", 0.4], ["2027-06-30", 0.8]]
    assert one.counter
    assert "2026-06-30  40 %" in alice.get(address).content.decode()
    page = alice.post(f"/northlight/benefits/{one.pk}/remove/", follow=True).content.decode()
    assert "Put it back" in page
    assert not Benefit.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("per_occasion", "0", "Give a figure above zero"),
        ("planned", "in summer", "is not read"),
        ("planned", "2026-06-30 140 %", "is no share"),
        ("planned", "2026-06-30 40\n2026-06-30 50", "stands there twice"),
        ("money", "-1", "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, row: Behaviour, field: str, value: str, said: str) -> None:
    page = cast.alice.client().post("/northlight/benefits/add/", {**ASKED, "behaviour": row.pk, field: value})
    assert page.status_code == 422
    assert said in page.content.decode()


def test_who_may(cast: Cast, row: Behaviour) -> None:
    assert cast.bob.client().get("/northlight/benefits/").status_code == 200
    assert cast.bob.client().get("/northlight/benefits/add/").status_code == 404
    assert cast.carol.client().get("/northlight/benefits/add/").status_code == 404
    assert cast.charlie.client().get("/northlight/benefits/").status_code == 404
    assert cast.frank.client().get("/northlight/benefits/").status_code == 404

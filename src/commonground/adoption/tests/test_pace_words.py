"""The sentences of the pages, each out of figures that were worked by hand."""

from datetime import date

import pytest

from commonground.adoption import said
from commonground.adoption.models import Record
from commonground.adoption.standing import BEYOND, COMING, REACHED, UNKNOWN, Due, due_of, dues_of
from commonground.adoption.tests import made
from commonground.analysis.pace.figures import Group, Lasting, Series

END = date(2029, 7, 22)


def due(late: int | None, state: str = COMING, **more: date | None) -> Due:
    days = {"planned": date(2027, 4, 1), "low": date(2027, 6, 1), "mid": date(2027, 10, 1), "high": date(2028, 4, 1)}
    return Due(0.8, **{**days, **more}, late=late, state=state)


@pytest.mark.parametrize(
    ("one", "long", "short"),
    [
        (due(6), "six months late", "6\u00a0mo"),
        (due(1), "one month late", "1\u00a0mo"),
        (due(0), "on plan", "on plan"),
        (due(-2), "two months early", "2\u00a0mo early"),
        (due(20, BEYOND, mid=None), "over 20 months late", "over 20\u00a0mo"),
        (due(None, REACHED), "reached", "reached"),
        (due(None, UNKNOWN), "", ""),
    ],
)
def test_lateness(one: Due, long: str, short: str):
    assert said.lateness(one) == long
    assert said.lateness(one, short=True) == short


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (due(6), "Jun 2027 – Apr 2028"),
        (due(6, high=None), "Jun 2027 – after Jul 2029"),
        (due(9, BEYOND, mid=None, high=None), "Jun 2027 – after Jul 2029"),
        (due(9, BEYOND, low=None, mid=None, high=None), "not before Jul 2029"),
        (due(None, REACHED), ""),
    ],
)
def test_intervals(one: Due, words: str):
    assert said.when_range(one, END) == words


def test_the_finding_says_where_it_leads():
    pace, now = made.late(), made.late().whole.now
    lead = "At today’s pace 80\u00a0% of calls go the new way in October 2027"
    assert said.finding("calls", due(6), now, pace) == f"{lead}, six months after plan"
    assert said.finding("calls", due(0), now, pace) == f"{lead}, as planned"
    assert said.finding("calls", due(-1), now, pace) == f"{lead}, one month before plan"
    assert said.finding("calls", due(None), now, pace) == lead
    assert said.finding("", None, now, pace) == "29\u00a0% of occasions go the new way; no target is set yet"
    assert said.finding("calls", due(None, REACHED), now, pace).endswith("the target of 80\u00a0% is reached")
    assert said.finding("calls", due(None), None, pace) == "Not enough weeks yet to say where it goes"


def test_points_of_share():
    assert [said.points(one) for one in (0.031, -0.005, 0.0002, None)] == ["+3.1", "−0.5", "0.0", "–"]


def test_the_record_of_earlier_forecasts():
    """21 of 26 is 81 %, with a 95 % Wilson interval of 62 to 91 (looks/pace.html)."""
    record = Record(4, 26, 0.02, ((0.5, 0.5, 0.3, 0.7), (0.8, 21 / 26, 0.6211, 0.9149)), "2026-09-07")
    assert said.record_said(record) == (
        "Such intervals held 81\u00a0% of what came (21 of 26 weeks; 62–91), over 4 earlier forecasts."
    )
    assert said.record_said(None) == ""


def test_groups_are_never_ranked_and_a_return_is_named():
    groups = [group for group in made.full().groups if group.kind == "unit"]
    assert said.groups_title(groups, "unit") == "One of five units is past half; in Metering crews the old way returns"
    assert said.groups_title(groups[-1:], "unit") == "No unit can be shown"
    assert said.groups_title(groups[3:4], "unit") == "Billing is short of half"


def test_a_cohort_is_called_by_its_months():
    assert said.group_name(Group("cohort", "2026-Q3", Series("2026-Q3", (), 9))) == "Began Jul–Sep 2026"
    assert said.group_name(Group("unit", "1", Series("2026-Q3", (), 9))) == "2026-Q3"


def test_what_lasts_is_the_longest_time_known():
    lasting = (Lasting(6, 200, 0.8, 0.7, 0.9), Lasting(12, 60, 0.71, 0.6, 0.8), Lasting(24, 0, None, None, None))
    assert said.lasting_said(lasting) == "Of those who took it up, 71 of 100 are still at it after twelve months"
    assert said.lasting_said(lasting[2:]) == "Whether it lasts cannot be said yet"


def test_parts_below_the_threshold_are_words():
    assert [said.at_least(count, 8) for count in (0, 1, 7, 8)] == [
        "nobody",
        "fewer than 8 people",
        "fewer than 8 people",
        "8 people",
    ]


def test_the_plan_begins_at_the_behaviour_s_own_day_else_at_the_cut_over_of_the_whole():
    pace = made.late()
    row = made.Behaviour(target_share=0.8, target_on=date(2027, 4, 1), starts_on=made.CUT_OVER)
    own = due_of(row, pace, 0.8)
    assert own.planned == date(2027, 4, 1)
    assert own.late == 24
    row.starts_on = None
    assert due_of(row, pace, 0.8).planned is None
    whole = pace.whole._replace(cut_over="2025-11-03")
    assert due_of(row, pace._replace(whole=whole), 0.8) == own
    row.target_share = 0.7
    assert [one.share for one in dues_of(row, pace)] == [0.5, 0.7, 0.8, 0.9]

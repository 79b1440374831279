"""What a budget will come to: a ledger worked by hand, and the published examples of earned value."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.plan.budget import (
    AS_PLANNED,
    AT_THIS_COST,
    DONE,
    ORDERED,
    Line,
    at_completion,
    grouped,
    split,
    summed,
)

amounts = st.integers(0, 10**12)
lines = st.lists(
    st.builds(
        Line,
        key=st.text(max_size=3),
        phase=st.sampled_from([None, 1, 2, 3]),
        unit=st.sampled_from([None, "Billing", "Water"]),
        practice=st.sampled_from(["", "TRAIN", "LEAD"]),
        purpose=st.sampled_from(["people", "technology", "other", ""]),
        planned=amounts,
        committed=amounts,
        spent=amounts,
        hours=amounts,
        hours_spent=amounts,
        progress=st.none() | st.integers(0, 100),
    ),
    max_size=12,
)


def test_the_textbook_of_earned_value():
    """PMI, Practice Standard for Earned Value Management (2011): BAC 100,000, AC 60,000, EV 50,000: CPI 0.83, EAC 120,000, or 110,000."""
    found = at_completion(100_000, 60_000, progress=50)
    assert (found.earned, found.cost, found.method) == (50_000, Fraction(5, 6), AT_THIS_COST)
    assert (found.estimate, found.other) == (120_000, 110_000)


# planned, spent, ordered, done → forecast, method; worked by hand with the two formulas
HAND = [
    (10_000, 2_500, 0, None, 10_000, AS_PLANNED),  # 2,500 + 7,500 left
    (10_000, 2_500, 1_000, None, 10_000, AS_PLANNED),  # what is ordered is part of what is left
    (10_000, 9_500, 1_000, None, 10_500, ORDERED),  # 10,500 are spent and ordered
    (10_000, 11_000, 0, None, 11_000, AS_PLANNED),  # nothing is left of the plan
    (10_000, 2_500, 0, 20, 12_500, AT_THIS_COST),  # EV 2,000, CPI 0.8: 10,000 ÷ 0.8
    (10_000, 1_500, 0, 20, 7_500, AT_THIS_COST),  # EV 2,000, CPI 4/3: cheaper than planned
    (10_000, 1_500, 7_000, 20, 8_500, ORDERED),
    (10_000, 500, 0, 0, 10_500, AS_PLANNED),  # 500 + (10,000 − 0)
    (10_000, 0, 0, 30, 7_000, AS_PLANNED),  # nothing spent: no cost performance; 10,000 − 3,000
    (10_000, 9_000, 300, 100, 9_300, DONE),
    (10_000, 3_333, 0, 33, 10_100, AT_THIS_COST),  # 3,333 ÷ 0.33
    (0, 800, 0, None, 800, AS_PLANNED),  # never planned
    (0, 800, 0, 50, 800, AS_PLANNED),
]


@pytest.mark.parametrize(("planned", "spent", "ordered", "done", "forecast", "method"), HAND)
def test_lines_worked_by_hand(planned, spent, ordered, done, forecast, method):
    found = at_completion(planned, spent, ordered, done)
    assert (found.estimate, found.method) == (forecast, method)


def test_a_whole_budget_worked_by_hand():
    """Four lines: forecast 12,500 + 10,500 + 20,000 + 3,000; people 13,000 of 38,000."""
    rows = [
        Line("a", 1, "Billing", "TRAIN", "people", 10_000, 0, 2_500, 8_000, 2_000, 20),
        Line("b", 2, "Billing", "", "technology", 10_000, 1_000, 9_500),
        Line("c", 2, None, "", "other", 15_000, 0, 20_000),
        Line("d", None, "Water", "LEAD", "people", 3_000, 500, 0, 1_000, 0),
    ]
    whole = summed(rows)
    assert whole[:5] == (4, 38_000, 1_500, 32_000, 46_000)
    assert (whole.over, whole.used) == (8_000, 32 / 38)
    assert whole[5:] == (9_000, 2_000, 11_000)  # 8,000 ÷ (1,600 ÷ 2,000) + 1,000
    shares = split(rows)
    assert (shares.people, shares.technology, shares.other, shares.untold) == (13_000, 10_000, 15_000, 0)
    assert (shares.share, shares.against_technology) == (Fraction(13, 38), Fraction(13, 10))
    assert split([Line("x", planned=5)]).share is None
    assert split([*rows, Line("x", planned=5)]).untold == 5


def test_a_share_done_outside_nothing_and_all_is_refused():
    with pytest.raises(ValueError, match="101 % done is outside 0 to 100"):
        at_completion(1, 1, progress=101)


@given(lines, st.sampled_from(["phase", "unit", "practice", "purpose"]))
def test_groups_add_up_to_the_whole(rows, by):
    groups = grouped(rows, lambda line: getattr(line, by))
    assert tuple(map(sum, zip(*groups.values(), strict=True))) == tuple(summed(rows)) if rows else groups == {}


@given(amounts, amounts, amounts, st.none() | st.integers(0, 100))
def test_a_forecast_is_never_less_than_what_is_spent_and_ordered(planned, spent, ordered, progress):
    found = at_completion(planned, spent, ordered, progress)
    assert found.estimate >= spent + ordered
    assert at_completion(planned, spent, ordered + 1, progress).estimate >= found.estimate
    if progress is None:
        assert found.estimate == max(planned, spent, spent + ordered)


@given(lines)
def test_shares_are_of_what_says_what_it_is_for(rows):
    found = split(rows)
    assert found.told + found.untold == sum(line.planned for line in rows)
    assert found.share is None or 0 <= found.share <= 1

"""Before and after, held against printed tables: Newcombe (1998) for differences, Borenstein and others (2009) for several changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.pace.before_after import Compared, Counted, before_and_after, difference, pooled, shown_weeks
from commonground.analysis.pace.figures import Series, Week

MONDAY = date(2026, 6, 1)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [  # Newcombe, 1998, Statist. Med. 17:873-890, Table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    one: tuple[float, float], other: tuple[float, float], low: float, high: float
) -> None:
    told = difference(one, other)
    assert told[0] == pytest.approx(one[0] / one[1] - other[0] / other[1])
    assert told[1:] == pytest.approx((low, high), abs=6e-5)


shares = st.tuples(st.integers(0, 60), st.integers(1, 60)).filter(lambda one: one[0] <= one[1])


@given(shares, shares)
def test_a_difference_lies_in_its_interval_and_turns_with_its_sides(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    change, low, high = difference(one, other)
    assert -1 <= low <= change <= high <= 1
    back = difference(other, one)
    assert back == pytest.approx((-change, -high, -low))


def test_a_share_of_nothing_has_no_difference() -> None:
    with pytest.raises(ValueError, match="one of nothing is none"):
        difference((0, 0), (1, 2))


def weeks(shares: list[float], first: date = MONDAY, people: int = 40, n: int = 100) -> list[Counted]:
    return [Counted(first + place * WEEK, round(n * share), n, people) for place, share in enumerate(shares)]


def test_eight_weeks_on_either_side_worked_by_hand() -> None:
    """16 weeks of 30 %, four between in which it was done, eight of 50 %: 20 points, of 40 people on each side."""
    rows = weeks([0.2] * 8 + [0.3] * 8 + [0.9] * 4 + [0.5] * 8)
    start, delivered = MONDAY + 16 * WEEK, MONDAY + 20 * WEEK
    told = before_and_after(rows, start=start, delivered=delivered)
    assert told.before is not None
    assert told.after is not None
    assert (told.before.share, told.before.n, told.before.weeks) == (pytest.approx(0.3), 800, 8)
    assert (told.after.share, told.after.first) == (pytest.approx(0.5), delivered)
    assert told.change == pytest.approx(0.2)
    assert (told.low, told.high) == pytest.approx(difference((20, 40), (12, 40))[1:])
    assert told.earlier == pytest.approx(0.1)


def test_the_weeks_in_which_it_began_and_was_delivered_belong_to_neither_side() -> None:
    rows = weeks([0.1] * 8 + [1.0] + [0.4] * 8)
    wednesday = MONDAY + 8 * WEEK + timedelta(days=2)
    told = before_and_after(rows, start=wednesday, delivered=wednesday)
    assert told.before is not None
    assert told.after is not None
    assert (told.before.share, told.after.share) == (pytest.approx(0.1), pytest.approx(0.4))
    assert told.earlier is None


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (0, "Not enough data yet: 0 of the 4 weeks since it was delivered that are needed."),
        (3, "Not enough data yet: 3 of the 4 weeks since it was delivered that are needed."),
    ],
)
def test_too_few_weeks_say_so(after: int, why: str) -> None:
    rows = weeks([0.1] * 8 + [0.4] * after)
    told = before_and_after(rows, start=MONDAY + 8 * WEEK, delivered=MONDAY + 8 * WEEK)
    assert (told.why, told.change, told.error) == (why, None, None)
    nothing = before_and_after([], start=MONDAY, delivered=MONDAY)
    assert nothing.why == "Not enough data yet: 0 of the 4 weeks before it began that are needed."


@given(st.lists(st.floats(0, 1), min_size=0, max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_what_lies_outside_both_sides_changes_nothing(shares: list[float], start: int, length: int) -> None:
    begins, ends = MONDAY + start * WEEK, MONDAY + (start + length) * WEEK
    told = before_and_after(weeks(shares), start=begins, delivered=ends)
    far = [*weeks([0.5] * 3, first=ends + 9 * WEEK), Counted(ends + 20 * WEEK, 0, 0, 0)]
    kept = [one for one in weeks(shares) if one.week < ends + 8 * WEEK]
    assert before_and_after(kept + far, start=begins, delivered=ends) == told


def test_changes_taken_together_are_those_of_the_textbook() -> None:
    """Borenstein, Hedges, Higgins & Rothstein, 2009, Introduction to Meta-Analysis, chapter 14, data set 1: random effects .3582 with a
    variance of .0111, between the studies .0372; the data are printed to three digits, so these agree to two."""
    studies = [(0.095, 0.033), (0.277, 0.031), (0.367, 0.050), (0.664, 0.011), (0.462, 0.043), (0.185, 0.023)]
    told = pooled([(change, variance**0.5) for change, variance in studies])
    assert told.n == 6
    assert told.change == pytest.approx(0.3582, abs=6e-4)
    assert told.spread**2 == pytest.approx(0.0372, abs=1.5e-3)
    assert (told.high - told.low) / (2 * 1.959964) == pytest.approx(0.0111**0.5, abs=1.2e-3)


def test_one_change_alone_is_not_taken_together() -> None:
    with pytest.raises(ValueError, match="at least two"):
        pooled([(0.1, 0.1)])
    with pytest.raises(ValueError, match="above 0"):
        pooled([(0.1, 0.1), (0.1, 0.0)])


def series(*shares: tuple[int, int], people: int = 1000) -> Series:
    first = MONDAY - timedelta(weeks=len(shares) // 2)
    rows = [
        Week((first + timedelta(weeks=at)).isoformat(), new, n - new, 0, people) for at, (new, n) in enumerate(shares)
    ]
    return Series("whole", tuple(rows), people)


def compared(told: Series | None) -> Compared:
    wednesday = MONDAY + timedelta(days=2)
    return before_and_after(shown_weeks(told), start=wednesday, delivered=wednesday)


def test_stored_weeks_have_the_interval_of_newcombe() -> None:
    """Newcombe (1998), method 10, example (a): 56/70 against 48/80 gives .2000 with .0524 to .3339."""
    before, after = [(12, 20)] * 4, [(14, 17), (14, 17), (14, 18), (14, 18)]
    found = compared(series(*before, (9, 20), *after))
    assert (found.before and found.before.n, found.after and found.after.n) == (80, 70)
    assert found.change == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))
    assert found.points == "+20 points (+5 to +33)"


def test_fewer_than_four_stored_weeks_are_not_enough_data() -> None:
    found = compared(series(*[(10, 20)] * 7))
    assert not found.enough
    assert found.points == ""
    assert not compared(None).enough


def test_few_people_make_the_interval_wide() -> None:
    shares = [(50, 100)] * 9
    many, few = (compared(series(*shares, people=people)) for people in (1000, 8))
    assert few.high is not None
    assert many.high is not None
    assert few.high > 2 * many.high

"""The schedule that thins: rules that hold for every schedule, by hypothesis."""

from datetime import date, timedelta
from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.reinforcement.thinning import Standing, Thinning, monday, standing, weeks_of

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
SHAPES = st.tuples(st.integers(1, 8), st.integers(1, 12), st.integers(1, 12)).map(
    lambda one: (one[0], min(one[1:]), max(one[1:]))
)


@given(DAYS, SHAPES, st.integers(0, 10**9))
def test_it_never_leaves_a_gap_over_its_longest_interval(start: date, shape: tuple[int, int, int], seed: int) -> None:
    plan = Thinning(start, *shape, seed)
    weeks = list(islice(weeks_of(plan), 60))
    gaps = [(after - before).days // 7 for before, after in pairwise(weeks)]
    weekly, shortest, longest = shape
    assert weeks[0] == monday(start)
    assert gaps[: weekly - 1] == [1] * (weekly - 1)
    assert all(shortest <= gap <= longest for gap in gaps[weekly:])
    assert weeks == list(islice(weeks_of(plan), 60))


@given(DAYS, SHAPES, st.integers(0, 99), st.lists(DAYS, max_size=6), st.integers(0, 400))
def test_what_is_due_is_open_and_what_comes_next_comes(
    start: date, shape: tuple[int, int, int], seed: int, done: list[date], later: int
) -> None:
    day = start + timedelta(days=later)
    now = standing(Thinning(start, *shape, seed), done, day)
    assert now.next is not None
    assert day < now.next <= day + timedelta(weeks=max(shape[2], 1) + 1)
    assert now.due is None or (now.due <= day and not any(now.due <= one <= day for one in done))
    assert standing(Thinning(start, *shape, seed), [*done, day], day).due is None


def test_before_it_starts_and_after_it_ends_nothing_is_due() -> None:
    plan = Thinning(date(2026, 9, 7), 4, 2, 6, 1, date(2026, 9, 21))
    assert standing(plan, [], date(2026, 9, 1)) == Standing(None, date(2026, 9, 7))
    assert standing(plan, [], date(2026, 9, 15)) == Standing(date(2026, 9, 14), None)
    assert standing(plan, [], date(2026, 9, 21)) == Standing(None, None)


def test_what_is_no_schedule_says_why() -> None:
    good = Thinning(date(2026, 9, 7), 4, 2, 6, 1)
    assert good.refused() == ""
    assert "no longer than" in good._replace(shortest=7).refused()
    assert "at least one week" in good._replace(weekly_for=0).refused()
    assert "ends before" in good._replace(end=date(2026, 9, 1)).refused()

"""The geometry of effects: true to scale, nothing outside of the picture."""

from hypothesis import given
from hypothesis import strategies as st

from commonground.ui.effects import Since, effect, event_study, points, steps_of

POINTS = st.floats(-100, 100)


@given(POINTS, st.floats(0, 60), POINTS)
def test_an_interval_lies_inside_and_in_order(middle: float, reach: float, hoped: float) -> None:
    picture = effect(middle, middle - reach, middle + reach, hoped)
    assert picture.low_x is not None
    assert picture.at is not None
    assert picture.high_x is not None
    assert picture.left <= picture.low_x <= picture.at <= picture.high_x <= picture.right
    assert picture.left <= picture.zero <= picture.right


def test_an_end_that_is_not_known_is_not_drawn() -> None:
    picture = effect(3, None, None, 5)
    assert (picture.low_x, picture.high_x) == (None, None)
    assert picture.hoped is not None
    assert picture.at is not None
    assert picture.zero < picture.at < picture.hoped


@given(POINTS, st.floats(0.1, 100))
def test_steps_are_round_and_hold_both_ends(low: float, span: float) -> None:
    found = steps_of(low, low + span)
    assert found[0] <= low + 1e-6
    assert found[-1] >= low + span - 1e-6
    assert len(found) <= 9


def test_one_period_draws_nothing() -> None:
    assert event_study([Since(0, 3.0)]) is None


def test_periods_stand_left_to_right_and_higher_is_up() -> None:
    picture = event_study([Since(-2, 0.5, -1, 2, -2, 3), Since(0, 4.0, 2, 6, 1, 7), Since(1, 8.0)])
    assert picture is not None
    first, second, third = picture.columns
    assert first.x < picture.begins < second.x < third.x
    assert first.y > second.y > third.y
    assert first.before
    assert second.near is not None
    assert second.wide is not None
    assert second.wide[0] < second.near[0] < second.y < second.near[1] < second.wide[1]
    assert third.near is None


def test_points_are_written_with_their_sign() -> None:
    assert [points(one) for one in (6, -2.5, 0)] == ["+6", "−2.5", "0"]

"""Drawing from a seed: the same everywhere, balanced, and every other way counted."""

from collections import Counter
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.experiments.drawing_lots import draw_halves, draw_steps, other_ways, similar, ways

KEYS = ["bay", "elm", "fir", "gum", "ivy", "oak"]


def test_the_same_seed_draws_the_same_on_every_machine() -> None:
    """Worked once and written down: it rests on BLAKE2b (RFC 7693) alone."""
    groups = similar([0.1, 0.5, 0.2, 0.6, 0.3, 0.7], 2)
    assert groups == [0, 1, 0, 2, 1, 2]
    assert draw_halves(8, KEYS, groups) == [True, True, False, True, False, False]


@given(st.integers(0, 10**6), st.integers(2, 20), st.integers(2, 4))
def test_halves_are_balanced_in_each_group(seed: int, units: int, size: int) -> None:
    keys = [f"u{at}" for at in range(units)]
    groups = similar([float(at) for at in range(units)], size)
    tries = draw_halves(seed, keys, groups)
    for group in set(groups):
        inside = [tries[at] for at in range(units) if groups[at] == group]
        assert abs(2 * sum(inside) - len(inside)) <= 1


@given(st.integers(0, 10**6), st.integers(4, 20), st.integers(2, 4))
def test_no_step_has_two_units_more_than_another(seed: int, units: int, steps: int) -> None:
    keys = [f"u{at}" for at in range(units)]
    many = Counter(draw_steps(seed, keys, similar([0.0] * units, steps), steps))
    assert len(many) == steps
    assert max(many.values()) - min(many.values()) <= 1


@given(st.integers(0, 10**6), st.permutations(range(6)))
def test_the_order_of_the_list_changes_nothing(seed: int, order: list[int]) -> None:
    usual = dict(zip(KEYS, draw_steps(seed, KEYS, [0] * 6, 3), strict=True))
    keys = [KEYS[at] for at in order]
    assert dict(zip(keys, draw_steps(seed, keys, [0] * 6, 3), strict=True)) == usual


def test_ways_are_counted_and_listed() -> None:
    starts = [3, None, 3, None, 3, None, 3, None]
    assert ways(starts, [0] * 8) == comb(8, 4)
    assert ways(starts, [0, 0, 1, 1, 2, 2, 3, 3]) == 16
    found = other_ways(starts, [0, 0, 1, 1, 2, 2, 3, 3], 1)
    assert len(set(found)) == 16
    assert tuple(starts) in found
    many = other_ways([1, 2, 3, 4, 5, 6, 7, None], [0] * 8, 1)
    assert len(many) == 4000
    assert many[0] == (1, 2, 3, 4, 5, 6, 7, None)


def test_too_few_units_for_the_steps_is_said() -> None:
    with pytest.raises(ValueError, match="3 steps need as many units"):
        draw_steps(1, ["a", "b"], [0, 0], 3)

"""The ladder, silence, effects and names. Numbers against METHODS 5 and published examples."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.reinforcement.effect_sizes import superiority
from commonground.analysis.reinforcement.ladder import ENVIRONMENT, FAIR, FORMAL, PRIVATE, RUNGS, may_step, missing
from commonground.analysis.reinforcement.naming import names_in, titled_in
from commonground.analysis.reinforcement.silence import Done, by_counts_alone, last_heard, weeks_silent

DAY = date(2026, 9, 14)
KEYS = [rung.key for rung in RUNGS] + ["recognition", "feedback", "prompt"]
TREE = {"east": ("all",), "west": ("all",), "dock": ("east", "all"), "all": ()}


@given(st.sets(st.sampled_from(KEYS)), st.booleans(), st.sets(st.sampled_from(sorted(FAIR))), st.booleans())
def test_a_formal_step_is_never_possible_before_something_around_the_old_way(
    tried: set[str], paired: bool, fair: set[str], appeal: bool
) -> None:
    lacks = missing(tried, paired=paired, fair=fair, appeal=appeal)
    if not tried & set(ENVIRONMENT):
        assert lacks
        assert not may_step(FORMAL, tried)
        assert not may_step(PRIVATE, tried)
    assert (not lacks) == (bool(tried & set(ENVIRONMENT)) and paired and fair == set(FAIR) and appeal)


def test_the_first_rungs_ask_for_nothing_and_a_rung_that_does_not_exist_is_refused() -> None:
    assert all(may_step(key, ()) for key in ENVIRONMENT)
    with pytest.raises(KeyError):
        may_step("pillory", ())


@pytest.mark.parametrize(("d", "share"), [(0.47, 0.630), (0.51, 0.641), (0.41, 0.614), (0.0, 0.5)])
def test_probability_of_superiority(d: float, share: float) -> None:
    """METHODS 5; .63 for .47 is the figure of Stajkovic & Luthans, 2003."""
    assert superiority(d) == pytest.approx(share, abs=5e-4)


def test_what_reaches_a_unit_is_heard_there() -> None:
    done = [Done("recognition", DAY - timedelta(days=50), "dock"), Done("easier", DAY, "west")]
    assert last_heard(done, "east", TREE.__getitem__, DAY) == DAY - timedelta(days=50)
    assert last_heard(done, "west", TREE.__getitem__, DAY) is None
    assert last_heard([*done, Done("prompt", DAY)], "west", TREE.__getitem__, DAY) == DAY
    assert weeks_silent(DAY - timedelta(days=50), DAY - timedelta(days=400), DAY) == 7
    assert weeks_silent(None, DAY + timedelta(days=9), DAY) == 0


def test_counts_alone() -> None:
    since = DAY - timedelta(days=90)
    counts, task = Done("recognition", DAY, rests_on="counts"), Done("recognition", DAY, rests_on="task")
    assert by_counts_alone([counts], since, DAY)
    assert not by_counts_alone([counts, task], since, DAY)
    assert not by_counts_alone([counts, Done("feedback", DAY)], since, DAY)
    assert not by_counts_alone([], since, DAY)


def test_names_that_a_text_might_hold() -> None:
    found = names_in("Thanks to Piet de Vries and Mary-Jane O’Neill for the round")
    assert {"Piet de Vries", "Mary-Jane O’Neill"} <= found
    assert names_in("two move-ins of team lark") == frozenset()
    assert titled_in("Mr Visser spoke to Frau Hahn") == {"Visser", "Hahn"}

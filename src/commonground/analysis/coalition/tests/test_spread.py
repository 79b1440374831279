"""Spread: METHODS 3.2, every live-edge graph of tiny networks counted out, bounds against the best choice of all."""

from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.coalition.covering import CannotCoverError
from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.spread import choose_for_spread, demanded, spread
from commonground.analysis.coalition.spread_bounds import Sample, at_least, at_most
from commonground.analysis.coalition.spread_models import MODELS, backward, chances
from commonground.analysis.coalition.spread_sampling import Sampling

PATH = Network.from_edges("abc", [0, 1], [1, 2])


def ring(people: int = 20) -> Network:
    ends = np.repeat(np.arange(people), 2)
    steps = np.tile([1, 2], people)
    return Network.from_edges([f"{at}" for at in range(people)], ends, (ends + steps) % people, undirected=True)


def exact(network: Network, seeds: Any, p: np.ndarray) -> float:
    """The spread of a cascade: over all graphs of live ties, how likely each is times whom it connects to the seeds."""
    whole = 0.0
    sources = np.repeat(np.arange(len(network)), np.diff(network.offsets))
    for live in product((False, True), repeat=len(sources)):
        chance = float(np.prod(np.where(live, p, 1 - p)))
        reached = set(seeds)
        for _ in range(len(network)):
            reached |= {
                int(two)
                for one, two, on in zip(sources, network.targets, live, strict=True)
                if on and int(one) in reached
            }
        whole += chance * len(reached)
    return whole


@st.composite
def tiny(draw: Callable[[Any], Any]) -> tuple[Network, np.ndarray]:
    people = draw(st.integers(2, 5))
    end = st.integers(0, people - 1)
    edges = draw(st.lists(st.tuples(end, end), max_size=7, unique=True))
    network = Network.from_edges("abcde"[:people], [one for one, _ in edges], [two for _, two in edges])
    p = draw(
        st.lists(
            st.sampled_from((0.0, 0.2, 0.5, 0.8, 1.0)), min_size=len(network.targets), max_size=len(network.targets)
        )
    )
    return network, np.array(p, float)


@pytest.mark.parametrize(("seeds", "expected"), [([0], 1.75), ([1], 1.5), ([0, 1], 2.5), ([0, 2], 2.5)])
def test_a_path_spreads_as_reckoned_by_hand(seeds: list[int], expected: float) -> None:
    mean, half = spread(PATH, seeds, "cascade", p=0.5, runs=40_000)
    assert abs(mean - expected) <= 1.5 * half < 0.02
    assert exact(PATH, seeds, np.full(2, 0.5)) == expected


def test_how_often_somebody_is_in_a_reverse_set_tells_their_spread() -> None:
    drawn = Sampling(backward(PATH, chances(PATH, 0.5)), np.ones(3, bool), 1).sets(60_000, 10**9)
    assert 3 * np.bincount(drawn.items, minlength=3) / 60_000 == pytest.approx([1.75, 1.5, 1.0], abs=0.02)


@pytest.mark.parametrize(("seeds", "needed", "expected"), [([0, 1], 2, 20), ([0, 10], 2, 2), ([0], 1, 20)])
def test_on_a_ring_two_neighbours_turn_everybody_and_two_apart_nobody(
    seeds: list[int], needed: int, expected: int
) -> None:
    assert spread(ring(), seeds, "threshold", p=needed) == (expected, 0.0)


def test_two_who_stand_together_are_chosen_where_two_are_needed() -> None:
    found = choose_for_spread(ring(), 2, "threshold")
    assert (found.spread, found.low, found.bound, found.ratio, found.failure) == (20, 20, 20, 1.0, 0.0)


@given(tiny(), st.data())
@settings(max_examples=25, deadline=None)
def test_sets_and_simulation_agree_with_every_graph_counted_out(made: tuple[Network, np.ndarray], data: Any) -> None:
    network, p = made
    seeds = data.draw(st.lists(st.integers(0, len(network) - 1), min_size=1, max_size=2, unique=True))
    truth = exact(network, seeds, p)
    mean, _ = spread(network, seeds, "cascade", p=p, runs=6000)
    assert mean == pytest.approx(truth, abs=0.12)
    chosen = np.zeros(len(network), bool)
    chosen[seeds] = True
    hits, sets = Sampling(backward(network, p), np.ones(len(network), bool), 3).hits(chosen, 6000, 10**9)
    assert len(network) * hits / sets == pytest.approx(truth, abs=0.15)


@given(tiny(), st.integers(1, 3), st.booleans())
@settings(max_examples=10, deadline=None)
def test_the_bound_is_never_below_the_best_of_all_choices(
    made: tuple[Network, np.ndarray], count: int, certified: bool
) -> None:
    network, p = made
    count = min(count, len(network))
    found = choose_for_spread(network, count, "cascade", certified, p=p, failure=1e-6)
    best = max(exact(network, seeds, p) for seeds in combinations(range(len(network)), count))
    assert found.bound >= best - 1e-9
    assert found.low <= exact(network, found.champions, p) + 1e-9
    assert found.ratio == pytest.approx(found.low / found.bound)
    assert len(set(found.champions)) == count


@given(tiny(), st.sampled_from(("threshold", "noisy")), st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_the_bound_of_thresholds_holds_for_every_choice(made: tuple[Network, Any], model: Any, count: int) -> None:
    network, count = made[0], min(count, len(made[0]))
    found = choose_for_spread(network, count, model)
    runs = {"threshold": 1, "noisy": 300}[model]
    for seeds in combinations(range(len(network)), count):
        assert spread(network, seeds, model, runs=runs)[0] <= found.bound + 0.2 * (model == "noisy")


@given(tiny())
@settings(max_examples=20, deadline=None)
def test_a_larger_budget_never_spreads_to_fewer_on_the_same_sets(made: tuple[Network, np.ndarray]) -> None:
    network, p = made
    sets = Sampling(backward(network, p), np.ones(len(network), bool), 5).sets(2000, 10**9)
    hit = []
    for count in range(1, len(network) + 1):
        sample = Sample(demanded(network, count, (), None, ((), ())), sets)
        chosen = sample.choose()
        hit.append(sum(bool(set(sets[row].tolist()) & set(chosen)) for row in range(len(sets))))
        assert hit[-1] <= sample.ceiling(30) + 1e-6
    assert hit == sorted(hit)
    assert hit[-1] == 2000


@pytest.mark.parametrize("model", MODELS)
def test_demands_are_kept_under_every_model(model: Any) -> None:
    units = [("north", "south", "west")[at % 3] if at < 12 else None for at in range(20)]
    found = choose_for_spread(ring(), 4, model, cover=[units], fixed=[7], forbidden=[0, 3])
    assert found.champions[0] == 7
    assert len(found.champions) == 4
    assert not {0, 3} & set(found.champions)
    assert {units[one] for one in found.champions} >= {"north", "south", "west"}
    with pytest.raises(CannotCoverError):
        choose_for_spread(ring(), 2, model, cover=[units])


def test_only_those_who_count_are_counted_and_only_candidates_chosen() -> None:
    counted = np.arange(20) < 10
    found = choose_for_spread(ring(), 2, "cascade", p=0.3, counted=counted, candidates=~counted)
    assert all(one >= 10 for one in found.champions)
    assert found.bound <= 10
    assert spread(ring(), [0, 1], "threshold", counted=counted)[0] == 10


def test_linear_thresholds_follow_their_live_ties() -> None:
    """Each takes up from one drawn among those who reach them: a star's centre of three leaves is won by each with 1 ÷ 3."""
    star = Network.from_edges("cxyz", [1, 2, 3], [0, 0, 0])
    assert spread(star, [1], "linear", runs=20_000)[0] == pytest.approx(4 / 3, abs=0.02)
    chosen = np.array([False, True, False, False])
    hits, sets = Sampling(backward(star, chances(star), single=True), np.ones(4, bool), 1).hits(chosen, 20_000, 10**9)
    assert 4 * hits / sets == pytest.approx(4 / 3, abs=0.04)


def test_a_bound_gives_way_as_little_as_its_doubt_asks_for() -> None:
    """Of 10,000 sets 1,000 are hit: at a doubt of 1 in 100 by hand (√1002.30 + √2.303)² = 1100.7 above, and by the
    formula below √1001.02 − √2.303 squared less a quarter = 907.3."""
    doubt = np.log(100)
    assert at_most(1000, 10_000, doubt) == pytest.approx(0.11007, abs=1e-5)
    assert at_least(1000, 10_000, doubt) == pytest.approx(0.0907, abs=1e-4)
    assert at_least(0, 10_000, doubt) == 0.0 < at_most(0, 10_000, doubt)


def test_what_is_no_model_or_no_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="no model"):
        spread(PATH, [0], "rumour")
    with pytest.raises(ValueError, match="chance"):
        spread(PATH, [0], p=1.5)
    with pytest.raises(ValueError, match="nobody"):
        spread(PATH, [3])

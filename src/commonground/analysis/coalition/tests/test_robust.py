"""A choice that is good under every model: its regrets are shown, no examined choice has a smaller worst one."""

import numpy as np

from commonground.analysis.coalition.covering import choose
from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.robust import REACH, ROBUST_MODELS, RUNS, ByReach, robust
from commonground.analysis.coalition.spread import Model, choose_for_spread, spread


def two_worlds() -> Network:
    """A hub who reaches 30 people who reach nobody, and a ring of 24 in which two neighbours turn everybody."""
    hub = [(0, leaf) for leaf in range(1, 31)]
    ring = [(31 + at, 31 + (at + step) % 24) for at in range(24) for step in (1, 2, 22, 23)]
    one, two = zip(*hub, *ring, strict=True)
    return Network.from_edges([f"p{at}" for at in range(55)], one, two)


def test_regrets_are_what_is_missing_to_the_best_known_and_the_worst_is_the_least() -> None:
    network = two_worlds()
    found = robust(network, 2)
    assert found.worst == max(one.regret for one in found.under)
    alone = {model: choose_for_spread(network, 2, model).champions for model in ROBUST_MODELS}

    def reached(champions: tuple[int, ...], model: Model) -> float:
        return spread(network, champions, model, runs=RUNS[model])[0]

    best = {one.measure: one.best for one in found.under}
    for one in found.under:
        assert one.reached == reached(found.champions, one.measure)
        assert one.best >= max(reached(champions, one.measure) for champions in alone.values())
        assert one.regret == 1 - one.reached / one.best
    for champions in alone.values():
        assert found.worst <= max(1 - reached(champions, model) / best[model] for model in ROBUST_MODELS)


def test_what_suits_one_model_alone_falls_short_under_another() -> None:
    """By hand: of two seats the hub and one of the ring turn 2 people where two are needed; two neighbours of the ring turn all 24."""
    network = two_worlds()
    hub_and_one = choose_for_spread(network, 2, "cascade").champions
    assert 0 in hub_and_one
    assert spread(network, hub_and_one, "threshold")[0] == 2
    under = {one.measure: one for one in robust(network, 2).under}
    assert under["threshold"].best == 24


def test_reach_is_weighed_against_its_bound() -> None:
    """By hand: the hub reaches itself and 30, one of the ring itself and 4, so no two reach more than 36."""
    network = two_worlds()
    choice = choose(network, 2)
    assert (choice.covered, choice.bound) == (36, 36)
    found = robust(network, 2, reach=ByReach(choice, network.reach(1), np.ones(len(network))))
    under = {one.measure: one for one in found.under}
    assert list(under) == [REACH, *ROBUST_MODELS]
    covered = len({person for one in found.champions for person in network.reach(1)[one].tolist()})
    assert (under[REACH].reached, under[REACH].best) == (covered, 36)
    assert under[REACH].regret == 1 - covered / 36


def test_demands_are_kept() -> None:
    network = two_worlds()
    groups = ["hub" if at < 31 else "ring" for at in range(55)]
    found = robust(network, 3, cover=[groups], fixed=[5], forbidden=[0])
    assert found.champions[0] == 5
    assert 0 not in found.champions
    assert {groups[one] for one in found.champions} == {"hub", "ring"}
    assert np.unique(found.champions).size == 3

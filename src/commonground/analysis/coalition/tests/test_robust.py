"""A choice that is good under every model: its regrets are shown, no examined choice has a smaller worst one."""

import numpy as np

from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.robust import regrets, robust
from commonground.analysis.coalition.spread import choose_for_spread


def two_worlds() -> Network:
    """A hub who reaches 30 people who reach nobody, and a ring of 24 in which two neighbours turn everybody."""
    hub = [(0, leaf) for leaf in range(1, 31)]
    ring = [(31 + at, 31 + (at + step) % 24) for at in range(24) for step in (1, 2, 22, 23)]
    one, two = zip(*hub, *ring, strict=True)
    return Network.from_edges([f"p{at}" for at in range(55)], one, two)


def test_the_worst_regret_is_the_least_and_no_smaller_than_zero() -> None:
    network = two_worlds()
    found = robust(network, 2)
    assert found.worst == max(one.regret for one in found.under)
    for one in found.under:
        assert 0.0 <= one.regret < 1.0
        assert one.reached <= one.best + 1e-9
    for model in ("cascade", "threshold", "noisy"):
        alone = choose_for_spread(network, 2, model).champions
        assert found.worst <= max(one.regret for one in regrets(network, alone)) + 1e-9


def test_what_suits_one_model_alone_is_told_to_fall_short_under_another() -> None:
    """Of two seats the hub and one of the ring turn 2 people where two are needed; two neighbours of the ring turn 24."""
    under = {one.model: one for one in regrets(two_worlds(), [0, 31])}
    assert under["threshold"].reached == 2
    assert under["threshold"].best == 24
    assert under["threshold"].regret == 1 - 2 / 24


def test_demands_are_kept() -> None:
    network = two_worlds()
    groups = ["hub" if at < 31 else "ring" for at in range(55)]
    found = robust(network, 3, cover=[groups], fixed=[5], forbidden=[0])
    assert found.champions[0] == 5
    assert 0 not in found.champions
    assert {groups[one] for one in found.champions} == {"hub", "ring"}
    assert np.unique(found.champions).size == 3

"""As much as possible is shown: held against brute force on small cases."""

import random
from statistics import median

import pytest

from commonground.analysis.disclosure import Atom, audit, choosing, protect
from commonground.analysis.disclosure.tests.attackers import best
from commonground.analysis.disclosure.tests.worlds import World, hierarchy


def small(seed: int) -> World:
    draw = random.Random(seed)
    units, values = draw.choice([(3, 2), (4, 1), (5, 1), (6, 1)])
    parents = [None, *(draw.randrange(unit) for unit in range(1, units))]
    sizes = [[Atom(n, n) for n in (draw.choice([1, 2, 3, 4, 6, 9, 14]) for _ in range(values))] for _ in range(units)]
    return hierarchy(parents, sizes)


def test_on_small_cases_hardly_more_is_held_back_than_must_be():
    """Of groups held back, the few themselves included, the median is at most 1.2 times the fewest that brute force finds."""
    ratios = []
    for seed in range(24):
        world = small(seed)
        told = protect(world.groups, world.atoms, threshold=5, must=["all"])
        fewest = len(world.groups) - best(world.groups, world.atoms, 5, ["all"])
        assert len(told.hidden) >= fewest
        if fewest:
            ratios.append(len(told.hidden) / fewest)
    assert len(ratios) > 18
    assert median(ratios) <= 1.2
    assert max(ratios) <= 1.5


def test_a_pattern_that_letting_in_by_size_would_miss_is_found():
    """A table of two rows and three columns with its margins: the small cell needs one more in its row, one in its column and the cell
    where these meet; which, decides how much is lost."""
    sizes = {"pa": 3, "pb": 20, "pc": 6, "qa": 7, "qb": 5, "qc": 30}
    groups = {name: [name] for name in sizes}
    groups |= {row: [name for name in sizes if name[0] == row] for row in "pq"}
    groups |= {column: [name for name in sizes if name[1] == column] for column in "abc"}
    groups["all"] = list(sizes)
    atoms = {name: Atom(size, size) for name, size in sizes.items()}
    told = protect(groups, atoms, threshold=5, must=["all", "p", "q", "a", "b", "c"])
    assert len(told.shown) == best(groups, atoms, 5, ["all", "p", "q", "a", "b", "c"])


def test_a_search_that_is_given_up_holds_back_more_and_gives_nothing_away(monkeypatch: pytest.MonkeyPatch):
    worlds = [small(seed) for seed in range(6)]
    before = [protect(world.groups, world.atoms, threshold=5, must=["all"]) for world in worlds]
    monkeypatch.setattr(choosing, "LOOKS", -1)  # given up before it begins
    after = [protect(world.groups, world.atoms, threshold=5, must=["all"]) for world in worlds]
    assert sum(len(told.shown) for told in after) < sum(len(told.shown) for told in before)
    for world, told in zip(worlds, after, strict=True):
        assert not audit({name: world.groups[name] for name in told.shown}, world.atoms, threshold=5)

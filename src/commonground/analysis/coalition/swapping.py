"""Making a choice of champions better: one leaves, the one who then adds most comes in."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.standing import Standing

SEED = 20_261
LONGEST_OUT, LONGEST_IN = 12, 10


def swap(standing: Standing, go_on: Callable[[], bool]) -> int:
    """Swaps single champions until no swap reaches more, or until `go_on` says no; how many swaps were made.

    Demands stay met and fixed ones stay. Those who are missed least go first.
    """
    fixed, made = set(standing.asked.fixed), 0
    top = int(standing.gain.argmax())
    while True:
        before = made
        for person in sorted(set(standing.chosen) - fixed, key=lambda one: (standing.loss[one], one)):
            if not go_on():
                return made
            if _swap_one(standing, person, top):
                made += 1
                top = int(standing.gain.argmax())
        if made == before:
            return made


def _swap_one(standing: Standing, person: int, top: int) -> bool:
    """Whether somebody else came for a person. top: who adds most as things stand, when nobody leaves."""
    least, only = standing.loss[person], standing.only(person)
    standing.remove(person)
    if only:
        best = _best(standing, only)
    else:
        among = np.append(standing.touched, top)
        best = int(among[standing.gain[among].argmax()])
    if standing.gain[best] <= least * (1 + 1e-9) + 1e-9:
        best = person
    standing.add(best)
    return best != person


def _best(standing: Standing, demands: list[int]) -> int:
    """Who adds most among those who meet these demands."""
    if not demands:
        return int(standing.gain.argmax())
    among = _meeting(standing, demands)
    return int(among[standing.gain[among].argmax()])


def _meeting(standing: Standing, demands: list[int]) -> NDArray[np.int64]:
    asked = standing.asked.demands
    among = asked.people(demands[0])
    for cell in demands[1:]:
        among = np.intersect1d(among, asked.people(cell), assume_unique=True)
    return among


def wander(standing: Standing, rounds: int, go_on: Callable[[], bool], enough: float = np.inf) -> list[int]:
    """Swaps on beyond the first best answer and answers the best met (tabu search, Glover 1989).

    Who left may not come back for a few rounds, who came may not leave, so that the search does not turn in a circle. rounds: how many
    without a better answer. enough: stop as soon as this is reached. The same question gives the same walk.
    """
    drawn = np.random.default_rng(SEED)
    fixed = np.array(standing.asked.fixed, np.int64)
    seated = np.array(list(standing.chosen), np.int64)
    seated = seated[~np.isin(seated, fixed)]
    best, highest, since = seated.copy(), standing.worth, 0
    out: dict[int, int] = {}
    kept = np.zeros(len(seated), np.int64)
    at = 0
    if not len(seated):
        return list(standing.chosen)
    longest = max(1, min(LONGEST_IN, len(seated) // 3))
    while since < rounds and highest < enough and go_on():
        at, since = at + 1, since + 1
        cost = standing.loss[seated] + np.where(kept > at, np.inf, 0.0) + drawn.random(len(seated)) * 0.5
        place = int(cost.argmin())
        leaving = int(seated[place])
        coming = _exchange(standing, leaving, [one for one, until in out.items() if until > at])
        out = {one: until for one, until in out.items() if until > at}
        if coming != leaving:
            out[leaving] = at + 2 + int(drawn.integers(LONGEST_OUT))
        kept[place] = at + 1 + int(drawn.integers(longest + 1))
        seated[place] = coming
        if standing.worth > highest + 1e-9:
            best, highest, since = seated.copy(), standing.worth, 0
    return [*fixed.tolist(), *best.tolist()]


def _exchange(standing: Standing, leaving: int, out: list[int]) -> int:
    """Somebody leaves and the best of the others comes; who stays out may not."""
    only = standing.only(leaving)
    standing.remove(leaving)
    held = standing.gain[[*out, leaving]]
    standing.gain[[*out, leaving]] = -np.inf
    coming = _best(standing, only)
    free = standing.gain[coming] > -np.inf
    standing.gain[[*out, leaving]] = held
    coming = coming if free else leaving
    standing.add(coming)
    return coming

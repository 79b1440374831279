"""Making a choice of champions better: one leaves, the one who then adds most comes in."""

from collections.abc import Callable

import numpy as np

from commonground.analysis.coalition.standing import Standing


def swap(standing: Standing, go_on: Callable[[], bool]) -> int:
    """Swaps single champions until no swap reaches more, or until `go_on` says no; how many swaps were made.

    Demands stay met and fixed ones stay. Those who are missed least go first.
    """
    fixed, made = set(standing.asked.fixed), 0
    while True:
        before = made
        losses = sorted((standing.loss(person), person) for person in standing.chosen if person not in fixed)
        for _, person in losses:
            if not go_on():
                return made
            made += _swap_one(standing, person)
        if made == before:
            return made


def _swap_one(standing: Standing, person: int) -> bool:
    if standing.gain.max() <= standing.loss(person) * (1 + 1e-12) and not standing.only(person):
        least = standing.loss(person)
    else:
        least = standing.loss(person)
    only = standing.only(person)
    standing.remove(person)
    best = _best(standing, only)
    if best == person or standing.gain[best] <= least * (1 + 1e-9) + 1e-9:
        best = person
    standing.add(best)
    return best != person


def _best(standing: Standing, demands: list[int]) -> int:
    """Who adds most among those who meet these demands."""
    if not demands:
        return int(standing.gain.argmax())
    asked = standing.asked.demands
    among = asked.people(demands[0])
    for cell in demands[1:]:
        among = np.intersect1d(among, asked.people(cell), assume_unique=True)
    return int(among[standing.gain[among].argmax()])

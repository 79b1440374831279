"""Which champions reach most people, with one for each value that must be covered, and how good that choice is."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.demands import CannotCoverError, Demands
from commonground.analysis.coalition.network import Floats, Network, Rows
from commonground.analysis.coalition.proving import small_enough
from commonground.analysis.coalition.reasons import reasons
from commonground.analysis.coalition.searching import Search, in_order
from commonground.analysis.coalition.standing import Question

__all__ = ["CannotCoverError", "Choice", "choose", "judged"]


@dataclass(frozen=True)
class Choice:
    """champions: positions, in the order of choosing. why: a phrase for each. covered: what those whom they reach are worth, of `people`.

    bound: no choice under the same demands reaches more. gap: (bound − covered) ÷ bound. proven_optimal: only where it is shown.
    """

    champions: tuple[int, ...]
    why: tuple[str, ...]
    covered: float
    people: int
    bound: float
    gap: float
    proven_optimal: bool
    seconds: float


def choose(  # noqa: PLR0913 - the demands that a choice can have; all but two by name
    network: Network,
    count: int,
    *,
    cover: Sequence[Sequence[str | None]] = (),
    weight: Floats | None = None,
    candidates: NDArray[np.bool_] | None = None,
    fixed: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    steps: int = 1,
    exact_seconds: float = 8.0,
    certify_seconds: float = 6.0,
) -> Choice:
    """The champions who reach most, among those who may be chosen, with at least one for each value of each column of `cover`.

    count: how many, fixed ones among them; fewer only where fewer may be chosen. weight: what each person reached is worth, 1 if left out.
    fixed, forbidden: positions; a fixed one need not be a candidate. steps: 1, or 2 for whom their targets reach. exact_seconds,
    certify_seconds: how long to try to prove the best answer, and to narrow the bound; 0 leaves it out. Raises CannotCoverError, and
    ValueError for what contradicts itself. The answer depends on the network and demands alone unless the time runs out.
    """
    began = perf_counter()
    asked = _question(network, count, cover, weight, candidates, (tuple(fixed), tuple(forbidden)), steps)
    search = Search(asked)
    search.look(began + certify_seconds)
    if exact_seconds > 0 and not search.proven and small_enough(asked):
        search.prove(exact_seconds)
    best = in_order(asked, search.best)
    bound = max(search.bound, search.covered)
    return Choice(
        tuple(best), reasons(network, asked, best, cover), search.covered, len(network), bound,
        0.0 if bound <= 0 else (bound - search.covered) / bound, search.proven, perf_counter() - began,
    )  # fmt: skip


def judged(
    network: Network,
    champions: Sequence[int],
    most: Choice,
    *,
    cover: Sequence[Sequence[str | None]] = (),
    weight: Floats | None = None,
    fixed: Sequence[int] = (),
    steps: int = 1,
) -> Choice:
    """Other champions under the demands of a choice, held against its bound. most: the choice, as `choose` has found it."""
    began = perf_counter()
    asked = _question(network, len(champions), cover, weight, None, (tuple(fixed), ()), steps)
    covered = asked.worth(champions)
    return Choice(
        tuple(champions), reasons(network, asked, champions, cover), covered, most.people, most.bound,
        0.0 if most.bound <= 0 else (most.bound - covered) / most.bound,
        most.proven_optimal and covered >= most.covered, most.seconds + perf_counter() - began,
    )  # fmt: skip


def _question(
    network: Network,
    count: int,
    cover: Sequence[Sequence[str | None]],
    weight: Floats | None,
    candidates: NDArray[np.bool_] | None,
    named: tuple[tuple[int, ...], tuple[int, ...]],
    steps: int,
) -> Question:
    fixed, forbidden = tuple(dict.fromkeys(named[0])), named[1]
    people = len(network)
    worth = np.ones(people) if weight is None else np.asarray(weight, np.float64)
    eligible = np.ones(people, bool) if candidates is None else np.array(candidates, bool)
    _refuse(people, count, worth, eligible, (fixed, forbidden))
    eligible[[*fixed, *forbidden]] = False
    demands = Demands.read(cover, people)
    seats = min(count - len(fixed), int(eligible.sum()))
    plan = demands.least(eligible, fixed, seats)
    if len(plan) > seats:
        raise CannotCoverError(count, len(fixed) + len(plan))
    return Question(_reach(network, steps), worth, count, eligible, fixed, demands, tuple(plan))


def _reach(network: Network, steps: int) -> Rows:
    return network.reach(steps)


def _refuse(
    people: int, count: int, worth: Floats, eligible: NDArray[np.bool_], named: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    fixed, forbidden = named
    if count < 1:
        raise ValueError(f"count is {count}: choose at least one.")
    if len(worth) != people or len(eligible) != people:
        raise ValueError(f"weight or candidates are not as many as the {people} people.")
    if people and not (np.isfinite(worth).all() and worth.min() >= 0):
        raise ValueError("A weight is below 0 or no number: each person reached is worth 0 or more.")
    outside = [one for one in (*fixed, *forbidden) if not 0 <= one < people]
    if outside:
        raise ValueError(f"{outside[0]} is nobody's position: they are 0 to {people - 1}.")
    if set(fixed) & set(forbidden):
        raise ValueError(f"{min(set(fixed) & set(forbidden))} is fixed and forbidden: choose one of both.")
    if len(fixed) > count:
        raise CannotCoverError(count, len(fixed))

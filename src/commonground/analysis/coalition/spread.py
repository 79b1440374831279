"""How far a new way spreads from some people, and from whom it spreads furthest, with how good that choice is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from time import perf_counter

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.coalition.demands import CannotCoverError, Demands
from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.spread_bounds import Asked, Sample, at_least, at_most
from commonground.analysis.coalition.spread_models import MODELS, Model, backward, chances, outcomes, refuse_model
from commonground.analysis.coalition.spread_sampling import Sampling, joined
from commonground.analysis.coalition.tipping import ceiling, choose_tipping

__all__ = ["MODELS", "Model", "SpreadChoice", "choose_for_spread", "spread"]

SEED = 20_263
RUNS = 400
PILOT_SETS = 6_000
FAST_HITS = 130  # for each champion, which fast choosing draws sets for
FIRST_SETS = 100_000
MOST_ENTRIES = 60_000_000  # of stored sets, half a gigabyte with all that is reckoned from them
FAILURE = 0.01  # the chance that a bound does not hold
FAST_STEPS, STEPS = 30, 250


@dataclass(frozen=True)
class SpreadChoice:
    """champions: positions, in the order of choosing. spread: how many take it up from them on average, themselves included.

    low: not fewer than this. bound: no choice spreads to more on average (demands of cover left out, which can only raise it).
    ratio: low ÷ bound, so the choice is at least so good a part of the best. failure: the chance that low or bound does not hold, 0 where
    both are certain. sets: how many samples it rests on, 0 for none.
    """

    champions: tuple[int, ...]
    spread: float
    low: float
    bound: float
    ratio: float
    failure: float
    sets: int
    seconds: float


def spread(
    network: Network,
    seeds: Sequence[int],
    model: Model = "cascade",
    *,
    p: float | ArrayLike | None = None,
    runs: int = RUNS,
    seed: int = SEED,
    counted: NDArray[np.bool_] | None = None,
) -> tuple[float, float]:
    """How many take it up when it begins with these, on average, and the half width of its 95 % interval, by simulation.

    model: cascade (each who took it up wins each of their targets with chance p, once), linear (a person does when those who did among
    those who reach them are worth a threshold drawn at random), threshold (two of them are needed), noisy (one is enough for a tenth of
    the people, else two). p: the chance in a cascade, one or one a tie (left out: 1 ÷ how many reach the target, by strength of tie); how
    many are needed for threshold; the share in noisy. counted: who counts. Raises ValueError for a model or person that is not there.
    """
    runs = 1 if model == "threshold" else max(2, runs)
    made = outcomes(network, seeds, model, p, runs, seed, counted)
    return float(made.mean()), float(1.96 * made.std(ddof=1) / np.sqrt(runs)) if runs > 1 else 0.0


def choose_for_spread(  # noqa: PLR0913 - the demands that a choice can have; all but three by name
    network: Network,
    count: int,
    model: Model = "cascade",
    certified: bool = False,
    *,
    p: float | ArrayLike | None = None,
    cover: Sequence[Sequence[str | None]] = (),
    candidates: NDArray[np.bool_] | None = None,
    counted: NDArray[np.bool_] | None = None,
    fixed: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    target: float = 0.9,
    seconds: float = 40.0,
    failure: float = FAILURE,
    seed: int = SEED,
) -> SpreadChoice:
    """From whom it spreads furthest, and how much further it could spread from any others under the same model.

    cascade, linear: from reverse-reachable sets. The lower end comes from sets that had no part in choosing, the bound from a Lagrangian
    dual on those that had. Fast draws as many as give each champion [130] hits; certified draws more until `ratio` reaches the target, or
    the seconds or the memory run out. threshold, noisy: by trying out; the bound there is coarse, for such spread is not submodular.
    Other parameters as in `covering.choose` and `spread`; raises the same errors.
    """
    began = perf_counter()
    refuse_model(model)
    asked = demanded(network, count, cover, candidates, (tuple(fixed), tuple(forbidden)))
    counts = np.ones(len(network), bool) if counted is None else np.array(counted, bool)
    if model in ("threshold", "noisy"):
        return _by_trying(network, asked, model, p, counts, began)
    if not counts.any() or not len(network):
        return SpreadChoice(tuple(asked.fixed + asked.plan), 0.0, 0.0, 0.0, 1.0, 0.0, 0, perf_counter() - began)
    back = backward(network, chances(network, p if model == "cascade" else None), single=model == "linear")
    drawing = _Drawing(asked, Sampling(back, counts, seed), int(counts.sum()), failure)
    if certified:
        return drawing.certified(target, began, seconds)
    return drawing.fast(began)


def demanded(
    network: Network,
    count: int,
    cover: Sequence[Sequence[str | None]],
    candidates: NDArray[np.bool_] | None,
    named: tuple[tuple[int, ...], tuple[int, ...]],
) -> Asked:
    """The demands of a choice, checked. Raises CannotCoverError, and ValueError for what contradicts itself."""
    fixed, forbidden = tuple(dict.fromkeys(named[0])), named[1]
    eligible = np.ones(len(network), bool) if candidates is None else np.array(candidates, bool)
    if count < 1 or len(eligible) != len(network):
        raise ValueError(f"count is {count}, candidates are {len(eligible)} for {len(network)} people.")
    outside = [one for one in (*fixed, *forbidden) if not 0 <= one < len(network)]
    if outside or set(fixed) & set(forbidden):
        raise ValueError("Somebody who is fixed or forbidden is both, or nobody of this network.")
    if len(fixed) > count:
        raise CannotCoverError(count, len(fixed))
    eligible[[*fixed, *forbidden]] = False
    demands = Demands.read(cover, len(network))
    seats = min(count - len(fixed), int(eligible.sum()))
    plan = demands.least(eligible, fixed, seats)
    if len(plan) > seats:
        raise CannotCoverError(count, len(fixed) + len(plan))
    return Asked(count, eligible, fixed, demands, tuple(plan))


@dataclass
class _Drawing:
    """Choosing on some sets, judging on others."""

    asked: Asked
    sampling: Sampling
    counted: int
    failure: float

    def fast(self, began: float) -> SpreadChoice:
        """One answer, from so many sets as a first look says are needed."""
        first = self.sampling.sets(PILOT_SETS, MOST_ENTRIES)
        look = Sample(self.asked, first)
        hits = max(look.hit(look.choose()), 1)
        wanted = int(FAST_HITS * self.asked.count * len(first) / hits)
        more = min(wanted, int(MOST_ENTRIES / max(first.sizes.mean(), 1.0))) - len(first)
        sets = joined(first, self.sampling.sets(more, MOST_ENTRIES)) if more > 0 else first
        return self.round(Sample(self.asked, sets), began, 1, swaps=False)

    def round(self, sample: Sample, began: float, rounds: int, *, swaps: bool) -> SpreadChoice:
        """One answer. rounds: among how many rounds the chance of failure is shared."""
        drawn = len(sample.sets)
        chosen = sample.choose(swaps=swaps)
        doubt = log(2 * rounds / self.failure)
        taken = np.zeros(sample.sets.wide, bool)
        taken[chosen] = True
        hits, judged = self.sampling.hits(taken, max(drawn // (2 if swaps else 4), PILOT_SETS), 2 * MOST_ENTRIES)
        bound = self.counted * min(1.0, at_most(sample.ceiling(STEPS if swaps else FAST_STEPS), drawn, doubt))
        low, mean = self.counted * at_least(hits, judged, doubt), self.counted * hits / judged
        bound = max(bound, low)
        ratio = low / bound if bound > 0 else 1.0
        return SpreadChoice(
            tuple(chosen), mean, low, bound, ratio, self.failure, drawn + judged, perf_counter() - began
        )

    def certified(self, target: float, began: float, seconds: float) -> SpreadChoice:
        """More sets, until the target, the time or the memory is reached. A round is expected to take as long a set as the one before."""
        rounds, sets = 6, self.sampling.sets(FIRST_SETS, MOST_ENTRIES)
        best: SpreadChoice | None = None
        for _ in range(rounds):
            before = perf_counter()
            found = self.round(Sample(self.asked, sets), began, rounds, swaps=True)
            best = found if best is None or found.ratio > best.ratio else best
            took, left = perf_counter() - before, seconds - (perf_counter() - began)
            more = min(len(sets) * 3, int(MOST_ENTRIES / max(sets.sizes.mean(), 1.0)) - len(sets))
            if best.ratio >= target or more < len(sets) // 4 or took * 1.3 * (1 + 2 * more / len(sets)) > left:
                break
            sets = joined(sets, self.sampling.sets(more, MOST_ENTRIES))
        assert best is not None  # noqa: S101 - there is a first round
        return best


def _by_trying(
    network: Network, asked: Asked, model: Model, p: float | ArrayLike | None, counts: NDArray[np.bool_], began: float
) -> SpreadChoice:
    chosen = choose_tipping(network, asked, model, p, counts, SEED)
    mean, half = spread(network, chosen, model, p=p, counted=counts)
    bound = ceiling(network, asked, model, p, counts)
    low = max(mean - half, 0.0)
    ratio = 1.0 if bound <= 0 else low / max(bound, low)
    failure = 0.0 if model == "threshold" else 0.025
    return SpreadChoice(tuple(chosen), mean, low, max(bound, low), ratio, failure, 0, perf_counter() - began)

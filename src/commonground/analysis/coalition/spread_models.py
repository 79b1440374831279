"""How a new way passes from one to the next: the models, and letting it run from some people on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.coalition.network import Floats, Ints, Network, in_order, places

Model = Literal["cascade", "linear", "threshold", "noisy"]
MODELS: Final[tuple[Model, ...]] = ("cascade", "linear", "threshold", "noisy")
NEEDED: Final = 2  # how many must have taken it up before somebody else does, in the two models of thresholds
NOISE: Final = 0.1  # the share of people for whom one is enough, in the noisy one
AT_ONCE: Final = 2**26  # places (run, person) held at the same time, a byte each
MOST_RUNS: Final = 65_536
SPARSE: Final = 0.5  # chances up to here are drawn by jumps, larger ones tie by tie


@dataclass(frozen=True)
class Passing:
    """Ties in one direction with the chance that each passes something on.

    offsets, ends: rows of who is next. chance: for each tie. single: of the ties of a person exactly one is live, drawn by chance.
    """

    offsets: Ints
    ends: NDArray[np.int32]
    chance: Floats
    single: bool = False

    def __post_init__(self) -> None:
        sizes = np.diff(self.offsets)
        filled = sizes > 0
        starts = self.offsets[:-1][filled]
        least, most = np.zeros(len(sizes)), np.zeros(len(sizes))
        if len(starts):
            least[filled] = np.minimum.reduceat(self.chance, starts)
            most[filled] = np.maximum.reduceat(self.chance, starts)
        even = (least == most) & (most <= SPARSE)
        object.__setattr__(self, "sizes", sizes)
        object.__setattr__(self, "even", even | ~filled)
        object.__setattr__(self, "all_even", bool((even | ~filled).all()))
        object.__setattr__(self, "rate", np.where(even, -sizes * np.log1p(-np.minimum(most, SPARSE)), 0.0))
        object.__setattr__(self, "until", np.concatenate([np.zeros(1), np.cumsum(self.chance)]))

    sizes: Ints = None  # type: ignore[assignment]  # set once all is known, above
    even: NDArray[np.bool_] = None  # type: ignore[assignment]  # likewise
    all_even: bool = False
    rate: Floats = None  # type: ignore[assignment]  # likewise
    until: Floats = None  # type: ignore[assignment]  # likewise

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def step(self, keys: Ints, drawn: np.random.Generator) -> Ints:
        """Whom the live ties of these lead to, doubles among them. keys: run × people + person."""
        who = keys % len(self)
        if self.single:
            return self._one_each(keys, who, drawn)
        if self.all_even:
            return self._jumps(keys, who, drawn)
        even = self.even[who]
        return np.concatenate(
            [self._jumps(keys[even], who[even], drawn), self._each_tie(keys[~even], who[~even], drawn)]
        )

    def _jumps(self, keys: Ints, who: Ints, drawn: np.random.Generator) -> Ints:
        """Ties of equal chance p: points of a Poisson process with −ln(1 − p) a tie; a tie is live where at least one falls on it."""
        of = np.repeat(np.arange(len(who)), drawn.poisson(self.rate[who]))
        who = who[of]
        at = self.offsets[who] + (drawn.random(len(of)) * self.sizes[who]).astype(np.int64)
        return keys[of] - who + self.ends[at]

    def _each_tie(self, keys: Ints, who: Ints, drawn: np.random.Generator) -> Ints:
        at = places(self.offsets, who)
        base: Ints = np.repeat(keys - who, self.sizes[who])
        live = drawn.random(len(at)) < self.chance[at]
        return base[live] + self.ends[at[live]]

    def _one_each(self, keys: Ints, who: Ints, drawn: np.random.Generator) -> Ints:
        some = self.sizes[who] > 0
        keys, who = keys[some], who[some]
        first, last = self.until[self.offsets[who]], self.until[self.offsets[who + 1]]
        point = first + drawn.random(len(who)) * np.maximum(last - first, 1.0)  # beyond the last: none of them
        inside = point < last
        at = np.searchsorted(self.until, point[inside], side="right") - 1
        at = np.clip(at, self.offsets[who[inside]], self.offsets[who[inside] + 1] - 1)
        return keys[inside] - who[inside] + self.ends[at]


def chances(network: Network, p: float | ArrayLike | None = None) -> Floats:
    """The chance of each tie, in the order of network.targets.

    p: one for all, or one each; None: a person takes up from one of those who reach them on average, from each by the strength of the tie
    (Kempe, Kleinberg & Tardos 2003, “weighted cascade”). Raises ValueError for what is no chance.
    """
    if p is None:
        strong = np.ones(len(network.targets)) if network.weights is None else np.maximum(network.weights, 0.0)
        whole = np.bincount(network.targets, strong, minlength=len(network))
        return np.divide(strong, whole[network.targets], out=np.zeros(len(strong)), where=whole[network.targets] > 0)
    made = np.broadcast_to(np.asarray(p, np.float64), network.targets.shape).copy()
    if len(made) and not (np.isfinite(made).all() and made.min() >= 0 and made.max() <= 1):
        raise ValueError("p is a chance: give 0 to 1, one for all ties or one for each.")
    return made


def forward(network: Network, chance: Floats) -> Passing:
    return Passing(network.offsets, network.targets, chance)


def backward(network: Network, chance: Floats, *, single: bool = False) -> Passing:
    """The ties the other way round, from whom something arrives at to whom it came from."""
    order = in_order(network.targets)
    sources = np.repeat(np.arange(len(network), dtype=np.int32), np.diff(network.offsets))
    sizes = np.bincount(network.targets, minlength=len(network))
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])
    return Passing(offsets, sources[order], chance[order], single)


def grow(passing: Passing, keys: Ints, seen: NDArray[np.bool_], drawn: np.random.Generator) -> Ints:
    """All that is reached from these over live ties, themselves included. seen: a place for each key, all False, and so again after."""
    found, latest = [keys], keys
    seen[keys] = True
    while len(latest):
        latest = onward(passing, latest, seen, drawn)
        found.append(latest)
    every = np.concatenate(found)
    seen[every] = False
    return every


def onward(passing: Passing, latest: Ints, seen: NDArray[np.bool_], drawn: np.random.Generator) -> Ints:
    """Who is reached in one step more from the latest and was not seen yet; seen from now on."""
    ahead = passing.step(latest, drawn)
    ahead = ahead[~seen[ahead]]
    ahead.sort()
    first = np.ones(len(ahead), bool)
    np.not_equal(ahead[1:], ahead[:-1], out=first[1:])
    ahead = ahead[first]
    seen[ahead] = True
    return ahead


def runs_at_once(people: int, runs: int) -> int:
    return max(1, min(runs, MOST_RUNS, AT_ONCE // max(people, 1)))


def refuse_model(model: str) -> None:
    if model not in MODELS:
        raise ValueError(f"{model} is no model of spread: there are {', '.join(MODELS)}.")


def outcomes(
    network: Network, seeds: Sequence[int], model: Model, p: float | ArrayLike | None, runs: int, seed: int,
    counted: NDArray[np.bool_] | None = None,
) -> Floats:  # fmt: skip
    """How many take it up in each run. The same seed draws the same luck for any choice in the models of thresholds."""
    refuse_model(model)
    people = len(network)
    drawn = np.random.default_rng(seed)
    counts = np.ones(people, bool) if counted is None else counted
    start = np.unique(np.asarray(seeds, np.int64))
    if len(start) and (start[0] < 0 or start[-1] >= people):
        raise ValueError(f"A seed is nobody's position: they are 0 to {people - 1}.")
    if model == "cascade":
        ties, made = forward(network, chances(network, p)), []
        many = runs_at_once(people, runs)
        seen = np.zeros(many * people, bool)
        for at in range(0, runs, many):
            now = min(many, runs - at)
            keys = (np.arange(now)[:, None] * people + start).ravel()
            every = grow(ties, keys, seen, drawn)
            made.append(np.bincount(every[counts[every % people]] // people, minlength=now))
        return np.concatenate(made).astype(np.float64)
    weight = chances(network, None) if model == "linear" else np.ones(len(network.targets))
    return np.array(
        [_tip(network, start, weight, needs_of(model, p, people, drawn))[counts].sum() for _ in range(runs)], np.float64
    )


def needs_of(model: Model, p: float | ArrayLike | None, people: int, drawn: np.random.Generator) -> Floats:
    """How much of those around them each person needs, in one drawing."""
    if model == "linear":
        return 1.0 - drawn.random(people)  # above 0, up to 1
    if model == "noisy":
        return np.where(drawn.random(people) < (NOISE if p is None else float(np.asarray(p))), 1.0, float(NEEDED))
    return np.full(people, float(NEEDED if p is None else np.asarray(p)))


def _tip(network: Network, seeds: Ints, weight: Floats, needs: Floats) -> NDArray[np.bool_]:
    """Who takes it up when each does so as soon as those who reach them and did are worth what they need."""
    taken, felt = np.zeros(len(network), bool), np.zeros(len(network))
    taken[seeds] = True
    latest = seeds
    while len(latest):
        at = places(network.offsets, latest)
        ends = network.targets[at]
        np.add.at(felt, ends, weight[at])
        ends = ends[(felt[ends] >= needs[ends] - 1e-12) & ~taken[ends]]
        latest = np.unique(ends).astype(np.int64)
        taken[latest] = True
    return taken

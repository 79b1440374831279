"""Models of how many take something up in each period, out of a population that is known or has to be guessed.

Each model says which share of those who have not yet taken it up, and ever will, do so next (the hazard), from how many have; a
wandering of its logarithm stands for all that no curve knows. What was added up can only rise. Counts are looked at by their square
roots, whose variance does not depend on their size (Anscombe, 1948, Biometrika 35:246–254).
"""

from dataclasses import dataclass, field
from math import log

import numpy as np

from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.forecast import filters, shapes
from commonground.analysis.forecast.levels import Components
from commonground.analysis.forecast.sampling import Followed, Numbers, Paths, Prior

LEAST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Adopters:
    """New adopters in each period.

    times: in steps of the series since the first period. new: adopters in each. population: who could, None if not known. month: steps
    in a month, None if time has no calendar. clock: how long an organization takes, as it is expected beforehand.
    """

    times: Numbers
    new: Numbers
    population: float | None = None
    month: float | None = None
    clock: Clock = ORGANIZATION
    gaps: Numbers = field(init=False)
    before: Numbers = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "gaps", np.diff(self.times, prepend=self.times[0] - 1.0))
        put(self, "before", np.cumsum(self.new) - self.new)

    @property
    def market(self) -> Components:
        """Logit of the share who ever will, of a known population; else log of how many ever will."""
        if self.population is not None:
            return ((0.8, 2.6, 1.0), (0.2, 0.0, 1.5))
        return ((1.0, log(40 * max(float(self.new[:4].mean()), 0.3)), 1.7),)

    @property
    def duration(self) -> Components:
        """Log of steps from 10 to 90 % of the way."""
        if self.month is None:
            return ((1.0, log(18), 0.9),)
        return ((0.5, log(18), 1.0), (0.5, log(self.clock.median * self.month), self.clock.spread))

    @property
    def noise(self) -> Components:
        """Log of how many times the variance of a Poisson count a count has; numbers that are no counts may have any."""
        whole = bool((self.new == np.round(self.new)).all()) and self.new.max() < 200
        return ((0.7, 0.15, 0.3), (0.3, 1.0, 0.9)) if whole else ((1.0, 0.0, 3.0),)

    @property
    def scale(self) -> float:
        """What paths are shares of: the population, or while it is not known all adopters so far."""
        return float(self.new.sum()) if self.population is None else self.population

    def willing(self, market: Numbers) -> Numbers:
        """How many ever will."""
        return np.exp(market) if self.population is None else self.population * shapes.share(market)


@dataclass(frozen=True, slots=True, eq=False)
class Contagion:
    """One form of the hazard. Parameters: market, log duration, form, log noise, log deviation of the wandering in a step, log memory."""

    name: str
    series: Adopters
    prior: Prior = field(init=False)
    own: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        form, wander, memory = FORMS[self.name]
        series = self.series
        prior = Prior.of(series.market, series.duration, form, series.noise, wander, memory)
        object.__setattr__(self, "prior", prior)

    def expected(
        self, theta: Numbers, before: Numbers, time: Numbers, gap: Numbers, odd: Numbers | float = 0.0
    ) -> Numbers:
        """Adopters in a period `gap` long, after `before`; odd: the wandering of the log hazard."""
        willing = self.series.willing(theta[:, 0])
        left = np.maximum(willing - before, 0.0)
        share = np.clip(before / willing, 0.0, 1.0)
        hazard = self._hazard(theta, share, willing, time) * np.exp(odd)
        expected: Numbers = -left * np.expm1(-np.minimum(hazard * gap, 30.0))
        return expected

    def _hazard(self, theta: Numbers, share: Numbers, willing: Numbers, time: Numbers) -> Numbers:
        duration, form = np.exp(theta[:, 1]), theta[:, 2]
        if self.name == "bass":
            ratio = np.exp(form)
            rate = shapes.bass_rate(ratio, duration)
            hazard: Numbers = rate / (1 + ratio) * (1 + ratio * share)
        elif self.name == "logistic":
            hazard = shapes.LOGISTIC / duration * np.maximum(share, np.exp(form))
        elif self.name == "gompertz":
            share = np.clip(share, np.exp(form), 1 - 1e-9)
            hazard = shapes.GOMPERTZ / duration * share * -np.log(share) / (1 - share)
        else:
            passed = shapes.EXPONENTIAL * np.maximum(time + 1.0, 0.5) / duration
            hazard = shapes.EXPONENTIAL / duration * np.exp(form) * np.power(passed, np.exp(form) - 1)
        return hazard

    def follow(self, theta: Numbers) -> Followed:
        series = self.series
        mean = self.expected(theta, series.before[:, None], series.times[:, None], series.gaps[:, None])
        noise = np.broadcast_to(np.exp(theta[:, 3]), mean.shape)
        away = 2 * np.sqrt(series.new + 0.375)[:, None] - 2 * np.sqrt(mean + 0.375)
        gain = np.sqrt(mean)
        return filters.wandering(away, series.gaps, noise, np.exp(2 * theta[:, 4]), np.exp(theta[:, 5]), gain)

    def ahead(self, theta: Numbers, state: Numbers, last: int, times: Numbers, rng: np.random.Generator) -> Paths:
        series = self.series
        gaps = np.diff(times, prepend=series.times[last])
        odd = filters.wander_on(state, gaps, np.exp(2 * theta[:, 4]), np.exp(theta[:, 5]), rng)
        total = np.full(len(theta), series.before[last] + series.new[last])
        noise, paths = np.exp(theta[:, 3]), np.empty((len(times), len(theta)))
        most = np.maximum(series.willing(theta[:, 0]), total)
        for at in range(len(times)):
            mean = self.expected(theta, total, times[at], gaps[at], odd[at])
            new = noise * rng.standard_gamma(np.maximum(mean / noise, LEAST))
            total = np.minimum(total + new, most)
            paths[at] = total
        share = paths / series.scale
        return Paths(share, share)


_SEED: Components = ((1.0, log(0.01), 1.0),)
_WANDER: Components = ((1.0, log(0.12), 0.9),)
_MEMORY: Components = ((1.0, log(8), 1.0),)
FORMS: dict[str, tuple[Components, Components, Components]] = {
    "bass": (((1.0, log(12), 1.3),), _WANDER, _MEMORY),
    "logistic": (_SEED, _WANDER, _MEMORY),
    "gompertz": (_SEED, _WANDER, _MEMORY),
    "hazard": (((1.0, 0.0, 0.25),), _WANDER, _MEMORY),
    "drift": (((1.0, 0.0, 0.05),), ((1.0, log(0.2), 0.8),), ((1.0, log(40), 1.0),)),
}
"""bass: p + q × share; logistic: rate × share; gompertz: rate × share × ln(1 ÷ share) ÷ (1 − share), both from a small share on; hazard: of
time alone, as Weibull's; drift: a hazard that goes where it goes."""


def models(series: Adopters) -> tuple[Contagion, ...]:
    """Every model of new adopters."""
    return tuple(Contagion(name, series) for name in FORMS)
